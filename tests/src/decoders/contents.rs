//! What members say, as their clients write it; the bytes are described in `spec/content.md`.

use valise_client::content::{
    Attachment, Blank, ChatName, Content, Expiry, Meaning, Preference, Status, StatusCode,
    Template, Timer, Usual, UsualOffice, Voice,
};
use valise_directory::{Name, Note};
use valise_wire::{BlobId, MessageId, OfficeId, OrganisationId};

/// One content of each kind that is worth changing; the first is a text.
pub(super) fn honest(sender: &str, room: &str, domain: &str) -> Vec<Vec<u8>> {
    let meanings = [
        Meaning::Text("a text".into()),
        Meaning::Files {
            files: vec![voice_note()],
            text: String::new(),
        },
        Meaning::Timer(Timer {
            version: 1,
            seconds: 604_800,
        }),
        Meaning::Card("mimi://office.example/u/07070707070707070707070707070707".into()),
        Meaning::Preference(Preference::Label([3; 16], Some(("Court".into(), 4)))),
        Meaning::Preference(Preference::Draft(
            ChatName {
                kind: 1,
                id: [7; 16],
            },
            "half a thought".into(),
        )),
        Meaning::Status(vec![Status {
            message: MessageId([6; 32]),
            code: StatusCode::Heard,
        }]),
        Meaning::Preference(Preference::Organisation(
            "https://bank.example".into(),
            Some("Bank".into()),
        )),
        Meaning::Preference(Preference::Template([5; 16], Some(Box::new(template())))),
    ];
    let write = |(number, meaning): (u64, &Meaning)| {
        let content = Content {
            salt: [9; 16],
            replaces: None,
            topic: Vec::new(),
            expires: (number > 1_000).then_some(Expiry {
                relative: true,
                time: 60,
            }),
            in_reply_to: None,
            sender_uri: sender.to_owned(),
            room_uri: room.to_owned(),
            sequence: number,
            origin: None,
            confidential: false,
            part: meaning.to_part(domain),
        };
        content.to_bytes()
    };
    (1_000..).zip(&meanings).map(write).collect()
}

fn voice_note() -> Attachment {
    Attachment {
        domain: String::new(),
        blob: BlobId([3; 16]),
        name: "spoken.webm".into(),
        media_type: "audio/webm".into(),
        size_bytes: 5_000,
        ciphertext_bytes: 5_200,
        key: [4; 16],
        salt: [9; 24],
        digest: [5; 32],
        dimensions: None,
        thumbnail: None,
        voice: Some(Voice {
            millis: 12_000,
            waveform: vec![0, 40, 255, 3],
        }),
        confidential: false,
    }
}

fn template() -> Template {
    let name = |name| Name::parse(name).expect("a name");
    let note = |note| Note::parse(note).ok();
    let blank = |of, value| Blank {
        name: name(of),
        value: note(value),
    };
    Template {
        name: name("Accounts"),
        subject: note("Accounts of a person"),
        text: "Which accounts?".into(),
        legal_basis: None,
        classification: Some(name("For official use")),
        is_confidential: true,
        working_days: Some(5),
        to: Some(Usual::Office(UsualOffice {
            organisation: OrganisationId([1; 32]),
            office: OfficeId([2; 16]),
        })),
        fields: vec![blank("Passport", ""), blank("Day", "today")],
    }
}
