//! Links that somebody opens.

use valise_directory::guest::GuestLink;
use valise_directory::link::{
    ArchiveLink, DeviceLink, GroupLink, InvitationLink, PartnerLink, RenewalLink, SetupLink,
};

/// Bytes that are said to be a link: each has one way to be written.
pub(super) fn links(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let written = [
        SetupLink::parse(text).ok().map(|link| link.to_url()),
        InvitationLink::parse(text).ok().map(|link| link.to_url()),
        ArchiveLink::parse(text).ok().map(|link| link.to_url()),
        DeviceLink::parse(text).ok().map(|link| link.to_url()),
        RenewalLink::parse(text).ok().map(|link| link.to_url()),
        GroupLink::parse(text).ok().map(|link| link.to_url()),
        PartnerLink::parse(text).ok().map(|link| link.to_url()),
        GuestLink::parse(text).ok().map(|link| link.to_url()),
    ];
    let mut kinds = 0;
    for again in written.into_iter().flatten() {
        assert_eq!(again, text.trim(), "a second way to write a link was taken");
        kinds += 1;
    }
    assert!(kinds < 2, "a link of two kinds");
}
