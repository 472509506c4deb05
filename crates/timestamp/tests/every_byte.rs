//! One changed bit anywhere in a token: it is refused, or says the same.

use valise_timestamp::{Authority, Certificate, Imprint, Request, Serial, read_response, verify};
use valise_wire::Timestamp;

fn authority() -> Authority {
    let secrets = [[1; 32], [2; 32]].map(Into::into);
    Authority::found("office.example", secrets, Timestamp(1_790_000_000_123)).unwrap()
}

fn honest() -> (Request, Certificate, Vec<u8>) {
    let authority = authority();
    let asked = Request {
        imprint: Imprint::of_bytes(b"a letter"),
        nonce: [0x9a; 16],
    };
    let now = Timestamp(1_790_000_000_123);
    let answer = authority.answer(&asked.to_der().unwrap(), Serial([7; 20]), now);
    (asked, authority.root().clone(), answer)
}

#[test]
fn every_bit_of_a_token_counts_or_says_nothing() {
    let (asked, root, answer) = honest();
    let trusted = [root];
    let honest = read_response(&answer, &asked, &trusted).unwrap();
    let mut harmless = 0;
    for at in 0..honest.token.len() {
        for bit in 0..8 {
            let mut token = honest.token.clone();
            token[at] ^= 1 << bit;
            if let Ok(verified) = verify(&token, &asked.imprint, &trusted) {
                assert_eq!(verified, honest.verified, "bit {bit} of byte {at}");
                harmless += 1;
            }
        }
    }
    // What is not signed and says nothing: the versions, and the root that is brought along and not needed.
    println!("{harmless} bits say nothing");
    assert!(harmless < 8 * 700);
}

#[test]
fn every_bit_of_an_answer_counts_or_says_nothing() {
    let (asked, root, answer) = honest();
    let trusted = [root];
    let honest = read_response(&answer, &asked, &trusted).unwrap();
    for at in 0..answer.len() - honest.token.len() {
        for bit in 0..8 {
            let mut changed = answer.clone();
            changed[at] ^= 1 << bit;
            if let Ok(read) = read_response(&changed, &asked, &trusted) {
                assert_eq!(read, honest, "bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn what_is_cut_off_or_goes_on_is_refused() {
    let (asked, root, answer) = honest();
    let trusted = [root];
    let token = read_response(&answer, &asked, &trusted).unwrap().token;
    for length in 0..token.len() {
        assert!(verify(&token[..length], &asked.imprint, &trusted).is_err());
    }
    let longer = [token.as_slice(), &[0]].concat();
    assert!(verify(&longer, &asked.imprint, &trusted).is_err());
    let longer = [answer.as_slice(), &[0]].concat();
    assert!(read_response(&longer, &asked, &trusted).is_err());
}

#[test]
fn equal_questions_at_equal_times_have_equal_answers() {
    let (asked, root, answer) = honest();
    assert_eq!(honest().2, answer);
    // Golden: whoever changes these bytes changes what others have kept.
    let golden =
        [asked.to_der().unwrap(), root.to_der(), answer].map(|bytes| hex::encode(bytes) + "\n");
    if std::env::var_os("VALISE_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/golden.txt");
        std::fs::write(path, golden.concat()).unwrap();
    }
    assert_eq!(golden.concat(), include_str!("data/golden.txt"));
}
