//! What a guest's link, code and card are made of: `guests-good.txt` and `guests-bad.txt`.

use super::reason;
use super::story::{OPEN, PASS, ROOM, Story, link_of, visit};
use super::text::{File, lines};
use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use valise_directory::Breach;
use valise_directory::guest::{self, Guest, GuestCode, GuestLink, GuestPass, digits, guest_side};
use valise_directory::keys::{InvitationKey, Signer as _};
use valise_directory::statement::read;
use valise_wire::{InvitationId, to_bytes};

/// The alphabet of codes: a value is the letter at its place.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What is made of link and code, step by step.
struct Steps {
    values: Vec<u8>,
    salt: [u8; 32],
    slow: [u8; 32],
    seed: [u8; 32],
    card: [u8; 32],
}

fn derive(secret: &[u8], info: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    Hkdf::<Sha256>::new(None, secret)
        .expand(info, &mut out)
        .unwrap();
    out
}

/// The same as the library makes, in another way.
fn steps(link: &GuestLink, code: &str) -> Steps {
    let secret = *link.secret.to_bytes();
    let value = |letter: u8| {
        LETTERS
            .iter()
            .position(|known| *known == letter)
            .map(|at| at as u8)
    };
    let values: Vec<u8> = code.bytes().filter_map(value).take(10).collect();
    let salt = derive(
        &secret,
        &[b"valise/1 guest salt\0", &link.pass.0[..]].concat(),
    );
    let mut slow = [0; 32];
    let params = Params::new(64 * 1024, 3, 1, Some(32)).unwrap();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(&values, &salt, &mut slow).unwrap();
    Steps {
        salt,
        seed: derive(&[secret, slow].concat(), b"valise/1 guest key"),
        card: derive(&secret, b"valise/1 guest card"),
        values,
        slow,
    }
}

#[test]
fn link_and_code_make_what_they_made() {
    let story = Story::told();
    let account = &story.world.member.account_key;
    let link = link_of(&story.world, PASS);
    let code = GuestCode::derive(account, PASS).to_text().to_string();
    let made = steps(&link, &code);
    let key = InvitationKey::from_seed(&made.seed);
    let pass: GuestPass = read(story.at(story.place_of("guest-pass"))).unwrap();
    let came: Guest = read(story.at(story.place_of("guest"))).unwrap();
    assert_eq!(
        pass.key,
        key.public(),
        "the pass names what link and code make"
    );
    let mut file = File::new(
        "A guest's link and code, and what is made of them, with fixed keys. His pass, account, list of devices and evidence key stand in directory-good.txt.",
    );
    file.put("account-seed", *account.to_seed());
    file.put("organisation", link.organisation.0);
    file.put("pass", PASS.0);
    file.put("room", ROOM.0);
    file.say("Of the account's seed: the secret in the link, and the ten values of the code.");
    file.put("secret", *link.secret.to_bytes());
    file.text("link", &link.to_url());
    file.put("values", &made.values);
    file.text("code", &code);
    file.say("The same code, however it is typed.");
    for typed in typed(&code) {
        assert_eq!(GuestCode::parse(&typed), GuestCode::parse(&code), "{typed}");
        file.text("typed", &typed);
    }
    file.say("Other codes, by their ten values: every letter, and a zero and a one that were typed as O, I and L.");
    for first in [0, 10, 20, 22] {
        let values: Vec<u8> = (first..first + 10).collect();
        let code = written_code(&values);
        let read = GuestCode::parse(&code).expect("its check holds");
        assert_eq!(*read.to_text(), code);
        file.text(&format!("code {}", hex::encode(values)), &code);
    }
    for typed in ["O123-4567-89", "oI23 4567 89", "0L23456789"] {
        let code = written_code(&(0..10).collect::<Vec<u8>>());
        let typed = format!("{typed}{}", &code[code.len() - 2..]);
        assert_eq!(GuestCode::parse(&typed), GuestCode::parse(&code), "{typed}");
        file.text("typed 00010203040506070809", &typed);
    }
    file.say("What is made of secret and code: salt, Argon2id's output, seed and public half of the pass's key.");
    file.put("salt", made.salt);
    file.put("slow", made.slow);
    file.put("key-seed", made.seed);
    file.put("key", key.public().0);
    file.say("The key of the card, what the card says, and the card.");
    file.put("card-key", made.card);
    file.put("card-plain", to_bytes(&visit().card));
    file.put("card", &pass.card.0);
    file.say(
        "Who came: his key, his account, the digits that both compare, and for whom he speaks.",
    );
    file.put("guest-key", came.key.0);
    file.put("guest", came.id.0);
    file.text("digits", &digits(&came.key));
    file.put("side", guest_side(link.organisation, ROOM).0);
    file.compare("guests-good.txt");
}

/// Writes a code of ten values, with the two letters that tell an error.
fn written_code(values: &[u8]) -> String {
    let hash = Sha256::new().chain_update(b"valise/1 guest code check\0");
    let hash = hash.chain_update(values).finalize();
    let all = [values, &[hash[0] % 32, hash[1] % 32]].concat();
    let letter = |value: &u8| char::from(LETTERS[usize::from(*value)]);
    let groups = all
        .chunks(4)
        .map(|group| group.iter().map(letter).collect());
    groups.collect::<Vec<String>>().join("-")
}

fn typed(code: &str) -> Vec<String> {
    let looks = |text: &str| text.replace('0', "o").replace('1', "l");
    vec![
        code.to_lowercase(),
        code.replace('-', ""),
        code.replace('-', "  "),
        looks(code),
        looks(code).to_uppercase(),
        code.replace('1', "i"),
    ]
}

#[test]
fn what_is_no_link_code_or_card_is_what_it_was() {
    let story = Story::told();
    let mut file = File::new(
        "What a reader refuses of links, codes and cards. Before the colon: what it is said to be, and why it is refused. The key of the cards is that of guests-good.txt; refused statements stand in directory-bad.txt.",
    );
    for (why, link) in links(&link_of(&story.world, PASS)) {
        let error = GuestLink::parse(&link).err().expect(why);
        file.say(why);
        file.text(&format!("link {error:?}"), &link);
    }
    let code = GuestCode::derive(&story.world.member.account_key, PASS)
        .to_text()
        .to_string();
    for (why, code) in codes(&code) {
        assert_eq!(GuestCode::parse(&code), None, "{why}");
        file.say(why);
        file.text("code refused", &code);
    }
    for (why, card) in cards(&story) {
        file.say(why);
        let refused = opened(&story, &card).expect_err(why);
        file.put(&format!("card {}", reason(&refused)), card);
    }
    file.compare("guests-bad.txt");
}

#[test]
fn each_bad_one_is_refused_for_its_reason() {
    let story = Story::told();
    for (what, value) in lines("guests-bad.txt") {
        let (kind, why) = what.split_once(' ').unwrap();
        match kind {
            "link" => {
                let error = GuestLink::parse(&value)
                    .err()
                    .map(|error| format!("{error:?}"));
                assert_eq!(error.as_deref(), Some(why), "{value}");
            }
            "code" => assert_eq!(GuestCode::parse(&value), None, "{value}"),
            _ => {
                let refused = opened(&story, &hex::decode(&value).unwrap());
                assert_eq!(reason(&refused.unwrap_err()), why);
            }
        }
    }
}

/// Opens a card as whoever has the link does.
fn opened(story: &Story, card: &[u8]) -> Result<guest::GuestCard, Breach> {
    let link = link_of(&story.world, PASS);
    guest::check(&link, story.at(1), card).map(|offer| offer.card)
}

fn written(origin: &str, bytes: &[u8]) -> String {
    let sum = Sha256::digest(bytes);
    let all = [bytes, &sum[..4]].concat();
    format!("{origin}/guest#{}", URL_SAFE_NO_PAD.encode(all))
}

fn links(link: &GuestLink) -> Vec<(&'static str, String)> {
    let good = link.to_url();
    let origin = link.origin.as_str();
    let (_, fragment) = good.split_once('#').unwrap();
    let all = URL_SAFE_NO_PAD.decode(fragment).unwrap();
    let body = &all[..all.len() - 4];
    let with = |at: usize, byte: u8| {
        let mut changed = body.to_vec();
        changed[at] = byte;
        written(origin, &changed)
    };
    let mut one_bit = all.clone();
    one_bit[9] ^= 1;
    // 86 bytes are 115 letters, of which the last holds two bits that say nothing.
    let last = fragment.chars().last().unwrap();
    let other = char::from(last as u8 + 1);
    let loose = format!("{}{other}", &good[..good.len() - 1]);
    vec![
        ("Version 2.", with(0, 2)),
        ("An invitation's kind.", with(1, 1)),
        (
            "A byte too few, with the right checksum.",
            written(origin, &body[..body.len() - 1]),
        ),
        (
            "A byte too many, with the right checksum.",
            written(origin, &[body, &[0]].concat()),
        ),
        ("Nothing but version and kind.", written(origin, &body[..2])),
        (
            "One bit of the pass changed.",
            format!("{origin}/guest#{}", URL_SAFE_NO_PAD.encode(one_bit)),
        ),
        ("Half of it.", good[..good.len() / 2].to_owned()),
        (
            "With the padding of base64.",
            format!("{origin}/guest#{}", URL_SAFE.encode(&all)),
        ),
        ("Bits that say nothing are not zero.", loose),
        (
            "The path of another link.",
            good.replace("/guest#", "/join#"),
        ),
        (
            "A path that no link has.",
            good.replace("/guest#", "/guests#"),
        ),
        ("A longer path.", good.replace("/guest#", "/x/guest#")),
        ("Another scheme.", good.replace("https:", "ftp:")),
        ("An origin in capitals.", good.replace("chat.", "Chat.")),
        ("No #.", good.replace('#', "")),
    ]
}

fn codes(code: &str) -> Vec<(&'static str, String)> {
    let first = if code.starts_with('7') { "8" } else { "7" };
    let letters: Vec<char> = code.chars().collect();
    let at = (0..3).find(|at| letters[*at] != letters[at + 1]).unwrap();
    let mut swapped = letters.clone();
    swapped.swap(at, at + 1);
    vec![
        ("Another first letter.", format!("{first}{}", &code[1..])),
        (
            "Two neighbours have changed places.",
            swapped.into_iter().collect(),
        ),
        ("A letter too few.", code[..code.len() - 1].to_owned()),
        ("A letter too many.", format!("{code}0")),
        (
            "U, which is no letter of codes.",
            format!("U{}", &code[1..]),
        ),
        (
            "A letter of another script.",
            format!("\u{410}{}", &code[1..]),
        ),
        ("Points between the groups.", code.replace('-', ".")),
        (
            "The ten letters without the two that tell an error.",
            code[..code.len() - 3].to_owned(),
        ),
        ("Nothing.", "-".to_owned()),
    ]
}

/// Seals as `directory.md` says, whatever the padding.
fn sealed(key: &[u8; 32], context: &[u8], padded: &[u8]) -> Vec<u8> {
    let salt = [3; 24];
    let mut derived = [0; 44];
    let expanded = Hkdf::<Sha256>::new(Some(&salt), key);
    expanded.expand(b"valise/1 sealed", &mut derived).unwrap();
    let cipher = Aes256Gcm::new(derived[..32].into());
    let (msg, aad) = (padded, context);
    let body = cipher.encrypt(derived[32..].into(), Payload { msg, aad });
    [&salt[..], &body.unwrap()].concat()
}

fn padded(plain: &[u8], to: usize) -> Vec<u8> {
    let mut all = [plain, &[0x80]].concat();
    all.resize(to, 0);
    all
}

fn cards(story: &Story) -> Vec<(&'static str, Vec<u8>)> {
    let link = link_of(&story.world, PASS);
    let key = derive(&*link.secret.to_bytes(), b"valise/1 guest card");
    let context = |kind: &str, pass: InvitationId, version: u8| {
        let head = [b"valise/1 sealed ", kind.as_bytes(), &[0]].concat();
        [
            &head[..],
            &link.organisation.0,
            &pass.0,
            &[0; 7],
            &[version],
        ]
        .concat()
    };
    let own = context("guest card", PASS, 0);
    let plain = to_bytes(&visit().card);
    let good = sealed(&key, &own, &padded(&plain, 256));
    assert!(opened(story, &good).is_ok());
    let body = |plain: &[u8]| sealed(&key, &own, &padded(plain, 256));
    let elsewhere = |context: &[u8]| sealed(&key, context, &padded(&plain, 256));
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut card = good.clone();
        change(&mut card);
        card
    };
    vec![
        (
            "Sealed for another pass.",
            elsewhere(&context("guest card", OPEN, 0)),
        ),
        (
            "Sealed as a profile.",
            elsewhere(&context("profile", PASS, 0)),
        ),
        (
            "Sealed as version 1.",
            elsewhere(&context("guest card", PASS, 1)),
        ),
        (
            "Sealed with another key.",
            sealed(&[9; 32], &own, &padded(&plain, 256)),
        ),
        (
            "One bit of the salt changed.",
            changed(&|card| card[0] ^= 1),
        ),
        (
            "One bit of the tag changed.",
            changed(&|card| *card.last_mut().unwrap() ^= 1),
        ),
        ("Cut off.", changed(&|card| card.truncate(card.len() - 1))),
        ("Nothing but a salt.", good[..24].to_vec()),
        (
            "Padded to 512 where 256 would do.",
            sealed(&key, &own, &padded(&plain, 512)),
        ),
        ("Padded to 128.", sealed(&key, &own, &padded(&plain, 128))),
        ("Without 0x80.", sealed(&key, &own, &[0; 256])),
        (
            "A field more.",
            body(&[&[0x84], &plain[1..], &[0xf6]].concat()),
        ),
        ("A byte behind.", body(&[&plain[..], &[1]].concat())),
        ("An empty name.", body(&[0x83, 0x60, 0xf6, 0x61, 0x61])),
    ]
}
