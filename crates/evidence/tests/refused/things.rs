//! Signed things with a field that cannot be so.

use crate::world::{Case, DAY, NOW, name, note, part};
use valise_evidence::receipt::{Event, Reason, ReasonCode, Receipt};
use valise_evidence::request::{Field, WorkingDays};
use valise_evidence::sign1::sign;
use valise_evidence::{Act, ActKind, Digest, Request, Response, ResponseKind};
use valise_wire::Timestamp;

/// Why it is refused, what it is said to be, and its bytes.
pub type Thing = (&'static str, &'static str, Vec<u8>);

pub fn all() -> Vec<Thing> {
    let case = Case::new();
    let mut things = requests(&case);
    things.extend(acts(&case));
    things.extend(responses(&case));
    things.extend(receipts());
    things
}

fn requests(case: &Case) -> Vec<Thing> {
    let with = |why, change: &dyn Fn(&mut Request)| {
        let mut request = case.draft();
        change(&mut request);
        (
            why,
            "request",
            sign(&request, &case.binding, &case.office.key),
        )
    };
    let field = |number: usize| Field {
        name: name(&format!("f{number}")),
        value: note("x"),
    };
    let working = |days| WorkingDays {
        days,
        calendar: Digest([1; 32]),
    };
    vec![
        with("Revision 0.", &|it| it.revision = 0),
        with("A first revision that names a former one.", &|it| {
            it.previous = Some(Digest([1; 32]))
        }),
        with("A second revision that names none.", &|it| it.revision = 2),
        with("Due before it was issued.", &|it| {
            it.deadline.due = Timestamp(NOW.0 - 1)
        }),
        with("To be acknowledged after it is due.", &|it| {
            it.deadline.acknowledge_by = Some(NOW.plus_millis(11 * DAY))
        }),
        with("No working days.", &|it| {
            it.deadline.working = Some(working(0))
        }),
        with("1,001 working days.", &|it| {
            it.deadline.working = Some(working(1_001))
        }),
        with("A language of one letter.", &|it| {
            it.language = Some("e".into())
        }),
        with("A language of 36 letters.", &|it| {
            it.language = Some("e".repeat(36))
        }),
        with("A language with a line below.", &|it| {
            it.language = Some("en_GB".into())
        }),
        with("A media type of two letters.", &|it| {
            it.parts[0].media_type = "a/".into()
        }),
        with("A media type with a quotation mark.", &|it| {
            it.parts[0].media_type = "text/plain;a=\"b\"".into()
        }),
        with("A media type of 128 letters.", &|it| {
            it.parts[0].media_type = format!("a/{}", "b".repeat(126))
        }),
        with("201 files.", &|it| {
            it.parts = (0..201u8).map(|at| part(&[at], "x")).collect()
        }),
        with("101 fields.", &|it| {
            it.fields = (0..101).map(field).collect()
        }),
        with("Two fields of one name.", &|it| {
            it.fields = vec![field(1), field(1)]
        }),
    ]
}

fn acts(case: &Case) -> Vec<Thing> {
    let with = |why, kind, change: &dyn Fn(&mut Act)| {
        let mut act = case.act(kind, &case.bank);
        change(&mut act);
        (why, "act", sign(&act, &case.binding, &case.bank.key))
    };
    vec![
        with("Registered without a number.", ActKind::Registered, &|_| ()),
        with("Received with a number.", ActKind::Received, &|it| {
            it.number = Some(name("1"))
        }),
        with("Answered without an object.", ActKind::Answered, &|_| ()),
        with("Received with an object.", ActKind::Received, &|it| {
            it.object = Some(Digest([1; 32]))
        }),
        with(
            "More time asked without an instant.",
            ActKind::ExtensionAsked,
            &|_| (),
        ),
        with("Received with an instant.", ActKind::Received, &|it| {
            it.until = Some(NOW)
        }),
        with("Disputed without a note.", ActKind::Disputed, &|_| ()),
    ]
}

fn responses(case: &Case) -> Vec<Thing> {
    let with = |why, kind, change: &dyn Fn(&mut Response)| {
        let mut answer = case.response(kind, &case.bank);
        change(&mut answer);
        (
            why,
            "response",
            sign(&answer, &case.binding, &case.bank.key),
        )
    };
    vec![
        with(
            "A refusal without a ground.",
            ResponseKind::Refusal,
            &|it| it.ground = None,
        ),
        with("An answer with a ground.", ResponseKind::Full, &|it| {
            it.ground = Some(note("x"))
        }),
        with("201 files in an answer.", ResponseKind::Full, &|it| {
            it.parts = (0..201u8).map(|at| part(&[at], "x")).collect()
        }),
    ]
}

fn receipts() -> Vec<Thing> {
    let with = |why, change: &dyn Fn(&mut Receipt)| {
        let mut case = Case::new();
        let mut receipt = case.receipt(case.office.id, Event::SubmissionAcceptance, case.request);
        change(&mut receipt);
        (
            why,
            "receipt",
            sign(&receipt, &case.binding, &case.office.hub),
        )
    };
    let reason = |code| Reason { code, text: None };
    vec![
        with("Good news with a reason.", &|it| {
            it.reasons = vec![reason(ReasonCode::PolicyBlock)]
        }),
        with("Bad news without a reason.", &|it| {
            it.event = Event::SubmissionRejection
        }),
        with("Bad news with a reason of another row.", &|it| {
            it.event = Event::SubmissionRejection;
            it.reasons = vec![reason(ReasonCode::RelayTimeout)];
        }),
        with("Nine reasons.", &|it| {
            it.event = Event::SubmissionRejection;
            it.reasons = (0..9).map(|_| reason(ReasonCode::PolicyBlock)).collect();
        }),
        with("An expiry without an end.", &|it| {
            it.event = Event::AcceptanceRejectionExpiry;
            it.reasons = vec![reason(ReasonCode::Expired)];
        }),
        with("An expiry before its end.", &|it| {
            it.event = Event::AcceptanceRejectionExpiry;
            it.reasons = vec![reason(ReasonCode::Expired)];
            it.expires_at = Some(it.at.plus_millis(1));
        }),
    ]
}
