//! Two founded organisations besides one's own: one of them stands at the other one's address (HS-47), or speaks of its rooms (BI-41). Each
//! signs rightly, by its own key.

use crate::carrying::brings_in;
use crate::following::begin;
use crate::partners::{
    BANK, BANK_KEY, HERE, Pair, Still, Wire, bank, founded_with, pair_over, record,
};
use crate::stage::*;
use axum::Extension;
use axum::http::StatusCode;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;
use valise_directory::found::Founded;
use valise_directory::invite::Issuer;
use valise_directory::partner::{self, PartnerKey};
use valise_mls::HubKey;
use valise_server::accept::ClientAddress;
use valise_server::config::Origin;
use valise_server::http;
use valise_server::partners::{Bounds, HttpLine, Line, Reach, Unreachable, Whom, relay};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::{Caller, Service, Settings};
use valise_wire::partner::*;
use valise_wire::request::*;
use valise_wire::{
    AccountId, BlobId, Octets, OrganisationId, Problem, ProblemCode, RoomId, to_bytes,
};

const COURT: &str = "https://court.example";
const COURT_KEY: [u8; 32] = [18; 32];
const MINUTE: u64 = 61_000;

/// A folder with a store of which everything can be read.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("valise-impostor-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn store(&self) -> SqliteStore {
        SqliteStore::open(&self.path(), [1; 16]).unwrap()
    }

    fn path(&self) -> PathBuf {
        self.0.join("valise.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// All rows of all tables.
pub fn everything(path: &Path) -> Vec<(String, Vec<Value>)> {
    let database = Connection::open(path).unwrap();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let mut tables = database.prepare(sql).unwrap();
    let tables = tables.query_map([], |row| row.get(0)).unwrap();
    let tables: Vec<String> = tables.map(Result::unwrap).collect();
    let mut all = Vec::new();
    for table in tables {
        let mut rows = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let rows = rows.query_map([], |row| (0..columns).map(|it| row.get(it)).collect());
        all.extend(rows.unwrap().map(|row| (table.clone(), row.unwrap())));
    }
    all
}

/// Says who somebody is, and that is all.
struct Says(Vec<(&'static str, OrganisationRecord)>);

impl Line for Says {
    fn meet<'a>(
        &'a self,
        origin: &'a str,
    ) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        let found = self.0.iter().find(|(place, _)| *place == origin);
        let found = found.map(|(_, record)| record.clone());
        async move { found.ok_or(Unreachable) }.boxed()
    }

    fn call<'a>(
        &'a self,
        _: OrganisationId,
        _: &'a str,
        _: Option<Whom>,
        _: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        async { Err(Unreachable) }.boxed()
    }
}

/// The line to the bank, at whose name another server stands from some day on.
struct Turning {
    bank: OrganisationRecord,
    turned: AtomicBool,
    /// How the other one is called, and where it is.
    there: Mutex<Option<(HttpLine, String)>>,
    /// What was asked there, and whether an answer was believed.
    asked: Mutex<Vec<(&'static str, bool)>>,
}

impl Line for Turning {
    fn meet<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        async {
            if !self.turned.load(Ordering::SeqCst) {
                return Ok(self.bank.clone());
            }
            let there = self.there.lock().unwrap();
            let (line, address) = there.as_ref().unwrap();
            // A test asks one thing after the other.
            wait(line.meet(address))
        }
        .boxed()
    }

    fn call<'a>(
        &'a self,
        from: OrganisationId,
        _: &'a str,
        whom: Option<Whom>,
        request: PartnerRequest,
    ) -> BoxFuture<'a, Result<Result<PartnerReply, Problem>, Unreachable>> {
        async move {
            if !self.turned.load(Ordering::SeqCst) {
                return Err(Unreachable);
            }
            let there = self.there.lock().unwrap();
            let (line, address) = there.as_ref().unwrap();
            let name = request.name();
            let answer = wait(line.call(from, address, whom, request));
            self.asked.lock().unwrap().push((name, answer.is_ok()));
            answer
        }
        .boxed()
    }
}

/// The court: founded, and partner of the ministry, too.
struct Court {
    service: Arc<Service<SqliteStore>>,
    founded: Founded,
}

impl Court {
    fn new(ministry: &Founded, protections: Protections) -> Self {
        let founded = founded_with("court.example", 79, &COURT_KEY);
        let record = OrganisationRecord {
            domain: DOMAIN.into(),
            statement: Some(ministry.statements[0].clone()),
            hub_key: HubKey::from_secret(&[9; 32]).public(),
            generation: [1; 16],
        };
        let settings = Settings {
            line: Arc::new(Says(vec![(HERE, record)])),
            protections,
            ..Settings::new("court.example", HubKey::from_secret(&COURT_KEY))
        };
        let store = SqliteStore::in_memory([2; 16]).unwrap();
        let service = Arc::new(wait(Service::open(store, settings, START)).unwrap());
        let code = wait(service.renew_setup_code()).unwrap().unwrap();
        let request = Found {
            setup_code: Octets::from(&code[..]),
            statements: founded.statements.clone(),
        };
        wait(service.call(&STRANGER, request.into(), START)).unwrap();
        let court = Self { service, founded };
        court.make_partner(ministry.organisation);
        court
    }

    fn caller(&self) -> Caller {
        let asked = wait(self.service.call(&STRANGER, GetChallenge {}.into(), START));
        let Ok(Reply::Challenge(challenge)) = asked else {
            panic!("{asked:?}");
        };
        let (account, id) = (self.founded.account, self.founded.organisation);
        let person = someone(50, account, self.founded.account_key.clone());
        let signed = valise_directory::sign_in::sign_in(
            id,
            "court.example",
            account,
            person.listed.id,
            &challenge,
            &person.device_key,
        );
        match wait(self.service.call(&STRANGER, signed.into(), START)) {
            Ok(Reply::Session(session)) => {
                let signed = self.service.authenticate(&session.token, START);
                signed.unwrap().caller()
            }
            other => panic!("{other:?}"),
        }
    }

    fn make_partner(&self, ministry: OrganisationId) {
        let registrar_key = self.founded.account_key.registrar_key();
        let issuer = Issuer {
            organisation: self.founded.organisation,
            account: self.founded.account,
            registrar_key: &registrar_key,
            directory_key: &self.founded.directory_key,
        };
        let mut rng = ChaCha20Rng::from_seed([4; 32]);
        let key = PartnerKey::from_bytes(&[6; 32]);
        let statement = partner::partner(&issuer, ministry, 1, HERE, &key, START, &mut rng);
        let publish = Publish { statement }.into();
        wait(self.service.call(&self.caller(), publish, START)).unwrap();
        wait(relay(&self.service, START));
        assert!(self.service.partner_key(ministry).is_some());
    }

    /// Listens on this machine. Returns where.
    fn listen(&self, runtime: &Runtime) -> String {
        let listener = runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0)));
        let listener = listener.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let routes = http::router(self.service.clone(), Arc::new(Still), &address)
            .layer(Extension(ClientAddress([192, 0, 2, 9].into())));
        runtime.spawn(async move { axum::serve(listener, routes).await });
        address
    }
}

/// What is logged while something is done.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub fn during(&self, act: impl FnOnce()) -> String {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, act);
        String::from_utf8(std::mem::take(&mut self.0.lock().unwrap())).unwrap()
    }
}

struct Scene {
    pair: Pair,
    line: Arc<Turning>,
    folder: Folder,
    /// Last, so that it outlives what is served by it.
    _runtime: Runtime,
}

/// A ministry that knows the bank, with a room in which its founder is; from now on the court answers at the bank's name.
fn scene(name: &str, pinned: bool) -> Scene {
    let runtime = Runtime::new().unwrap();
    let bank = bank();
    let line = Arc::new(Turning {
        bank: record(&bank),
        turned: AtomicBool::new(false),
        there: Mutex::default(),
        asked: Mutex::default(),
    });
    let folder = Folder::new(name);
    let protections = Protections {
        pinned,
        ..Protections::default()
    };
    let settings = Settings {
        line: line.clone(),
        ..settings(protections)
    };
    let entropy = settings.entropy.clone();
    let pair = pair_over(folder.store(), settings, bank);
    pair.show_founder();
    let theirs = someone(50, pair.bank.account, pair.bank.account_key.clone());
    let brought = brings_in(&pair, &theirs, RoomId([1; 16]));
    pair.stage
        .call(&pair.stage.founder.caller, brought)
        .unwrap();
    // It takes whatever it is handed.
    let greedy = Protections {
        brought: false,
        hubs: false,
        ..Protections::default()
    };
    let court = Court::new(&pair.stage.founded, greedy);
    let address = court.listen(&runtime);
    let own = Origin::parse(ORIGIN).unwrap();
    let reach = Reach::new(vec![Origin::parse(&address).unwrap()], &own);
    let key = HubKey::from_secret(&[9; 32]);
    let guard = runtime.enter();
    let there = HttpLine::new(reach, None, key, Arc::new(Still), entropy).unwrap();
    drop(guard);
    *line.there.lock().unwrap() = Some((there, address));
    line.turned.store(true, Ordering::SeqCst);
    Scene {
        pair,
        line,
        folder,
        _runtime: runtime,
    }
}

/// HS-47: another founded organisation is served at the address of a partner, with its record and its right signatures. It is called in
/// vain: nothing of the partner's is carried there and nothing that it says is kept, and the operator hears of it.
#[test]
fn hs_47_another_founded_organisation_at_the_address_of_a_partner_gets_and_gives_nothing() {
    for pinned in [true, false] {
        let scene = scene(&format!("address-{pinned}"), pinned);
        let guard = scene._runtime.enter();
        let stage = &scene.pair.stage;
        let before = everything(&scene.folder.path());
        let bank = scene.pair.bank.organisation;
        let now = START.plus_millis(MINUTE);
        let (mut found, mut offices) = (None, None);
        let logged = Log::default().during(|| {
            let asks = |request: Request| {
                let answer = wait(stage.service.call(&stage.founder.caller, request, now));
                answer.map_err(|problem| problem.code)
            };
            found = Some(asks(
                FindForeign {
                    partner: bank,
                    address_tag: [0; 32],
                }
                .into(),
            ));
            offices = Some(asks(ReadForeignOffices { partner: bank }.into()));
            let accounts = vec![scene.pair.bank.account];
            let claimed = asks(ClaimKeyPackages { accounts }.into());
            let Ok(Reply::KeyPackages(claimed)) = claimed else {
                panic!("{claimed:?}");
            };
            assert!(claimed.packages.is_empty());
            wait(relay(&stage.service, now));
            // By and by everything that waits is tried, again and again.
            for second in 62..250 {
                wait(relay(&stage.service, START.plus_millis(second * 1_000)));
            }
        });
        let asked = scene.line.asked.lock().unwrap().clone();
        let believed: Vec<_> = asked.iter().filter(|(_, believed)| *believed).collect();
        let carried = believed.iter().any(|(name, _)| *name == "FollowRoom");
        assert!(!asked.is_empty());
        if pinned {
            assert_eq!(found, Some(Err(ProblemCode::Unavailable)));
            assert_eq!(offices, Some(Err(ProblemCode::Unavailable)));
            assert_eq!(believed, Vec::<&(&str, bool)>::new());
            let names: Vec<_> = asked.iter().map(|(name, _)| *name).collect();
            let by_devices = ["FindAccount", "ReadOffices", "ClaimKeyPackages"];
            assert_eq!(names, by_devices, "nothing is sent there by itself");
            assert_eq!(everything(&scene.folder.path()), before);
        } else {
            assert!(found.is_some_and(|found| found.is_ok()));
            assert!(carried, "{asked:?}");
            assert_ne!(everything(&scene.folder.path()), before);
        }
        let key = stage.service.partner_key(bank);
        assert_eq!(key, Some(HubKey::from_secret(&BANK_KEY).public()));
        let said = "another organisation answers at the address of a partner";
        assert_eq!(
            logged.matches(said).count(),
            usize::from(pinned),
            "{logged}"
        );
        assert_eq!(logged.contains("ERROR"), pinned, "{logged}");
        drop(guard);
    }
}

/// A ministry with two partners that it knows, each with a room that lives there and the founder of here in it.
struct Three {
    pair: Pair,
    /// Somebody of the ministry, whom nobody was shown.
    boris: AccountId,
    court: Founded,
    folder: Folder,
}

const BANKS: RoomId = RoomId([60; 16]);
const COURTS: RoomId = RoomId([61; 16]);

fn three(name: &str, protections: Protections) -> Three {
    let (bank, court) = (bank(), founded_with("court.example", 79, &COURT_KEY));
    let of_court = OrganisationRecord {
        domain: "court.example".into(),
        statement: Some(court.statements[0].clone()),
        hub_key: HubKey::from_secret(&COURT_KEY).public(),
        generation: [1; 16],
    };
    let line = Arc::new(Says(vec![(BANK, record(&bank)), (COURT, of_court)]));
    let folder = Folder::new(name);
    let settings = Settings {
        line,
        bounds: Bounds::default(),
        ..settings(protections)
    };
    let mut pair = pair_over(folder.store(), settings, bank);
    pair.show_founder();
    let (issuer, key) = (pair.stage.issuer(), PartnerKey::from_bytes(&[15; 32]));
    let mut rng = pair.stage.rng.clone();
    let id = court.organisation;
    let statement = partner::partner(&issuer, id, 1, COURT, &key, START, &mut rng);
    pair.stage.rng = rng;
    pair.stage
        .call(&pair.stage.founder.caller, Publish { statement })
        .unwrap();
    let later = START.plus_millis(MINUTE);
    wait(relay(&pair.stage.service, later));
    assert!(pair.stage.service.partner_key(id).is_some());
    pair.ask(begin(&pair, BANKS, 4, vec![5])).unwrap();
    // The bank is shown the founder, who has a key package, and nobody shows himself to the court.
    let accounts = vec![pair.stage.founder.account];
    pair.ask(ReadAccounts { accounts }).unwrap();
    let published = PublishKeyPackages {
        one_time: vec![pair.stage.key_package(&pair.stage.founder)],
        last_resort: None,
    };
    pair.stage
        .call(&pair.stage.founder.caller, published)
        .unwrap();
    let boris = pair.stage.join(2, "boris").account;
    let courts = begin(&pair, COURTS, 4, vec![5]).into();
    wait(pair.stage.service.partner_call(id, courts, START)).unwrap();
    Three {
        pair,
        boris,
        court,
        folder,
    }
}

/// One of each call of a partner that is about the bank: its room, its people, or whom it was shown.
fn calls(three: &Three) -> Vec<PartnerRequest> {
    let founder = &three.pair.stage.founder;
    let bank = &three.pair.bank;
    let signal = Request::from(Signal {
        room: BANKS,
        sealed: Octets::default(),
    });
    let mut forged = bank.statements[0].clone();
    forged.signature[0] ^= 1;
    let statement = valise_wire::statement::LogEntry {
        position: 1,
        statement: forged,
    };
    let item = InboxItem {
        position: 9,
        room: BANKS,
        seq: 5,
        chain: [1; 32],
        welcome: Octets(vec![9]),
    };
    let accounts = || vec![founder.account];
    vec![
        ReadAccounts {
            accounts: vec![three.boris],
        }
        .into(),
        FindAccount {
            address_tag: [0; 32],
        }
        .into(),
        ShowStatements {
            organisation: bank.organisation,
            entries: vec![statement],
        }
        .into(),
        ClaimKeyPackages {
            accounts: accounts(),
        }
        .into(),
        OnBehalf {
            account: bank.account,
            device: listed(50).id,
            request: Octets(to_bytes(&signal)),
        }
        .into(),
        begin(&three.pair, BANKS, 5, vec![6]).into(),
        Welcome {
            device: founder.listed.id,
            item,
        }
        .into(),
        Carry {
            room: BANKS,
            devices: vec![founder.listed.id],
            sealed: Octets::default(),
        }
        .into(),
        ReadBlob {
            blob: BlobId([1; 16]),
            offset: 0,
            length: 1,
        }
        .into(),
        ReadOffices { after: None }.into(),
        GetReceipts {
            room: BANKS,
            objects: vec![[1; 32]],
        }
        .into(),
    ]
}

/// BI-41: what one partner signs with its own key counts for itself alone. In the other one's name it is nobody's; in its own name it is
/// refused of what is the other one's, or says what it says of nobody. Nothing of it is kept.
#[tokio::test]
async fn bi_41_a_second_partner_speaks_for_itself_alone() {
    let three = tokio::task::spawn_blocking(|| three("second", Protections::default()));
    let three = three.await.unwrap();
    let before = everything(&three.folder.path());
    let calls = calls(&three);
    assert_eq!(calls.len(), 11);
    for (nonce, call) in (20..).zip(&calls) {
        let name = call.name();
        let by_court = Wire {
            key: COURT_KEY,
            nonce,
            body: to_bytes(call),
            ..three.pair.wire()
        };
        let (status, ..) = three.pair.send(&by_court).await;
        assert_eq!(
            status,
            StatusCode::UNAUTHORIZED,
            "{name} in the bank's name"
        );
        let court = three.court.organisation;
        let ask = |from| {
            three
                .pair
                .stage
                .service
                .partner_call(from, call.clone(), START)
        };
        let answer = ask(court).await;
        let says_nothing = match &answer {
            Ok(PartnerReply::Excerpt(said)) => said.account.is_none() && said.entries.is_empty(),
            Ok(PartnerReply::KeyPackages(said)) => said.packages.is_empty(),
            Ok(PartnerReply::Offices(said)) => said.entries.is_empty(),
            Ok(_) => false,
            Err(_) => true,
        };
        assert!(says_nothing, "{name}: {answer:?}");
        assert_eq!(everything(&three.folder.path()), before, "{name}");
        if ["FollowRoom", "Welcome", "Carry", "OnBehalf", "GetReceipts"].contains(&name) {
            let code = answer.map_err(|problem| problem.code);
            assert_eq!(code, Err(ProblemCode::Refused), "{name}");
        }
    }
    for call in calls.into_iter().skip(3).take(5) {
        let name = call.name();
        match three.pair.ask(call) {
            Ok(PartnerReply::KeyPackages(said)) => assert_eq!(said.packages.len(), 1),
            // Of its own device it comes to the room, which lives at the bank itself.
            answer => assert_eq!(answer.is_ok(), name != "OnBehalf", "{name}"),
        }
    }
    assert_ne!(everything(&three.folder.path()), before);
}

/// The same with nothing that asks whose room it is: then it stands in the other one's room.
#[test]
fn bi_41_without_the_check_a_second_partner_writes_into_the_rooms_of_the_first() {
    for hubs in [true, false] {
        let protections = Protections {
            hubs,
            behalf: hubs,
            ..Protections::default()
        };
        let three = three(&format!("open-{hubs}"), protections);
        let before = everything(&three.folder.path());
        let court = three.court.organisation;
        for call in calls(&three).into_iter().skip(5).take(3) {
            let answer = wait(three.pair.stage.service.partner_call(court, call, START));
            assert_eq!(answer.is_ok(), !hubs);
        }
        assert_eq!(everything(&three.folder.path()) == before, hubs);
    }
}

/// BI-44, one press: whoever is no partner any more is answered nothing, whatever he asks, and nothing that he says is kept.
#[tokio::test]
async fn bi_44_one_press_ends_everything_of_a_partner() {
    let three = tokio::task::spawn_blocking(|| {
        let three = three("ended", Protections::default());
        let stage = &three.pair.stage;
        let statement = partner::end(&stage.issuer(), three.pair.bank.organisation, 2, START);
        stage
            .call(&stage.founder.caller, Publish { statement })
            .unwrap();
        three
    });
    let three = three.await.unwrap();
    let before = everything(&three.folder.path());
    let calls = calls(&three);
    for (nonce, call) in (40..).zip(&calls) {
        let name = call.name();
        let wire = Wire {
            nonce,
            body: to_bytes(call),
            ..three.pair.wire()
        };
        let (status, ..) = three.pair.send(&wire).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{name}");
        // By another door than the line, too.
        let answer = three.pair.stage.service.partner_call(
            three.pair.bank.organisation,
            call.clone(),
            START,
        );
        assert_eq!(code(answer.await), ProblemCode::Refused, "{name}");
    }
    assert_eq!(everything(&three.folder.path()), before);
    // The court goes on.
    let courts = begin(&three.pair, COURTS, 5, vec![6]).into();
    let service = &three.pair.stage.service;
    let goes_on = service.partner_call(three.court.organisation, courts, START);
    assert!(goes_on.await.is_ok());
}
