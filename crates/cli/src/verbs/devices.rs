//! `valise devices` and `valise unlink`: the devices of one's account.

use crate::arguments::ClientOptions;
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use serde_json::json;
use valise_views::{Command, Device, Shown, Trouble, View};

/// Lists them.
pub async fn list(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    for device in devices(&mut session).await? {
        let name = if device.name.is_empty() {
            "?".to_owned()
        } else {
            harmless(&device.name)
        };
        let this = session.printer.words(" (this one)", " (это)");
        let human = format!(
            "{}  {}  {name}{}",
            device.id,
            session.printer.time(device.added_at),
            if device.is_this { this } else { "" },
        );
        let machine = json!({
            "device": device.id.0,
            "name": device.name,
            "added_at": device.added_at,
            "is_this": device.is_this,
            "is_waiting": device.is_waiting,
        });
        session.printer.line(&human, &machine)?;
    }
    Ok(())
}

/// Takes one out.
pub async fn unlink(options: &ClientOptions, named: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let devices = devices(&mut session).await?;
    let fitting: Vec<&Device> = devices
        .iter()
        .filter(|device| device.id.0.starts_with(named) || device.name == named)
        .collect();
    let [device] = fitting[..] else {
        return Err(Stop::Trouble(Trouble::NotFound).into());
    };
    let id = device.id.clone();
    session.ask(Command::RemoveDevice(id.clone())).await?;
    session.settle().await?;
    session.printer.done(
        "the device is removed, and gets nothing any more",
        "устройство удалено и больше ничего не получит",
        &json!({ "device": id.0 }),
    )
}

async fn devices(session: &mut Session) -> Result<Vec<Device>> {
    let devices = session.show(View::Devices, |shown| match shown {
        Shown::Devices(devices) => Some(devices),
        _ => None,
    });
    devices.await
}
