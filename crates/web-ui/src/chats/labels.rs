//! Labels: which of them a chat bears, and what they are called.

use crate::{
    app::App,
    browser,
    logic::text::harmless,
    parts::{field, icon, icon_button, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{ChatId, ChatRow, Command, Label, LabelColour, LabelId, Outcome};

/// Most letters of a label's name.
const MAX_LETTERS: u32 = 40;

/// The form in which a label is made or changed.
#[derive(Clone, Copy)]
struct Form {
    app: App,
    chat: StoredValue<ChatId>,
    /// The label that is changed; none while a new one is made.
    changed: RwSignal<Option<LabelId>>,
    name: RwSignal<String>,
    colour: RwSignal<LabelColour>,
    trouble: RwSignal<Option<String>>,
}

impl Form {
    fn take_up(self, label: &Label) {
        self.changed.set(Some(label.id));
        self.name.set(label.name.clone());
        self.colour.set(label.colour);
        self.trouble.set(None);
        browser::focus("#label-name");
    }

    fn empty(self) {
        self.changed.set(None);
        self.name.set(String::new());
        self.trouble.set(None);
        // What was pressed may be gone.
        browser::focus("#label-name");
    }

    /// Makes the label and puts it on the chat, or changes the one that was taken up.
    fn go(self) {
        let (name, colour) = (
            self.name.get_untracked().trim().to_owned(),
            self.colour.get_untracked(),
        );
        if name.is_empty() {
            return self.trouble.set(Some(t("label-name-missing")));
        }
        let command = match self.changed.get_untracked() {
            Some(label) => Command::ChangeLabel {
                label,
                name,
                colour,
            },
            None => Command::MakeLabel { name, colour },
        };
        leptos::task::spawn_local(async move {
            match self.app.core.ask(command).await {
                Outcome::Failed(valise_views::Trouble::BadName) => {
                    self.trouble.try_set(Some(t("label-name-taken")));
                }
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                Outcome::Label(label) => {
                    put(self.app, self.chat.get_value(), label, true);
                    self.empty();
                }
                _ => self.empty(),
            }
        });
    }

    fn remove(self) {
        let Some(label) = self.changed.get_untracked() else {
            return;
        };
        self.app.core.tell(Command::RemoveLabel(label));
        self.empty();
    }
}

fn put(app: App, chat: ChatId, label: LabelId, on: bool) {
    app.core.tell(Command::LabelChat { chat, label, on });
}

/// The labels of a chat, to choose and to change.
pub fn dialog(
    app: App,
    row: ArcRwSignal<ChatRow>,
    labels: Memo<Vec<Label>>,
    close: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let form = Form {
        app,
        chat: StoredValue::new(row.with_untracked(|row| row.chat.clone())),
        changed: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        colour: RwSignal::new(LabelColour::Green),
        trouble: RwSignal::new(None),
    };
    if !labels.with_untracked(Vec::is_empty) {
        // Most come to choose, and a field would bring up the keyboard of a phone.
        browser::soon(|| browser::focus(".label-list .tickbox"));
    }
    let list = move || {
        let row = row.clone();
        let lines = labels.get().into_iter();
        lines
            .map(|label| line(form, row.clone(), label))
            .collect_view()
    };
    modal(
        t("labels"),
        "small",
        close,
        view! {
            <div class="modal-body flush">
                <ul class="list label-list" aria-label=t("labels")>{list}</ul>
                {move || labels.with(Vec::is_empty).then(|| view! { <p class="hint padded">{t("labels-none")}</p> })}
                {edit(form)}
            </div>
            <footer class="modal-foot"><button type="button" class="button" on:click=move |_| close()>{t("close")}</button></footer>
        },
    )
}

fn line(form: Form, row: ArcRwSignal<ChatRow>, label: Label) -> impl IntoView {
    let id = label.id;
    let name = harmless(&label.name);
    let change = tw("label-change", [("name", (&name).into())]);
    let toggle = move |on| put(form.app, form.chat.get_value(), id, on);
    let colour = label.colour;
    view! {
        <li class="label-line">
            <label class="entry">
                <input type="checkbox" class="tickbox" prop:checked=move || row.with(|row| row.labels.contains(&id))
                    on:change:target=move |event| toggle(event.target().checked())/>
                {dot(colour)}
                <span class="grow clip"><bdi>{name}</bdi></span>
            </label>
            {icon_button("pencil", change, move || form.take_up(&label))}
        </li>
    }
}

fn edit(form: Form) -> impl IntoView {
    let is_change = Memo::new(move |_| form.changed.get().is_some());
    view! {
        <form class="label-form padded" on:submit=move |event| { event.prevent_default(); form.go() }>
            <h3 class="block-title">{move || if is_change.get() { t("label-edit") } else { t("label-new") }}</h3>
            {field(t("label-name"), None, "label-name", form.name, MAX_LETTERS)}
            <fieldset class="swatches">
                <legend>{t("label-colour")}</legend>
                {LabelColour::ALL.map(|colour| swatch(form, colour)).collect_view()}
            </fieldset>
            {problem(move || form.trouble.get())}
            <div class="pair">
                <button type="submit" class="button primary">{move || if is_change.get() { t("save") } else { t("label-make") }}</button>
                {move || is_change.get().then(|| view! {
                    <button type="button" class="button danger" on:click=move |_| form.remove()>{icon("trash-2")}<span>{t("label-remove")}</span></button>
                })}
            </div>
        </form>
    }
}

fn swatch(form: Form, colour: LabelColour) -> impl IntoView {
    view! {
        <label class="swatch">
            <input type="radio" name="label-colour" prop:checked=move || form.colour.get() == colour on:change=move |_| form.colour.set(colour)/>
            {dot(colour)}<span class="unseen">{t(word(colour))}</span>
        </label>
    }
}

/// A spot of a label's colour; the name stands beside it.
pub fn dot(colour: LabelColour) -> impl IntoView {
    let class = format!("label-dot {}", class_of(colour));
    view! { <span class=class aria-hidden="true"></span> }
}

fn class_of(colour: LabelColour) -> &'static str {
    match colour {
        LabelColour::Grey => "grey",
        LabelColour::Red => "red",
        LabelColour::Orange => "orange",
        LabelColour::Green => "green",
        LabelColour::Blue => "blue",
        LabelColour::Violet => "violet",
    }
}

fn word(colour: LabelColour) -> &'static str {
    match colour {
        LabelColour::Grey => crate::id!("label-grey"),
        LabelColour::Red => crate::id!("label-red"),
        LabelColour::Orange => crate::id!("label-orange"),
        LabelColour::Green => crate::id!("label-green"),
        LabelColour::Blue => crate::id!("label-blue"),
        LabelColour::Violet => crate::id!("label-violet"),
    }
}
