use super::part::{PartBody, Semantics, disposition};
use super::*;
use valise_wire::BlobId;

/// Vector "original" of draft-ietf-mimi-content-08.
const ORIGINAL: &str = "87505eed9406c2545547ab6f09f20a18b003f640f6f6a20178206d696d693a2f2f6578616d706c652e636f6d2f752f616c6963652d736d6974680278256d696d693a2f2f6578616d706c652e636f6d2f722f656e67696e656572696e675f7465616d85016001781e746578742f6d61726b646f776e3b76617269616e743d47464d2d4d494d49583948692065766572796f6e652c207765206a75737420736869707065642072656c6561736520322e302e205f5f476f6f642020776f726b5f5f21";

/// Vector "attachment" of the same draft.
const ATTACHMENT: &str = "875018fac6371e4e53f1aeaf8a013155c166f640f6f6a201781e6d696d693a2f2f6578616d706c652e636f6d2f752f626f622d6a6f6e65730278256d696d693a2f2f6578616d706c652e636f6d2f722f656e67696e656572696e675f7465616d8f0662656e0269766964656f2f6d7034782b68747470733a2f2f6578616d706c652e636f6d2f73746f726167652f386b7342346253727252452e6d7034001a2a36ced1015021399320958a6f4c745dde670d95e0d84cc86cf2c33f21527d1dd76f5b400158209ab17a8cf0890baaae7ee016c7312fcc080ba46498389458ee44f0276e783163781c3220686f757273206f66206b6579207369676e696e6720766964656f6b62696766696c652e6d7034";

fn check_vector(vector: &str, id: &str) -> Content {
    let bytes = hex::decode(vector).unwrap();
    let content = Content::from_bytes(&bytes).unwrap();
    assert_eq!(content.to_bytes(), bytes);
    let found = message_id(
        &content.sender_uri,
        &content.room_uri,
        &bytes,
        &content.salt,
    );
    assert_eq!(found.to_string(), id);
    content
}

#[test]
fn the_drafts_vectors_are_reproduced() {
    let content = check_vector(
        ORIGINAL,
        "017ce54837404c3696e0c747b985cb172716d0ed0a3d249ca63ace7d82a096f4",
    );
    assert!(
        matches!(Meaning::of_part(&content.part), Some(Meaning::Text(text)) if text.starts_with("Hi everyone"))
    );
    let content = check_vector(
        ATTACHMENT,
        "0176180c7d19a925021fe446d241134d05c38e0d999cdc0f39c391d2377ed9d1",
    );
    let PartBody::External(external) = &content.part.body else {
        panic!("not a file")
    };
    assert_eq!(external.filename, "bigfile.mp4");
    assert_eq!(external.size_bytes, 708_234_961);
}

fn spoken(millis: u32, waveform: Vec<u8>) -> Attachment {
    let voice = Some(Voice { millis, waveform });
    Attachment {
        media_type: "audio/webm".into(),
        voice,
        ..attachment(false)
    }
}

fn attachment(thumbnail: bool) -> Attachment {
    Attachment {
        blob: BlobId([3; 16]),
        domain: "a.example".into(),
        name: "scan.pdf".into(),
        media_type: "application/pdf".into(),
        size_bytes: 1000,
        ciphertext_bytes: 1100,
        key: [4; 16],
        salt: [9; 24],
        digest: [5; 32],
        dimensions: thumbnail.then_some((640, 480)),
        thumbnail: thumbnail.then(|| vec![1, 2, 3]),
        voice: None,
        confidential: false,
    }
}

#[test]
fn every_meaning_comes_back() {
    let status = Status {
        message: MessageId([6; 32]),
        code: StatusCode::Read,
    };
    let meanings = [
        Meaning::Text("Привет\n**you**".into()),
        Meaning::Files {
            files: vec![attachment(true)],
            text: String::new(),
        },
        Meaning::Files {
            files: vec![attachment(false)],
            text: "see this".into(),
        },
        Meaning::Files {
            files: vec![attachment(true), attachment(false)],
            text: "see these".into(),
        },
        Meaning::Files {
            files: vec![spoken(61_000, vec![0, 9, 255])],
            text: String::new(),
        },
        Meaning::Reaction(Some("👍".into())),
        Meaning::Reaction(None),
        Meaning::Nothing,
        Meaning::Status(vec![status]),
        Meaning::Checkpoint {
            directory: valise_directory::fold::Head {
                position: 7,
                chain: [9; 32],
            },
            seq: 7,
            chain: [8; 32],
        },
        Meaning::RoomProfile {
            version: 2,
            title: "Registry".into(),
            picture: Some(vec![9]),
        },
    ];
    for meaning in meanings {
        let content = Content {
            salt: [1; 16],
            replaces: None,
            topic: Vec::new(),
            expires: Some(Expiry {
                relative: true,
                time: 60,
            }),
            in_reply_to: Some(MessageId([2; 32])),
            sender_uri: "mimi://a.example/u/1".into(),
            room_uri: "mimi://a.example/r/2".into(),
            sequence: 3,
            origin: Some(Origin {
                sender_uri: "mimi://a.example/u/3".into(),
                at: 1_790_000_000_000,
            }),
            confidential: false,
            part: meaning.to_part("a.example"),
        };
        let read = Content::from_bytes(&content.to_bytes()).unwrap();
        assert_eq!(read, content);
        assert_eq!(Meaning::of_part(&read.part), Some(meaning));
    }
}

#[test]
fn a_voice_note_is_refused_that_is_too_long_or_has_too_many_heights() {
    let read = |file: Attachment| {
        let files = vec![file];
        let text = String::new();
        let part = Meaning::Files { files, text }.to_part("a.example");
        Meaning::of_part(&part)
    };
    assert!(read(spoken(MAX_MILLIS, vec![1; MAX_WAVEFORM])).is_some());
    assert!(read(spoken(MAX_MILLIS + 1, vec![1])).is_none());
    assert!(read(spoken(1, vec![1; MAX_WAVEFORM + 1])).is_none());
}

#[test]
fn what_is_not_known_beside_a_file_is_skipped() {
    let files = vec![spoken(1_000, vec![7])];
    let text = String::new();
    let meaning = Meaning::Files { files, text };
    let mut part = meaning.to_part("a.example");
    let PartBody::Multi { parts, .. } = &mut part.body else {
        panic!("not several parts")
    };
    let unknown = Part::single(disposition::SESSION, "application/x-later", vec![1]);
    parts.insert(2, unknown);
    assert_eq!(Meaning::of_part(&part), Some(meaning));
}

#[test]
fn a_file_says_at_whose_server_it_is_and_nothing_that_is_no_domain() {
    let named = |domain: &str| {
        let file = Attachment {
            domain: domain.into(),
            ..attachment(false)
        };
        let part = Meaning::Files {
            files: vec![file],
            text: String::new(),
        }
        .to_part("own.example");
        match Meaning::of_part(&part) {
            Some(Meaning::Files { files, .. }) => Some(files[0].domain.clone()),
            _ => None,
        }
    };
    assert_eq!(named("").as_deref(), Some("own.example"));
    assert_eq!(named("b.example").as_deref(), Some("b.example"));
    for none in [
        "B.example",
        "b.example/x",
        "a b",
        "[::1]",
        "b.example:80",
        "../..",
    ] {
        assert_eq!(named(none), None, "{none}");
    }
}

#[test]
fn nesting_and_single_parts_in_several_are_refused() {
    let text = || {
        Part::single(
            disposition::RENDER,
            "text/plain;charset=utf-8",
            b"x".to_vec(),
        )
    };
    let nest = |depth: usize| {
        (0..depth).fold(text(), |inner, _| {
            Part::multi(Semantics::ProcessAll, vec![inner, text()])
        })
    };
    let decode = |part: &Part| {
        let mut encoder = Encoder::default();
        part.encode(&mut encoder);
        let bytes = encoder.into_bytes();
        Part::decode(&mut Decoder::new(&bytes))
    };
    assert_eq!(decode(&nest(3)), Ok(nest(3)));
    assert_eq!(decode(&nest(4)), Err(DecodeError::TooDeep));
    assert_eq!(
        decode(&Part::multi(Semantics::ProcessAll, vec![text()])),
        Err(DecodeError::OutOfRange)
    );
    assert_eq!(
        decode(&Part::multi(Semantics::ProcessAll, vec![text(); 1024])),
        Err(DecodeError::OutOfRange)
    );
}

#[test]
fn the_bytes_of_signs_and_of_what_is_handed_on_stay_as_they_are() {
    let bytes = |meaning: Meaning, origin| {
        let content = Content {
            salt: [1; 16],
            replaces: Some(MessageId([2; 32])),
            topic: Vec::new(),
            expires: None,
            in_reply_to: None,
            sender_uri: "s".into(),
            room_uri: "r".into(),
            sequence: 3,
            origin,
            confidential: false,
            part: meaning.to_part("a.example"),
        };
        hex::encode(content.to_bytes())
    };
    let head = format!("8750{}5820{}40f6f6", "01".repeat(16), "02".repeat(32));
    let text = hex::encode("text/plain;charset=utf-8");
    assert_eq!(
        bytes(Meaning::Reaction(Some("👍".into())), None),
        format!("{head}a30161730261722003850260017818{text}44f09f918d")
    );
    assert_eq!(
        bytes(Meaning::Reaction(None), None),
        format!("{head}a3016173026172200383026000")
    );
    assert_eq!(
        bytes(Meaning::Nothing, None),
        format!("{head}a3016173026172200383016000")
    );
    let pin = Meaning::Pin {
        message: MessageId([4; 32]),
        on: true,
    };
    assert_eq!(
        bytes(pin, None),
        format!(
            "{head}a301617302617220038507600176{}5824825820{}f5",
            hex::encode("application/valise-pin"),
            "04".repeat(32)
        )
    );
    let origin = Origin {
        sender_uri: "o".into(),
        at: 5,
    };
    assert_eq!(
        bytes(Meaning::Nothing, Some(origin)),
        format!("{head}a401617302617220032182616f0583016000")
    );
}

#[test]
fn what_is_no_sign_is_not_read_as_one() {
    for text in ["you lost", "", "\u{202e}👍"] {
        let part = Part::single(
            disposition::REACTION,
            "text/plain;charset=utf-8",
            text.as_bytes().to_vec(),
        );
        let read = Meaning::of_part(&part);
        assert_eq!(read, Some(Meaning::Unsupported), "{text:?}");
    }
}

#[test]
fn the_label_of_a_file_travels_beside_its_part_and_who_does_not_know_it_skips_it() {
    let labelled = |confidential| {
        let files = vec![attachment(false)];
        let text = String::new();
        let meaning = Meaning::Files { files, text }.labelled(confidential);
        Content {
            salt: [1; 16],
            replaces: None,
            topic: Vec::new(),
            expires: None,
            in_reply_to: None,
            sender_uri: "s".into(),
            room_uri: "r".into(),
            sequence: 3,
            origin: None,
            confidential: meaning.is_confidential(),
            part: meaning.to_part("a.example"),
        }
    };
    let (open, closed) = (labelled(false), labelled(true));
    let head = format!("8750{}f640f6f6", "01".repeat(16));
    let (open_bytes, bytes) = (hex::encode(open.to_bytes()), hex::encode(closed.to_bytes()));
    // The part is the same: a reader of before sees a file like any other.
    let (plain, label) = ("a301617302617220 03", "a40161730261722003 2201");
    let (plain, label) = (plain.replace(' ', ""), label.replace(' ', ""));
    assert_eq!(
        bytes,
        open_bytes.replacen(&format!("{head}{plain}"), &format!("{head}{label}"), 1)
    );
    assert_ne!(bytes, open_bytes);
    let read = Content::from_bytes(&closed.to_bytes()).unwrap();
    assert!(read.confidential && read == closed);
    let meaning = Meaning::of_part(&read.part).unwrap();
    assert!(!meaning.is_confidential());
    assert!(meaning.labelled(read.confidential).is_confidential());
    // A label of a later version counts as this one.
    for later in ["2202", "2282f5f6", "22f4"] {
        let bytes = hex::decode(bytes.replacen("2201", later, 1)).unwrap();
        assert!(Content::from_bytes(&bytes).unwrap().confidential);
    }
}
