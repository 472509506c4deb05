//! BI-45: partners that never answer.

use crate::partners::founded_as;
use crate::stage::*;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, pending};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use valise_directory::found::Founded;
use valise_directory::partner::{self, PartnerKey};
use valise_mls::HubKey;
use valise_server::Clock;
use valise_server::partners::{Line, Relay, Unreachable, Whom, relay};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::partner::*;
use valise_wire::policy::RoomKind;
use valise_wire::request::*;
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp};

const BANK: &str = "https://bank.example";
const COURT: &str = "https://court.example";

/// Once more than in this time nobody is asked who he is.
const MINUTE: u64 = 61_000;

#[derive(Default)]
struct Moving(AtomicU64);

impl Clock for Moving {
    fn now(&self) -> Timestamp {
        START.plus_millis(self.0.load(Ordering::SeqCst))
    }
}

/// What becomes of a call to the bank.
#[derive(Clone, Copy, PartialEq)]
enum Bank {
    /// The line takes it, and nothing ever comes back.
    Hangs,
    /// There is nobody.
    Fails,
}

/// The bank and the court say who they are and take everything, the bank until it is turned. What they are asked can be listened to.
struct Lines {
    records: Vec<(&'static str, OrganisationRecord)>,
    bank: Bank,
    turned: Arc<AtomicBool>,
    asked: mpsc::UnboundedSender<&'static str>,
}

impl Lines {
    fn reach<'a, T: std::marker::Send + 'a>(
        &self,
        origin: &'a str,
        answer: T,
    ) -> BoxFuture<'a, Result<T, Unreachable>> {
        let is_bank = origin == BANK;
        let _ = self.asked.send(if is_bank { "bank" } else { "court" });
        match self.bank {
            _ if !is_bank || !self.turned.load(Ordering::SeqCst) => async { Ok(answer) }.boxed(),
            Bank::Hangs => pending().boxed(),
            Bank::Fails => async { Err(Unreachable) }.boxed(),
        }
    }
}

impl Line for Lines {
    fn meet<'a>(
        &'a self,
        origin: &'a str,
    ) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        let mut records = self.records.iter();
        let (_, record) = records.find(|(place, _)| *place == origin).unwrap();
        self.reach(origin, record.clone())
    }

    fn call<'a>(
        &'a self,
        _: OrganisationId,
        origin: &'a str,
        _: Option<Whom>,
        request: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        let nothing = Excerpt {
            account: None,
            entries: Vec::new(),
        };
        let answer = match request {
            PartnerRequest::ReadAccounts(_) => nothing.into(),
            _ => Done {}.into(),
        };
        self.reach(origin, Ok(answer))
    }
}

struct Scene {
    stage: Stage,
    bank: Founded,
    asked: mpsc::UnboundedReceiver<&'static str>,
    turned: Arc<AtomicBool>,
}

/// A ministry whose partners are the bank, which answers nothing from now on, and the court.
fn scene(bank: Bank, protections: Protections) -> Scene {
    let partners = [(BANK, "bank.example", 77), (COURT, "court.example", 78)];
    let founded = partners.map(|(origin, domain, seed)| (origin, founded_as(domain, seed)));
    let record = |(origin, founded): &(&'static str, Founded)| {
        let record = OrganisationRecord {
            domain: origin["https://".len()..].into(),
            statement: Some(founded.statements[0].clone()),
            hub_key: HubKey::from_secret(&[8; 32]).public(),
            generation: [1; 16],
        };
        (*origin, record)
    };
    let (sender, asked) = mpsc::unbounded_channel();
    let turned = Arc::new(AtomicBool::new(false));
    let settings = valise_server::Settings {
        line: Arc::new(Lines {
            records: founded.iter().map(record).collect(),
            bank,
            turned: turned.clone(),
            asked: sender,
        }),
        ..settings(protections)
    };
    let mut stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
    for (origin, partner) in &founded {
        let mut rng = stage.rng.clone();
        let key = PartnerKey::from_bytes(&[5; 32]);
        let (issuer, id) = (stage.issuer(), partner.organisation);
        let statement = partner::partner(&issuer, id, 1, origin, &key, START, &mut rng);
        stage.rng = rng;
        stage
            .call(&stage.founder.caller, Publish { statement })
            .unwrap();
    }
    assert_eq!(wait(relay(&stage.service, START)), None);
    turned.store(true, Ordering::SeqCst);
    stage.now = START.plus_millis(MINUTE);
    let [(_, bank), _] = founded;
    let mut scene = Scene {
        stage,
        bank,
        asked,
        turned,
    };
    scene.taken();
    scene
}

impl Scene {
    fn find(&self) -> Request {
        let partner = self.bank.organisation;
        let address_tag = [0; 32];
        FindForeign {
            partner,
            address_tag,
        }
        .into()
    }

    fn taken(&mut self) -> usize {
        std::iter::from_fn(|| self.asked.try_recv().ok())
            .filter(|whom| *whom == "bank")
            .count()
    }
}

#[test]
fn bi_45_whoever_does_not_answer_is_left_alone() {
    for patience in [true, false] {
        let protections = Protections {
            patience,
            ..Protections::default()
        };
        let mut scene = scene(Bank::Fails, protections);
        wait(relay(&scene.stage.service, scene.stage.now));
        assert_eq!(scene.taken(), 1);
        for _ in 0..1_000 {
            let (caller, find) = (scene.stage.founder.caller, scene.find());
            let asked = code(scene.stage.call(&caller, find));
            assert_eq!(asked, ProblemCode::Unavailable);
        }
        assert_eq!(scene.taken(), if patience { 0 } else { 1_000 });
        // In a while it is asked again.
        scene.turned.store(false, Ordering::SeqCst);
        scene.stage.now = scene.stage.now.plus_millis(MINUTE);
        let (caller, find) = (scene.stage.founder.caller, scene.find());
        let answer = scene.stage.call(&caller, find);
        assert_eq!((scene.taken(), code(answer)), (1, ProblemCode::Unavailable));
    }
}

#[test]
fn bi_45_whoever_never_answers_is_asked_so_much_at_once_and_holds_up_nobody_here() {
    for patience in [true, false] {
        let protections = Protections {
            patience,
            ..Protections::default()
        };
        let mut scene = scene(Bank::Hangs, protections);
        scene.stage.room(RoomKind::Group, &[]);
        let service = scene.stage.service.clone();
        let caller = scene.stage.founder.caller;
        // The relay, too, waits for an answer that does not come.
        let now = scene.stage.now;
        let mut carrying = Box::pin(relay(&service, now));
        assert!(carrying.as_mut().now_or_never().is_none());
        scene.taken();
        let mut waiting = Vec::new();
        for _ in 0..1_000 {
            let mut asked = Box::pin(service.call(&caller, scene.find(), now));
            match asked.as_mut().now_or_never() {
                None => waiting.push(asked),
                Some(answer) => assert_eq!(code(answer), ProblemCode::Unavailable),
            }
        }
        let sent = scene.taken();
        assert_eq!(sent, waiting.len());
        assert_eq!(sent == 1_000, !patience, "{sent}");
        let message = scene.stage.message(&scene.stage.founder, 1, "at home");
        scene.stage.call(&caller, message).unwrap();
        // Whoever gives up makes room for others.
        waiting.clear();
        let mut asked = Box::pin(service.call(&caller, scene.find(), now));
        assert!(asked.as_mut().now_or_never().is_none());
    }
}

/// What there is for the court comes there, though the bank has not answered what was carried to it before.
#[tokio::test(start_paused = true)]
async fn bi_45_a_partner_that_never_answers_holds_up_no_other_one() {
    let mut scene = scene(Bank::Hangs, Protections::default());
    let clock = Arc::new(Moving::default());
    let carrying = Relay::new(clock.clone()).run(scene.stage.service.clone());
    let carrying = tokio::spawn(carrying);
    for round in 1..4 {
        clock.0.store(round * MINUTE, Ordering::SeqCst);
        // Whatever is said sets the carrying off.
        scene.stage.invite(1);
        let asked = async { while scene.asked.recv().await != Some("court") {} };
        let came = tokio::time::timeout(Duration::from_secs(3_600), asked).await;
        assert!(came.is_ok(), "{round}");
    }
    carrying.abort();
}
