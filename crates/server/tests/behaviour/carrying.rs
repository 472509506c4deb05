//! What happens between two things that are carried to a partner.

use crate::partners::{Pair, bank, pair_by, record};
use crate::stage::*;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
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

type Act = Box<dyn FnOnce() + std::marker::Send>;

/// A bank that takes what is in order, and in whose office something happens while the first room is carried there.
struct Bank {
    record: OrganisationRecord,
    meanwhile: Mutex<Option<Act>>,
    followed: Mutex<Vec<RoomId>>,
    said: Mutex<Vec<(&'static str, RoomId)>>,
    /// Last number of each part, and whether it is worth waking somebody.
    wakes: Mutex<Vec<(u64, bool)>>,
}

impl Bank {
    fn listening(bank: &Founded) -> Arc<Self> {
        Arc::new(Self {
            record: record(bank),
            meanwhile: Mutex::default(),
            followed: Mutex::default(),
            said: Mutex::default(),
            wakes: Mutex::default(),
        })
    }

    fn answer(&self, request: PartnerRequest) -> Result<PartnerReply, Problem> {
        let mut said = self.said.lock().unwrap();
        match request {
            PartnerRequest::FollowRoom(part) => {
                said.push(("room", part.room));
                drop(said);
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

/// Makes what brings the bank's device into a room of the founder.
fn brings_in(pair: &Pair, theirs: &Person, room: RoomId) -> Commit {
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
    let bank = bank();
    let line = Bank::listening(&bank);
    let pair = pair_by(line.clone(), bank, Protections::default());
    pair.show_founder();
    let theirs = someone(50, pair.bank.account, pair.bank.account_key.clone());
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

/// A follower hears of each part of a log whether it is worth waking somebody; a server that was just started wakes rather than not.
#[test]
fn a_receipt_wakes_nobody_elsewhere() {
    for told_wakes in [true, false] {
        let bank = bank();
        let line = Bank::listening(&bank);
        let protections = Protections {
            told_wakes,
            ..Protections::default()
        };
        let pair = pair_by(line.clone(), bank, protections);
        pair.show_founder();
        let theirs = someone(50, pair.bank.account, pair.bank.account_key.clone());
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
