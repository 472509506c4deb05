//! `valise status`: who one is and how things stand.

use crate::arguments::ClientOptions;
use crate::print::harmless;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::Connection;

pub async fn run(options: &ClientOptions) -> Result<()> {
    let (session, ready) = Session::ready(options).await?;
    let printer = &session.printer;
    let (line, code) = match ready.connection {
        Connection::Online => (printer.words("online", "на связи"), "online"),
        Connection::CatchingUp => (
            printer.words("catching up", "получаем пропущенное"),
            "catching_up",
        ),
        Connection::Connecting => (printer.words("connecting", "соединяемся"), "connecting"),
        Connection::Offline => (printer.words("offline", "нет связи"), "offline"),
    };
    let human = format!(
        "{} <{}>, {}\n{line}; {}: {}; {}: {}{}",
        harmless(&ready.name),
        harmless(&ready.address),
        harmless(&ready.organisation),
        printer.words("unread", "непрочитанных"),
        ready.unread,
        printer.words("waiting to be sent", "ждут отправки"),
        ready.waiting_to_send,
        ready
            .alarms
            .iter()
            .map(|alarm| format!("\n! {}", printer.alarm(alarm)))
            .collect::<String>(),
    );
    let machine = json!({
        "person": ready.me.0,
        "name": ready.name,
        "address": ready.address,
        "organisation": ready.organisation,
        "registrar": ready.is_registrar,
        "active": !ready.revoked,
        "connection": code,
        "unread": ready.unread,
        "waiting_to_send": ready.waiting_to_send,
        "alarms": ready.alarms,
    });
    printer.line(&human, &machine)
}
