//! What is refused of guests, keepers, devices and whoever is away.

use super::refused::{Case, case};
use super::story::{ENDED, OPEN, PASS, Story, link_of};
use super::world::{DAY, NOW, device};
use valise_directory::availability::Availability;
use valise_directory::guest::{Guest, GuestCode, GuestEnd, GuestPass};
use valise_directory::invite::Issuer;
use valise_directory::keeper::{self, SealKeys};
use valise_directory::keys::{AccountKey, Signer};
use valise_directory::partner::Card;
use valise_directory::statement::{self, DeviceList, Profile, read, sign};
use valise_wire::{AccountId, InvitationId, Octets};

pub fn all(story: &Story) -> Vec<Case> {
    let mut cases = passes(story);
    cases.extend(guests(story));
    cases.extend(of_guests(story));
    cases.extend(keepers(story));
    cases
}

pub fn anna(story: &Story) -> &AccountKey {
    &story.world.member.account_key
}

fn guest(story: &Story) -> AccountId {
    story
        .guest_key
        .public()
        .account(story.world.founded.organisation)
}

/// How many statements there are when the guest is there.
fn come(story: &Story) -> u64 {
    story.place_of("guest") + 2
}

pub fn last(story: &Story) -> u64 {
    story.world.log.len() as u64
}

fn passes(story: &Story) -> Vec<Case> {
    let place = story.place_of("guest-pass");
    let before = place - 1;
    let said =
        |change: &dyn Fn(&mut GuestPass)| story.changed(place, anna(story), |said| change(said));
    let invited = read::<statement::Invitation>(story.at(7)).unwrap().id;
    let (who, number) = (guest(story), InvitationId([9; 16]));
    let by_guest = story.changed::<GuestPass>(place, &story.guest_key, |said| {
        (said.by, said.id) = (who, number);
    });
    let end = story.changed::<GuestEnd>(story.place_of("guest-end"), &story.guest_key, |said| {
        said.by = who
    });
    // Whoever left has the key that the account got last.
    let newest = AccountKey::from_seed(&[42; 32]);
    vec![
        case(
            before,
            "A pass with the id of an invitation.",
            said(&|said| said.id = invited),
        ),
        case(
            before,
            "A pass that lasts 90 days and a thousandth of a second.",
            said(&|said| {
                said.not_after = said.created_at.plus_millis(90 * DAY + 1);
            }),
        ),
        case(
            before,
            "A pass by nobody.",
            said(&|said| said.by = AccountId([9; 16])),
        ),
        case(come(story), "A pass by a guest.", by_guest),
        case(come(story), "An end by a guest.", end),
        case(
            before,
            "The end of a pass that there is not.",
            story.at(story.place_of("guest-end")).clone(),
        ),
        case(
            last(story),
            "A pass by an account that has ended.",
            story.changed::<GuestPass>(place, &newest, |said| said.id = number),
        ),
    ]
}

fn guests(story: &Story) -> Vec<Case> {
    let place = story.place_of("guest");
    let key = |pass| {
        link_of(&story.world, pass)
            .secret
            .key(&GuestCode::derive(anna(story), pass), pass)
    };
    let by = key(PASS);
    let said = |change: &dyn Fn(&mut Guest)| story.changed(place, &by, |said| change(said));
    let another = AccountKey::from_seed(&[43; 32]).public();
    let fresh = |said: &mut Guest| {
        said.key = another;
        said.id = another.account(said.organisation);
    };
    let ended = story.changed::<Guest>(place, &key(ENDED), |said| {
        said.pass = ENDED;
        fresh(said);
    });
    let wrong = GuestCode::derive(&AccountKey::from_seed(&[1; 32]), PASS);
    let wrong = link_of(&story.world, PASS).secret.key(&wrong, PASS);
    vec![
        case(
            place - 1,
            "A guest with another code.",
            story.changed::<Guest>(place, &wrong, |_| ()),
        ),
        case(
            place - 1,
            "A guest with the key of another pass.",
            story.changed::<Guest>(place, &key(OPEN), |_| ()),
        ),
        case(
            place - 1,
            "A guest whose id is not made of his key.",
            said(&|said| said.id = AccountId([9; 16])),
        ),
        case(
            place - 1,
            "A guest whose pass there is not.",
            said(&|said| said.pass = InvitationId([9; 16])),
        ),
        case(
            place - 1,
            "A guest who came when his pass was over.",
            said(&|said| {
                said.created_at = NOW.plus_millis(DAY + 1);
            }),
        ),
        case(place, "A second guest by one pass.", said(&fresh)),
        case(
            story.place_of("guest-end"),
            "A guest by a pass that was ended.",
            ended,
        ),
    ]
}

fn of_guests(story: &Story) -> Vec<Case> {
    let (own, who) = (story.world.founded.organisation, guest(story));
    let list = story.at(story.place_of("guest") + 1);
    let former = Some(statement::digest(list));
    let second = DeviceList {
        version: 2,
        previous: former,
        ..read::<DeviceList>(list).unwrap()
    };
    let two = DeviceList {
        devices: vec![device(40).1, device(44).1],
        ..read::<DeviceList>(list).unwrap()
    };
    let shown = Profile {
        organisation: own,
        account: who,
        version: 1,
        sealed: Octets::default(),
    };
    let seals = keeper::mandate(&story.issuer(), who, NOW);
    let place = story.place_of("availability");
    let away = story.changed::<Availability>(place, &story.guest_key, |said| {
        (said.account, said.by) = (who, who);
    });
    let card = story.changed::<Card>(story.place_of("card"), &story.guest_key, |said| {
        said.account = who
    });
    vec![
        case(
            come(story) - 2,
            "A guest of two devices.",
            sign(&two, &story.guest_key),
        ),
        case(
            come(story),
            "A guest with another list of devices.",
            sign(&second, &story.guest_key),
        ),
        case(
            come(story),
            "A guest with a profile.",
            sign(&shown, &story.guest_key),
        ),
        case(come(story), "A guest with a card.", card),
        case(come(story), "A mandate to seal for a guest.", seals),
        case(place - 1, "What is said of a guest's being away.", away),
    ]
}

fn keepers(story: &Story) -> Vec<Case> {
    let (mandate, keys) = (story.place_of("seal-mandate"), story.place_of("seal-keys"));
    let who = |account| keeper::mandate(&story.issuer(), account, NOW);
    let key = anna(story).registrar_key();
    let as_anna = Issuer {
        account: story.world.member_id(),
        registrar_key: &key,
        ..story.issuer()
    };
    let short =
        story.changed::<SealKeys>(keys, anna(story), |said| said.ml_dsa_65.0.truncate(1_951));
    let boris = story.boris.as_ref().unwrap();
    let same = story.changed::<SealKeys>(keys, &boris.account_key, |said| {
        said.account = boris.account
    });
    let asks = story.place_of("request-policy");
    let unknown = story
        .changed::<keeper::RequestPolicy>(asks, &story.world.founder_key, |said| said.version = 0);
    vec![
        case(
            mandate - 1,
            "A mandate to seal for nobody.",
            who(AccountId([9; 16])),
        ),
        case(
            last(story),
            "A mandate to seal for an account that has ended.",
            who(story.world.member_id()),
        ),
        case(
            mandate - 1,
            "By an account that is no registrar.",
            keeper::mandate(&as_anna, as_anna.account, NOW),
        ),
        case(
            mandate - 1,
            "The end of a mandate that there is not.",
            keeper::end(&story.issuer(), as_anna.account, NOW),
        ),
        case(
            mandate - 1,
            "Seal keys without a mandate.",
            story.at(keys).clone(),
        ),
        case(
            keys - 1,
            "A key of ML-DSA-65 that is a byte too short.",
            short,
        ),
        case(
            keys,
            "Other seal keys under the same mandate.",
            story.seal_keys(anna(story), 6),
        ),
        case(
            story.place_of("seal-mandate-end") - 1,
            "Seal keys that another account has.",
            same,
        ),
        case(asks - 1, "Version 0 of a policy.", unknown),
    ]
}
