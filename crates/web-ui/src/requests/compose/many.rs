//! Several addressees: each gets a request of his own. They are chosen, or come out of a table.

use super::{
    Draft,
    table::{Knowing, from_table},
};
use crate::{
    parts::{icon, icon_button, outside},
    requests::recipient::Recipient,
    words::{t, tw},
};
use leptos::prelude::*;
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
}

/// Whom it is for besides the first, and the ways to add more.
pub fn others(draft: Draft, known: Knowing) -> impl IntoView {
    let count = move || draft.also.with(Vec::len) + 1;
    view! {
        <fieldset class="letter-files others">
            <legend class="unseen">{t("request-others")}</legend>
            {move || list(draft)}
            <p class="hint" role="status">{move || (count() > 1).then(|| tw("request-each-apart", [("count", count().into())]))}</p>
            <div class="letter-ways">
                <button type="button" class="button small" disabled=move || { count() >= MOST_ADDRESSEES } on:click=move |_| draft.adding.set(true)>{icon("user-plus")}<span>{t("request-another")}</span></button>
                {from_table(draft, known)}
            </div>
        </fieldset>
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
