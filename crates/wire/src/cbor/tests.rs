use super::*;
use proptest::prelude::*;

#[test]
fn writes_the_examples_of_rfc_8949() {
    for (value, expected) in [
        (0i64, "00"),
        (23, "17"),
        (24, "1818"),
        (1000, "1903e8"),
        (-1, "20"),
        (-1000, "3903e7"),
    ] {
        let mut encoder = Encoder::default();
        encoder.integer(value);
        assert_eq!(hex::encode(encoder.into_bytes()), expected);
    }
    assert_eq!(hex::encode(to_bytes(&u64::MAX)), "1bffffffffffffffff");
    assert_eq!(hex::encode(to_bytes(&"ü".to_owned())), "62c3bc");
    assert_eq!(hex::encode(to_bytes(&vec![1u64, 2, 3])), "83010203");
}

#[test]
fn refuses_what_has_a_shorter_form() {
    for bytes in [
        "1817",
        "190017",
        "1a0000ffff",
        "1b00000000ffffffff",
        "5800",
        "9f00ff",
        "5f4100ff",
    ] {
        let bytes = hex::decode(bytes).unwrap();
        assert_eq!(
            Decoder::new(&bytes).any(),
            Err(DecodeError::NotCanonical),
            "{bytes:02x?}"
        );
    }
}

#[test]
fn refuses_maps_with_unordered_or_repeated_keys() {
    for (bytes, expected) in [
        ("a200010100", Ok(5)),
        ("a201000000", Err(DecodeError::NotCanonical)),
        ("a200010002", Err(DecodeError::NotCanonical)),
    ] {
        let bytes = hex::decode(bytes).unwrap();
        assert_eq!(Decoder::new(&bytes).any().map(<[u8]>::len), expected);
    }
}

#[test]
fn refuses_promises_that_the_input_cannot_keep() {
    for bytes in [
        "9b1000000000000000",
        "5b1000000000000000",
        "bb1000000000000000",
        "1b00",
        "62c3",
        "83",
    ] {
        let bytes = hex::decode(bytes).unwrap();
        assert_eq!(
            Decoder::new(&bytes).any(),
            Err(DecodeError::Truncated),
            "{bytes:02x?}"
        );
    }
}

#[test]
fn refuses_depth_floats_tags_and_what_follows() {
    let deep = vec![0x81; 10_000];
    assert_eq!(Decoder::new(&deep).any(), Err(DecodeError::TooDeep));
    assert_eq!(
        Decoder::new(&[0xf9, 0x7e, 0x00]).any(),
        Err(DecodeError::UnexpectedType)
    );
    assert_eq!(
        Decoder::new(&[0xc1, 0x00]).any(),
        Err(DecodeError::UnexpectedType)
    );
    assert_eq!(
        from_bytes::<u64>(&[0x00, 0x00]),
        Err(DecodeError::TrailingBytes)
    );
    assert_eq!(
        from_bytes::<u16>(&[0x1a, 0, 1, 0, 0]),
        Err(DecodeError::OutOfRange)
    );
    assert_eq!(
        from_bytes::<String>(&[0x61, 0xff]),
        Err(DecodeError::InvalidText)
    );
}

proptest! {
    #[test]
    fn integers_come_back(value in any::<i64>()) {
        let mut encoder = Encoder::default();
        encoder.integer(value);
        let bytes = encoder.into_bytes();
        prop_assert_eq!(Decoder::new(&bytes).integer(), Ok(value));
    }

    #[test]
    fn whatever_is_accepted_is_written_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        if let Ok(values) = from_bytes::<Vec<Option<String>>>(&bytes) {
            prop_assert_eq!(to_bytes(&values), bytes);
        }
    }

    #[test]
    fn no_input_makes_the_decoder_panic(bytes in proptest::collection::vec(any::<u8>(), 0..256)) {
        let _ = Decoder::new(&bytes).any();
    }
}
