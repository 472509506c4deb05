//! Acts as a person names them, as they are signed, and as they are shown.

use valise_evidence::{ActKind, ResponseKind};
use valise_views::ActKind as ShownKind;
use valise_views::request::NewAct;

/// Returns what somebody wants to do; none if it is nothing that a person does by itself.
pub(super) fn kind_of(act: &NewAct) -> Option<ActKind> {
    Some(match act {
        NewAct::Register { .. } => ActKind::Registered,
        NewAct::Assign(_) | NewAct::Forward { .. } => ActKind::Assigned,
        NewAct::Amend(_) => ActKind::Amended,
        NewAct::AskTime { .. } => ActKind::ExtensionAsked,
        NewAct::GiveTime => ActKind::ExtensionGranted,
        NewAct::DenyTime { .. } => ActKind::ExtensionDenied,
        NewAct::Confirm => ActKind::Confirmed,
        NewAct::Dispute { .. } => ActKind::Disputed,
        NewAct::Withdraw { .. } => ActKind::Withdrawn,
        NewAct::Close { .. } => ActKind::Closed,
        NewAct::Vouch { .. } => ActKind::Vouched,
        NewAct::Say { kind, .. } => return spoken(*kind),
    })
}

/// Returns what is said with a text and files; none if it is something else that is done.
pub(super) fn spoken(kind: ShownKind) -> Option<ActKind> {
    Some(match kind {
        ShownKind::Questioned => ActKind::Questioned,
        ShownKind::Clarified => ActKind::Clarified,
        ShownKind::PartlyAnswered => ActKind::PartlyAnswered,
        ShownKind::Answered => ActKind::Answered,
        ShownKind::Refused => ActKind::Refused,
        _ => return None,
    })
}

/// Returns the act that has a number.
pub(super) fn numbered(number: i64) -> Option<ActKind> {
    let mut kinds = ActKind::ALL.into_iter();
    kinds.find(|kind| *kind as i64 == number)
}

/// Returns the answer that an act names.
pub(super) fn said(kind: ActKind) -> Option<ResponseKind> {
    let all = [
        ResponseKind::Full,
        ResponseKind::Partial,
        ResponseKind::Refusal,
        ResponseKind::Question,
        ResponseKind::Clarification,
    ];
    all.into_iter().find(|said| act_of(*said) == kind)
}

/// Returns the act that an answer is for.
pub(crate) fn act_of(said: ResponseKind) -> ActKind {
    match said {
        ResponseKind::Full => ActKind::Answered,
        ResponseKind::Partial => ActKind::PartlyAnswered,
        ResponseKind::Refusal => ActKind::Refused,
        ResponseKind::Question => ActKind::Questioned,
        ResponseKind::Clarification => ActKind::Clarified,
    }
}

/// Tells what an act is, as the interface names it.
pub(crate) fn shown_kind(kind: ActKind) -> ShownKind {
    match kind {
        ActKind::Received => ShownKind::Received,
        ActKind::Registered => ShownKind::Registered,
        ActKind::Assigned => ShownKind::Assigned,
        ActKind::Questioned => ShownKind::Questioned,
        ActKind::Clarified => ShownKind::Clarified,
        ActKind::ExtensionAsked => ShownKind::ExtensionAsked,
        ActKind::ExtensionGranted => ShownKind::ExtensionGranted,
        ActKind::ExtensionDenied => ShownKind::ExtensionDenied,
        ActKind::PartlyAnswered => ShownKind::PartlyAnswered,
        ActKind::Answered => ShownKind::Answered,
        ActKind::Refused => ShownKind::Refused,
        ActKind::Confirmed => ShownKind::Confirmed,
        ActKind::Disputed => ShownKind::Disputed,
        ActKind::Withdrawn => ShownKind::Withdrawn,
        ActKind::Amended => ShownKind::Amended,
        ActKind::Closed => ShownKind::Closed,
        ActKind::Vouched => ShownKind::Vouched,
    }
}
