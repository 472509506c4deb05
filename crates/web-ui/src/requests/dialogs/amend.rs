//! Asking for something else: another wording of a request.

use super::{Doing, kept, long_field, seen};
use crate::{
    browser::{self, intl},
    logic::requests::{
        Deed, deed,
        draft::{MOST_DAYS, ends as read_ends, one_line},
    },
    parts::{field, icon, modal, problem},
    requests::{
        ends::{AS_IT_IS, ends},
        pile::{files, ready, take},
        unsent::Rewording,
    },
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::ActKind;
use valise_views::request::{Due, Ends, NewAct, NewRevision};

/// Most letters of a subject.
const MAX_SUBJECT: u32 = 500;

/// By when an answer is due from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    AsItIs,
    Days,
    Day,
}

/// A wording while it is written.
#[derive(Clone, Copy)]
struct Draft {
    doing: Doing,
    subject: RwSignal<String>,
    text: RwSignal<String>,
    by: RwSignal<By>,
    days: RwSignal<String>,
    day: RwSignal<String>,
    ends: RwSignal<String>,
}

impl Draft {
    /// The wording as it is, or as it was left when it was begun before.
    fn of(doing: Doing) -> Self {
        let (subject, text, due) = doing.opened.details.with_untracked(|details| {
            details.as_ref().map_or_else(Default::default, |details| {
                let row = &details.row;
                (row.subject.clone(), details.letter.text.clone(), row.due)
            })
        });
        let is_over = due <= browser::now();
        let draft = Self {
            doing,
            subject: RwSignal::new(subject),
            text: RwSignal::new(text),
            by: RwSignal::new(if is_over { By::Days } else { By::AsItIs }),
            days: RwSignal::new(String::from("10")),
            day: RwSignal::new(intl::typed_day(due.max(browser::now()))),
            ends: RwSignal::new(AS_IT_IS.into()),
        };
        let as_it_is = untrack(|| draft.written());
        if let Some(begun) = doing.opened.unsent.rewording.get_untracked() {
            draft.lay_out(begun);
        }
        draft.stays(as_it_is);
        draft
    }

    /// What stands in the dialog.
    fn written(self) -> Rewording {
        let by = self.by.get();
        let chosen = |which: By, typed: RwSignal<String>| match by == which {
            true => typed.get(),
            false => String::new(),
        };
        Rewording {
            subject: self.subject.get(),
            text: self.text.get(),
            days: chosen(By::Days, self.days),
            day: chosen(By::Day, self.day),
        }
    }

    fn lay_out(self, begun: Rewording) {
        self.subject.set(begun.subject);
        self.text.set(begun.text);
        let by = match (begun.days.is_empty(), begun.day.is_empty()) {
            (false, _) => By::Days,
            (true, false) => By::Day,
            (true, true) => By::AsItIs,
        };
        self.by.set(by);
        for (typed, kept) in [(self.days, begun.days), (self.day, begun.day)] {
            if !kept.is_empty() {
                typed.set(kept);
            }
        }
    }

    /// Has what is other than it was kept while one types.
    fn stays(self, as_it_is: Rewording) {
        let unsent = self.doing.opened.unsent;
        Effect::new(move |_| {
            let has_files = !unsent.pile.files.with(Vec::is_empty);
            let written = self.written();
            let is_other = written != as_it_is || has_files;
            if is_other {
                unsent.go_on(ActKind::Amended);
            }
            unsent.rewording.set(is_other.then_some(written));
        });
    }

    fn due(self) -> Result<Option<Due>, String> {
        match self.by.get_untracked() {
            By::AsItIs => Ok(None),
            By::Days => {
                let typed = self.days.with_untracked(|days| days.trim().parse::<u32>());
                let days = typed.ok().filter(|days| (1..=MOST_DAYS).contains(days));
                let due = days.map(|days| Some(Due::WorkingDays(days)));
                due.ok_or_else(|| t("request-no-days"))
            }
            By::Day => {
                let until = self.day.with_untracked(|day| intl::day_end(day));
                let until = until.filter(|until| *until > browser::now());
                until
                    .map(|until| Some(Due::At(until)))
                    .ok_or_else(|| t("request-no-day"))
            }
        }
    }

    fn ends(self) -> Result<Option<Ends>, String> {
        let typed = self.ends.get_untracked();
        if typed == AS_IT_IS {
            return Ok(None);
        }
        let read = read_ends(&typed).map(Some);
        read.map_err(|_| t("request-no-end"))
    }

    fn send(self) {
        let doing = self.doing;
        if doing.busy.get_untracked() {
            return;
        }
        let (due, ends) = match self.due().and_then(|due| Ok((due, self.ends()?))) {
            Ok(read) => read,
            Err(why) => return doing.trouble.set(Some(why)),
        };
        doing.busy.set(true);
        doing.trouble.set(None);
        doing.opened.unsent.goes();
        leptos::task::spawn_local(async move {
            let is_confidential = doing.opened.row().is_some_and(|row| row.is_confidential);
            let pile = doing.opened.unsent.pile;
            let files = match ready(pile, is_confidential).await {
                Ok(files) => files,
                Err(why) => {
                    doing.trouble.try_set(Some(why));
                    doing.busy.try_set(false);
                    doing.opened.unsent.stays_here();
                    return;
                }
            };
            let new = NewRevision {
                subject: one_line(&self.subject.get_untracked()),
                text: self.text.get_untracked().trim().to_owned(),
                files,
                due,
                ends,
                offset_minutes: -browser::offset_minutes(browser::now()),
            };
            match doing.go(NewAct::Amend(Box::new(new))).await {
                true => doing.opened.unsent.clear(),
                false => doing.opened.unsent.stays_here(),
            }
        });
    }
}

/// Asks what is to be other.
pub fn dialog(doing: Doing) -> impl IntoView {
    let draft = Draft::of(doing);
    let unsent = doing.opened.unsent;
    let pile = unsent.pile;
    if unsent.lost.get_untracked() > 0 && pile.files.with_untracked(Vec::is_empty) {
        doing.trouble.set(Some(t("request-files-again")));
    }
    let (name, title) = deed(Deed::Act(ActKind::Amended));
    modal(
        t(title),
        "letter",
        move || doing.close(),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); draft.send() }
                on:dragover=move |event| event.prevent_default()
                on:drop=move |event| { event.prevent_default(); take(pile, event.data_transfer()); }
                on:paste=move |event| if take(pile, event.clipboard_data()) { event.prevent_default() }>
                <div class="modal-body">
                    <p class="hint">{t("amend-hint")}</p>
                    {field(t("request-subject"), None, "amend-subject", draft.subject, MAX_SUBJECT)}
                    {long_field(t("request-text"), None, "amend-text", draft.text, 6, None)}
                    {deadline(draft)}
                    {ends(draft.ends, "amend")}
                    {files(pile)}
                </div>
                <footer class="modal-foot">
                    {problem(move || doing.trouble.get())}
                    {kept(unsent)}
                    {seen(tw("sees-amended", [("organisation", doing.other().into())]))}
                    <button type="submit" class="button primary" aria-disabled=move || doing.busy.get().to_string()>
                        {icon(name)}<span>{move || if doing.busy.get() { t("preparing") } else { t("send") }}</span></button>
                </footer>
            </form>
        },
    )
}

fn deadline(draft: Draft) -> impl IntoView {
    let choice = move |which: By, label: String| {
        view! {
            <label><input type="radio" name="amend-by" prop:checked=move || draft.by.get() == which on:change=move |_| draft.by.set(which)/><span>{label}</span></label>
        }
    };
    view! {
        <div class="deadline">
            <fieldset class="segments"><legend>{t("request-due")}</legend>
                {choice(By::AsItIs, t("amend-due-same"))}{choice(By::Days, t("request-by-days"))}{choice(By::Day, t("request-by-day"))}</fieldset>
            {move || match draft.by.get() {
                By::AsItIs => ().into_any(),
                By::Days => view! {
                    <input type="number" id="amend-days" inputmode="numeric" min="1" max=MOST_DAYS.to_string() aria-label=t("request-by-days") bind:value=draft.days/>
                    {crate::requests::counted(draft.doing.opened.app, draft.days)}
                }.into_any(),
                By::Day => view! {
                    <input type="date" id="amend-day" min=intl::typed_day(browser::now()) aria-label=t("request-by-day") bind:value=draft.day/>
                }.into_any(),
            }}
        </div>
    }
}
