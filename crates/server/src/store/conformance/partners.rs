//! What every backend promises about other organisations.

use super::*;
use crate::store::{Bound, FollowerRow, PartnerUse, Share};
use valise_wire::partner::Introduction;
use valise_wire::request::InboxItem;
use valise_wire::statement::LogEntry;
use valise_wire::{OrganisationId, Timestamp};

const BANK: OrganisationId = OrganisationId([70; 32]);
const COURT: OrganisationId = OrganisationId([71; 32]);

promises! {
    foreign_statements_stand_once_and_in_the_order_in_which_they_came
    a_followed_room_goes_on_where_it_began
    what_a_hub_has_lost_is_forgotten
    a_follower_has_a_pointer_and_an_end
    who_comes_again_gets_what_was_missing
    moves_are_told_by_the_events_that_made_them
    a_carried_welcome_keeps_its_place
    what_is_kept_of_a_partner_is_counted_until_it_goes
    what_a_partner_takes_in_a_day_is_counted_by_the_day
    of_one_device_a_partner_takes_so_many_a_day_and_then_the_last
    an_item_that_waits_goes_behind_all_others
    who_was_shown_is_remembered_with_how_far
    an_introduction_needs_its_link_and_its_time
}

fn entry(position: u64, number: u8) -> LogEntry {
    LogEntry {
        position,
        statement: statement(number),
    }
}

fn foreign_statements_stand_once_and_in_the_order_in_which_they_came(store: &impl Store) {
    let keep = |organisation, entry| Batch::new().entry(Entry::Foreign(organisation, entry));
    done(store, keep(BANK, entry(7, 1)));
    done(store, keep(COURT, entry(7, 2)));
    done(store, keep(BANK, entry(1, 3)));
    done(store, keep(BANK, entry(7, 9)));
    let page = wait(store.foreign(0, 10)).unwrap();
    let seen: Vec<_> = page
        .iter()
        .map(|row| (row.position, row.organisation, row.entry.position))
        .collect();
    assert_eq!(seen, [(1, BANK, 7), (2, COURT, 7), (3, BANK, 1)]);
    assert_eq!(page[0].entry.statement, statement(1), "the first one stays");
    assert_eq!(wait(store.foreign(1, 1)).unwrap().len(), 1);
    assert!(wait(store.foreign(3, 10)).unwrap().is_empty());
}

fn follow(after: u64) -> Batch {
    Batch::new().entry(Entry::Follow(Followed {
        room: ROOM,
        hub: BANK,
        after,
        chain: [3; 32],
    }))
}

fn a_followed_room_goes_on_where_it_began(store: &impl Store) {
    done(store, follow(4).entry(append(ROOM, b"e", None)));
    let row = wait(store.room(ROOM)).unwrap().unwrap();
    let chain = Chain([3; 32]).next(5, EventKind::Message, &digest(b"e"));
    assert_eq!((row.head, row.chain), (5, chain.0));
    assert_eq!(wait(store.followed()).unwrap(), [(ROOM, BANK)]);
    let wrong = Assertion::RoomHead(ROOM, 4);
    let refused = Batch::new().assert(wrong).entry(append(ROOM, b"f", None));
    assert_eq!(wait(store.commit(refused)), Err(StoreError::Failed(wrong)));
    // Anew, further on; and never a room of one's own.
    done(store, follow(9));
    assert_eq!(wait(store.room(ROOM)).unwrap().unwrap().head, 9);
    done(store, new_room(OTHER, ANNA));
    let theirs = Followed {
        room: OTHER,
        hub: BANK,
        after: 3,
        chain: [3; 32],
    };
    done(store, Batch::new().entry(Entry::Follow(theirs)));
    assert_eq!(wait(store.room(OTHER)).unwrap().unwrap().head, 0);
    assert_eq!(wait(store.followed()).unwrap(), [(ROOM, BANK)]);
}

fn what_a_hub_has_lost_is_forgotten(store: &impl Store) {
    let (account, anna) = ANNA;
    let boris = DeviceId([200; 16]);
    let comes = |device| Entry::Member(ROOM, MemberChange::Added(device, account));
    let goes = |device| Entry::Member(ROOM, MemberChange::Removed(device));
    let batch = follow(4).entry(append(ROOM, b"a", None)).entry(comes(anna));
    let batch = batch.entry(append(ROOM, b"b", None)).entry(comes(boris));
    done(
        store,
        batch.entry(append(ROOM, b"c", None)).entry(goes(anna)),
    );
    done(store, Batch::new().entry(Entry::SetBack(ROOM, 5, [9; 32])));
    let row = wait(store.room(ROOM)).unwrap().unwrap();
    assert_eq!((row.head, row.chain), (5, [9; 32]));
    let members = wait(store.members(ROOM)).unwrap();
    let devices: Vec<_> = members.iter().map(|member| member.device).collect();
    assert_eq!(devices, [anna], "who came is not there, who went is");
    done(store, Batch::new().entry(append(ROOM, b"d", None)));
    let events = wait(store.events(ROOM, 4, 9, 10, usize::MAX)).unwrap();
    let bodies: Vec<_> = events.iter().map(|event| event.body.0.clone()).collect();
    assert_eq!(bodies, [b"a".to_vec(), b"d".to_vec()]);
    // A room of one's own stays as it is.
    done(
        store,
        new_room(OTHER, ANNA).entry(append(OTHER, b"a", None)),
    );
    done(store, Batch::new().entry(Entry::SetBack(OTHER, 0, [9; 32])));
    assert_eq!(wait(store.room(OTHER)).unwrap().unwrap().head, 1);
}

fn followers(store: &impl Store) -> Vec<FollowerRow> {
    wait(store.followers(BANK)).unwrap()
}

fn a_follower_has_a_pointer_and_an_end(store: &impl Store) {
    done(store, new_room(ROOM, ANNA).entry(append(ROOM, b"a", None)));
    let chain = wait(store.room(ROOM)).unwrap().unwrap().chain;
    let comes = Batch::new()
        .entry(Entry::Follower(ROOM, BANK))
        .entry(append(ROOM, b"b", None));
    done(store, comes);
    let row = followers(store)[0];
    assert_eq!((row.since, row.has, row.head, row.chain), (1, 1, 2, chain));
    done(store, Batch::new().entry(Entry::FollowerHas(ROOM, BANK, 2)));
    assert_eq!(followers(store)[0].has, 2);
    let goes = Batch::new()
        .entry(append(ROOM, b"c", None))
        .entry(Entry::FollowerLeft(ROOM, BANK));
    done(store, goes);
    done(store, Batch::new().entry(append(ROOM, b"d", None)));
    assert_eq!(
        followers(store)[0].head,
        3,
        "what comes later is not for it"
    );
    assert!(wait(store.followers(COURT)).unwrap().is_empty());
}

fn who_comes_again_gets_what_was_missing(store: &impl Store) {
    done(
        store,
        new_room(ROOM, ANNA).entry(Entry::Follower(ROOM, BANK)),
    );
    done(
        store,
        Batch::new()
            .entry(append(ROOM, b"a", None))
            .entry(Entry::FollowerLeft(ROOM, BANK)),
    );
    done(store, Batch::new().entry(append(ROOM, b"b", None)));
    // Not everything of the first time is there: it goes on from there.
    done(store, Batch::new().entry(Entry::Follower(ROOM, BANK)));
    let row = followers(store)[0];
    assert_eq!((row.since, row.has, row.head), (0, 0, 2));
    done(
        store,
        Batch::new()
            .entry(Entry::FollowerHas(ROOM, BANK, 2))
            .entry(Entry::FollowerLeft(ROOM, BANK)),
    );
    done(store, Batch::new().entry(append(ROOM, b"c", None)));
    // Everything is: it begins where it comes.
    done(store, Batch::new().entry(Entry::Follower(ROOM, BANK)));
    let row = followers(store)[0];
    assert_eq!((row.since, row.has, row.head), (3, 3, 3));
}

fn moves_are_told_by_the_events_that_made_them(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let added = Entry::Member(ROOM, MemberChange::Added(BORIS.1, BORIS.0));
    done(
        store,
        Batch::new().entry(append(ROOM, b"a", None)).entry(added),
    );
    let removed = Entry::Member(ROOM, MemberChange::Removed(BORIS.1));
    done(
        store,
        Batch::new().entry(append(ROOM, b"b", None)).entry(removed),
    );
    let moved = |after, up_to| wait(store.moved(ROOM, after, up_to)).unwrap();
    assert_eq!(
        moved(0, 9),
        [(1, BORIS.1, BORIS.0, true), (2, BORIS.1, BORIS.0, false)]
    );
    assert_eq!(moved(1, 9), [(2, BORIS.1, BORIS.0, false)]);
    assert_eq!(moved(0, 1), [(1, BORIS.1, BORIS.0, true)]);
    assert!(moved(2, 9).is_empty());
}

fn a_carried_welcome_keeps_its_place(store: &impl Store) {
    done(store, follow(4));
    let item = InboxItem {
        position: 12,
        room: ROOM,
        seq: 5,
        chain: [6; 32],
        welcome: Octets::from(&b"welcome"[..]),
    };
    let committed = done(
        store,
        Batch::new().entry(Entry::Carried(BANK, ANNA.1, item)),
    );
    assert_eq!(committed.inboxes, [(ANNA.1, 1)]);
    let page = wait(store.inbox(ANNA.1, 0, 1_000)).unwrap();
    let found = &page.items[0];
    assert_eq!((found.position, found.seq, found.chain), (1, 5, [6; 32]));
    assert_eq!(wait(store.carried(ANNA.1, BANK)), Ok(12));
    assert_eq!(wait(store.carried(ANNA.1, COURT)), Ok(0));
    assert_eq!(wait(store.waiting()), Ok(vec![ANNA.1]));
    done(store, Batch::new().entry(Entry::ClearInbox(ANNA.1, 1)));
    assert_eq!(wait(store.waiting()), Ok(Vec::new()));
}

fn used(store: &impl Store, who: OrganisationId) -> PartnerUse {
    let all = wait(store.partner_use()).unwrap();
    let mut all = all.into_iter().filter(|(partner, _)| *partner == who);
    all.next().map(|(_, used)| used).unwrap_or_default()
}

fn what_is_kept_of_a_partner_is_counted_until_it_goes(store: &impl Store) {
    let uses = |store| {
        let used = used(store, BANK);
        (used.rooms, used.bytes)
    };
    let (account, anna) = ANNA;
    let comes = Entry::Member(ROOM, MemberChange::Added(anna, account));
    let goes = Entry::Member(ROOM, MemberChange::Removed(anna));
    done(store, follow(4).entry(append(ROOM, b"four", None)));
    assert_eq!(uses(store), (0, 4), "nobody of here is in it");
    done(store, Batch::new().entry(comes.clone()));
    let boris = Entry::Member(ROOM, MemberChange::Added(BORIS.1, BORIS.0));
    done(store, Batch::new().entry(boris));
    assert_eq!(uses(store), (1, 4));
    let item = InboxItem {
        position: 1,
        room: ROOM,
        seq: 5,
        chain: [6; 32],
        welcome: Octets::from(&b"welcome"[..]),
    };
    done(store, Batch::new().entry(Entry::Carried(BANK, anna, item)));
    assert_eq!(uses(store), (1, 11));
    done(store, Batch::new().entry(Entry::ClearInbox(anna, 1)));
    assert_eq!(uses(store), (1, 4));
    // One goes, the other goes; both come back where the log is set back.
    let leaves = Batch::new().entry(append(ROOM, b"gone", None)).entry(goes);
    done(store, leaves);
    assert_eq!(uses(store), (1, 8));
    let boris = Entry::Member(ROOM, MemberChange::Removed(BORIS.1));
    done(store, Batch::new().entry(boris));
    assert_eq!(uses(store), (0, 8));
    done(store, Batch::new().entry(Entry::SetBack(ROOM, 5, [9; 32])));
    assert_eq!(uses(store), (1, 4));
    done(store, Batch::new().entry(Entry::SetBack(ROOM, 4, [9; 32])));
    assert_eq!(uses(store), (0, 0));
    // What is one's own is nobody else's.
    done(
        store,
        new_room(OTHER, ANNA).entry(append(OTHER, b"own", None)),
    );
    assert_eq!(uses(store), (0, 0));
    assert_eq!(used(store, COURT), PartnerUse::default());
}

fn what_a_partner_takes_in_a_day_is_counted_by_the_day(store: &impl Store) {
    let takes = |share, day| {
        let bound = Bound {
            partner: BANK,
            share,
            day,
            more: 2,
            most: 4,
        };
        let batch = Batch::new().assert(Assertion::Within(bound));
        let batch = batch.entry(Entry::Counted(BANK, share, day, 2));
        match wait(store.commit(batch)) {
            Ok(_) => true,
            failed => {
                let expected = StoreError::Failed(Assertion::Within(bound));
                assert_eq!(failed, Err(expected));
                false
            }
        }
    };
    for share in [Share::RoomsToday, Share::PackagesToday] {
        assert!(takes(share, 9) && takes(share, 9) && !takes(share, 9));
    }
    // A day is over, or the clock was put back: either way it is another one, for both.
    assert!(takes(Share::RoomsToday, 10));
    assert!(takes(Share::PackagesToday, 10));
    assert!(takes(Share::RoomsToday, 8));
    let used = used(store, BANK);
    assert_eq!((used.day, used.begun, used.claimed), (8, 2, 0));
    let others = Bound {
        partner: COURT,
        share: Share::RoomsToday,
        day: 8,
        more: 1,
        most: 1,
    };
    done(store, Batch::new().assert(Assertion::Within(others)));
}

fn of_one_device_a_partner_takes_so_many_a_day_and_then_the_last(store: &impl Store) {
    let (account, device) = ANNA;
    let packages: Vec<Octets> = (1..=4_u8).map(|one| Octets(vec![one])).collect();
    let kept = Batch::new().entry(Entry::KeyPackages(device, packages));
    done(
        store,
        kept.entry(Entry::LastResort(device, Octets(vec![9]))),
    );
    let takes = |partner, day| {
        let devices = vec![(account, device)];
        let claim = Batch::new().entry(Entry::ClaimFor(partner, day, 1, devices));
        done(store, claim).claimed[0].key_package.0[0]
    };
    assert_eq!([takes(BANK, 5), takes(BANK, 5), takes(BANK, 5)], [1, 9, 9]);
    assert_eq!((takes(COURT, 5), takes(BANK, 6)), (2, 3));
    done(
        store,
        Batch::new().entry(Entry::Claim(vec![(account, device)])),
    );
    assert_eq!(takes(COURT, 7), 9, "there is no other one");
}

fn an_item_that_waits_goes_behind_all_others(store: &impl Store) {
    done(store, new_room(ROOM, ANNA));
    let (_, device) = BORIS;
    for body in [b"a", b"b"] {
        let welcome = Entry::Welcome(ROOM, vec![device], Octets::from(&body[..]));
        done(store, Batch::new().entry(welcome));
    }
    done(store, Batch::new().entry(Entry::Behind(device, 1)));
    done(store, Batch::new().entry(Entry::Behind(device, 1)));
    let inbox = || {
        let page = wait(store.inbox(device, 0, 1_000)).unwrap();
        let items = page.items.into_iter();
        let items: Vec<_> = items.map(|it| (it.position, it.welcome.0)).collect();
        (page.head, items)
    };
    assert_eq!(inbox(), (3, vec![(2, b"b".to_vec()), (3, b"a".to_vec())]));
    done(store, Batch::new().entry(Entry::ClearInbox(device, 2)));
    assert_eq!(inbox(), (3, vec![(3, b"a".to_vec())]));
}

fn who_was_shown_is_remembered_with_how_far(store: &impl Store) {
    let shown = |account| Batch::new().entry(Entry::Shown(BANK, account));
    done(store, shown(BORIS.0));
    done(store, shown(ANNA.0));
    done(store, shown(ANNA.0));
    assert_eq!(wait(store.shown(BANK)), Ok(vec![ANNA.0, BORIS.0]));
    assert_eq!(wait(store.shown(COURT)), Ok(Vec::new()));
    assert_eq!(wait(store.told(BANK)), Ok(0));
    done(store, Batch::new().entry(Entry::Told(BANK, 4)));
    done(store, Batch::new().entry(Entry::Told(BANK, 9)));
    assert_eq!(wait(store.told(BANK)), Ok(9));
}

fn an_introduction_needs_its_link_and_its_time(store: &impl Store) {
    let said = |key, origin: &str| Introduction {
        organisation: statement(1),
        origin: origin.into(),
        key: [key; 32],
        signature: [0; 64],
    };
    let offer = |key, not_after, now| {
        Batch::new().entry(Entry::Offer(
            [key; 32],
            Timestamp(not_after),
            Timestamp(now),
        ))
    };
    assert_eq!(wait(store.offered([1; 32])), Ok(None));
    done(store, offer(1, 1_000, 0));
    assert_eq!(wait(store.offered([1; 32])), Ok(Some(Timestamp(1_000))));
    let introduced = |said| Batch::new().entry(Entry::Introduced(said));
    done(store, introduced(said(1, "https://a.example")));
    done(store, introduced(said(1, "https://b.example")));
    let found = |now| wait(store.introductions(Timestamp(now))).unwrap();
    assert_eq!(
        found(1_000),
        [said(1, "https://a.example")],
        "the first one"
    );
    assert!(found(1_001).is_empty());
    // What is over goes with the next offer.
    done(store, offer(2, 9_000, 2_000));
    assert_eq!(wait(store.offered([1; 32])), Ok(None));
    assert!(found(0).is_empty());
}
