//! One's templates in a small dialog: called otherwise, or kept no longer.

use super::compose::Draft;
use crate::{
    app::Dialog,
    browser,
    logic::text::harmless,
    parts::{field, icon, icon_button, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, KeptTemplate, Outcome};

/// Most letters of a name.
const MAX_NAME: u32 = 80;

/// The form in which one template is changed.
#[derive(Clone, Copy)]
struct Form {
    draft: Draft,
    changed: RwSignal<Option<KeptTemplate>>,
    name: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
}

impl Form {
    fn take_up(self, kept: KeptTemplate) {
        self.name.set(kept.template.name.clone());
        self.changed.set(Some(kept));
        self.trouble.set(None);
        browser::soon(|| browser::focus("#template-rename"));
    }

    fn done(self) {
        self.changed.try_set(None);
        self.trouble.try_set(None);
        // What was pressed may be gone.
        browser::soon(|| browser::focus(".templates .icon-button, .modal-foot .button"));
    }

    fn rename(self) {
        let Some(kept) = self.changed.get_untracked() else {
            return;
        };
        let mut template = kept.template;
        template.name = self.name.get_untracked();
        self.go(Command::KeepTemplate {
            id: Some(kept.id),
            template: Box::new(template),
        });
    }

    fn remove(self) {
        if let Some(kept) = self.changed.get_untracked() {
            self.go(Command::ForgetTemplate(kept.id));
        }
    }

    fn go(self, command: Command) {
        leptos::task::spawn_local(async move {
            match self.draft.app().core.ask(command).await {
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => self.done(),
            }
        });
    }
}

/// The list, and what is done with one of them; then it goes on with the request.
pub fn dialog() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let form = Form {
        draft,
        changed: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
    };
    let close = move || draft.app().dialog.set(Some(Dialog::NewRequest));
    modal(
        t("templates"),
        "small",
        close,
        view! {
            <div class="modal-body flush">
                <ul class="list templates" aria-label=t("templates")>
                    {move || draft.templates().get().into_iter().map(|kept| line(form, kept)).collect_view()}
                </ul>
                {move || draft.templates().with(Vec::is_empty).then(|| view! { <p class="hint padded">{t("templates-none")}</p> })}
                {move || form.changed.with(Option::is_some).then(|| edit(form))}
            </div>
            <footer class="modal-foot"><button type="button" class="button" on:click=move |_| close()>{t("templates-back")}</button></footer>
        },
    )
}

fn line(form: Form, kept: KeptTemplate) -> impl IntoView {
    let (name, subject) = (
        harmless(&kept.template.name),
        harmless(&kept.template.subject),
    );
    let change = tw("template-change", [("name", (&name).into())]);
    view! {
        <li class="label-line">
            <span class="entry still">
                {icon("file-check")}
                <span class="grow clip"><bdi class="strong">{name}</bdi><span class="hint"><bdi>{subject}</bdi></span></span>
            </span>
            {icon_button("pencil", change, move || form.take_up(kept.clone()))}
        </li>
    }
}

fn edit(form: Form) -> impl IntoView {
    view! {
        <form class="label-form padded" on:submit=move |event| { event.prevent_default(); form.rename() }>
            {field(t("template-name"), None, "template-rename", form.name, MAX_NAME)}
            {problem(move || form.trouble.get())}
            <div class="pair">
                <button type="submit" class="button primary">{t("save")}</button>
                <button type="button" class="button danger" on:click=move |_| form.remove()>{icon("trash-2")}<span>{t("template-remove")}</span></button>
            </div>
        </form>
    }
}
