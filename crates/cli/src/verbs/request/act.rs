//! `valise request register`, `answer` and the like: does something with a request, and waits until it stands.

use super::super::{members, offices};
use super::stand;
use crate::arguments::ClientOptions;
use crate::find;
use crate::print::request;
use crate::session::Session;
use crate::stop::Stop;
use crate::words::Language;
use anyhow::Result;
use serde_json::json;
use valise_views::request::{ForwardTo, NewAct, RequestDetails, Standing};
use valise_views::state::Ready;
use valise_views::{ActKind, ChatId, Command, PersonId, Trouble};

/// Says who works on a request.
pub async fn assign(options: &ClientOptions, request: &str, person: &str) -> Result<()> {
    let (mut session, ready) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let person = find::person(&mut session, person).await?;
    let act = NewAct::Assign(person);
    run(&mut session, &ready, &chat, ActKind::Assigned, act).await
}

/// Gives a request to a colleague, or to another office of one's own.
pub async fn forward(
    options: &ClientOptions,
    request: &str,
    (person, office): (Option<&str>, Option<&str>),
    note: Option<String>,
) -> Result<()> {
    let (mut session, ready) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let to = match (person, office) {
        (Some(person), _) => ForwardTo::Person(find::person(&mut session, person).await?),
        (None, office) => {
            let words = office.unwrap_or_default();
            let all = offices::all(&mut session).await?;
            let office = offices::own(&all, words);
            let office = office.ok_or_else(|| Stop::NotFound(words.to_owned()))?;
            ForwardTo::Office(office.id.clone())
        }
    };
    let act = NewAct::Forward { to, note };
    run(&mut session, &ready, &chat, ActKind::Assigned, act).await?;
    // They are in when this device brought them in and told them what was said.
    members::until_confirmed(&mut session, &chat).await
}

/// Does something, waits until it stands in the log, and tells whether it counts there: somebody else may have been faster.
pub async fn run(
    session: &mut Session,
    ready: &Ready,
    chat: &ChatId,
    kind: ActKind,
    act: NewAct,
) -> Result<()> {
    // Whoever acts on a request has opened it.
    let before = stand::until(session, chat, |_| true).await?;
    let command = Command::Act {
        chat: chat.clone(),
        act: Box::new(act),
    };
    session.ask(command).await?;
    let after = stand::until(session, chat, |details| !details.is_under_way).await?;
    session.settle().await?;
    if count(&after, kind, &ready.me) <= count(&before, kind, &ready.me) {
        return Err(Stop::Trouble(Trouble::OutOfPlace).into());
    }
    let human = request::kind(Language::of_person(), kind);
    let machine = json!({
        "chat": chat.0,
        "number": after.row.number,
        "their_number": after.row.their_number,
        "act": request::machine_kind(kind),
        "state": request::machine_state(after.row.state),
    });
    session.printer.line(human, &machine)
}

/// Counts what somebody did so with effect.
fn count(details: &RequestDetails, kind: ActKind, who: &PersonId) -> usize {
    let acts = details.acts.iter().filter(|act| act.kind == kind);
    acts.filter(|act| act.standing == Standing::Counts && act.signer.person == *who)
        .count()
}
