//! What can be done with a request: a few buttons, the rest in a menu.

use super::{compose::Draft, export, leave_out, opened::Opened};
use crate::{
    browser, id,
    logic::requests::{Deed, deed, deeds, files},
    parts::{Hanging, icon, made_for, menu, menu_item, sentence},
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::request::RequestDetails;
use valise_views::{ActKind, Command, Outcome, RequestState};

/// Where no more than two buttons stand beside one another.
const NARROW: &str = "(max-width: 480px), (min-width: 1081px) and (max-width: 1400px)";

/// The bar under the document.
pub fn bar(opened: Opened, doing: RwSignal<Option<Deed>>) -> impl IntoView {
    let is_under_way = opened.know(|details| details.is_under_way);
    let most = if browser::matches(NARROW) { 2 } else { 3 };
    let waits = export::waiting(opened);
    let choosing = RwSignal::new(false);
    // A guest asks nobody.
    let draft = use_context::<Draft>();
    let begin = move |what: Deed| match what {
        Deed::Export => export::begin(opened, waits, Vec::new()),
        Deed::ExportWithout => choosing.set(true),
        Deed::Remind => remind(opened),
        Deed::Again => opened.details.with_untracked(|details| {
            if let (Some(details), Some(draft)) = (details, draft) {
                draft.ask_again(details);
            }
        }),
        what => doing.set(Some(what)),
    };
    view! {
        <footer class="deeds">
            {begun(opened, doing)}
            <p class="deeds-state" role="status">{move || is_under_way.get().unwrap_or_default().then(|| view! { {icon("clock-3")}<span>{t("request-under-way")}</span> })}</p>
            {opened.part(move |details| shown(opened, details, most), move |(buttons, menu)| view! {
                {buttons.into_iter().enumerate().map(|(at, what)| button(what, word(opened, what), at == 0, begin)).collect_view()}
                {(!menu.is_empty()).then(|| more(opened, menu, begin))}
            })}
        </footer>
        {made_for(move || choosing.get(), move |open| open.then(|| leave_out::dialog(opened, waits, choosing)))}
    }
}

/// The way back to what one began to write, as long as it can be said.
fn begun(opened: Opened, doing: RwSignal<Option<Deed>>) -> impl IntoView {
    let kind = Memo::new(move |_| {
        let kind = opened.unsent.begun()?;
        let may = |kind: &ActKind| {
            let details = opened.details.get();
            details.is_some_and(|details| details.may.contains(kind))
        };
        // More to come or not is asked in the dialog of an answer.
        let whole = Some(ActKind::Answered).filter(|_| kind == ActKind::PartlyAnswered);
        whole.filter(may).or_else(|| Some(kind).filter(may))
    });
    made_for(
        move || kind.get(),
        move |kind| {
            kind.map(|kind| view! {
                <button type="button" class="deeds-begun" on:click=move |_| doing.set(Some(Deed::Act(kind)))>{icon("pencil")}<span>{t("answer-go-on")}</span></button>
            })
        },
    )
}

/// What stands as a button and what in the menu. A guest who answered keeps his receipt, and has to look for it nowhere.
fn shown(opened: Opened, details: &RequestDetails, most: usize) -> (Vec<Deed>, Vec<Deed>) {
    let (mut buttons, mut menu) = deeds(&details.may, &details.row, most);
    if files(details).next().is_some() {
        menu.push(Deed::ExportWithout);
    }
    let has_answered = !matches!(
        details.row.state,
        RequestState::Submitted | RequestState::Received | RequestState::Questioned
    );
    // Who is nobody there any more has nothing to sign it with.
    if opened.app.know(|ready| ready.revoked) {
        for deeds in [&mut buttons, &mut menu] {
            deeds.retain(|deed| !matches!(deed, Deed::Export | Deed::ExportWithout));
        }
        return (buttons, menu);
    }
    if details.may_remind {
        buttons.insert(0, Deed::Remind);
        menu.splice(0..0, buttons.drain(most.min(buttons.len())..));
    }
    if opened.app.is_guest() && has_answered {
        for deeds in [&mut buttons, &mut menu] {
            deeds.retain(|deed| *deed != Deed::Export);
        }
        buttons.insert(0, Deed::Export);
    }
    (buttons, menu)
}

/// What a deed is called: what proves it all is a guest's receipt.
fn word(opened: Opened, what: Deed) -> &'static str {
    if what == Deed::Export && opened.app.is_guest() {
        return id!("guest-receipt");
    }
    deed(what).1
}

/// Asks the other side in plain words; that can be done once a day.
fn remind(opened: Opened) {
    let app = opened.app;
    let command = Command::Remind {
        chat: opened.chat(),
        text: t("request-remind-text"),
    };
    leptos::task::spawn_local(async move {
        match app.core.ask(command).await {
            Outcome::Failed(why) => app.say(sentence(why)),
            _ => app.say(t("request-reminded")),
        }
    });
}

fn button(
    what: Deed,
    word: &'static str,
    is_first: bool,
    begin: impl Fn(Deed) + Copy + 'static,
) -> impl IntoView {
    let (name, _) = deed(what);
    view! {
        <button type="button" class="button" class:primary=is_first on:click=move |_| begin(what)>{icon(name)}<span>{t(word)}</span></button>
    }
}

fn more(
    opened: Opened,
    rest: Vec<Deed>,
    begin: impl Fn(Deed) + Copy + 'static + Send + Sync,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    view! {
        <button type="button" class="icon-button" node_ref=button aria-label=t("request-more") title=t("request-more") aria-haspopup="menu" on:click=move |_| open.set(true)>{icon("ellipsis-vertical")}</button>
        {move || open.get().then(|| choices(opened, rest.clone(), button, open, begin))}
    }
}

fn choices(
    opened: Opened,
    rest: Vec<Deed>,
    button: NodeRef<html::Button>,
    open: RwSignal<bool>,
    begin: impl Fn(Deed) + Copy + 'static,
) -> impl IntoView {
    let hanging = Hanging::at(button, open);
    let close = move || hanging.close();
    let item = move |what: Deed| {
        let (name, _) = deed(what);
        menu_item(name, t(word(opened, what)), move || {
            close();
            begin(what);
        })
    };
    let items = rest.into_iter().map(item).collect_view();
    menu(hanging.dialog, hanging.at, t("request-more"), close, items)
}
