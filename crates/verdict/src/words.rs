//! The sentences.

mod finding;
mod kinds;

use crate::Language;
use valise_directory::fold::fingerprint;
use valise_evidence::course::State;
use valise_evidence::verify::{Clock, Fault, Remark, Standing, Subject};

/// English, Russian, German, French.
pub(crate) type Said = [&'static str; 4];

/// Chooses a sentence.
pub(crate) fn of(language: Language, [english, russian, german, french]: Said) -> &'static str {
    match language {
        Language::English => english,
        Language::Russian => russian,
        Language::German => german,
        Language::French => french,
    }
}

/// Says how sure something is.
pub fn standing(language: Language, standing: Standing) -> &'static str {
    let said = match standing {
        Standing::Proven => ["proven", "доказано", "bewiesen", "prouvé"],
        Standing::Asserted => [
            "server says",
            "слово сервера",
            "sagt der Server",
            "dit le serveur",
        ],
        Standing::NotProven => ["not proven", "не доказано", "nicht bewiesen", "non prouvé"],
    };
    of(language, said)
}

/// Says what a row is about.
pub fn subject(language: Language, subject: &Subject) -> String {
    let said = match subject {
        Subject::Bundle => ["the file", "файл", "die Datei", "le fichier"],
        Subject::Manifest => [
            "the list of contents",
            "опись содержимого",
            "die Inhaltsliste",
            "la liste du contenu",
        ],
        Subject::File => [
            "a file in it",
            "файл внутри",
            "eine Datei darin",
            "un fichier à l’intérieur",
        ],
        Subject::Report => [
            "the readable report",
            "отчёт для чтения",
            "der lesbare Bericht",
            "le rapport lisible",
        ],
        Subject::Guide => [
            "how to verify it",
            "как это проверить",
            "wie man es prüft",
            "comment vérifier",
        ],
        Subject::Organisation(_) => [
            "organisation",
            "организация",
            "Organisation",
            "organisation",
        ],
        Subject::Request(revision) => {
            let words = of(
                language,
                [
                    "request, version",
                    "запрос, версия",
                    "Anfrage, Fassung",
                    "demande, version",
                ],
            );
            return format!("{words} {revision}");
        }
        Subject::Response(kind) => kinds::response(*kind),
        Subject::Act(kind) => kinds::act(*kind),
        Subject::Receipt(event) => kinds::receipt(*event),
        Subject::Seal => [
            "seal of the organisation",
            "печать организации",
            "Siegel der Organisation",
            "sceau de l’organisation",
        ],
        Subject::Text => ["text", "текст", "Text", "texte"],
        Subject::Attachment(_) => ["attachment", "вложение", "Anlage", "pièce jointe"],
        Subject::Whole => [
            "all of it was there together by then",
            "к этому времени всё уже было вместе",
            "bis dahin war alles zusammen da",
            "à cette date tout existait ensemble",
        ],
    };
    of(language, said).to_owned()
}

/// Says where a request stands.
pub fn state(language: Language, state: State) -> &'static str {
    of(language, kinds::state(state))
}

/// Says by whose clock something was.
pub fn clock(language: Language, clock: Option<&Clock>) -> String {
    let [own, server, authority] = match language {
        Language::English => [
            "by the signer's own clock",
            "by the server's clock of",
            "by a time stamp of",
        ],
        Language::Russian => [
            "по часам подписавшего",
            "по часам сервера организации",
            "по метке времени от",
        ],
        Language::German => [
            "nach der Uhr des Unterzeichners",
            "nach der Uhr des Servers von",
            "nach einem Zeitstempel von",
        ],
        Language::French => [
            "à l’horloge du signataire",
            "à l’horloge du serveur de",
            "d’après un horodatage de",
        ],
    };
    match clock {
        None => own.to_owned(),
        // The first group of a fingerprint, which stands in its own line.
        Some(Clock::Server(organisation)) => {
            let digits = fingerprint(*organisation);
            let first = digits.split(' ').next().unwrap_or_default();
            format!("{server} {first}…")
        }
        Some(Clock::Authority(_, name, _) | Clock::Stamp(name, _)) => format!("{authority} {name}"),
    }
}

/// Says what should be known besides.
pub fn remark(language: Language, remark: Remark) -> &'static str {
    let said = match remark {
        Remark::CompareFingerprint => [
            "compare its fingerprint with the organisation itself, and verify again with it",
            "сверьте отпечаток с самой организацией и проверьте ещё раз с ним",
            "vergleichen Sie den Fingerabdruck mit der Organisation selbst und prüfen Sie noch einmal damit",
            "comparez l’empreinte avec l’organisation elle-même, puis vérifiez de nouveau avec elle",
        ],
        Remark::EndedLater => [
            "the device has ended since, and nobody but the signer says that this was before",
            "устройство с тех пор отключено; что это было раньше, говорит только подписавший",
            "das Gerät ist seither abgemeldet; dass dies vorher war, sagt nur, wer unterschrieb",
            "l’appareil a été retiré depuis ; seul le signataire dit que c’était avant",
        ],
        Remark::Withheld => [
            "left out on purpose",
            "намеренно не приложено",
            "absichtlich weggelassen",
            "omis volontairement",
        ],
        Remark::NotHad => [
            "could not be had: its server no longer gave it",
            "получить не удалось: сервер его больше не отдаёт",
            "war nicht zu bekommen: Der Server gab sie nicht mehr heraus",
            "n’a pas pu être obtenu : le serveur ne le donnait plus",
        ],
        Remark::TooLarge => [
            "too large to go along",
            "не приложено: слишком большой",
            "zu groß, um beizuliegen",
            "trop volumineux pour être joint",
        ],
        Remark::CameInstead => [
            "this came in place of a file that was signed; who sent it, only the exporter says",
            "пришёл вместо подписанного файла; кто его прислал — только со слов выгрузившего",
            "kam anstelle einer unterschriebenen Datei; wer sie schickte, sagt nur, wer exportierte",
            "reçu à la place d’un fichier signé ; seul l’exportateur dit de qui il vient",
        ],
        Remark::Sealed => [
            "sealed in the organisation's name, as the organisation wants it",
            "скреплено печатью организации, как она того требует",
            "im Namen der Organisation gesiegelt, wie sie es verlangt",
            "scellé au nom de l’organisation, comme elle l’exige",
        ],
        Remark::InName => [
            "sealed in the organisation's name",
            "скреплено печатью организации",
            "im Namen der Organisation gesiegelt",
            "scellé au nom de l’organisation",
        ],
        Remark::TokenUnread => [
            "there is a time stamp, which was not checked",
            "есть метка времени, она не проверена",
            "es gibt einen Zeitstempel, der nicht geprüft wurde",
            "il y a un horodatage, qui n’a pas été vérifié",
        ],
        Remark::CompareAuthority => [
            "its time stamp is of an authority that nobody vouched for here",
            "метка времени — от службы, за которую здесь никто не поручился",
            "der Zeitstempel ist von einer Stelle, für die hier niemand bürgt",
            "l’horodatage est d’une autorité dont personne ne s’est porté garant ici",
        ],
        Remark::TokenLater => [
            "its time stamp was made later: the time is the server's word",
            "метка времени поставлена позже: это время — со слов сервера",
            "der Zeitstempel kam später: die Zeit ist das Wort des Servers",
            "l’horodatage est postérieur : l’heure est la parole du serveur",
        ],
        Remark::BeforeSigned => [
            "the server says a time well before the one on the signer's device",
            "сервер называет время задолго до времени на устройстве подписавшего",
            "der Server nennt eine Zeit deutlich vor der auf dem Gerät des Unterzeichners",
            "le serveur donne une heure bien antérieure à celle de l’appareil du signataire",
        ],
        Remark::AfterWhole => [
            "the server says a time well after the one by which the whole bundle was there",
            "сервер называет время намного позже того, к которому весь пакет уже был",
            "der Server nennt eine Zeit deutlich nach der, zu der das ganze Paket schon da war",
            "le serveur donne une heure bien postérieure à celle où tout le dossier existait",
        ],
        Remark::Late => [
            "after the deadline",
            "после срока",
            "nach der Frist",
            "hors délai",
        ],
        Remark::ForReading => [
            "it is there to be read and proves nothing by itself",
            "он для чтения и сам по себе ничего не доказывает",
            "er ist zum Lesen da und beweist für sich allein nichts",
            "il est là pour être lu et ne prouve rien à lui seul",
        ],
        Remark::Counted => [
            "its deadline was counted again by the calendar, and is right",
            "срок пересчитан по календарю и верен",
            "die Frist wurde nach dem Kalender nachgezählt und stimmt",
            "le délai a été recompté selon le calendrier et il est juste",
        ],
        Remark::CalendarMissing => [
            "the calendar by which its deadline was counted is not here",
            "календаря, по которому считали срок, здесь нет",
            "der Kalender, nach dem die Frist gezählt wurde, ist nicht dabei",
            "le calendrier selon lequel le délai a été compté n’est pas ici",
        ],
    };
    of(language, said)
}

/// Says what is wrong.
pub fn fault(language: Language, fault: Fault) -> String {
    if language == Language::English {
        return fault.to_string();
    }
    of(language, finding::fault(fault)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_evidence::ActKind;

    #[test]
    fn every_act_is_said_differently_in_every_language() {
        for language in Language::ALL {
            let mut said: Vec<String> = ActKind::ALL
                .into_iter()
                .map(|kind| subject(language, &Subject::Act(kind)))
                .collect();
            said.sort();
            said.dedup();
            assert_eq!(said.len(), ActKind::ALL.len(), "{language:?}");
        }
    }

    #[test]
    fn a_fault_is_said_in_the_readers_language() {
        assert_eq!(fault(Language::English, Fault::Changed), "it was changed");
        assert_eq!(fault(Language::German, Fault::Changed), "wurde verändert");
    }
}
