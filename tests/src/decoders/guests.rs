//! Guests: a link and a code that somebody types, the card behind the link, a pass, and what whoever comes says.

use super::one_encoding;
use super::vectors::{octets, values};
use std::sync::LazyLock;
use valise_directory::Directory;
use valise_directory::guest::{self, Guest, GuestCard, GuestCode, GuestEnd, GuestLink, GuestPass};
use valise_wire::statement::SignedStatement;
use valise_wire::{Timestamp, from_bytes, to_bytes};

/// What other implementations are given as well.
const GOOD: &str = include_str!("../../../spec/vectors/guests-good.txt");
const BAD: &str = include_str!("../../../spec/vectors/guests-bad.txt");
const LOG: &str = include_str!("../../../spec/vectors/directory-good.txt");

/// When the guest of the vectors came.
const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn one(wanted: &str) -> &'static str {
    let mut found = values(GOOD).filter(|(name, _)| *name == wanted);
    found.next().map_or("", |(_, value)| value)
}

/// Statements of the log with their labels.
fn log() -> Vec<(&'static str, SignedStatement)> {
    let entry = |(name, digits): (&'static str, &str)| {
        let label = name.split_once(' ')?.1;
        Some((label, from_bytes(&octets(digits)).ok()?))
    };
    values(LOG).filter_map(entry).collect()
}

/// What the guest of the vectors says when he comes: guest, device list and evidence key.
fn coming() -> Vec<SignedStatement> {
    let all = log().into_iter().skip_while(|(label, _)| *label != "guest");
    all.take(3).map(|(_, said)| said).collect()
}

/// The link of the vectors, the organisation, the server before the guest came, and what he said then.
struct Place {
    link: GuestLink,
    first: SignedStatement,
    directory: Directory,
    coming: Vec<SignedStatement>,
    card: Vec<u8>,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let link = GuestLink::parse(one("link")).expect("a link");
    let mut directory = Directory::new(link.organisation);
    let mut log = log();
    for (_, said) in log.iter().take_while(|(label, _)| *label != "guest") {
        let next = directory.head().position + 1;
        directory.apply(next, said).expect("an honest one");
    }
    Place {
        first: log.swap_remove(0).1,
        coming: coming(),
        card: octets(one("card-plain")),
        directory,
        link,
    }
});

/// Bytes that are said to be any of it.
pub(super) fn guests(bytes: &[u8]) {
    one_encoding::<GuestPass>(bytes);
    one_encoding::<Guest>(bytes);
    one_encoding::<GuestEnd>(bytes);
    one_encoding::<GuestCard>(bytes);
    let place = &*PLACE;
    if let Ok(offer) = guest::check(&place.link, &place.first, bytes) {
        assert!(to_bytes(&offer.card) == place.card, "nobody sealed that");
    }
    if let Some(said) = one_encoding::<Vec<SignedStatement>>(bytes) {
        let admitted = place.directory.admit_guest(place.link.pass, &said, NOW);
        // The third is verified when it is taken.
        let honest = admitted.is_err() || said[..2] == place.coming[..2];
        assert!(honest, "nobody who has the code says that");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        typed(text);
    }
}

/// What somebody typed or opened.
fn typed(text: &str) {
    if let Some(code) = GuestCode::parse(text) {
        let written = code.to_text();
        assert_eq!(written.len(), 14, "three groups of four");
        assert!(GuestCode::parse(&written) == Some(code), "it is read back");
    }
    if let Ok(link) = GuestLink::parse(text) {
        let again = link.to_url();
        assert_eq!(again, text.trim(), "a second way to write a link was taken");
    }
}

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let text = |value: &str| value.as_bytes().to_vec();
    let mut inputs: Vec<Vec<u8>> = ["card", "card-plain"]
        .map(|name| octets(one(name)))
        .to_vec();
    inputs.push(text(one("link")));
    let typed =
        values(GOOD).filter(|(name, _)| name.starts_with("typed") || name.starts_with("code"));
    inputs.extend(typed.map(|(_, value)| text(value)));
    let of_guests = |label: &str| label.starts_with("guest");
    let said = log().into_iter().filter(|(label, _)| of_guests(label));
    inputs.extend(said.map(|(_, said)| said.payload.0));
    inputs.push(to_bytes(&coming()));
    inputs.extend(
        values(BAD).map(|(name, value)| match name.starts_with("card") {
            true => octets(value),
            false => text(value),
        }),
    );
    inputs.into_iter().map(|input| ("guests", input)).collect()
}
