//! Contact cards: they name an account and say nothing of it. What is shown, the reader's directory says.

use super::meaning::Meaning;
use super::part::{Part, disposition};
use valise_wire::{from_bytes, record, to_bytes};

const CARD: &str = "application/valise-card";

/// Most bytes of an account's name.
const MAX_BYTES: usize = 300;

record! {
    /// Body of the part.
    pub struct CardBody {
        /// The account, as it is named inside content.
        pub account: String,
    }
}

pub(super) fn to_part(account: &str) -> Part {
    let account = account.to_owned();
    Part::single(disposition::RENDER, CARD, to_bytes(&CardBody { account }))
}

/// Reads the part, if it is one of this kind; `Some(None)` if it is malformed. An account of elsewhere is well-formed.
pub(super) fn of_single(content_type: &str, content: &[u8]) -> Option<Option<Meaning>> {
    let read = || {
        let CardBody { account } = from_bytes(content).ok()?;
        let is_name = account.starts_with("mimi://")
            && account.len() <= MAX_BYTES
            && account.bytes().all(|byte| byte.is_ascii_graphic());
        is_name.then_some(Meaning::Card(account))
    };
    (content_type == CARD).then(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_names_an_account_and_nothing_else() {
        let read = |bytes: &[u8]| of_single(CARD, bytes).expect("it is a card");
        let card = |account: &str| {
            to_bytes(&CardBody {
                account: account.to_owned(),
            })
        };
        let account = "mimi://office.example/u/07070707070707070707070707070707";
        assert_eq!(
            read(&card(account)),
            Some(Meaning::Card(account.to_owned()))
        );
        for bad in ["", "Ada", "mimi://a b", "mimi://é", "mimi://\u{202e}x"] {
            assert_eq!(read(&card(bad)), None, "{bad}");
        }
        assert_eq!(
            read(&card(&format!("mimi://{}", "x".repeat(MAX_BYTES)))),
            None
        );
        // One that claims a name beside the account.
        let mut claims = card(account);
        claims[0] += 1;
        claims.extend([0x63, b'A', b'd', b'a']);
        assert_eq!(read(&claims), None);
        assert!(of_single("text/plain", b"").is_none());
    }
}
