//! What WhatsApp itself writes into an export, in the languages that it was seen in.

/// In the place of media, from Android and iPhones, without letter case.
const OMITTED: [&str; 58] = [
    "<media omitted>",
    "image omitted",
    "video omitted",
    "audio omitted",
    "gif omitted",
    "sticker omitted",
    "document omitted",
    "contact card omitted",
    "video note omitted",
    "<без медиафайлов>",
    "<медиафайл пропущен>",
    "<файл не добавлен>",
    "<медиа отсутствует>",
    "изображение отсутствует",
    "видео отсутствует",
    "аудиофайл отсутствует",
    "gif отсутствует",
    "стикер отсутствует",
    "документ отсутствует",
    "карточка контакта отсутствует",
    "видеосообщение отсутствует",
    "изображение опущено",
    "видео опущено",
    "аудио опущено",
    "<medien ausgeschlossen>",
    "<medien weggelassen>",
    "bild weggelassen",
    "video weggelassen",
    "audio weggelassen",
    "gif weggelassen",
    "sticker weggelassen",
    "dokument weggelassen",
    "kontaktkarte weggelassen",
    "<médias omis>",
    "<fichier omis>",
    "image absente",
    "vidéo absente",
    "audio omis",
    "gif retiré",
    "sticker omis",
    "document manquant",
    "fiche contact omise",
    "<multimedia omitido>",
    "<archivo omitido>",
    "imagen omitida",
    "video omitido",
    "audio omitido",
    "documento omitido",
    "<media omessi>",
    "immagine omessa",
    "video omesso",
    "audio omesso",
    "<mídia oculta>",
    "<arquivo de mídia oculto>",
    "imagem ocultada",
    "vídeo omitido",
    "áudio ocultado",
    "<медіафайл пропущено>",
];

/// Behind a file's name, from Android.
const ATTACHED: [&str; 10] = [
    "(file attached)",
    "(файл добавлен)",
    "(datei angehängt)",
    "(fichier joint)",
    "(archivo adjunto)",
    "(file allegato)",
    "(arquivo anexado)",
    "(ficheiro anexado)",
    "(bestand bijgevoegd)",
    "(файл додано)",
];

/// Before a file's name, from iPhones.
const ATTACHED_BEFORE: [&str; 8] = [
    "attached",
    "прикреплено",
    "anhang",
    "pièce jointe",
    "adjunto",
    "allegato",
    "anexado",
    "вкладення",
];

/// In the place of what was taken back.
const DELETED: [&str; 16] = [
    "this message was deleted",
    "you deleted this message",
    "данное сообщение удалено",
    "вы удалили данное сообщение",
    "это сообщение удалено",
    "вы удалили это сообщение",
    "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
    "este mensaje fue eliminado",
    "eliminaste este mensaje",
    "questo messaggio è stato eliminato",
    "hai eliminato questo messaggio",
    "esta mensagem foi apagada",
    "you deleted this message as admin",
];

/// Behind what was changed.
const EDITED: [&str; 6] = [
    "<this message was edited>",
    "<сообщение изменено>",
    "<это сообщение изменено>",
    "<diese nachricht wurde bearbeitet>",
    "<ce message a été modifié>",
    "<se editó este mensaje>",
];

/// Tells whether a text stands in the place of media that were not exported.
pub(super) fn is_omitted(text: &str) -> bool {
    is_one_of(text, &OMITTED)
}

/// Tells whether a text stands in the place of a message that was taken back.
pub(super) fn is_deleted(text: &str) -> bool {
    is_one_of(text.trim_end_matches('.'), &DELETED)
}

/// Takes the note off that a text was changed.
pub(super) fn without_edited(text: &str) -> Option<&str> {
    let at = text.rfind('<')?;
    let note = &text[at..];
    let is_end = |letter: char| letter.is_whitespace() || super::head::is_unseen(letter);
    is_one_of(note, &EDITED).then(|| text[..at].trim_end_matches(is_end))
}

/// Takes `(file attached)` off, if it is that, or if only its place says so.
pub(super) fn attached(line: &str) -> Option<&str> {
    let is_marked = line.starts_with('\u{200e}');
    let line = line.trim_matches(super::head::is_unseen);
    let at = line.rfind(" (")?;
    let (name, note) = (line[..at].trim_end(), &line[at + 1..]);
    let known = is_one_of(note, &ATTACHED);
    let looks = note.ends_with(')') && (is_marked || is_generated(name));
    ((known || looks) && is_file_name(name)).then_some(name)
}

/// Reads `<attached: name>` at the end of a text; returns what stands before it, and the name.
pub(super) fn attached_behind(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix('>')?;
    let at = inner.rfind('<')?;
    let (note, name) = inner[at + 1..].split_once(':')?;
    let is_marked = inner[..at].ends_with('\u{200e}');
    let (note, name) = (note.trim().trim_matches('\u{a0}'), name.trim());
    let known = is_marked || is_one_of(note, &ATTACHED_BEFORE);
    let before = inner[..at]
        .trim_end_matches(super::head::is_unseen)
        .trim_end();
    (known && is_file_name(name)).then_some((before, name))
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    // Nothing here is longer; a long text need not be copied to learn that.
    text.len() < 120 && words.contains(&&*text.trim().to_lowercase())
}

/// Tells whether WhatsApp gave a file this name: `IMG-20241231-WA0001.jpg`.
fn is_generated(name: &str) -> bool {
    let Some((kind, rest)) = name.split_once('-') else {
        return false;
    };
    matches!(kind, "IMG" | "VID" | "AUD" | "PTT" | "STK" | "DOC") && rest.get(8..11) == Some("-WA")
}

fn is_file_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.len());
    name.len() < 255
        && !name.contains(['/', '\\', '\n'])
        && ending.is_some_and(|length| (1..9).contains(&length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_small_letters() {
        let all = [&OMITTED[..], &ATTACHED, &ATTACHED_BEFORE, &DELETED, &EDITED].concat();
        for word in all {
            assert_eq!(word, word.to_lowercase());
        }
    }

    #[test]
    fn files_are_found_in_every_form() {
        for line in [
            "IMG-20241231-WA0001.jpg (file attached)",
            "\u{200e}IMG-20241231-WA0001.jpg (файл добавлен)",
            "IMG-20241231-WA0001.jpg (fichier joint)",
            "IMG-20241231-WA0001.jpg (dosya ekli)",
        ] {
            assert_eq!(attached(line), Some("IMG-20241231-WA0001.jpg"), "{line}");
        }
        assert_eq!(
            attached("report 7.pdf (file attached)"),
            Some("report 7.pdf")
        );
        assert_eq!(attached("see page 3.5 (the second)"), None);
        assert_eq!(attached("../etc/passwd.txt (file attached)"), None);
        for (text, before) in [
            ("\u{200e}<attached: 00000002-PHOTO-2024.jpg>", ""),
            ("look\u{200e}<прикреплено: 00000002-PHOTO-2024.jpg>", "look"),
            ("<Anhang: 00000002-PHOTO-2024.jpg>", ""),
            ("<pièce jointe\u{a0}: 00000002-PHOTO-2024.jpg>", ""),
        ] {
            assert_eq!(
                attached_behind(text),
                Some((before, "00000002-PHOTO-2024.jpg")),
                "{text}"
            );
        }
        assert_eq!(attached_behind("if a <b: c.d>"), None);
    }
}
