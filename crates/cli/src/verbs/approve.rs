//! `valise approve`: links a new device to this one's account.

use crate::arguments::{Approve, ClientOptions};
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use std::io::{BufRead, Write};
use valise_views::{Command, DevicePreview, Outcome, Shown, View};

pub async fn run(options: &ClientOptions, how: &Approve) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let link = how.code.clone();
    let Outcome::Device(preview) = session.ask(Command::InspectDevice { link }).await? else {
        bail!("the device says nothing");
    };
    let typed = match &how.digits {
        Some(digits) => digits.clone(),
        None => ask(&session, &preview)?,
    };
    let only_digits =
        |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    if only_digits(&typed) != only_digits(&preview.digits) {
        session.ask(Command::RefuseDevice).await?;
        session.settle().await?;
        bail!(
            "{}",
            session.printer.words(
                "these are other digits: nothing was linked. Somebody may stand between your two devices",
                "цифры другие: ничего не подключено. Возможно, кто-то вмешался между вашими устройствами",
            )
        );
    }
    let own_name = how.name.clone();
    session.ask(Command::ApproveDevice { own_name }).await?;
    session.printer.note(
        "linked; its messages are on their way there",
        "подключено; сообщения передаются",
    )?;
    while !is_over(&mut session).await? {}
    session.printer.done(
        "the new device has everything",
        "на новом устройстве есть всё",
        &json!({ "name": preview.name }),
    )
}

/// The digits are typed, not confirmed: what is typed has been read on the new device.
fn ask(session: &Session, preview: &DevicePreview) -> Result<String> {
    eprint!(
        "{} ",
        session.printer.words(
            &format!(
                "\u{201c}{}\u{201d} wants to be linked to your account, and will be able to read everything. Type the six digits that it shows:",
                harmless(&preview.name)
            ),
            &format!(
                "«{}» хочет подключиться к вашей учётной записи и сможет прочитать всё. Введите шесть цифр с его экрана:",
                harmless(&preview.name)
            ),
        )
    );
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer)
}

/// Waits until no device waits for the past any more; false if it takes longer than a person wants to wait without a word.
async fn is_over(session: &mut Session) -> Result<bool> {
    let over = session.watch(View::Devices, |shown| match shown {
        Shown::Devices(devices)
            if devices.len() > 1 && devices.iter().all(|device| !device.is_waiting) =>
        {
            Some(())
        }
        _ => None,
    });
    Ok(over.await?.is_some())
}
