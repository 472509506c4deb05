//! What stands around requests: how many burn, for the shell; and the only one that a guest has.

use crate::{app::App, logic::requests::burning};
use leptos::prelude::*;
use valise_views::{RequestFilter, RequestList, RequestRow, Shown, View};

/// Watches how many requests want something of one's own side, or are late, as long as the calling owner lives.
pub fn watch_requests(app: App) -> Memo<u32> {
    let open = watch(app, RequestFilter::Open);
    let count = |list: &RequestList| burning(&list.rows) + list.releases.len() as u32;
    Memo::new(move |_| open.with(|list| list.as_ref().map_or(0, count)))
}

/// Watches the only request of a guest, whether it is open or has come to its end.
pub fn watch_request_of_guest(app: App) -> Memo<Option<RequestRow>> {
    let lists = [RequestFilter::Open, RequestFilter::Ended].map(|filter| watch(app, filter));
    Memo::new(move |_| {
        let first = |list: &ReadSignal<Option<RequestList>>| {
            list.with(|list| list.as_ref()?.rows.first().cloned())
        };
        lists.iter().find_map(first)
    })
}

fn watch(app: App, filter: RequestFilter) -> ReadSignal<Option<RequestList>> {
    let view = move || View::Requests {
        filter,
        search: String::new(),
    };
    app.core.watch(view, |shown| match shown {
        Shown::Requests(list) => Some(list),
        _ => None,
    })
}
