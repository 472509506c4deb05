//! Every rule of the fold: an attack that it stops, and the same attack with the rule switched off, which succeeds.

mod world;

use valise_directory::fold::{Check, Checks};
use valise_directory::invite::{Issuer, Plan, revoke};
use valise_directory::keys::{AccountKey, InvitationKey, OrganisationKey, RegistrarKey, Signer};
use valise_directory::statement::{
    self, Account, DeviceList, Invitation, Organisation, Profile, read, sign,
};
use valise_directory::{Breach, Device, Directory, Role, update};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{DeviceId, OrganisationId, Timestamp};
use world::{DAY, NOW, World, device, nobody, plan, profile, somebody};

/// Asserts that the attack is refused with `breach`, that nothing changed, and that without `check` it succeeds.
fn refused(check: Check, breach: Breach, attack: impl FnOnce(&mut World) -> SignedStatement) {
    let mut world = World::new();
    let attack = attack(&mut world);
    for with_key in [true, false] {
        let mut directory = world.folded(Checks::ALL, with_key);
        let head = directory.head();
        assert_eq!(
            directory.apply(head.position + 1, &attack),
            Err(breach),
            "{check:?}"
        );
        assert_eq!(directory.head(), head);
        let mut blind = world.folded(Checks::ALL.without(check), with_key);
        assert!(
            blind.apply(head.position + 1, &attack).is_ok(),
            "the twin of {check:?} must succeed"
        );
    }
}

#[test]
fn a_gap_a_repetition_and_a_swap_are_refused() {
    let world = World::new();
    let mut directory = Directory::new(world.founded.organisation);
    assert_eq!(
        directory.apply(2, &world.log[0]),
        Err(Breach::Position {
            expected: 1,
            found: 2
        })
    );
    directory.apply(1, &world.log[0]).unwrap();
    assert_eq!(
        directory.apply(1, &world.log[1]),
        Err(Breach::Position {
            expected: 2,
            found: 1
        })
    );
    let mut blind = Directory::new(world.founded.organisation)
        .with_checks(Checks::ALL.without(Check::Position));
    assert!(blind.apply(2, &world.log[0]).is_ok());
}

#[test]
fn only_the_organisation_comes_first_and_once() {
    let world = World::new();
    let mut directory = Directory::new(world.founded.organisation);
    assert_eq!(directory.apply(1, &world.log[1]), Err(Breach::Founding));
    refused(Check::Founding, Breach::Founding, |world| {
        let organisation: Organisation = read(&world.log[0]).unwrap();
        sign(
            &Organisation {
                hub_key: [9; 32],
                ..organisation
            },
            &world.founded.organisation_key,
        )
    });
}

#[test]
fn another_organisation_than_the_pinned_one_is_refused() {
    let world = World::new();
    let mut directory = Directory::new(OrganisationId([1; 32]));
    assert_eq!(
        directory.apply(1, &world.log[0]),
        Err(Breach::AnotherOrganisation)
    );
    let mut blind =
        Directory::new(OrganisationId([1; 32])).with_checks(Checks::ALL.without(Check::Pinned));
    assert!(blind.apply(1, &world.log[0]).is_ok());
}

#[test]
fn hs_18_a_server_cannot_sign_any_kind_of_statement() {
    let server_registrar = || RegistrarKey::from_seed(&[66; 32]);
    let server_account = || AccountKey::from_seed(&[66; 32]);
    refused(Check::Signature, Breach::Forged, |world| {
        let key = OrganisationKey::from_seed(&[66; 32]);
        update::mandate(
            world.founded.organisation,
            world.client().account(world.member_id()).unwrap(),
            NOW,
            &key,
        )
        .unwrap()
    });
    refused(Check::Signature, Breach::Forged, |world| {
        let key = server_registrar();
        let issuer = Issuer {
            registrar_key: &key,
            ..world.issuer()
        };
        valise_directory::invite::invite(&issuer, plan(nobody()), "", &mut world.rng.clone()).0
    });
    refused(Check::Signature, Breach::Forged, |world| {
        let mut link = world.invite(plan(nobody()));
        link.key = InvitationKey::from_seed(&[66; 32]);
        world.try_join(&link, "olga", 9).statements[0].clone()
    });
    refused(Check::Signature, Breach::Forged, |world| {
        let key = server_registrar();
        update::end_account(
            &Issuer {
                registrar_key: &key,
                ..world.issuer()
            },
            world.member_id(),
            NOW,
        )
    });
    refused(Check::Signature, Breach::Forged, |world| {
        let link = world.invite(plan(nobody()));
        let key = server_registrar();
        revoke(
            &Issuer {
                registrar_key: &key,
                ..world.issuer()
            },
            link.invitation,
            NOW,
        )
    });
    refused(Check::Signature, Breach::Forged, |world| {
        let client = world.client();
        let account = client.account(world.member_id()).unwrap();
        update::profile(
            world.founded.organisation,
            account,
            &profile("anna", "Anna Evil"),
            &world.founded.directory_key,
            &server_account(),
            &mut world.rng,
        )
    });
}

#[test]
fn hs_19_a_server_cannot_list_a_ghost_device() {
    refused(Check::Signature, Breach::Forged, |world| {
        let client = world.client();
        let account = client.account(world.member_id()).unwrap();
        let devices = vec![world.member_device.clone(), device(66).1];
        update::devices(
            world.founded.organisation,
            account,
            devices,
            &AccountKey::from_seed(&[66; 32]),
        )
    });
}

#[test]
fn an_organisation_that_did_not_sign_itself_is_refused() {
    let world = World::new();
    let mut forged = world.log[0].clone();
    forged.signature[5] ^= 1;
    assert_eq!(
        Directory::new(world.founded.organisation).apply(1, &forged),
        Err(Breach::Forged)
    );
    let mut blind = Directory::new(world.founded.organisation)
        .with_checks(Checks::ALL.without(Check::Signature));
    assert!(blind.apply(1, &forged).is_ok());
}

#[test]
fn a_signature_for_one_kind_is_worth_nothing_for_another() {
    let world = World::new();
    let mut as_another = world.log[9].clone();
    assert_eq!(as_another.kind, StatementKind::Profile);
    as_another.kind = StatementKind::DeviceList;
    let mut directory = world.client();
    assert!(
        directory
            .apply(directory.head().position + 1, &as_another)
            .is_err()
    );
    let account = AccountKey::from_seed(&[5; 32]);
    let signature = account.sign(statement::label(StatementKind::Profile), b"payload");
    use valise_directory::keys::Verifier;
    let label = statement::label(StatementKind::DeviceList);
    assert_eq!(
        account.public().verify(label, b"payload", &signature),
        Err(Breach::Forged)
    );
}

#[test]
fn a_statement_for_another_organisation_is_refused() {
    refused(Check::Bound, Breach::AnotherOrganisation, |world| {
        let sealed = vec![0; 8].into();
        let organisation = OrganisationId([1; 32]);
        let statement = Profile {
            organisation,
            account: world.member_id(),
            version: 2,
            sealed,
        };
        sign(&statement, &world.member.account_key)
    });
}

#[test]
fn fields_out_of_range_are_refused() {
    let with = |world: &mut World, change: fn(&mut Invitation)| {
        world.invite(plan(nobody()));
        let mut invitation: Invitation = read(&world.log.pop().unwrap()).unwrap();
        change(&mut invitation);
        sign(&invitation, &world.founder_key)
    };
    refused(Check::Fields, Breach::Field("uses"), |world| {
        with(world, |invitation| invitation.uses = 0)
    });
    refused(Check::Fields, Breach::Field("uses"), |world| {
        with(world, |invitation| invitation.uses = 10_001)
    });
    refused(Check::Fields, Breach::Field("uses"), |world| {
        let tag = world
            .founded
            .directory_key
            .address_tag(&profile("olga", "Olga").address);
        world.invite(plan(nobody()));
        let mut invitation: Invitation = read(&world.log.pop().unwrap()).unwrap();
        invitation.address_tag = Some(tag);
        sign(&invitation, &world.founder_key)
    });
    refused(Check::Fields, Breach::Field("sealed"), |world| {
        with(world, |invitation| {
            invitation.sealed = vec![0; (40 << 10) + 1].into()
        })
    });
    for devices in [
        Vec::new(),
        (10..27).map(|number| device(number).1).collect(),
    ] {
        refused(Check::Fields, Breach::Field("devices"), |world| {
            list(world, devices)
        });
    }
    refused(Check::Fields, Breach::Field("devices"), |world| {
        let devices = vec![device(9).1, world.member_device.clone()];
        list(world, devices)
    });
}

#[test]
fn a_domain_or_name_that_is_none_is_refused() {
    for (domain, name) in [
        ("Ministry.example", None),
        ("ministry.example", Some("a\u{202e}b")),
    ] {
        let world = World::new();
        let organisation: Organisation = read(&world.log[0]).unwrap();
        let organisation = Organisation {
            domain: domain.into(),
            name: name.map(Into::into),
            ..organisation
        };
        let signed = sign(&organisation, &world.founded.organisation_key);
        let refused = Directory::new(world.founded.organisation).apply(1, &signed);
        assert!(matches!(refused, Err(Breach::Field(_))));
        let mut blind = Directory::new(world.founded.organisation)
            .with_checks(Checks::ALL.without(Check::Fields));
        assert!(blind.apply(1, &signed).is_ok());
    }
}

/// Anna says that these are her devices, in this order.
fn list(world: &World, devices: Vec<Device>) -> SignedStatement {
    let client = world.client();
    let account = client.account(world.member_id()).unwrap();
    let list = DeviceList {
        organisation: world.founded.organisation,
        account: account.id,
        version: account.devices_version + 1,
        previous: account.devices_digest,
        devices,
    };
    sign(&list, &world.member.account_key)
}

/// Makes Olga a second registrar and returns her key, with a link that she handed out.
fn second_registrar(
    world: &mut World,
) -> (
    valise_directory::join::Joined,
    valise_directory::link::InvitationLink,
) {
    let link = world.invite(Plan {
        role: Role::Registrar,
        ..plan(somebody("olga", "Olga"))
    });
    let olga = world.join(&link, "olga", 20);
    let client = world.client();
    let account = client.account(olga.account).unwrap();
    world.say(
        update::mandate(
            world.founded.organisation,
            account,
            NOW,
            &world.founded.organisation_key,
        )
        .unwrap(),
    );
    let key = olga.account_key.registrar_key();
    let issuer = Issuer {
        account: olga.account,
        registrar_key: &key,
        ..world.issuer()
    };
    let (invitation, link) =
        valise_directory::invite::invite(&issuer, plan(nobody()), "", &mut world.rng.clone());
    world.say(invitation);
    (olga, link)
}

#[test]
fn who_is_no_registrar_any_more_can_do_nothing() {
    refused(Check::Mandated, Breach::NotRegistrar, |world| {
        let (olga, _) = second_registrar(world);
        let ended = update::end_account(&world.issuer(), olga.account, NOW);
        world.say(ended);
        let key = olga.account_key.registrar_key();
        let issuer = Issuer {
            account: olga.account,
            registrar_key: &key,
            ..world.issuer()
        };
        update::end_account(&issuer, world.member_id(), NOW)
    });
}

#[test]
fn who_never_was_a_registrar_can_do_nothing() {
    let world = World::new();
    let key = world.member.account_key.registrar_key();
    let issuer = Issuer {
        account: world.member_id(),
        registrar_key: &key,
        ..world.issuer()
    };
    let attack = update::end_account(&issuer, world.founded.account, NOW);
    let mut client = world.client();
    assert_eq!(
        client.apply(client.head().position + 1, &attack),
        Err(Breach::NotRegistrar)
    );
}

#[test]
fn a_mandate_counts_for_the_accounts_own_key() {
    refused(Check::RegistrarKey, Breach::RegistrarKey, |world| {
        let client = world.client();
        let mut account = client.account(world.member_id()).unwrap().clone();
        account.registrar_key = Some(RegistrarKey::from_seed(&[66; 32]).public());
        update::mandate(
            world.founded.organisation,
            &account,
            NOW,
            &world.founded.organisation_key,
        )
        .unwrap()
    });
}

#[test]
fn an_invitation_is_said_once() {
    refused(Check::NewInvitation, Breach::InvitationExists, |world| {
        world.invite(plan(nobody()));
        world.log.last().unwrap().clone()
    });
}

#[test]
fn an_invitation_is_used_as_often_as_it_says() {
    refused(Check::InvitationUses, Breach::InvitationUsedUp, |world| {
        let link = world.invite(plan(nobody()));
        world.join(&link, "one", 11);
        world.join(&link, "two", 12);
        world.try_join(&link, "three", 13).statements[0].clone()
    });
}

#[test]
fn an_invitation_ends() {
    refused(
        Check::InvitationExpiry,
        Breach::InvitationExpired,
        |world| {
            let link = world.invite(plan(nobody()));
            let joined = world.try_join(&link, "late", 11);
            let account: Account = read(&joined.statements[0]).unwrap();
            sign(
                &Account {
                    created_at: NOW.plus_millis(DAY + 1),
                    ..account
                },
                &link.key,
            )
        },
    );
    let mut world = World::new();
    let link = world.invite(plan(nobody()));
    let joined = world.try_join(&link, "late", 11);
    let late = NOW.plus_millis(DAY + 1);
    let admit = |checks| {
        world
            .folded(checks, false)
            .admit(link.invitation, &joined.statements, late)
    };
    assert_eq!(admit(Checks::ALL), Err(Breach::InvitationExpired));
    assert_eq!(admit(Checks::ALL.without(Check::InvitationExpiry)), Ok(()));
}

#[test]
fn an_invitation_can_be_revoked() {
    refused(
        Check::InvitationRevoked,
        Breach::InvitationRevoked,
        |world| {
            let link = world.invite(plan(nobody()));
            let revoked = revoke(&world.issuer(), link.invitation, NOW);
            world.say(revoked);
            world.try_join(&link, "olga", 11).statements[0].clone()
        },
    );
}

#[test]
fn what_a_registrar_handed_out_ends_with_him() {
    refused(
        Check::InvitationRevoked,
        Breach::InvitationRevoked,
        |world| {
            let (olga, link) = second_registrar(world);
            let ended = update::end_account(&world.issuer(), olga.account, NOW);
            world.say(ended);
            world.try_join(&link, "back", 21).statements[0].clone()
        },
    );
}

#[test]
fn an_invitation_is_for_the_address_it_says() {
    refused(Check::InvitationAddress, Breach::AnotherAddress, |world| {
        let link = world.invite(plan(somebody("olga", "Olga")));
        world.try_join(&link, "minister", 11).statements[0].clone()
    });
}

#[test]
fn an_address_and_its_twins_are_taken_once() {
    refused(Check::AddressTaken, Breach::AddressTaken, |world| {
        let link = world.invite(plan(nobody()));
        world.try_join(&link, "anna", 11).statements[0].clone()
    });
    refused(Check::AddressTaken, Breach::AddressTaken, |world| {
        let link = world.invite(plan(nobody()));
        world.join(&link, "coco", 11);
        world.try_join(&link, "сосо", 12).statements[0].clone()
    });
}

#[test]
fn an_account_is_said_once() {
    refused(Check::NewAccount, Breach::AccountExists, |world| {
        let link = world.invite(plan(nobody()));
        let joined = world.try_join(&link, "olga", 11);
        let account: Account = read(&joined.statements[0]).unwrap();
        sign(
            &Account {
                id: world.member_id(),
                ..account
            },
            &link.key,
        )
    });
}

#[test]
fn who_left_can_say_nothing_and_be_nothing() {
    let end = |world: &mut World| {
        let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
        world.say(ended);
    };
    refused(Check::Ended, Breach::AccountEnded, |world| {
        end(world);
        let devices = vec![device(9).1];
        list(world, devices)
    });
    refused(Check::Ended, Breach::AccountEnded, |world| {
        end(world);
        new_profile(world, 2)
    });
    refused(Check::Ended, Breach::AccountEnded, |world| {
        end(world);
        let client = world.client();
        let account = client.account(world.member_id()).unwrap();
        update::mandate(
            world.founded.organisation,
            account,
            NOW,
            &world.founded.organisation_key,
        )
        .unwrap()
    });
    refused(Check::Ended, Breach::AccountEnded, |world| {
        end(world);
        update::end_account(&world.issuer(), world.member_id(), Timestamp(1))
    });
}

fn new_profile(world: &mut World, version: u64) -> SignedStatement {
    let details = profile("anna", "Anna Other");
    let (organisation, account) = (world.founded.organisation, world.member_id());
    let sealed = world.founded.directory_key.seal_profile(
        organisation,
        account,
        version,
        &details,
        &mut world.rng,
    );
    sign(
        &Profile {
            organisation,
            account,
            version,
            sealed,
        },
        &world.member.account_key,
    )
}

#[test]
fn versions_rise() {
    refused(
        Check::Version,
        Breach::Version {
            former: 1,
            found: 1,
        },
        |world| new_profile(world, 1),
    );
    for version in [1, 3] {
        refused(
            Check::Version,
            Breach::Version {
                former: 1,
                found: version,
            },
            |world| {
                let mut list: DeviceList =
                    read(&list(world, vec![world.member_device.clone()])).unwrap();
                list.version = version;
                sign(&list, &world.member.account_key)
            },
        );
    }
}

#[test]
fn device_lists_are_chained() {
    for previous in [None, Some([1; 32])] {
        refused(Check::Chain, Breach::Chain, |world| {
            let mut list: DeviceList =
                read(&list(world, vec![world.member_device.clone()])).unwrap();
            list.previous = previous;
            sign(&list, &world.member.account_key)
        });
    }
}

#[test]
fn a_device_id_belongs_to_one_device_for_ever() {
    // Another account's.
    refused(Check::DeviceReused, Breach::DeviceReused, |world| {
        list(world, vec![device(1).1])
    });
    // Its own, with another key.
    refused(Check::DeviceReused, Breach::DeviceReused, |world| {
        let id: DeviceId = world.member_device.id;
        list(world, vec![Device { id, ..device(66).1 }])
    });
    // One that is gone.
    refused(Check::DeviceReused, Breach::DeviceReused, |world| {
        world.say(list(world, vec![device(9).1]));
        list(world, vec![world.member_device.clone()])
    });
}

#[test]
fn the_last_registrar_stays() {
    refused(Check::LastRegistrar, Breach::LastRegistrar, |world| {
        update::end_account(&world.issuer(), world.founded.account, NOW)
    });
}

#[test]
fn hs_42_an_address_that_is_not_the_accounts_is_never_shown() {
    let world = World::new();
    let (organisation, account) = (world.founded.organisation, world.member_id());
    let details = profile("ivan", "Ivan Petrov");
    let mut rng = world.rng.clone();
    let sealed =
        world
            .founded
            .directory_key
            .seal_profile(organisation, account, 2, &details, &mut rng);
    let attack = sign(
        &Profile {
            organisation,
            account,
            version: 2,
            sealed,
        },
        &world.member.account_key,
    );
    let shown = |checks| {
        let mut client = world.folded(checks, true);
        client.apply(client.head().position + 1, &attack).unwrap();
        client
            .person(account)
            .unwrap()
            .address
            .unwrap()
            .as_str()
            .to_owned()
    };
    assert_eq!(shown(Checks::ALL), "anna@ministry.example");
    assert_eq!(
        shown(Checks::ALL.without(Check::SealedAddress)),
        "ivan@ministry.example"
    );
}

#[test]
fn one_members_rubbish_blinds_nobody() {
    let world = World::new();
    let (organisation, account) = (world.founded.organisation, world.member_id());
    let sealed = vec![1; 300].into();
    let rubbish = sign(
        &Profile {
            organisation,
            account,
            version: 2,
            sealed,
        },
        &world.member.account_key,
    );
    let mut client = world.client();
    client.apply(client.head().position + 1, &rubbish).unwrap();
    assert_eq!(
        client
            .person(account)
            .unwrap()
            .display_name
            .unwrap()
            .as_str(),
        "Anna Novak"
    );
}

#[test]
fn a_name_that_nobody_vouched_for_says_so() {
    let mut world = World::new();
    assert!(world.client().person(world.member_id()).unwrap().vouched);
    let other = new_profile(&mut world, 2);
    world.say(other);
    let client = world.client();
    assert!(!client.person(world.member_id()).unwrap().vouched);
}
