//! An organisation's ordinary life, as its server and its people see it.

mod world;

use valise_directory::fold::FoundingServer;
use valise_directory::invite::{check, revoke};
use valise_directory::keys::{AccountKey, HubKey, Signer as _};
use valise_directory::link::{InvitationLink, LinkError, SetupLink};
use valise_directory::{
    Breach, Change, Directory, InvitationDetails, Note, Role, channel, ending, sign_in, update,
};
use valise_wire::Timestamp;
use valise_wire::request::{Challenge, Channel, GetChannel, ReadEnding};
use world::{DAY, DOMAIN, HUB_KEY, NOW, ORIGIN, World, device, nobody, plan, profile, somebody};

#[test]
fn a_founding_is_taken_by_its_server_alone() {
    let world = World::new();
    let statements = &world.founded.statements;
    let server = FoundingServer {
        domain: DOMAIN,
        hub_key: HUB_KEY,
    };
    let directory = Directory::founding(statements, server).unwrap();
    assert!(directory.is_registrar(world.founded.account));
    assert_eq!(directory.head().position, 6);
    for other in [
        FoundingServer {
            domain: "other.example",
            ..server
        },
        FoundingServer {
            hub_key: [8; 32],
            ..server
        },
    ] {
        assert_eq!(
            Directory::founding(statements, other).err(),
            Some(Breach::AnotherServer)
        );
    }
    assert_eq!(
        Directory::founding(&statements[..5], server).err(),
        Some(Breach::Founding)
    );
}

#[test]
fn people_have_names_with_the_key_alone() {
    let world = World::new();
    let client = world.client();
    let anna = client.person(world.member_id()).unwrap();
    assert_eq!(anna.display_name.unwrap().as_str(), "Anna Novak");
    assert_eq!(anna.address.unwrap().as_str(), "anna@ministry.example");
    assert!(anna.vouched && anna.active && anna.role == Role::Member);
    assert_eq!(
        client.person(world.founded.account).unwrap().role,
        Role::Registrar
    );
    let server = world.server();
    assert!(
        server
            .people()
            .all(|person| person.display_name.is_none() && person.address.is_none())
    );
    assert_eq!(server.head(), client.head());
}

#[test]
fn no_name_stands_readable_in_the_log() {
    let world = World::new();
    for statement in &world.log {
        let bytes = valise_wire::to_bytes(statement);
        for word in ["Anna", "Novak", "anna", "Ivan", "ivan"] {
            assert!(
                !bytes
                    .windows(word.len())
                    .any(|window| window == word.as_bytes()),
                "{word}"
            );
        }
    }
}

#[test]
fn an_invited_person_sees_what_the_registrar_said() {
    let mut world = World::new();
    let note = Some(Note::parse("Welcome").unwrap());
    let link = world.invite(plan(InvitationDetails {
        note,
        ..somebody("olga", "Olga")
    }));
    let link = InvitationLink::parse(&link.to_url()).unwrap();
    let server = world.server();
    let shown: Vec<_> = server
        .invitation_positions(link.invitation)
        .unwrap()
        .into_iter()
        .map(|position| world.log[position as usize - 1].clone())
        .collect();
    let offer = check(&link, &shown).unwrap();
    assert_eq!(offer.details.note.unwrap().as_str(), "Welcome");
    assert_eq!(offer.details.display_name.unwrap().as_str(), "Olga");
    assert_eq!(offer.inviter.unwrap().display_name.as_str(), "Ivan Petrov");
    assert_eq!(offer.organisation.domain, DOMAIN);

    let mut another = link.clone();
    another.organisation.0[0] ^= 1;
    assert_eq!(check(&another, &shown), Err(Breach::AnotherOrganisation));
    let mut forged = shown.clone();
    forged[2].signature[0] ^= 1;
    assert_eq!(check(&link, &forged), Err(Breach::Forged));
    let swapped = [shown[0].clone(), shown[1].clone(), world.log[2].clone()];
    assert_eq!(check(&link, &swapped), Err(Breach::NoInvitation));
}

#[test]
fn a_server_admits_once_and_in_time() {
    let mut world = World::new();
    let link = world.invite(plan(somebody("olga", "Olga")));
    let joined = world.try_join(&link, "olga", 9);
    let mut server = world.server();
    assert_eq!(
        server.admit(link.invitation, &joined.statements, NOW),
        Ok(())
    );
    let late = NOW.plus_millis(DAY + 1);
    assert_eq!(
        server.admit(link.invitation, &joined.statements, late),
        Err(Breach::InvitationExpired)
    );
    assert_eq!(
        server.admit(link.invitation, &joined.statements[..2], NOW),
        Err(Breach::UnexpectedKind)
    );
    let foreign = [
        joined.statements[0].clone(),
        world.log[8].clone(),
        joined.statements[2].clone(),
    ];
    assert!(server.admit(link.invitation, &foreign, NOW).is_err());
    for (position, statement) in (server.head().position + 1..).zip(&joined.statements) {
        server.apply(position, statement).unwrap();
    }
    let again = world.try_join(&link, "olga", 10);
    assert_eq!(
        server.admit(link.invitation, &again.statements, NOW),
        Err(Breach::InvitationUsedUp)
    );
}

#[test]
fn an_account_cannot_come_without_being_admitted() {
    let mut world = World::new();
    let link = world.invite(plan(nobody()));
    let joined = world.try_join(&link, "olga", 9);
    assert_eq!(
        world.server().check(&joined.statements[0]),
        Err(Breach::UnexpectedKind)
    );
}

#[test]
fn a_registrar_is_made_by_invitation_and_mandate() {
    let mut world = World::new();
    let link = world.invite(valise_directory::invite::Plan {
        role: Role::Registrar,
        ..plan(somebody("olga", "Olga"))
    });
    let olga = world.join(&link, "olga", 9);
    let client = world.client();
    assert!(!client.is_registrar(olga.account));
    let waiting: Vec<_> = client.awaiting_mandate().collect();
    assert_eq!(waiting.len(), 1);
    let organisation = world.founded.organisation;
    world.say(
        update::mandate(
            organisation,
            waiting[0],
            NOW,
            &world.founded.organisation_key,
        )
        .unwrap(),
    );
    let client = world.client();
    assert!(client.is_registrar(olga.account));
    assert_eq!(client.awaiting_mandate().count(), 0);

    // She can end the founder's account, and then he can do nothing.
    let key = olga.account_key.registrar_key();
    let issuer = valise_directory::invite::Issuer {
        account: olga.account,
        registrar_key: &key,
        ..world.issuer()
    };
    let ended = update::end_account(&issuer, world.founded.account, NOW);
    let founder_says = revoke(&world.issuer(), link.invitation, NOW);
    world.say(ended);
    let mut client = world.client();
    assert!(!client.is_registrar(world.founded.account));
    assert!(
        client
            .device(world.founded.account, device(1).1.id)
            .is_none()
    );
    let next = client.head().position + 1;
    assert_eq!(client.apply(next, &founder_says), Err(Breach::NotRegistrar));
}

#[test]
fn devices_come_and_go() {
    let world = World::new();
    let mut client = world.client();
    let account = client.account(world.member_id()).unwrap();
    let (old, new) = (world.member_device.clone(), device(9).1);
    let both = vec![new.clone(), old.clone()];
    let list = update::devices(
        world.founded.organisation,
        account,
        both,
        &world.member.account_key,
    );
    let next = client.head().position + 1;
    let change = client.apply(next, &list).unwrap();
    assert_eq!(
        change,
        Change::Devices {
            account: world.member_id(),
            added: vec![new.clone()],
            removed: vec![]
        }
    );
    let account = client.account(world.member_id()).unwrap();
    let list = update::devices(
        world.founded.organisation,
        account,
        vec![new.clone()],
        &world.member.account_key,
    );
    let change = client.apply(next + 1, &list).unwrap();
    assert_eq!(
        change,
        Change::Devices {
            account: world.member_id(),
            added: vec![],
            removed: vec![old.clone()]
        }
    );
    assert!(client.device(world.member_id(), old.id).is_none());
    assert_eq!(client.device(world.member_id(), new.id), Some(&new));
}

#[test]
fn an_address_is_free_again_after_its_account() {
    let mut world = World::new();
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    world.say(ended);
    let link = world.invite(plan(somebody("anna", "Anna Novak")));
    let anna = world.join(&link, "anna", 9);
    assert!(world.client().person(anna.account).unwrap().active);
    assert!(!world.client().person(world.member_id()).unwrap().active);
}

#[test]
fn hs_67_what_a_server_says_of_its_certificates_is_bound_to_everything() {
    let world = World::new();
    let organisation = world.founded.organisation;
    let key = HubKey::from_seed(&[9; 32]);
    let request = GetChannel { nonce: [3; 32] };
    let own = Some(vec![[4; 32], [5; 32]]);
    let channel = channel::answer(organisation, DOMAIN, &request, own, &key);
    let verify = |organisation, domain, nonce, channel: &Channel| {
        channel::verify(organisation, domain, nonce, channel, key.public())
    };
    let forged = Err(Breach::Forged);
    assert_eq!(verify(organisation, DOMAIN, [3; 32], &channel), Ok(()));
    let mut elsewhere = organisation;
    elsewhere.0[0] ^= 1;
    assert_eq!(verify(elsewhere, DOMAIN, [3; 32], &channel), forged);
    assert_eq!(
        verify(organisation, "evil.example", [3; 32], &channel),
        forged
    );
    assert_eq!(
        verify(organisation, DOMAIN, [2; 32], &channel),
        forged,
        "an answer of before"
    );
    for certificates in [
        None,
        Some(vec![]),
        Some(vec![[4; 32]]),
        Some(vec![[4; 32], [5; 32], [6; 32]]),
    ] {
        let other = Channel {
            certificates,
            ..channel.clone()
        };
        assert_eq!(verify(organisation, DOMAIN, [3; 32], &other), forged);
    }
    let other = channel::answer(
        organisation,
        DOMAIN,
        &request,
        None,
        &HubKey::from_seed(&[8; 32]),
    );
    assert_eq!(
        verify(organisation, DOMAIN, [3; 32], &other),
        forged,
        "another key"
    );
}

#[test]
fn sign_in_is_bound_to_everything() {
    let (key, device) = device(2);
    let world = World::new();
    let organisation = world.founded.organisation;
    let challenge = Challenge { nonce: [3; 32] };
    let request = sign_in::sign_in(
        organisation,
        DOMAIN,
        world.member_id(),
        device.id,
        &challenge,
        &key,
    );
    assert_eq!(
        sign_in::verify(organisation, DOMAIN, &device, &request),
        Ok(())
    );
    let mut elsewhere = organisation;
    elsewhere.0[0] ^= 1;
    assert_eq!(
        sign_in::verify(elsewhere, DOMAIN, &device, &request),
        Err(Breach::Forged)
    );
    assert_eq!(
        sign_in::verify(organisation, "evil.example", &device, &request),
        Err(Breach::Forged)
    );
    let mut other = request.clone();
    other.nonce[0] ^= 1;
    assert_eq!(
        sign_in::verify(organisation, DOMAIN, &device, &other),
        Err(Breach::Forged)
    );
    let mut other = request.clone();
    other.account.0[0] ^= 1;
    assert_eq!(
        sign_in::verify(organisation, DOMAIN, &device, &other),
        Err(Breach::Forged)
    );
    let mut other = request;
    other.device.0[0] ^= 1;
    assert_eq!(
        sign_in::verify(organisation, DOMAIN, &device, &other),
        Err(Breach::Forged)
    );
}

#[test]
fn links_come_back_and_say_what_is_wrong_with_them() {
    let mut world = World::new();
    let url = world.invite(plan(nobody())).to_url();
    assert!(url.len() <= 200, "{}", url.len());
    let read = InvitationLink::parse(&format!("  {url}\n")).unwrap();
    assert_eq!(read.to_url(), url);
    assert_eq!(read.origin, ORIGIN);
    let setup = SetupLink::generate("http://localhost:8440", &mut world.rng);
    assert_eq!(
        SetupLink::parse(&setup.to_url()).map(|read| read.code),
        Ok(setup.code)
    );

    let error = |url: &str| InvitationLink::parse(url).err();
    assert_eq!(error(&url[..url.len() - 1]), Some(LinkError::Damaged));
    assert_eq!(error(&url.replace('#', "#A")), Some(LinkError::Damaged));
    assert_eq!(
        error(&url.replace("/join", "/setup")),
        Some(LinkError::AnotherKind)
    );
    assert_eq!(error(&setup.to_url()), Some(LinkError::AnotherKind));
    assert_eq!(
        error(&setup.to_url().replace("/setup", "/join")),
        Some(LinkError::AnotherKind)
    );
    for text in [
        "",
        "hello",
        "https://a.b/join",
        "ftp://a.b/join#AA",
        "https://u@a.b/join#AA",
        "https://a.b/x/join#AA",
    ] {
        assert_eq!(error(text), Some(LinkError::NotALink), "{text}");
    }
}

#[test]
fn a_fingerprint_is_six_groups_of_five() {
    let fingerprint = World::new().client().fingerprint();
    assert_eq!(
        fingerprint.split(' ').map(str::len).collect::<Vec<_>>(),
        [5; 6]
    );
}

#[test]
fn what_is_sealed_opens_in_its_own_place_alone() {
    let mut world = World::new();
    let (organisation, key) = (
        world.founded.organisation,
        world.founded.directory_key.clone(),
    );
    let account = world.member_id();
    let details = profile("anna", "Anna Novak");
    let sealed = key.seal_profile(organisation, account, 3, &details, &mut world.rng);
    assert_eq!((sealed.len() - 24 - 16) % 256, 0);
    assert_eq!(
        key.open_profile(organisation, account, 3, &sealed),
        Ok(details)
    );
    assert_eq!(
        key.open_profile(organisation, account, 4, &sealed),
        Err(Breach::Unreadable)
    );
    assert_eq!(
        key.open_profile(organisation, world.founded.account, 3, &sealed),
        Err(Breach::Unreadable)
    );
    let invitation = valise_wire::InvitationId(account.0);
    assert_eq!(
        key.open_invitation(organisation, invitation, &sealed),
        Err(Breach::Unreadable)
    );
    let other = valise_directory::DirectoryKey::generate(&mut world.rng);
    assert_eq!(
        other.open_profile(organisation, account, 3, &sealed),
        Err(Breach::Unreadable)
    );
    assert_eq!(
        key.open_profile(organisation, account, 3, &[]),
        Err(Breach::Unreadable)
    );
}

#[test]
fn a_trusted_replay_sees_the_same() {
    let world = World::new();
    let mut replay =
        Directory::new(world.founded.organisation).with_key(world.founded.directory_key.clone());
    for (position, statement) in (1..).zip(&world.log) {
        replay.apply_trusted(position, statement).unwrap();
    }
    assert_eq!(replay.head(), world.client().head());
    assert!(replay.people().eq(world.client().people()));
    assert!(
        world
            .client()
            .invitations()
            .all(|(_, invitation)| !invitation.is_open(Timestamp(u64::MAX)))
    );
}

#[test]
fn a_request_to_read_of_an_end_is_bound_to_everything() {
    let world = World::new();
    let organisation = world.founded.organisation;
    let key = AccountKey::from_seed(&[6; 32]);
    let challenge = Challenge { nonce: [3; 32] };
    let (account, device) = (world.member_id(), valise_wire::DeviceId([4; 16]));
    let request = ending::read_ending(organisation, DOMAIN, account, device, 7, &challenge, &key);
    let verify = |request: &_| ending::verify(organisation, DOMAIN, &key.public(), request);
    assert_eq!(verify(&request), Ok(()));
    for change in [
        |request: &mut ReadEnding| request.account.0[0] ^= 1,
        |request: &mut ReadEnding| request.device.0[0] ^= 1,
        |request: &mut ReadEnding| request.after += 1,
        |request: &mut ReadEnding| request.nonce[0] ^= 1,
        |request: &mut ReadEnding| request.signature[0] ^= 1,
    ] {
        let mut other = request.clone();
        change(&mut other);
        assert_eq!(verify(&other), Err(Breach::Forged));
    }
    let elsewhere = ending::verify(organisation, "evil.example", &key.public(), &request);
    assert_eq!(elsewhere, Err(Breach::Forged));
}

#[test]
fn every_head_that_was_passed_is_known() {
    let world = World::new();
    let mut directory = Directory::new(world.founded.organisation);
    let mut heads = vec![directory.head()];
    for (position, statement) in (1..).zip(&world.founded.statements) {
        directory.apply(position, statement).unwrap();
        heads.push(directory.head());
    }
    assert_eq!(directory.head_at(0), None);
    for head in &heads[1..] {
        assert_eq!(directory.head_at(head.position), Some(*head));
    }
    assert_eq!(directory.head_at(heads.len() as u64), None);
}
