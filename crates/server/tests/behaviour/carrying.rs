//! What happens between two things that are carried to a partner.

use crate::impostor::Log;
use crate::partners::{Pair, bank, pair_by, record};
use crate::stage::*;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use valise_directory::found::Founded;
use valise_mls::{Change, Member, Standing, Suite, rules};
use valise_server::partners::{Line, Unreachable, Whom, relay};
use valise_server::service::Protections;
use valise_wire::partner::*;
use valise_wire::policy::{LeafIdentity, RoomKind};
use valise_wire::request::*;
use valise_wire::{AccountId, OrganisationId, Problem, ProblemCode, RoomId, TransactionId};

const FIRST: RoomId = RoomId([1; 16]);
const SECOND: RoomId = RoomId([2; 16]);

const OVER: Problem = Problem {
    code: ProblemCode::RateLimited,
    retry_after_ms: Some(600_000),
};

type Act = Box<dyn FnOnce() + std::marker::Send>;

/// A bank that takes what is in order, and in whose office something happens while the first room is carried there.
struct Bank {
    record: OrganisationRecord,
    meanwhile: Mutex<Option<Act>>,
    followed: Mutex<Vec<RoomId>>,
    said: Mutex<Vec<(&'static str, RoomId)>>,
    /// Rooms of which it takes no more for now.
    over: Mutex<Vec<RoomId>>,
    /// Whether it takes no more welcomes for now.
    full: AtomicBool,
    /// Last number of each part, and whether it is worth waking somebody.
    wakes: Mutex<Vec<(u64, bool)>>,
}

impl Bank {
    fn new(bank: &Founded) -> Arc<Self> {
        Arc::new(Self {
            record: record(bank),
            meanwhile: Mutex::default(),
            followed: Mutex::default(),
            said: Mutex::default(),
            over: Mutex::default(),
            full: AtomicBool::new(false),
            wakes: Mutex::default(),
        })
    }

    fn said(&self) -> Vec<(&'static str, RoomId)> {
        std::mem::take(&mut self.said.lock().unwrap())
    }

    fn answer(&self, request: PartnerRequest) -> Result<PartnerReply, Problem> {
        let mut said = self.said.lock().unwrap();
        match request {
            PartnerRequest::FollowRoom(part) => {
                said.push(("room", part.room));
                drop(said);
                if self.over.lock().unwrap().contains(&part.room) {
                    return Err(OVER);
                }
                let act = self.meanwhile.lock().unwrap().take();
                act.into_iter().for_each(|act| act());
                self.followed.lock().unwrap().push(part.room);
                let head = part.events.last().map_or(part.after, |event| event.seq);
                self.wakes.lock().unwrap().push((head, part.wakes));
                Ok(Followed { head }.into())
            }
            PartnerRequest::Welcome(welcome) => {
                let room = welcome.item.room;
                said.push(("welcome", room));
                if self.full.load(Ordering::SeqCst) {
                    return Err(OVER);
                }
                let known = self.followed.lock().unwrap().contains(&room);
                let refused = Problem::new(ProblemCode::Refused);
                known.then(|| Done {}.into()).ok_or(refused)
            }
            PartnerRequest::ReadAccounts(_) => Ok(Excerpt {
                account: None,
                entries: Vec::new(),
            }
            .into()),
            _ => Ok(Done {}.into()),
        }
    }
}

impl Line for Bank {
    fn meet<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        async { Ok(self.record.clone()) }.boxed()
    }

    fn call<'a>(
        &'a self,
        _: OrganisationId,
        _: &'a str,
        _: Option<Whom>,
        request: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        async { Ok(self.answer(request)) }.boxed()
    }
}

/// One's own people and the bank's one device.
struct Both(Known);

impl rules::Directory for Both {
    fn standing(&self, leaf: &LeafIdentity) -> Standing {
        let theirs = listed(50);
        if leaf.device == theirs.id {
            Standing::Valid(theirs.leaf_key)
        } else {
            self.0.standing(leaf)
        }
    }

    fn is_ended(&self, account: &AccountId) -> bool {
        self.0.is_ended(account)
    }
}

/// A ministry that has shown its founder to such a bank, and somebody there.
fn stand(protections: Protections) -> (Arc<Bank>, Pair, Person) {
    let bank = bank();
    let line = Bank::new(&bank);
    let pair = pair_by(line.clone(), bank, protections);
    pair.show_founder();
    let theirs = someone(50, pair.bank.account, pair.bank.account_key.clone());
    (line, pair, theirs)
}

/// Makes what brings the bank's device into a room of the founder.
pub fn brings_in(pair: &Pair, theirs: &Person, room: RoomId) -> Commit {
    let stage = &pair.stage;
    stage.make_room(room, RoomKind::Group);
    let both = Both(stage.directory());
    let member = |who: &Person, act: &mut dyn FnMut(Member<'_>)| {
        act(Member::new(
            &who.device,
            &who.store,
            &who.random,
            &both,
            stage.now,
        ));
    };
    let mut add = Vec::new();
    member(theirs, &mut |member| {
        add.push(member.key_package(Suite::Classic, false).unwrap());
    });
    let mut asked = None;
    member(&stage.founder, &mut |member| {
        let mut room = member.load(room).unwrap().unwrap();
        let change = Change {
            add: add.clone(),
            ..Change::default()
        };
        asked = Some(room.commit(change).unwrap());
    });
    Commit {
        room,
        ..commit(&asked.unwrap(), room.0[0])
    }
}

/// Somebody who is brought into a room between the carrying of the logs and the carrying of the welcomes has his welcome after the room, and
/// nothing is held against his server.
#[test]
fn a_welcome_waits_for_its_room_and_holds_nothing_up() {
    let (line, pair, theirs) = stand(Protections::default());
    let (first, second) = (
        brings_in(&pair, &theirs, FIRST),
        brings_in(&pair, &theirs, SECOND),
    );
    let caller = pair.stage.founder.caller;
    pair.stage.call(&caller, first).unwrap();
    let (service, now) = (pair.stage.service.clone(), pair.stage.now);
    *line.meanwhile.lock().unwrap() = Some(Box::new(move || {
        wait(service.call(&caller, second.into(), now)).unwrap();
    }));
    // Both at one and the same moment: who is left alone is not called again in it.
    for _ in 0..2 {
        assert_eq!(wait(relay(&pair.stage.service, now)), None);
    }
    let said = line.said.lock().unwrap();
    assert_eq!(
        *said,
        [
            ("room", FIRST),
            ("welcome", FIRST),
            ("room", SECOND),
            ("welcome", SECOND)
        ]
    );
}

/// BI-44, seen from the hub: a room of which a partner takes no more waits by itself. Others go on, with their welcomes, and so does what
/// devices ask; it is tried again, less and less often; and once there is room, everything comes, in order.
#[test]
fn bi_44_a_room_that_a_partner_does_not_take_waits_and_holds_nothing_up() {
    let (line, mut pair, theirs) = stand(Protections::default());
    let caller = pair.stage.founder.caller;
    for room in [FIRST, SECOND] {
        let brought = brings_in(&pair, &theirs, room);
        pair.stage.call(&caller, brought).unwrap();
    }
    line.over.lock().unwrap().push(FIRST);
    let service = pair.stage.service.clone();
    let (room, welcome) = (("room", FIRST), ("welcome", FIRST));
    let others = [("room", SECOND), ("welcome", SECOND)];
    let logged = Log::default().during(|| {
        assert_eq!(wait(relay(&service, pair.stage.now)), None);
    });
    assert_eq!(line.said(), [&[room][..], &others].concat());
    let said = "takes no more of some rooms for now";
    let partner = &pair.bank.organisation.to_string()[..8];
    assert!(
        logged.contains(said) && logged.contains(partner),
        "{logged}"
    );
    // Nothing is held against the partner, and nothing is offered again at once.
    let find = FindForeign {
        partner: pair.bank.organisation,
        address_tag: [0; 32],
    };
    let found = pair.stage.call(&caller, find);
    assert_eq!(
        found.map_err(|problem| problem.code),
        Err(ProblemCode::Unavailable),
        "it answers, though not that"
    );
    assert_eq!(wait(relay(&service, pair.stage.now)), None);
    assert_eq!(line.said(), []);
    // In a day it is offered so often that it is there soon after there is room, and not more.
    let mut offered = 0;
    for _ in 0..24 * 60 {
        pair.stage.now = pair.stage.now.plus_millis(60_000);
        assert_eq!(wait(relay(&service, pair.stage.now)), None);
        let said = line.said();
        assert!(said.iter().all(|said| *said == room), "{said:?}");
        offered += said.len();
    }
    assert!((100..250).contains(&offered), "{offered}");
    line.over.lock().unwrap().clear();
    for _ in 0..12 {
        pair.stage.now = pair.stage.now.plus_millis(60_000);
        wait(relay(&service, pair.stage.now));
    }
    assert_eq!(line.said(), [room, welcome]);
}

/// The same of welcomes, which a partner keeps like all else: rooms go on, and they are tried again, less and less often.
#[test]
fn bi_44_welcomes_that_a_partner_does_not_keep_wait_and_hold_no_room_up() {
    let (line, mut pair, theirs) = stand(Protections::default());
    let caller = pair.stage.founder.caller;
    let service = pair.stage.service.clone();
    line.full.store(true, Ordering::SeqCst);
    let first = brings_in(&pair, &theirs, FIRST);
    pair.stage.call(&caller, first).unwrap();
    assert_eq!(wait(relay(&service, pair.stage.now)), None);
    assert_eq!(line.said(), [("room", FIRST), ("welcome", FIRST)]);
    // Another room is carried at once, and its welcome waits with the first.
    let second = brings_in(&pair, &theirs, SECOND);
    pair.stage.call(&caller, second).unwrap();
    let logged = Log::default().during(|| {
        assert_eq!(wait(relay(&service, pair.stage.now)), None);
    });
    assert_eq!(line.said(), [("room", SECOND)]);
    assert_eq!(logged, "", "the operator was told");
    line.full.store(false, Ordering::SeqCst);
    pair.stage.now = pair.stage.now.plus_millis(60_000);
    wait(relay(&service, pair.stage.now));
    assert_eq!(line.said(), [("welcome", FIRST), ("welcome", SECOND)]);
}

/// A follower hears of each part of a log whether it is worth waking somebody; a server that was just started wakes rather than not.
#[test]
fn a_receipt_wakes_nobody_elsewhere() {
    for told_wakes in [true, false] {
        let (line, pair, theirs) = stand(Protections {
            told_wakes,
            ..Protections::default()
        });
        let stage = &pair.stage;
        let caller = stage.founder.caller;
        stage
            .call(&caller, brings_in(&pair, &theirs, ROOM))
            .unwrap();
        both(&pair, |room| room.confirm_commit().unwrap());
        assert_eq!(wait(relay(&stage.service, stage.now)), None);
        line.wakes.lock().unwrap().clear();
        for (name, wakes) in [(1, false), (2, false), (3, true), (4, false)] {
            let (epoch, message) = both(&pair, |room| {
                (room.epoch(), room.encrypt(b"text", b"").unwrap())
            });
            let said = Send {
                room: ROOM,
                transaction: TransactionId([name; 16]),
                epoch,
                wakes,
                message: message.into(),
            };
            stage.call(&caller, said).unwrap();
            assert_eq!(wait(relay(&stage.service, stage.now)), None);
        }
        let told = line
            .wakes
            .lock()
            .unwrap()
            .iter()
            .map(|it| it.1)
            .collect::<Vec<_>>();
        let truth = [false, false, true, false];
        assert_eq!(told, truth.map(|wakes| wakes || !told_wakes));
    }
}

/// Does something in the founder's room with the bank's device in it.
fn both<T>(pair: &Pair, act: impl FnOnce(&mut valise_mls::Room<'_>) -> T) -> T {
    let (stage, founder) = (&pair.stage, &pair.stage.founder);
    let both = Both(stage.directory());
    let member = Member::new(
        &founder.device,
        &founder.store,
        &founder.random,
        &both,
        stage.now,
    );
    act(&mut member.load(ROOM).unwrap().unwrap())
}
