//! Several addressees: each gets a request of his own. They are chosen, or come out of a table.

use super::Draft;
use crate::{
    browser::{self, media::bytes_of},
    id,
    logic::text::harmless,
    parts::{icon, icon_button, outside, problem},
    requests::recipient::Recipient,
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::Person;
use valise_views::addressee::{LineFault, Named, named};
use valise_views::csv::{self, Fault};
use valise_views::request::MOST_ADDRESSEES;

impl Draft {
    /// Adds an addressee, once.
    pub(super) fn add_recipient(self, recipient: Recipient) {
        let is_first = self.to.with_untracked(Option::is_none);
        if is_first {
            self.to.set(Some(recipient));
        } else if self.all().iter().all(|known| known.to != recipient.to) {
            self.also.update(|also| also.push(recipient));
        }
        self.adding.set(false);
    }

    /// All whom it is for.
    pub(super) fn all(self) -> Vec<Recipient> {
        let first = self.to.get_untracked();
        first.into_iter().chain(self.also.get_untracked()).collect()
    }

    async fn take_table(self, file: web_sys::File, people: Vec<Person>) {
        if file.size() > csv::MAX_BYTES as f64 {
            return self.say_fault(Fault::TooLarge);
        }
        let read = match bytes_of(&file).await {
            Some(bytes) => csv::read(&bytes),
            None => Err(Fault::NotText),
        };
        let lines = match read {
            Ok(lines) => lines,
            Err(fault) => return self.say_fault(fault),
        };
        let offices = self.offices.get_untracked();
        let named = named(&lines, &offices, &people);
        if named.iter().all(|line| line.found.is_ok()) {
            self.take_named(named);
        } else {
            self.table.try_set(Some(named));
        }
    }

    fn say_fault(self, fault: Fault) {
        let word = match fault {
            Fault::NotText => id!("request-table-no-text"),
            Fault::TooLarge => id!("request-table-large"),
            Fault::Unclosed => id!("request-table-unclosed"),
        };
        self.trouble.try_set(Some(t(word)));
    }

    /// Takes the lines that name somebody.
    fn take_named(self, named: Vec<Named>) {
        let found = named.into_iter().filter_map(|line| line.found.ok());
        let found: Vec<Recipient> = found.map(Recipient::from).collect();
        let new = found
            .iter()
            .filter(|one| self.all().iter().all(|known| known.to != one.to));
        if new.count() + self.all().len() > MOST_ADDRESSEES {
            self.trouble.set(Some(t("trouble-too-many-addressees")));
        } else {
            found.into_iter().for_each(|one| self.add_recipient(one));
            self.trouble.set(None);
        }
        self.table.set(None);
    }
}

/// Whom it is for besides the first, and the ways to add more.
pub fn others(draft: Draft, people: ReadSignal<Option<Vec<Person>>>) -> impl IntoView {
    let count = move || draft.also.with(Vec::len) + 1;
    view! {
        <fieldset class="letter-files others">
            <legend class="unseen">{t("request-others")}</legend>
            {move || list(draft)}
            <p class="hint" role="status">{move || (count() > 1).then(|| tw("request-each-apart", [("count", count().into())]))}</p>
            <div class="letter-ways">
                <button type="button" class="button small" disabled=move || { count() >= MOST_ADDRESSEES } on:click=move |_| draft.adding.set(true)>{icon("user-plus")}<span>{t("request-another")}</span></button>
                {from_table(draft, people)}
            </div>
        </fieldset>
    }
}

/// The way to take addressees out of a table.
pub fn from_table(draft: Draft, people: ReadSignal<Option<Vec<Person>>>) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let take = move |files: Option<web_sys::FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            let people = people.get_untracked().unwrap_or_default();
            leptos::task::spawn_local(draft.take_table(file, people));
        }
    };
    let press = move |_| {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    view! {
        <input type="file" accept=".csv,.txt,text/csv" node_ref=picker class="unseen" tabindex="-1" aria-hidden="true" id="table-picker"
            on:change:target=move |event| { take(event.target().files()); event.target().set_value("") }/>
        <button type="button" class="button small" on:click=press>{icon("rows-3")}<span>{t("request-from-table")}</span></button>
    }
}

fn list(draft: Draft) -> Option<impl IntoView> {
    let also = draft.also.get();
    let item = move |(at, one): (usize, Recipient)| {
        let label = tw("request-file-remove", [("name", (&one.name).into())]);
        let remove = move || {
            draft.also.update(|also| {
                also.remove(at);
            });
        };
        view! {
            <li class="other"><span class="grow clip"><bdi class="strong">{one.name}</bdi>{outside(Some(&one.outside))}</span>{icon_button("x", label, remove)}</li>
        }
    };
    (!also.is_empty()).then(|| {
        let items = also.into_iter().enumerate().map(item).collect_view();
        view! { <ul class="letter-list" tabindex="0" aria-label=t("request-others")>{items}</ul> }
    })
}

/// What of a table names nobody: nothing goes on before the person has left it out.
pub fn table(draft: Draft) -> impl IntoView {
    browser::soon(|| browser::focus(".compose .modal-foot .primary"));
    let named = draft.table.get_untracked().unwrap_or_default();
    let good = named.iter().filter(|line| line.found.is_ok()).count();
    let wrong = named.iter().filter_map(|line| {
        let why = t(word(line.found.as_ref().err().copied()?));
        let number = tw("request-table-line", [("number", line.line.into())]);
        let words = harmless(&line.words);
        Some(view! { <li><span class="label">{number}</span><bdi class="strong">{words}</bdi><span class="hint">{why}</span></li> })
    });
    let wrong: Vec<_> = wrong.collect();
    let take = move |_| draft.take_named(draft.table.get_untracked().unwrap_or_default());
    let lead = tw("request-table-wrong", [("count", wrong.len().into())]);
    view! {
        <div class="modal-body">
            <p>{lead}</p>
            <ul class="table-lines" tabindex="0" aria-label=t("request-table-lines")>{wrong}</ul>
        </div>
        <footer class="modal-foot">
            {problem(move || draft.trouble.get())}
            <button type="button" class="button" on:click=move |_| draft.table.set(None)>{t("cancel")}</button>
            <button type="button" class="button primary" disabled={good == 0} on:click=take>{tw("request-table-take", [("count", good.into())])}</button>
        </footer>
    }
}

fn word(fault: LineFault) -> &'static str {
    match fault {
        LineFault::Nobody => id!("request-table-nobody"),
        LineFault::Several => id!("request-table-several"),
        LineFault::Again => id!("request-table-again"),
    }
}

/// Whom it goes to, each apart, under what they will see.
pub fn each(draft: Draft) -> Option<impl IntoView> {
    let all = draft.all();
    let line = |one: &Recipient| view! { <li><bdi class="strong">{one.name.clone()}</bdi>{outside(Some(&one.outside))}</li> };
    (all.len() > 1).then(|| {
        view! {
            <section class="goes-to">
                <h3 class="sheet-title">{icon("users")}<span>{tw("request-each-apart", [("count", all.len().into())])}</span></h3>
                <ul class="table-lines" tabindex="0" aria-label=t("request-to")>{all.iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}
