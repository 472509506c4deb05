//! What was done with a request, in words.

use crate::{
    browser::intl,
    id,
    logic::requests::act_icon,
    parts::{icon, named},
    words::{Argument, t, tw},
};
use leptos::prelude::*;
use valise_views::ActKind;
use valise_views::request::{ActRow, Signer};

/// Says who did what.
pub fn act_sentence(act: &ActRow) -> String {
    let name = || Argument::Text(signer_name(&act.signer));
    let id = match act.kind {
        ActKind::Registered => match &act.number {
            Some(number) => {
                return tw(
                    "act-registered",
                    [("name", name()), ("number", number.into())],
                );
            }
            None => id!("act-registered-plain"),
        },
        ActKind::Assigned if act.office.is_some() => match act.office.as_deref() {
            Some(office) if !office.is_empty() => {
                return tw("act-given", [("name", name()), ("office", office.into())]);
            }
            _ => id!("act-given-plain"),
        },
        ActKind::Assigned => match &act.assignee {
            Some(assignee) if *assignee == act.signer.name => id!("act-took"),
            Some(assignee) => {
                return tw(
                    "act-assigned",
                    [("name", name()), ("assignee", assignee.into())],
                );
            }
            None => id!("act-assigned-plain"),
        },
        ActKind::ExtensionAsked => return until(id!("act-extension-asked"), act),
        ActKind::ExtensionGranted => return until(id!("act-extension-granted"), act),
        ActKind::Received => id!("act-received"),
        ActKind::Questioned => id!("act-questioned"),
        ActKind::Clarified => id!("act-clarified"),
        ActKind::ExtensionDenied => id!("act-extension-denied"),
        ActKind::PartlyAnswered => id!("act-partly-answered"),
        ActKind::Answered => id!("act-answered"),
        ActKind::Refused => id!("act-refused"),
        ActKind::Confirmed => id!("act-confirmed"),
        ActKind::Disputed => id!("act-disputed"),
        ActKind::Withdrawn => id!("act-withdrawn"),
        ActKind::Amended => id!("act-amended"),
        ActKind::Closed => id!("act-closed"),
    };
    tw(id, [("name", name())])
}

/// The sign of an act.
pub fn act_sign(act: &ActRow) -> impl IntoView + use<> {
    let name = act_icon(act.kind);
    icon(name)
}

/// The name of who signed, with the organisation if it is another one.
pub fn signer_name(signer: &Signer) -> String {
    named(&signer.name, signer.outside.as_ref())
}

/// An act that names a day.
fn until(id: &'static str, act: &ActRow) -> String {
    let day = act.until.map(intl::dated_day).unwrap_or_default();
    let name = Argument::Text(signer_name(&act.signer));
    tw(id, [("name", name), ("day", day.into())])
}

/// What is left of the time of a request, in words; empty where no clock runs.
pub fn left_text(left: crate::logic::requests::Left) -> String {
    use crate::logic::requests::Left;
    match left {
        Left::Days(days) => tw("request-left-days", [("count", days.into())]),
        Left::Tomorrow => t("request-left-tomorrow"),
        Left::Today => t("request-left-today"),
        Left::JustOver => t("request-left-just-over"),
        Left::Late(days) => tw("request-left-late", [("count", days.into())]),
        Left::Over => String::new(),
    }
}
