//! What a server takes from another one, and from whom.

use crate::stage::*;
use axum::Extension;
use axum::body::{Body, to_bytes as collect};
use axum::http::{Request as Asked, StatusCode};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::sync::Arc;
use tower::ServiceExt;
use valise_directory::found::{Founded, Founding, found};
use valise_directory::keys::{IntroductionKey, Signer as _};
use valise_directory::partner::{self, PartnerKey, introduce};
use valise_directory::{Address, Name, ProfileDetails};
use valise_mls::HubKey;
use valise_server::Clock;
use valise_server::accept::ClientAddress;
use valise_server::http;
use valise_server::partners::signature::{Call, Signed, answered_at, sign_call, verify_reply};
use valise_server::partners::{Line, Unreachable, Whom, relay};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::partner::*;
use valise_wire::policy::RoomKind;
use valise_wire::request::*;
use valise_wire::{
    AccountId, DeviceId, Octets, OrganisationId, Problem, ProblemCode, RoomId, Timestamp,
    TransactionId, from_bytes, to_bytes,
};

pub const BANK: &str = "https://bank.example";
pub const BANK_KEY: [u8; 32] = [8; 32];
pub const HERE: &str = "https://chat.ministry.example";

pub struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        START
    }
}

/// A line on which the bank says who it is, and takes everything without a word.
pub struct Bank(pub OrganisationRecord);

impl Line for Bank {
    fn meet<'a>(
        &'a self,
        origin: &'a str,
    ) -> BoxFuture<'a, Result<OrganisationRecord, Unreachable>> {
        let is_bank = origin == BANK;
        async move { is_bank.then(|| self.0.clone()).ok_or(Unreachable) }.boxed()
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

pub fn bank() -> Founded {
    founded_as("bank.example", 77)
}

/// Founds an organisation elsewhere.
pub fn founded_as(domain: &str, seed: u8) -> Founded {
    founded_with(domain, seed, &BANK_KEY)
}

/// The same with a hub of its own.
pub fn founded_with(domain: &str, seed: u8, hub_key: &[u8; 32]) -> Founded {
    let founding = Founding {
        domain: domain.into(),
        name: Some("Harbour Bank".into()),
        hub_key: HubKey::from_secret(hub_key).public(),
        founder: ProfileDetails {
            display_name: Name::parse("Clara").unwrap(),
            address: Address::parse(&format!("clara@{domain}")).unwrap(),
            office: None,
            avatar: None,
        },
        device: listed(50),
        now: START,
    };
    found(founding, &mut ChaCha20Rng::from_seed([seed; 32]))
}

/// A ministry whose partner is the bank.
pub struct Pair {
    pub stage: Stage,
    pub bank: Founded,
}

pub fn pair(protections: Protections) -> Pair {
    let bank = bank();
    let line = Arc::new(Bank(record(&bank)));
    pair_by(line, bank, protections)
}

/// Who the bank says that it is.
pub fn record(bank: &Founded) -> OrganisationRecord {
    OrganisationRecord {
        domain: "bank.example".into(),
        statement: Some(bank.statements[0].clone()),
        hub_key: HubKey::from_secret(&BANK_KEY).public(),
        generation: [1; 16],
    }
}

/// The same by a line of one's own.
pub fn pair_by(line: Arc<dyn Line>, bank: Founded, protections: Protections) -> Pair {
    let settings = valise_server::Settings {
        line,
        ..settings(protections)
    };
    pair_with(settings, bank)
}

/// The same with settings of one's own.
pub fn pair_with(settings: valise_server::Settings, bank: Founded) -> Pair {
    pair_over(SqliteStore::in_memory([1; 16]).unwrap(), settings, bank)
}

/// The same over a store of one's own.
pub fn pair_over(store: SqliteStore, settings: valise_server::Settings, bank: Founded) -> Pair {
    let mut stage = Stage::over(store, settings);
    let mut rng = stage.rng.clone();
    let statement = partner::partner(
        &stage.issuer(),
        bank.organisation,
        1,
        BANK,
        &PartnerKey::from_bytes(&[5; 32]),
        START,
        &mut rng,
    );
    stage.rng = rng;
    stage
        .call(&stage.founder.caller, Publish { statement })
        .unwrap();
    wait(relay(&stage.service, START));
    Pair { stage, bank }
}

impl Pair {
    pub fn ask(&self, request: impl Into<PartnerRequest>) -> Result<PartnerReply, Problem> {
        self.ask_at(request, START)
    }

    pub fn ask_at(
        &self,
        request: impl Into<PartnerRequest>,
        now: Timestamp,
    ) -> Result<PartnerReply, Problem> {
        let from = self.bank.organisation;
        wait(self.stage.service.partner_call(from, request.into(), now))
    }

    /// The bank shows its founder.
    pub fn show_founder(&self) {
        let entries = (1..)
            .zip(&self.bank.statements[..5])
            .map(|(position, statement)| valise_wire::statement::LogEntry {
                position,
                statement: statement.clone(),
            });
        self.ask(ShowStatements {
            organisation: self.bank.organisation,
            entries: entries.collect(),
        })
        .unwrap();
    }
}

/// Looks for nobody.
pub fn find() -> PartnerRequest {
    FindAccount {
        address_tag: [0; 32],
    }
    .into()
}

/// What goes over the line.
pub struct Wire {
    pub target: String,
    pub source: OrganisationId,
    pub to: OrganisationId,
    pub key: [u8; 32],
    pub nonce: u8,
    pub at: Timestamp,
    pub body: Vec<u8>,
    /// What is sent in place of what was signed.
    pub sent: Option<Vec<u8>>,
    pub signed: bool,
}

impl Pair {
    pub fn wire(&self) -> Wire {
        Wire {
            target: format!("{HERE}/v1/partner"),
            source: self.bank.organisation,
            to: self.stage.founded.organisation,
            key: BANK_KEY,
            nonce: 1,
            at: START,
            body: to_bytes(&find()),
            sent: None,
            signed: true,
        }
    }

    pub async fn send(&self, wire: &Wire) -> (StatusCode, Option<Signed>, Vec<u8>) {
        let routes = http::router(self.stage.service.clone(), Arc::new(Still), HERE)
            .layer(Extension(ClientAddress([192, 0, 2, 9].into())));
        let call = Call {
            target: &wire.target,
            source: wire.source,
            to: wire.to,
        };
        let key = HubKey::from_secret(&wire.key);
        let signed = sign_call(&call, &wire.body, &key, [wire.nonce; 16], wire.at);
        let mut asked = Asked::post("/v1/partner")
            .header("content-type", "application/cbor")
            .header("valise-source", wire.source.to_string())
            .header("valise-target", wire.to.to_string());
        if wire.signed {
            asked = asked
                .header("content-digest", signed.digest.clone())
                .header("signature-input", signed.input.clone())
                .header("signature", signed.signature.clone());
        }
        let body = wire.sent.clone().unwrap_or_else(|| wire.body.clone());
        let response = routes
            .oneshot(asked.body(Body::from(body)).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let value = |name: &str| {
            let value = parts.headers.get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let answered = (|| {
            Some(Signed {
                digest: value("content-digest")?,
                input: value("signature-input")?,
                signature: value("signature")?,
            })
        })();
        let body = collect(body, usize::MAX).await.unwrap().to_vec();
        if let Some(answered) = &answered {
            let own = HubKey::from_secret(&[9; 32]).public();
            let to = self.stage.founded.organisation;
            let status = parts.status.as_u16();
            assert!(verify_reply(
                status,
                &body,
                &signed.signature,
                to,
                answered,
                &own
            ));
        }
        (parts.status, answered, body)
    }
}

#[tokio::test]
async fn bi_41_a_call_counts_once_for_its_place_its_body_and_its_time() {
    let pair = tokio::task::spawn_blocking(|| pair(Protections::default()))
        .await
        .unwrap();
    let (status, answered, body) = pair.send(&pair.wire()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(answered.is_some());
    assert!(matches!(from_bytes(&body), Ok(PartnerReply::Excerpt(_))));

    let stranger = OrganisationId([3; 32]);
    let wrong: Vec<(&str, Wire)> = vec![
        ("the same again", pair.wire()),
        (
            "unsigned",
            Wire {
                signed: false,
                nonce: 2,
                ..pair.wire()
            },
        ),
        (
            "another key",
            Wire {
                key: [7; 32],
                nonce: 3,
                ..pair.wire()
            },
        ),
        (
            "no partner",
            Wire {
                source: stranger,
                nonce: 4,
                ..pair.wire()
            },
        ),
        (
            "one's own organisation",
            Wire {
                source: pair.stage.founded.organisation,
                key: [9; 32],
                nonce: 5,
                ..pair.wire()
            },
        ),
        (
            "for somebody else",
            Wire {
                to: stranger,
                nonce: 6,
                ..pair.wire()
            },
        ),
        (
            "another place",
            Wire {
                target: format!("{BANK}/v1/partner"),
                nonce: 7,
                ..pair.wire()
            },
        ),
        (
            "too old",
            Wire {
                at: Timestamp(START.0 - 600_000),
                nonce: 8,
                ..pair.wire()
            },
        ),
        (
            "of the future",
            Wire {
                at: START.plus_millis(600_000),
                nonce: 9,
                ..pair.wire()
            },
        ),
        (
            "another body",
            Wire {
                sent: Some(to_bytes(&PartnerRequest::from(ReadAccounts {
                    accounts: Vec::new(),
                }))),
                nonce: 10,
                ..pair.wire()
            },
        ),
    ];
    for (what, wire) in wrong {
        assert_eq!(pair.send(&wire).await.0, StatusCode::UNAUTHORIZED, "{what}");
    }
    // BI-47: clocks that are a little apart.
    let late = Wire {
        at: Timestamp(START.0 - 240_000),
        nonce: 11,
        ..pair.wire()
    };
    assert_eq!(pair.send(&late).await.0, StatusCode::OK);
    let refused = Wire {
        body: to_bytes(&PartnerRequest::from(ReadBlob {
            blob: valise_wire::BlobId([1; 16]),
            offset: 0,
            length: 1,
        })),
        nonce: 12,
        ..pair.wire()
    };
    let (status, answered, _) = pair.send(&refused).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(answered.is_some(), "a refusal is signed, too");
}

/// BI-47: a clock of a partner may be five minutes away. Beyond that both operators hear by how much: here, and by the time with which the
/// refusal is signed there. Who is no partner hears no more than anybody, and changes nothing.
#[tokio::test]
async fn bi_47_a_clock_that_is_too_far_away_is_refused_and_both_sides_hear_it() {
    for partner_time in [true, false] {
        let protections = Protections {
            partner_time,
            ..Protections::default()
        };
        let pair = tokio::task::spawn_blocking(move || pair(protections));
        let pair = pair.await.unwrap();
        let ahead = || {
            pair.stage
                .service
                .partner_clock_ahead(pair.bank.organisation)
        };
        for (nonce, minutes) in (1..).zip([-10, -6, -5, 0, 5, 6, 10]) {
            let right = Wire {
                at: Timestamp(START.0.saturating_add_signed(minutes * 60_000)),
                nonce,
                ..pair.wire()
            };
            let is_near = minutes.abs() <= 5;
            let (status, answered, body) = pair.send(&right).await;
            let counts = is_near || !partner_time;
            assert_eq!(status == StatusCode::OK, counts, "{minutes}");
            assert_eq!(ahead(), (!is_near).then_some(minutes * 60), "{minutes}");
            let own = pair.stage.founded.organisation;
            let said = answered_at(&answered.unwrap(), own);
            assert_eq!(said, Some(START.as_seconds()), "{minutes}");
            // The same by who is nobody: the same refusal, and nothing is heard of his clock.
            let before = ahead();
            let forged = Wire {
                key: [7; 32],
                at: Timestamp(START.0 - 900_000),
                nonce: 100 + nonce,
                ..right
            };
            let (refused, _, why) = pair.send(&forged).await;
            assert_eq!(refused, StatusCode::UNAUTHORIZED);
            assert!(counts || why == body, "one answer for all of it");
            assert_eq!(ahead(), before);
        }
    }
}

#[test]
fn who_is_no_partner_is_nobody() {
    let stranger = OrganisationId([3; 32]);
    let ask = |pair: &Pair| wait(pair.stage.service.partner_call(stranger, find(), START));
    let guarded = pair(Protections::default());
    assert_eq!(code(ask(&guarded)), ProblemCode::Refused);
    assert!(guarded.stage.service.partner_key(stranger).is_none());
    let open = pair(Protections {
        partners: false,
        ..Protections::default()
    });
    assert!(ask(&open).is_ok());
}

#[test]
fn a_partner_that_is_none_any_more_is_nobody() {
    let pair = pair(Protections::default());
    assert!(pair.ask(find()).is_ok());
    let statement = partner::end(&pair.stage.issuer(), pair.bank.organisation, 2, START);
    pair.stage
        .call(&pair.stage.founder.caller, Publish { statement })
        .unwrap();
    assert_eq!(code(pair.ask(find())), ProblemCode::Refused);
    assert!(
        pair.stage
            .service
            .partner_key(pair.bank.organisation)
            .is_none()
    );
}

#[test]
fn bi_46_a_partner_asks_for_its_own_devices_alone() {
    let asks = |pair: &Pair, account: AccountId, device: DeviceId| {
        let signal = Request::from(Signal {
            room: RoomId([1; 16]),
            sealed: Octets::default(),
        });
        pair.ask(OnBehalf {
            account,
            device,
            request: Octets(to_bytes(&signal)),
        })
    };
    let guarded = pair(Protections::default());
    guarded.show_founder();
    let founder = &guarded.stage.founder;
    // Both are refused; what differs is whether it comes to the room.
    let open = pair(Protections {
        behalf: false,
        membership: false,
        ..Protections::default()
    });
    let room = make_room(&open);
    let as_ours = |pair: &Pair, account, device| {
        let signal = Request::from(Signal {
            room,
            sealed: Octets::default(),
        });
        pair.ask(OnBehalf {
            account,
            device,
            request: Octets(to_bytes(&signal)),
        })
    };
    assert_eq!(
        code(asks(&guarded, founder.account, founder.listed.id)),
        ProblemCode::Refused
    );
    assert_eq!(
        code(asks(&guarded, AccountId([1; 16]), DeviceId([1; 16]))),
        ProblemCode::Refused
    );
    let ours = &open.stage.founder;
    assert!(as_ours(&open, ours.account, ours.listed.id).is_ok());
}

pub fn make_room(pair: &Pair) -> RoomId {
    pair.stage.room(RoomKind::Group, &[]);
    ROOM
}

#[test]
fn only_what_a_hub_decides_is_carried() {
    let pair = pair(Protections::default());
    pair.show_founder();
    let (account, device) = (pair.bank.account, listed(50).id);
    for asked in [
        Request::from(ReadDirectory { after: 0 }),
        Request::from(GetQuota {}),
        Request::from(ReadInbox { after: 0 }),
        Request::from(ReadEvents {
            room: ROOM,
            after: 0,
            limit: 1,
        }),
        Request::from(GetIntroductions {}),
    ] {
        let request = OnBehalf {
            account,
            device,
            request: Octets(to_bytes(&asked)),
        };
        assert_eq!(
            code(pair.ask(request)),
            ProblemCode::Refused,
            "{}",
            asked.name()
        );
    }
    let rubbish = OnBehalf {
        account,
        device,
        request: Octets(vec![0xff; 3]),
    };
    assert_eq!(code(pair.ask(rubbish)), ProblemCode::Malformed);
}

#[test]
fn only_who_has_the_link_introduces_himself() {
    let pair = pair(Protections::default());
    let key = IntroductionKey::from_seed(&[6; 32]);
    let own = pair.stage.founded.organisation;
    let said = introduce(
        pair.bank.statements[0].clone(),
        pair.bank.organisation,
        BANK,
        own,
        &key,
    );
    let says = |introduction: &Introduction, now| {
        let address = [192, 0, 2, 9].into();
        wait(
            pair.stage
                .service
                .introduction(address, introduction.clone(), now),
        )
    };
    assert_eq!(
        code(says(&said, START)),
        ProblemCode::Refused,
        "no such link"
    );
    let offer = OfferPartnership {
        key: key.public().0,
        not_after: START.plus_millis(1_000),
    };
    pair.stage.call(&pair.stage.founder.caller, offer).unwrap();
    let mut forged = said.clone();
    forged.origin = "https://evil.example".into();
    assert!(says(&forged, START).is_err());
    assert_eq!(
        code(says(&said, START.plus_millis(2_000))),
        ProblemCode::Refused,
        "too late"
    );
    says(&said, START).unwrap();
    says(&said, START).unwrap();
    match pair
        .stage
        .call(&pair.stage.founder.caller, GetIntroductions {})
    {
        Ok(Reply::Introductions(found)) => assert_eq!(found.introductions, [said]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_registrars_make_partners() {
    let mut guarded = pair(Protections::default());
    let member = guarded.stage.join(2, "boris");
    let open = {
        let mut open = pair(Protections {
            partners: false,
            ..Protections::default()
        });
        let member = open.stage.join(2, "boris");
        (open, member)
    };
    let asks: [fn() -> Request; 3] = [
        || {
            OfferPartnership {
                key: [1; 32],
                not_after: START,
            }
            .into()
        },
        || {
            MeetPartner {
                origin: BANK.into(),
            }
            .into()
        },
        || GetIntroductions {}.into(),
    ];
    for ask in asks {
        assert_eq!(
            code(guarded.stage.call(&member.caller, ask())),
            ProblemCode::Refused
        );
        assert!(open.0.stage.call(&open.1.caller, ask()).is_ok());
    }
}

#[test]
fn hs_47_another_organisation_at_the_address_of_a_partner_is_nobody() {
    let pair = pair(Protections::default());
    // What was shown before stands: another statement at its place is a contradiction.
    let mut other = pair.bank.statements[0].clone();
    other.signature[0] ^= 1;
    let entries = vec![valise_wire::statement::LogEntry {
        position: 1,
        statement: other,
    }];
    let shown = ShowStatements {
        organisation: pair.bank.organisation,
        entries,
    };
    assert!(pair.ask(shown).is_err());
    let key = pair.stage.service.partner_key(pair.bank.organisation);
    assert_eq!(key, Some(HubKey::from_secret(&BANK_KEY).public()));
    // Another organisation's log is not its own to show, and neither is ours.
    for organisation in [OrganisationId([3; 32]), pair.stage.founded.organisation] {
        let shown = ShowStatements {
            organisation,
            entries: Vec::new(),
        };
        assert_eq!(code(pair.ask(shown)), ProblemCode::Refused);
    }
}

#[test]
fn bi_44_a_flood_of_one_partner_is_stopped_and_of_it_alone() {
    let bank = bank();
    let few = valise_server::limits::Rate {
        burst: 3,
        per_minute: 1,
    };
    for bounded in [true, false] {
        let mut limits = valise_server::limits::Limits::none();
        if bounded {
            limits.partners = few;
        }
        let settings = valise_server::Settings {
            limits,
            ..settings(Protections {
                partners: false,
                ..Protections::default()
            })
        };
        let stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
        let ask = |from| wait(stage.service.partner_call(from, find(), START));
        let answers: Vec<_> = (0..10_000).map(|_| ask(bank.organisation)).collect();
        let answered = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(answered, if bounded { 3 } else { 10_000 });
        let limited = |problem: &Problem| problem.code == ProblemCode::RateLimited;
        assert!(
            answers
                .into_iter()
                .flat_map(Result::err)
                .all(|it| limited(&it))
        );
        assert!(ask(OrganisationId([3; 32])).is_ok());
    }
}

#[test]
fn once_a_transaction_is_done_it_is_not_done_again() {
    // The hub's answer to a repetition is the first one, whoever carries it.
    let pair = pair(Protections {
        behalf: false,
        ..Protections::default()
    });
    make_room(&pair);
    let founder = &pair.stage.founder;
    let (message, epoch) = pair.stage.at(founder, |room| {
        (room.encrypt(b"x", &[]).unwrap(), room.epoch())
    });
    let send = Request::from(Send {
        room: ROOM,
        transaction: TransactionId([1; 16]),
        epoch,
        wakes: false,
        message: Octets(message),
    });
    let request = OnBehalf {
        account: founder.account,
        device: founder.listed.id,
        request: Octets(to_bytes(&send)),
    };
    let answers = [
        pair.ask(request.clone()).unwrap(),
        pair.ask(request).unwrap(),
    ];
    assert_eq!(answers[0], answers[1]);
}

/// BI-40: where a server is and what it calls itself, its operator says, and no caller: every answer is the same whatever stands in the head,
/// and a call that was signed for another place is nobody's.
#[tokio::test]
async fn bi_40_no_head_says_where_the_server_is() {
    let pair = tokio::task::spawn_blocking(|| pair(Protections::default()));
    let pair = pair.await.unwrap();
    let heads = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "https://evil.example/"),
    ];
    for path in ["/.well-known/valise/organisation", "/verify", "/"] {
        let mut answers = Vec::new();
        for head in [None].into_iter().chain(heads.map(Some)) {
            let mut asked = Asked::get(path).header("accept", "application/json");
            if let Some((name, value)) = head {
                asked = asked.header(name, value);
            }
            let routes = http::router(pair.stage.service.clone(), Arc::new(Still), HERE)
                .layer(Extension(ClientAddress([192, 0, 2, 9].into())));
            let answer = routes.oneshot(asked.body(Body::empty()).unwrap()).await;
            let (parts, body) = answer.unwrap().into_parts();
            let body = collect(body, usize::MAX).await.unwrap();
            let said = format!("{parts:?}{}", String::from_utf8_lossy(&body));
            assert!(!said.contains("evil.example"), "{path} {head:?}: {said}");
            answers.push((parts.status, body));
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{path}");
    }
    let elsewhere = Wire {
        target: "https://evil.example/v1/partner".into(),
        ..pair.wire()
    };
    assert_eq!(pair.send(&elsewhere).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(pair.send(&pair.wire()).await.0, StatusCode::OK);
}
