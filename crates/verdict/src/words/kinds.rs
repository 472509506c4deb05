//! Kinds of answers, acts, receipts, and where a request stands.

use super::Said;
use valise_evidence::course::State;
use valise_evidence::{ActKind, Event, ResponseKind};

pub(super) fn response(kind: ResponseKind) -> Said {
    match kind {
        ResponseKind::Full => ["answer", "ответ", "Antwort", "réponse"],
        ResponseKind::Partial => [
            "part of the answer",
            "часть ответа",
            "Teil der Antwort",
            "partie de la réponse",
        ],
        ResponseKind::Refusal => ["refusal", "отказ", "Ablehnung", "refus"],
        ResponseKind::Question => ["question", "вопрос", "Rückfrage", "question"],
        ResponseKind::Clarification => ["clarification", "уточнение", "Klarstellung", "précision"],
    }
}

pub(super) fn act(kind: ActKind) -> Said {
    match kind {
        ActKind::Received => ["received", "получен", "erhalten", "reçue"],
        ActKind::Registered => [
            "registered",
            "зарегистрирован",
            "registriert",
            "enregistrée",
        ],
        ActKind::Assigned => [
            "taken into work",
            "взят в работу",
            "in Arbeit genommen",
            "prise en charge",
        ],
        ActKind::Questioned => [
            "question asked",
            "задан вопрос",
            "Rückfrage gestellt",
            "question posée",
        ],
        ActKind::Clarified => [
            "question answered",
            "дан ответ на вопрос",
            "Rückfrage beantwortet",
            "question éclaircie",
        ],
        ActKind::ExtensionAsked => [
            "more time asked for",
            "запрошено продление",
            "mehr Zeit erbeten",
            "délai supplémentaire demandé",
        ],
        ActKind::ExtensionGranted => [
            "more time given",
            "срок продлён",
            "mehr Zeit gewährt",
            "délai supplémentaire accordé",
        ],
        ActKind::ExtensionDenied => [
            "more time not given",
            "в продлении отказано",
            "mehr Zeit nicht gewährt",
            "délai supplémentaire refusé",
        ],
        ActKind::PartlyAnswered => [
            "answered in part",
            "дан частичный ответ",
            "teilweise beantwortet",
            "réponse partielle",
        ],
        ActKind::Answered => ["answered", "дан ответ", "beantwortet", "répondue"],
        ActKind::Refused => ["refused", "отказано", "abgelehnt", "refusée"],
        ActKind::Confirmed => [
            "answer accepted",
            "ответ принят",
            "Antwort angenommen",
            "réponse acceptée",
        ],
        ActKind::Disputed => [
            "answer not accepted",
            "ответ не принят",
            "Antwort nicht angenommen",
            "réponse contestée",
        ],
        ActKind::Withdrawn => ["withdrawn", "отозван", "zurückgezogen", "retirée"],
        ActKind::Amended => ["changed", "изменён", "geändert", "modifiée"],
        ActKind::Closed => ["closed", "закрыт", "geschlossen", "close"],
        ActKind::Vouched => [
            "checked by another way",
            "проверен другим путём",
            "auf anderem Weg geprüft",
            "vérifiée par une autre voie",
        ],
    }
}

pub(super) fn state(state: State) -> Said {
    match state {
        State::Submitted => ["sent", "отправлен", "gesendet", "envoyée"],
        State::Received => act(ActKind::Received),
        State::Registered => act(ActKind::Registered),
        State::InWork => ["in work", "в работе", "in Arbeit", "en cours"],
        State::Questioned => [
            "waiting for an answer to a question",
            "ждёт ответа на вопрос",
            "wartet auf die Antwort auf eine Rückfrage",
            "en attente d’une précision",
        ],
        State::PartlyAnswered => act(ActKind::PartlyAnswered),
        State::Answered => act(ActKind::Answered),
        State::Refused => act(ActKind::Refused),
        State::Disputed => act(ActKind::Disputed),
        State::Confirmed => act(ActKind::Confirmed),
        State::Withdrawn => act(ActKind::Withdrawn),
        State::Closed => act(ActKind::Closed),
        State::Expired => [
            "ended by itself, without an answer in time",
            "истёк: ответа вовремя не было",
            "von selbst zu Ende, ohne rechtzeitige Antwort",
            "expirée, sans réponse dans le délai",
        ],
    }
}

pub(super) fn receipt(event: Event) -> Said {
    match event {
        Event::SubmissionAcceptance => [
            "taken by the sender's server",
            "принято сервером отправителя",
            "vom Server des Absenders angenommen",
            "accepté par le serveur de l’expéditeur",
        ],
        Event::SubmissionRejection => [
            "not taken by the sender's server",
            "не принято сервером отправителя",
            "vom Server des Absenders nicht angenommen",
            "refusé par le serveur de l’expéditeur",
        ],
        Event::RelayAcceptance => [
            "taken by the addressee's server",
            "принято сервером адресата",
            "vom Server des Empfängers angenommen",
            "accepté par le serveur du destinataire",
        ],
        Event::RelayRejection => [
            "not taken by the addressee's server",
            "не принято сервером адресата",
            "vom Server des Empfängers nicht angenommen",
            "refusé par le serveur du destinataire",
        ],
        Event::RelayFailure => [
            "not carried to the addressee's server by then",
            "к этому времени не передано серверу адресата",
            "bis dahin nicht zum Server des Empfängers gebracht",
            "pas remis au serveur du destinataire à cette date",
        ],
        Event::ContentConsignment => [
            "laid ready for the addressee",
            "готово к выдаче адресату",
            "für den Empfänger bereitgelegt",
            "mis à disposition du destinataire",
        ],
        Event::ContentConsignmentFailure => [
            "could not be laid ready",
            "не удалось подготовить к выдаче",
            "konnte nicht bereitgelegt werden",
            "n’a pas pu être mis à disposition",
        ],
        Event::ContentHandover => [
            "fetched by a device of the addressee",
            "забрано устройством адресата",
            "von einem Gerät des Empfängers abgeholt",
            "retiré par un appareil du destinataire",
        ],
        Event::ContentHandoverFailure => [
            "fetched, and not whole",
            "забрано, но повреждено",
            "abgeholt, aber nicht vollständig",
            "retiré, mais incomplet",
        ],
        Event::ConsignmentAcceptance => [
            "accepted by the addressee",
            "адресат принял",
            "vom Empfänger angenommen",
            "accepté par le destinataire",
        ],
        Event::ConsignmentRejection => [
            "not accepted by the addressee",
            "адресат не принял",
            "vom Empfänger nicht angenommen",
            "refusé par le destinataire",
        ],
        Event::AcceptanceRejectionExpiry => [
            "its time ran out, and nothing of the other side was there by then",
            "срок истёк, и от другой стороны к этому времени ничего не было",
            "die Zeit lief ab, und von der anderen Seite war bis dahin nichts da",
            "le délai est écoulé, et rien n’était venu de l’autre partie",
        ],
    }
}
