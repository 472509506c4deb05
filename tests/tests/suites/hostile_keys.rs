//! A server that gives out keys of its own, and shows people different directories. Each case is run honestly, attacked, and
//! attacked without what holds it.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::cell::RefCell;
use std::rc::Rc;
use valise_client::content::Meaning;
use valise_client::{Guard, Guards, Input};
use valise_directory::fold::{Check, Checks, Head};
use valise_directory::keys::AccountKey;
use valise_directory::statement::{Device, DeviceList, digest, sign};
use valise_mls::{Change, Rule, Rules};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Ghost, Pair, Way};
use valise_tests::says;
use valise_tests::sim::{Answers, Saboteur, Verdict, Who, World};
use valise_views::Alarm;
use valise_wire::push::{DirectoryMoved, Push};
use valise_wire::request::{ReadDirectory, Reply, Request};
use valise_wire::statement::{LogEntry, StatementKind};
use valise_wire::{AccountId, DeviceId, Problem, Timestamp, from_bytes};

/// Makes a device list that gives an account a device of the server's, signed by a key of the server's, and the place where
/// it would stand.
fn ghost_list(circle: &mut Circle, of: AccountId, ghost: &Ghost, id: DeviceId) -> LogEntry {
    let read = ReadDirectory { after: 0 };
    let Ok(Reply::Directory(page)) = circle.eve.call(&circle.world, read.into()) else {
        panic!("no directory");
    };
    let mut lists = page.entries.iter().filter_map(|entry| {
        let list: DeviceList = from_bytes(&entry.statement.payload).ok()?;
        let is_list = entry.statement.kind == StatementKind::DeviceList;
        (is_list && list.account == of).then(|| (list, digest(&entry.statement)))
    });
    let (mut list, former) = lists.next_back().expect("the account has a list");
    list.version += 1;
    list.previous = Some(former);
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let key = AccountKey::generate(&mut rng);
    let device_key = list.devices[0].device_key;
    list.devices.push(Device {
        id,
        device_key,
        leaf_key: ghost.leaf_key(),
        added_at: circle.world.now,
    });
    list.devices.sort_by_key(|device| device.id);
    LogEntry {
        position: page.head + 1,
        statement: sign(&list, &key),
    }
}

#[test]
fn hs_19_a_ghost_device_of_a_real_person_is_not_let_in() {
    let run = |way: Way| {
        let mut circle = Circle::new(19, way, Circle::colluding());
        circle.trust_eve();
        let ada = circle.world.id_of(circle.boris, circle.ada);
        let ada = AccountId::from_hex(&ada.0).unwrap();
        let id = DeviceId([9; 16]);
        let ghost = Ghost::new(ada, id);
        let entry = ghost_list(&mut circle, ada, &ghost, id);
        let mut add = Vec::new();
        if way.attacked {
            add.push(ghost.key_package(circle.world.now));
            let (victim, head) = (circle.boris, entry.position);
            circle.world.saboteur = Box::new(Answers(move |to, _: &Request, mut reply| {
                if let (true, Reply::Directory(page)) = (to == victim, &mut reply) {
                    page.head = entry.position;
                    page.entries.push(entry.clone());
                }
                reply
            }));
            let moved = Push::DirectoryMoved(DirectoryMoved { head });
            circle.world.give(victim, Input::Push(moved));
        }
        circle.world.advance(5_000);
        circle.eve_commits(Change {
            add,
            ..Change::default()
        });
        (circle.is_closed(), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, vec![]));
    let (closed, alarms) = run(Way::ATTACKED);
    assert!(closed, "what the ghost is let into is closed");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let trusting = Guards::ALL.with_checks(Checks::ALL.without(Check::Signature));
    assert_eq!(run(Way::with(trusting)), (false, vec![]));
}

/// Gives out a key package of its own for one person, and keeps the welcome that it gets for it.
struct Substitutes {
    account: AccountId,
    package: Vec<u8>,
    welcome: Rc<RefCell<Option<Vec<u8>>>>,
}

impl Saboteur for Substitutes {
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        if let Request::Commit(commit) = &request
            && let Some(welcome) = &commit.welcome
        {
            *self.welcome.borrow_mut() = Some(welcome.0.clone());
        }
        Verdict::Pass(request)
    }

    fn reply(
        &mut self,
        _to: Who,
        _request: &Request,
        mut reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        if let Ok(Reply::KeyPackages(claimed)) = &mut reply {
            for package in &mut claimed.packages {
                if package.account == self.account {
                    package.key_package = self.package.clone().into();
                }
            }
        }
        reply
    }
}

#[test]
fn hs_37_a_key_package_of_the_servers_own_adds_nobody() {
    let run = |way: Way| {
        let mut world = World::with(37, Circle::colluding());
        let [ada, boris] = world.team(["Ada", "Boris"]);
        world.guard(ada, way.guards);
        let account = AccountId::from_hex(&world.id_of(ada, boris).0).unwrap();
        let ghost = Ghost::new(account, world.of(boris).device.unwrap());
        let welcome = Rc::new(RefCell::new(None));
        if way.attacked {
            world.saboteur = Box::new(Substitutes {
                account,
                package: ghost.key_package(world.now),
                welcome: welcome.clone(),
            });
        }
        let chat = world.group(ada, "Registry", &[boris]);
        world.settle();
        let welcome = welcome.borrow_mut().take();
        let opened = welcome.is_some_and(|welcome| {
            let opened = ghost.member(world.now).open_welcome(&welcome, false);
            opened.is_ok()
        });
        let alarms = world.alarms(ada);
        world.saboteur = Box::new(valise_tests::sim::Honest);
        world.advance(300_000);
        world.says(ada, &chat, "welcome");
        world.settle();
        let boris_reads = world
            .chat(boris, "Registry")
            .map(|chat| world.texts(boris, &chat));
        (opened, alarms, boris_reads)
    };
    let welcome = Some(vec!["welcome".to_owned()]);
    assert_eq!(run(Way::HONEST), (false, vec![], welcome.clone()));

    let (opened, alarms, boris_reads) = run(Way::ATTACKED);
    assert!(!opened, "the server is not in the room");
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(boris_reads, welcome, "and Boris is, once it is honest");

    let careless = Guards::ALL
        .without(Guard::ClaimedKeys)
        .with_rules(Rules::ALL.without(Rule::KnownDevice));
    assert!(run(Way::with(careless)).0, "the server reads along");
}

/// Keeps the end of the directory from one person.
struct KeepsBack {
    from: Who,
    after: u64,
}

impl Saboteur for KeepsBack {
    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        mut reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        let after = self.after;
        if to == self.from {
            match &mut reply {
                Ok(Reply::Directory(page)) => {
                    page.entries.retain(|entry| entry.position <= after);
                    page.head = after;
                }
                Ok(Reply::Sync(state)) => state.directory_head = after,
                _ => {}
            }
        }
        reply
    }

    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        if to == self.from && matches!(push, Push::DirectoryMoved(_)) {
            Vec::new()
        } else {
            vec![push]
        }
    }
}

#[test]
fn hs_43_a_directory_that_is_kept_back_from_some_is_noticed() {
    let run = |way: Way| {
        let mut pair = Pair::new(143, way, |pair| pair.boris);
        // Six of Ada's founding, an invitation, and the three of Boris's joining.
        let (from, after) = (pair.boris, 10);
        pair.attack(way, KeepsBack { from, after });
        pair.world.invite(pair.ada, "Clara");
        pair.world.advance(10_000);
        pair.ada_says("Clara comes on Monday");
        pair.world.advance(300_000);
        (pair.boris_reads().len(), pair.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (3, vec![]));
    let (read, alarms) = run(Way::ATTACKED);
    assert_eq!(read, 3);
    assert!(says!(alarms, Alarm::DirectoryDiffers { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::DirectoryHeads)), (3, vec![]));
}

#[test]
fn hs_44_two_directories_are_noticed() {
    let run = |way: Way| {
        let mut circle = Circle::new(44, way, Protections::default());
        // What somebody says who was shown another log: the same number of statements, and not the same ones.
        let read = ReadDirectory { after: 0 };
        let Ok(Reply::Directory(page)) = circle.eve.call(&circle.world, read.into()) else {
            panic!("no directory");
        };
        let mut true_one = Head::default();
        for entry in &page.entries {
            true_one = true_one.next(entry.position, &entry.statement);
        }
        let mut directory = true_one;
        if way.attacked {
            directory.chain[0] ^= 1;
        }
        // Of the room she tells the truth; a number that Boris knows no chain of any more is not compared.
        let meaning = Meaning::Checkpoint {
            seq: 0,
            chain: valise_mls::Chain::start(circle.room).0,
            directory,
        };
        let content = circle.eve.content(circle.room, &meaning);
        circle.eve_says(&content);
        circle.boris_hears()
    };
    assert_eq!(run(Way::HONEST), []);
    let alarms = run(Way::ATTACKED);
    assert!(says!(alarms, Alarm::DirectoryDiffers { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::DirectoryHeads)), []);
}
