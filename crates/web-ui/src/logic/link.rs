//! What the address with which the interface was opened asks for.

/// Why the interface was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// By itself.
    Plain,
    /// To found the organisation; the whole link.
    SetUp(String),
    /// To join by an invitation; the whole link.
    Invitation(String),
    /// To become the device that moves in the link; the whole link.
    Archive(String),
    /// To wait for a new identity; the whole link.
    Renewal(String),
    /// To work with the organisation that made the link; the whole link.
    Partner(String),
    /// To link the device that shows the link to one's account; the whole link.
    Device(String),
    /// To come into a group; the whole link.
    Group(String),
    /// To answer a request as a guest; the whole link.
    Guest(String),
    /// To answer a request as a guest, by a link whose secret is gone: the page forgot it when it was opened.
    GuestAgain,
    /// To write to somebody, as `mailto:` does.
    Write(Letter),
}

impl Opening {
    /// Whether it belongs to who has no account on this device yet.
    pub fn is_for_the_door(&self) -> bool {
        !matches!(
            self,
            Self::Plain | Self::Write(_) | Self::Group(_) | Self::GuestAgain
        )
    }
}

/// To whom, and what; both only suggested by who made the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The person's address.
    pub address: String,
    /// What is put into the field, to be read before it is sent; may be empty.
    pub text: String,
}

/// Name of our own kind of link, which a browser hands over when Valise is installed.
const SCHEME: &str = "web+valise:";
/// Most characters of an address.
const MAX_ADDRESS: usize = 320;
/// Most characters of a text.
const MAX_TEXT: usize = 2_000;

impl Letter {
    /// Reads `address?text=…`, perhaps behind our scheme's name, all of it with `%` escapes.
    fn read(written: &str) -> Option<Self> {
        let decoded = unescaped(written)?;
        // What a browser hands over is escaped as a whole, and the text in it once more.
        let written = decoded
            .strip_prefix(SCHEME)
            .map_or(written, |rest| rest.trim_start_matches('/'));
        let (address, query) = written.split_once('?').unwrap_or((written, ""));
        let text = query.split('&').find_map(|part| part.strip_prefix("text="));
        let (address, text) = (unescaped(address)?, unescaped(text.unwrap_or_default())?);
        let plausible = address.contains('@')
            && address.chars().count() <= MAX_ADDRESS
            && text.chars().count() <= MAX_TEXT;
        plausible.then(|| Self {
            address: address.to_lowercase(),
            text,
        })
    }
}

/// Replaces `%` and two digits by what they stand for; none where that is no text.
fn unescaped(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        let digits = std::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

/// Reads the address. The secret stands after the `#`; a link without one invites to nothing.
pub fn opening(address: &str) -> Opening {
    let (before, secret) = address.split_once('#').unwrap_or((address, ""));
    let whole = before.split(['?']).next().unwrap_or_default();
    let behind_scheme = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    let path = behind_scheme.split_once('/').map_or("", |(_, path)| path);
    let last = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    if secret.is_empty() {
        return match last {
            "guest" => Opening::GuestAgain,
            _ => Opening::Plain,
        };
    }
    match last {
        "setup" => Opening::SetUp(address.to_owned()),
        "open" => Opening::Archive(address.to_owned()),
        "renew" => Opening::Renewal(address.to_owned()),
        "partner" => Opening::Partner(address.to_owned()),
        "link" => Opening::Device(address.to_owned()),
        "group" => Opening::Group(address.to_owned()),
        "guest" => Opening::Guest(address.to_owned()),
        "to" => Letter::read(secret).map_or(Opening::Plain, Opening::Write),
        _ => Opening::Invitation(address.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_link_is_told_by_its_path() {
        assert_eq!(opening("https://a.example/"), Opening::Plain);
        assert_eq!(opening("https://a.example/#"), Opening::Plain);
        assert_eq!(
            opening("https://a.example/setup#k"),
            Opening::SetUp("https://a.example/setup#k".into())
        );
        assert_eq!(
            opening("https://a.example/renew#k"),
            Opening::Renewal("https://a.example/renew#k".into())
        );
        assert_eq!(
            opening("https://a.example/partner#k"),
            Opening::Partner("https://a.example/partner#k".into())
        );
        assert_eq!(
            opening("https://a.example/join#k"),
            Opening::Invitation("https://a.example/join#k".into())
        );
        assert_eq!(
            opening("https://a.example/open#k"),
            Opening::Archive("https://a.example/open#k".into())
        );
        assert_eq!(
            opening("https://a.example/link#k"),
            Opening::Device("https://a.example/link#k".into())
        );
        assert_eq!(
            opening("https://a.example/group#k"),
            Opening::Group("https://a.example/group#k".into())
        );
        assert_eq!(
            opening("https://a.example/guest#k"),
            Opening::Guest("https://a.example/guest#k".into())
        );
    }

    #[test]
    fn a_guest_whose_page_forgot_the_link_is_not_taken_for_a_newcomer() {
        for address in [
            "https://a.example/guest",
            "https://a.example/guest#",
            "https://a.example/v/guest/?x=y",
        ] {
            assert_eq!(opening(address), Opening::GuestAgain, "{address}");
        }
        assert_eq!(opening("https://guest/"), Opening::Plain);
    }

    fn letter(behind: &str) -> Option<(String, String)> {
        match opening(&format!("https://a.example/to#{behind}")) {
            Opening::Write(letter) => Some((letter.address, letter.text)),
            _ => None,
        }
    }

    #[test]
    fn a_link_to_somebody_says_to_whom_and_what() {
        let both = |address: &str, text: &str| Some((address.to_owned(), text.to_owned()));
        assert_eq!(letter("Ada@a.example"), both("ada@a.example", ""));
        assert_eq!(
            letter("ada@a.example?text=Good%20day%21&x=y"),
            both("ada@a.example", "Good day!")
        );
        assert_eq!(
            letter("%D0%B0%D0%B4%D0%B0@a.example"),
            both("ада@a.example", "")
        );
        // As a browser hands over what an installed client is asked to open.
        assert_eq!(
            letter("web%2Bvalise%3Aada%40a.example%3Ftext%3D100%2525%253F"),
            both("ada@a.example", "100%?")
        );
        assert_eq!(
            letter("web%2Bvalise%3A%2F%2Fada%40a.example"),
            both("ada@a.example", "")
        );
    }

    #[test]
    fn a_link_that_makes_no_sense_opens_nothing() {
        let long = format!("ada@a.example?text={}", "x".repeat(2_001));
        for wrong in ["", "nobody", "ada%40a%", "ada@a%ff.example", "%zz@a", &long] {
            assert_eq!(letter(wrong), None, "{wrong}");
        }
    }
}
