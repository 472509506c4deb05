use super::*;

fn read(text: &str) -> (Vec<Message>, Vec<Skipped>) {
    let order = {
        let mut parser = Parser::new(None);
        parser.push(text.as_bytes());
        parser.finish();
        parser.order().0
    };
    let mut parser = Parser::new(Some(order));
    // Byte by byte: where slices end must not matter.
    for byte in text.as_bytes().chunks(1) {
        parser.push(byte);
    }
    parser.finish();
    let (mut messages, mut skipped) = (Vec::new(), Vec::new());
    while let Some(event) = parser.next_event() {
        match event {
            Event::Message(message) => messages.push(*message),
            Event::Skipped(left_out) => skipped.push(left_out),
            Event::Opens | Event::Closes(_) => {}
        }
    }
    (messages, skipped)
}

fn names(messages: &[Message]) -> Vec<&str> {
    let name = |message: &'_ Message| message.writer.as_ref().map(|writer| writer.name.clone());
    messages
        .iter()
        .map(|message| name(message).unwrap_or_default().leak() as &str)
        .collect()
}

fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| &*message.text).collect()
}

#[test]
fn android_in_english() {
    let (messages, skipped) = read(
        "31/12/23, 10:00 - Messages and calls are end-to-end encrypted. Tap to learn more.\n\
         31/12/23, 10:01 - Anna Berg: Good morning\nsecond line\n\n fourth\n\
         31/12/23, 10:02 - +49 151 1234567: IMG-20231231-WA0001.jpg (file attached)\nlook at this\n\
         31/12/23, 10:03 - Anna Berg: <Media omitted>\n\
         31/12/23, 10:04 - Anna Berg: This message was deleted\n\
         31/12/23, 10:05 - Anna Berg: at five: sharp <This message was edited>\n\
         31/12/23, 10:06 - Anna Berg changed the subject from “Plan: A” to “Plan: B”\n",
    );
    assert_eq!(skipped, []);
    assert_eq!(
        names(&messages),
        [
            "",
            "Anna Berg",
            "+49 151 1234567",
            "Anna Berg",
            "Anna Berg",
            "Anna Berg",
            ""
        ]
    );
    assert_eq!(messages[1].text, "Good morning\nsecond line\n\n fourth");
    assert_eq!(messages[1].line, 2);
    assert_eq!(
        messages[2].media.as_ref().unwrap().path.as_deref(),
        Some("IMG-20231231-WA0001.jpg")
    );
    assert_eq!(messages[2].text, "look at this");
    assert_eq!(messages[3].media, Some(Media::default()));
    assert!(messages[4].deleted && messages[4].text.is_empty());
    assert!(messages[5].edited);
    assert_eq!(messages[5].text, "at five: sharp");
}

#[test]
fn iphone_in_russian() {
    let (messages, skipped) = read(
        "\u{feff}[05.01.2024, 9:00:01] Отдел: \u{200e}Сообщения и звонки защищены сквозным шифрованием.\r\n\
         [05.01.2024, 9:00:02] Иван Петров: Доброе утро\r\n\
         \u{200e}[05.01.2024, 9:00:03] Иван Петров: \u{200e}<прикреплено: 00000003-PHOTO-2024-01-05.jpg>\r\n\
         [05.01.2024, 9:00:04] ~\u{a0}Мария: \u{200e}изображение отсутствует\r\n\
         [05.01.2024, 9:00:05] Иван Петров: \u{200e}Данное сообщение удалено.\r\n\
         [05.01.2024, 9:00:06] Иван Петров: \u{200e}Местоположение: https://maps.google.com/?q=1,2\r\n\
         [05.01.2024, 9:00:07] Иван Петров: смета.pdf • \u{200e}3 страницы \u{200e}<прикреплено: 00000007-смета.pdf>\r\n\
         [05.01.2024, 9:00:08] Иван Петров: исправлено\u{200e} <Сообщение изменено>\r\n",
    );
    assert_eq!(skipped, []);
    let expected = [
        "",
        "Иван Петров",
        "Иван Петров",
        "Мария",
        "Иван Петров",
        "Иван Петров",
        "Иван Петров",
        "Иван Петров",
    ];
    assert_eq!(names(&messages), expected);
    let path = |at: usize| {
        messages[at]
            .media
            .as_ref()
            .and_then(|media| media.path.as_deref())
    };
    assert_eq!(path(2), Some("00000003-PHOTO-2024-01-05.jpg"));
    assert_eq!(messages[3].media, Some(Media::default()));
    assert!(messages[4].deleted);
    assert_eq!(path(6), Some("00000007-смета.pdf"));
    assert_eq!(messages[6].text, "");
    assert!(messages[7].edited);
    assert_eq!(messages[7].text, "исправлено");
}

#[test]
fn american_german_and_french() {
    let (messages, skipped) = read(
        "12/31/23, 11:59\u{202f}PM - Bob: happy new year\n1/1/24, 12:00\u{202f}AM - Bob: at last\n",
    );
    assert_eq!(
        (texts(&messages), skipped.len()),
        (vec!["happy new year", "at last"], 0)
    );
    assert_eq!(messages[1].at.millis() - messages[0].at.millis(), 60_000);

    let (messages, _) = read(
        "31.12.23, 20:15 - Jürgen: IMG-20231231-WA0003.jpg (Datei angehängt)\n\
         31.12.23, 20:16 - Jürgen: <Medien ausgeschlossen>\n\
         31.12.23, 20:17 - Jürgen: Diese Nachricht wurde gelöscht\n",
    );
    assert!(
        messages[0].media.is_some()
            && messages[1].media == Some(Media::default())
            && messages[2].deleted
    );

    let (messages, _) = read(
        "31/12/2023 à 20:15 - Éloïse: IMG-20231231-WA0003.jpg (fichier joint)\n\
         31/12/2023 à 20:16 - Éloïse: <Médias omis>\n\
         31/12/2023 à 20:17 - Éloïse: Ce message a été supprimé\n",
    );
    assert!(
        messages[0].media.is_some()
            && messages[1].media == Some(Media::default())
            && messages[2].deleted
    );
}

#[test]
fn what_makes_no_sense_is_named_with_its_line_and_left_out() {
    let mut bytes = b"not a chat\n31/12/23, 10:00 - Anna: one\n".to_vec();
    bytes.extend(
        b"\xff\xff\n45/45/23, 10:00 - Anna: two\nmore of two\n31/12/23, 27:00 - Anna: three\n",
    );
    bytes.extend(b"31/12/23, 10:01 - Anna: four");
    let mut parser = Parser::new(Some(Order::DayFirst));
    parser.push(&bytes);
    parser.finish();
    let events: Vec<Event> = std::iter::from_fn(|| parser.next_event()).collect();
    let skipped: Vec<(u64, Why)> = events
        .iter()
        .filter_map(|event| match event {
            Event::Skipped(left_out) => Some((left_out.line, left_out.why)),
            _ => None,
        })
        .collect();
    assert_eq!(
        skipped,
        [
            (1, Why::NoMessage),
            (3, Why::NotUtf8),
            (4, Why::BadDate),
            (6, Why::BadDate)
        ]
    );
    let texts: Vec<&str> = events
        .iter()
        .filter_map(|event| match event {
            Event::Message(message) => Some(&*message.text),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["one", "four"]);
}

#[test]
fn a_quoted_export_of_another_kind_stays_text() {
    let (messages, _) = read(
        "31/12/23, 10:00 - Anna: he wrote:\n[01.02.20, 10:00:00] Ivan: no\n31/12/23, 10:01 - Anna: see?\n",
    );
    assert_eq!(
        texts(&messages),
        ["he wrote:\n[01.02.20, 10:00:00] Ivan: no", "see?"]
    );
}

#[test]
fn a_message_without_end_is_left_out_and_the_next_one_is_read() {
    let long = format!("{}\n", "x".repeat(1000)).repeat(300);
    let (messages, skipped) = read(&format!(
        "31/12/23, 10:00 - A: {long}31/12/23, 10:01 - A: next\n"
    ));
    assert_eq!(texts(&messages), ["next"]);
    assert_eq!(
        skipped,
        [Skipped {
            line: 1,
            why: Why::TooLong
        }]
    );
}
