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
    /// To link the device that shows the link to one's account; the whole link.
    Device(String),
}

/// Reads the address. The secret stands after the `#`; a link without one invites to nothing.
pub fn opening(address: &str) -> Opening {
    let Some((before, secret)) = address.split_once('#') else {
        return Opening::Plain;
    };
    if secret.is_empty() {
        return Opening::Plain;
    }
    let path = before.split(['?']).next().unwrap_or_default();
    let last = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    match last {
        "setup" => Opening::SetUp(address.to_owned()),
        "open" => Opening::Archive(address.to_owned()),
        "renew" => Opening::Renewal(address.to_owned()),
        "link" => Opening::Device(address.to_owned()),
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
    }
}
