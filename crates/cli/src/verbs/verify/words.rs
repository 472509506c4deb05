//! What `valise verify` says, in two languages.

use crate::words::Language;
use valise_evidence::course::{Finding, State};
use valise_evidence::verify::{Fault, Remark, Standing, Subject};
use valise_evidence::{ActKind, Event, ResponseKind};

pub fn standing(language: Language, standing: Standing) -> &'static str {
    match standing {
        Standing::Proven => language.of("proven", "доказано"),
        Standing::Asserted => language.of("server says", "слово сервера"),
        Standing::NotProven => language.of("not proven", "не доказано"),
    }
}

pub fn subject(language: Language, subject: &Subject) -> String {
    let (english, russian) = match subject {
        Subject::Bundle => ("the file", "файл"),
        Subject::Manifest => ("the list of contents", "опись содержимого"),
        Subject::File => ("a file in it", "файл внутри"),
        Subject::Organisation(_) => ("organisation", "организация"),
        Subject::Request(revision) => {
            let words = language.of("request, version", "запрос, версия");
            return format!("{words} {revision}");
        }
        Subject::Response(kind) => response(*kind),
        Subject::Act(kind) => act(*kind),
        Subject::Receipt(event) => receipt(*event),
        Subject::Seal => ("seal of the organisation", "печать организации"),
        Subject::Text => ("text", "текст"),
        Subject::Attachment(_) => ("attachment", "вложение"),
    };
    language.of(english, russian).to_owned()
}

fn response(kind: ResponseKind) -> (&'static str, &'static str) {
    match kind {
        ResponseKind::Full => ("answer", "ответ"),
        ResponseKind::Partial => ("part of the answer", "часть ответа"),
        ResponseKind::Refusal => ("refusal", "отказ"),
        ResponseKind::Question => ("question", "вопрос"),
        ResponseKind::Clarification => ("clarification", "уточнение"),
    }
}

fn act(kind: ActKind) -> (&'static str, &'static str) {
    match kind {
        ActKind::Received => ("received", "получен"),
        ActKind::Registered => ("registered", "зарегистрирован"),
        ActKind::Assigned => ("taken into work", "взят в работу"),
        ActKind::Questioned => ("question asked", "задан вопрос"),
        ActKind::Clarified => ("question answered", "дан ответ на вопрос"),
        ActKind::ExtensionAsked => ("more time asked for", "запрошено продление"),
        ActKind::ExtensionGranted => ("more time given", "срок продлён"),
        ActKind::ExtensionDenied => ("more time not given", "в продлении отказано"),
        ActKind::PartlyAnswered => ("answered in part", "дан частичный ответ"),
        ActKind::Answered => ("answered", "дан ответ"),
        ActKind::Refused => ("refused", "отказано"),
        ActKind::Confirmed => ("answer accepted", "ответ принят"),
        ActKind::Disputed => ("answer not accepted", "ответ не принят"),
        ActKind::Withdrawn => ("withdrawn", "отозван"),
        ActKind::Amended => ("changed", "изменён"),
        ActKind::Closed => ("closed", "закрыт"),
    }
}

fn receipt(event: Event) -> (&'static str, &'static str) {
    match event {
        Event::SubmissionAcceptance => (
            "taken by the sender's server",
            "принято сервером отправителя",
        ),
        Event::SubmissionRejection => (
            "not taken by the sender's server",
            "не принято сервером отправителя",
        ),
        Event::RelayAcceptance => (
            "taken by the addressee's server",
            "принято сервером адресата",
        ),
        Event::RelayRejection => (
            "not taken by the addressee's server",
            "не принято сервером адресата",
        ),
        Event::RelayFailure => (
            "the addressee's server did not answer",
            "сервер адресата не ответил",
        ),
        Event::ContentConsignment => ("laid ready for the addressee", "готово к выдаче адресату"),
        Event::ContentConsignmentFailure => {
            ("could not be laid ready", "не удалось подготовить к выдаче")
        }
        Event::ContentHandover => (
            "fetched by a device of the addressee",
            "забрано устройством адресата",
        ),
        Event::ContentHandoverFailure => ("fetched, and not whole", "забрано, но повреждено"),
        Event::ConsignmentAcceptance => ("accepted by the addressee", "адресат принял"),
        Event::ConsignmentRejection => ("not accepted by the addressee", "адресат не принял"),
        Event::AcceptanceRejectionExpiry => {
            ("the time to accept it is over", "время на приём истекло")
        }
    }
}

pub fn state(language: Language, state: State) -> &'static str {
    let (english, russian) = match state {
        State::Submitted => ("sent", "отправлен"),
        State::Received => ("received", "получен"),
        State::Registered => ("registered", "зарегистрирован"),
        State::InWork => ("in work", "в работе"),
        State::Questioned => (
            "waiting for an answer to a question",
            "ждёт ответа на вопрос",
        ),
        State::PartlyAnswered => ("answered in part", "дан частичный ответ"),
        State::Answered => ("answered", "дан ответ"),
        State::Refused => ("refused", "отказано"),
        State::Disputed => ("answer not accepted", "ответ не принят"),
        State::Confirmed => ("answer accepted", "ответ принят"),
        State::Withdrawn => ("withdrawn", "отозван"),
        State::Closed => ("closed", "закрыт"),
    };
    language.of(english, russian)
}

pub fn remark(language: Language, remark: Remark) -> &'static str {
    let (english, russian) = match remark {
        Remark::CompareFingerprint => (
            "compare its fingerprint with the organisation and give it by --fingerprint",
            "сверьте отпечаток с организацией и укажите его через --fingerprint",
        ),
        Remark::EndedLater => (
            "the device has ended since, and nobody but the signer says that this was before",
            "устройство с тех пор отключено; что это было раньше, говорит только подписавший",
        ),
        Remark::Withheld => ("left out on purpose", "намеренно не приложено"),
        Remark::DocumentUnread => (
            "the keys of this seal are not known here",
            "ключи этой печати здесь неизвестны",
        ),
        Remark::TokenUnread => (
            "there is a time stamp, which was not checked",
            "есть метка времени, она не проверена",
        ),
        Remark::CompareAuthority => (
            "its time stamp is of an authority that you did not name by --authority",
            "метка времени — от службы, которую вы не указали через --authority",
        ),
        Remark::TokenLater => (
            "its time stamp was made later: the time is the server's word",
            "метка времени поставлена позже: это время — со слов сервера",
        ),
        Remark::BeforeSigned => (
            "the server says a time well before the one on the signer's device",
            "сервер называет время задолго до времени на устройстве подписавшего",
        ),
        Remark::Late => ("after the deadline", "после срока"),
    };
    language.of(english, russian)
}

pub fn fault(language: Language, fault: Fault) -> String {
    if language == Language::English {
        return fault.to_string();
    }
    let russian = match fault {
        Fault::Container(_) => "это не пакет доказательств или он повреждён",
        Fault::Beginning => "это не пакет доказательств: нет начала",
        Fault::Changed => "изменено",
        Fault::Missing => "отсутствует",
        Fault::Added => "добавлено",
        Fault::Moved => "стоит не на своём месте",
        Fault::Twice => "встречается дважды",
        Fault::Broken(_) => "подпись или запись неверна",
        Fault::Directory(_) => "справочник организации неверен",
        Fault::AnotherOrganisation => {
            "указанный отпечаток не принадлежит ни одной организации в пакете"
        }
        Fault::UnknownSigner => "подписавший неизвестен",
        Fault::AnotherSigner => "подписано не тем, кто указан",
        Fault::KeyTooEarly => "ключ тогда ещё не действовал",
        Fault::KeyEnded => "ключ к тому времени уже не действовал",
        Fault::AnotherRequest => "относится к другому запросу",
        Fault::Revision => "не продолжает предыдущую версию",
        Fault::NoObject => "нет того, к чему это относится",
        Fault::Course(finding) => course(finding),
        Fault::Unnamed => "ни с чем не связано",
        Fault::Token => "метка времени неверна",
        Fault::LaterThanToken => "названо время позже метки времени",
        Fault::Length => "другая длина",
    };
    russian.to_owned()
}

fn course(finding: Finding) -> &'static str {
    match finding {
        Finding::AnotherRequest => "относится к другому запросу",
        Finding::Repeated => "встречается дважды",
        Finding::Fork => "за одним действием следуют два: цепочка раздваивается",
        Finding::Gap => "нет предыдущего действия: в цепочке пропуск",
        Finding::WrongSide => "эта сторона так поступить не может",
        Finding::OutOfPlace => "в этом состоянии запроса так поступить нельзя",
        Finding::AfterTheEnd => "запрос к тому времени был завершён",
        Finding::NoObject => "нет того, что здесь указано",
        Finding::WrongObject => "указанное не подходит",
    }
}
