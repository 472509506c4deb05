//! What the shell knows of requests: whether there is anything to show, and how many burn.

use crate::{app::App, logic::requests::burning, people::watch_partners};
use leptos::prelude::*;
use valise_views::{PartnerState, RequestFilter, RequestList, Shown, View};

/// What the section's tab shows.
#[derive(Clone, Copy)]
pub struct Requests {
    /// Whether one can ask somebody, or there are requests.
    pub is_there: Memo<bool>,
    /// How many want something of one's own side, or are late.
    pub burning: Memo<u32>,
}

/// Watches what the tab shows, as long as the calling owner lives.
pub fn watch_requests(app: App) -> Requests {
    let partners = watch_partners(app);
    let view = || View::Requests {
        filter: RequestFilter::Open,
        search: String::new(),
    };
    let open = app.core.watch(view, |shown| match shown {
        Shown::Requests(list) => Some(list),
        _ => None,
    });
    let asks = Memo::new(move |_| {
        partners.with(|partners| {
            partners.as_ref().is_some_and(|partners| {
                let mut all = partners.partners.iter();
                all.any(|partner| partner.state == PartnerState::Partner)
            })
        })
    });
    let has = move |list: &RequestList| list.counts.open + list.counts.ended > 0;
    Requests {
        is_there: Memo::new(move |_| {
            asks.get() || open.with(|list| list.as_ref().is_some_and(has))
        }),
        burning: Memo::new(move |_| {
            open.with(|list| list.as_ref().map_or(0, |list| burning(&list.rows)))
        }),
    }
}
