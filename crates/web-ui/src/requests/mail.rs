//! The words of an e-mail to a guest, ready to be pasted: who asks, how to open the page, and that the code comes another way.

use crate::{
    browser::intl,
    logic::text::harmless,
    words::{t, tw},
};
use valise_views::request::RequestDetails;

/// Writes them around a link. What is asked stays out: a mailbox is no place for it.
pub fn mail(details: &RequestDetails, link: &str) -> String {
    let head = tw(
        "guest-mail-head",
        [
            (
                "organisation",
                harmless(&details.issuer.organisation).into(),
            ),
            ("number", harmless(&details.row.number).into()),
            ("due", intl::full(details.row.due).into()),
        ],
    );
    // The link stands alone in its line, so that nothing before or behind it is taken for a part of it.
    [
        &*head,
        &t("guest-mail-open"),
        link,
        &t("guest-mail-code"),
        &t("guest-mail-doubt"),
    ]
    .join("\n\n")
}
