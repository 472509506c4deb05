//! Bytes that nobody honest wrote: they are refused, never followed, and never end the program.

mod world;

use proptest::prelude::*;
use std::sync::LazyLock;
use valise_directory::link::{InvitationLink, SetupLink};
use valise_directory::statement::{
    Account, AccountRevocation, DeviceList, EvidenceKey, Invitation, InvitationRevocation, Mandate,
    Organisation, Profile,
};
use valise_directory::{Address, Directory, Name};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{Octets, from_bytes, to_bytes};
use world::World;

static WORLD: LazyLock<(World, Directory)> = LazyLock::new(|| {
    let world = World::new();
    let client = world.client();
    (world, client)
});

fn kind() -> impl Strategy<Value = StatementKind> {
    (0u64..14).prop_map(|number| from_bytes(&to_bytes(&number)).unwrap())
}

proptest! {
    #[test]
    fn random_payloads_are_refused(kind in kind(), payload: Vec<u8>, signature: [u8; 64]) {
        let mut client = WORLD.1.clone();
        let next = client.head().position + 1;
        let statement = SignedStatement { kind, payload: Octets(payload), signature };
        prop_assert!(client.apply(next, &statement).is_err());
        prop_assert_eq!(client.head(), WORLD.1.head());
    }

    #[test]
    fn one_changed_bit_anywhere_is_refused(which in 0usize..10, bit in 0usize..4096) {
        let (world, _) = &*WORLD;
        let mut bytes = to_bytes(&world.log[which]);
        let bit = bit % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(changed) = from_bytes::<SignedStatement>(&bytes) else { return Ok(()) };
        let mut directory = Directory::new(world.founded.organisation);
        for (position, statement) in (1..).zip(&world.log[..which]) {
            directory.apply(position, statement).unwrap();
        }
        prop_assert!(directory.apply(which as u64 + 1, &changed).is_err());
    }

    #[test]
    fn what_decodes_has_one_encoding(bytes: Vec<u8>) {
        fn check<T: valise_wire::Encode + valise_wire::Decode>(bytes: &[u8]) -> bool {
            from_bytes::<T>(bytes).map_or(true, |value| to_bytes(&value) == bytes)
        }
        prop_assert!(check::<Organisation>(&bytes) && check::<Mandate>(&bytes) && check::<Invitation>(&bytes));
        prop_assert!(check::<Account>(&bytes) && check::<DeviceList>(&bytes) && check::<Profile>(&bytes));
        prop_assert!(check::<EvidenceKey>(&bytes));
        prop_assert!(check::<AccountRevocation>(&bytes) && check::<InvitationRevocation>(&bytes));
    }

    #[test]
    fn random_texts_are_no_links(text: String, body in "[A-Za-z0-9_-]{0,200}") {
        prop_assert!(InvitationLink::parse(&text).is_err());
        prop_assert!(SetupLink::parse(&text).is_err());
        let url = format!("https://a.b/join#{body}");
        prop_assert!(InvitationLink::parse(&url).is_err());
    }

    #[test]
    fn random_texts_are_followed_nowhere(text: String) {
        if let Ok(address) = Address::parse(&text) {
            prop_assert_eq!(address.as_str(), &text);
        }
        if let Ok(name) = Name::parse(&text) {
            prop_assert!(!name.as_str().chars().any(char::is_control));
        }
        let _ = Address::typed(&text, "a.b");
        let _ = Name::typed(&text);
    }

    #[test]
    fn random_bytes_do_not_open(bytes: Vec<u8>) {
        let (world, _) = &*WORLD;
        let key = &world.founded.directory_key;
        prop_assert!(key.open_profile(world.founded.organisation, world.member_id(), 1, &bytes).is_err());
    }
}
