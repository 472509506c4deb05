//! What nobody must overlook, in words.

use crate::words::Language;
use valise_views::Alarm;

/// Says what happened, and what to do about it.
pub fn line(alarm: &Alarm, language: Language) -> String {
    let (english, russian) = words(alarm);
    language.of(english, russian).to_owned()
}

fn words(alarm: &Alarm) -> (&'static str, &'static str) {
    match alarm {
        Alarm::ServerRolledBack { .. } => (
            "The server lost part of its memory. Nothing on this device is lost; tell your operator.",
            "Сервер потерял часть данных. На этом устройстве ничего не потеряно; сообщите администратору сервера.",
        ),
        Alarm::ServerForked { .. } => (
            "The server shows different messages to different people. What you see is genuine, but may not be all; tell your operator and your security officer.",
            "Сервер показывает разным людям разные сообщения. Всё, что вы видите, подлинное, но, возможно, это не всё; сообщите администратору сервера и службе безопасности.",
        ),
        Alarm::MessagesMissing { .. } => (
            "The server holds messages back. Tell your operator and your security officer.",
            "Сервер удерживает сообщения. Сообщите администратору сервера и службе безопасности.",
        ),
        Alarm::ServerMisbehaved { .. } => (
            "The server did something that no sound server does. Tell your operator and your security officer.",
            "Сервер сделал то, чего исправный сервер не делает. Сообщите администратору сервера и службе безопасности.",
        ),
        Alarm::MemberMisbehaved { .. } => (
            "Somebody tried something they have no right to. It was refused on this device.",
            "Кто-то попытался сделать то, на что не имеет права. Это устройство это отклонило.",
        ),
        Alarm::ChatClosed { .. } => (
            "A chat was closed: the server's copy of it does not follow from yours. Ask the others in another way, then go on with `valise reopen`.",
            "Чат закрыт: копия на сервере не продолжает вашу. Спросите остальных другим способом, затем продолжите командой `valise reopen`.",
        ),
        Alarm::ChangeRefused { .. } => (
            "The server refuses a change in a chat. What you wrote there is kept here; send it again later, and tell your operator.",
            "Сервер отклоняет изменение в чате. Написанное вами сохранено здесь; отправьте его позже ещё раз и сообщите администратору сервера.",
        ),
        Alarm::Strangers { .. } => (
            "Some people were not added to a chat: their organisations do not work with one another.",
            "Некоторых людей не удалось добавить в чат: их организации не сотрудничают друг с другом.",
        ),
        Alarm::LeftOut { .. } => (
            "A change was not made in a chat: its rule leaves out somebody's organisation; see `valise law`.",
            "Изменение в чате не сделано: его правило не допускает чью-то организацию; смотрите `valise law`.",
        ),
        Alarm::DirectoryDiffers { .. } => (
            "Somebody was shown another list of people than you. The server keeps news from one of you; tell your operator and your security officer.",
            "Кому-то показали не тот список людей, что вам. Сервер скрывает новости от кого-то из вас; сообщите администратору сервера и службе безопасности.",
        ),
        Alarm::DeviceAdded { .. } => (
            "A new device was linked to your account. If it was not you, take it out at once with `valise unlink`, and tell your security officer.",
            "К вашей учётной записи подключено новое устройство. Если это сделали не вы, сразу уберите его командой `valise unlink` и сообщите службе безопасности.",
        ),
        Alarm::SetBack { .. } => (
            "This device was set back to an earlier state, or there is a copy of it. If you did not restore a backup or copy a folder, take it out, link it anew, and tell your security officer.",
            "Это устройство вернулось к прежнему состоянию, или существует его копия. Если вы не восстанавливали резервную копию и не копировали папку, уберите его, подключите заново и сообщите службе безопасности.",
        ),
        Alarm::Relayed { .. } => (
            "Somebody stands between you and your server, or stood there: the server does not call the certificate its own that was shown for its name. This device did not sign in, and nothing was sent. Try another network; if it stays, tell your operator and your security officer. A server that is older than this program, or was not told of a renewed certificate in front of it, looks the same.",
            "Между вами и вашим сервером кто-то есть или был: сервер не признаёт своим сертификат, который показали под его именем. Это устройство не вошло, и ничего не отправлено. Попробуйте другую сеть; если не пройдёт, сообщите администратору сервера и службе безопасности. Так же выглядит сервер старее этой программы или сервер, которому не сообщили о новом сертификате перед ним.",
        ),
        Alarm::StorageNotPersistent => (
            "What is stored here may be deleted when space gets short.",
            "Сохранённое здесь может быть удалено, если закончится место.",
        ),
        Alarm::StorageFull => (
            "This device is full. New messages cannot be received until you make room; nothing is lost.",
            "На устройстве нет места. Новые сообщения не придут, пока вы его не освободите; ничего не потеряно.",
        ),
    }
}
