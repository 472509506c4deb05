use crate::stage::*;
use std::sync::Arc;
use valise_directory::channel;
use valise_directory::keys::{HubKey, Signer as _};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::tls::Shown;
use valise_wire::request::*;
use valise_wire::{AccountId, DeviceId, ProblemCode};

#[test]
fn a_challenge_is_good_once() {
    let reuse = |stage: &Stage| {
        let signed = stage.signed(&stage.founder, DOMAIN, &stage.challenge());
        stage.call(&STRANGER, signed.clone()).unwrap();
        stage.call(&STRANGER, signed)
    };
    assert_eq!(code(reuse(&Stage::new())), ProblemCode::Unauthenticated);
    assert!(
        reuse(&Stage::with(Protections {
            challenge_once: false,
            ..Protections::default()
        }))
        .is_ok(),
        "spending it is what refuses"
    );
}

/// Asks which certificates the server calls its own.
fn asked(stage: &Stage, nonce: [u8; 32]) -> Channel {
    match stage.call(&STRANGER, GetChannel { nonce }) {
        Ok(Reply::Channel(channel)) => channel,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hs_67_the_hub_signs_which_certificates_are_the_servers_own() {
    let own = [[4; 32], [5; 32]];
    let mut settings = settings(Protections::default());
    settings.shown = Arc::new(Shown::naming(own));
    let stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
    let key = HubKey::from_seed(&[9; 32]).public();
    let said = asked(&stage, [1; 32]);
    assert_eq!(said.certificates, Some(own.to_vec()));
    let verify =
        |nonce, said| channel::verify(stage.founded.organisation, DOMAIN, nonce, said, key);
    assert_eq!(verify([1; 32], &said), Ok(()));
    assert!(verify([2; 32], &said).is_err(), "another question");
    // Nobody told this one what stands in front of it.
    let unknown = Stage::new();
    let said = asked(&unknown, [1; 32]);
    assert_eq!(said.certificates, None);
    let organisation = unknown.founded.organisation;
    assert_eq!(
        channel::verify(organisation, DOMAIN, [1; 32], &said, key),
        Ok(())
    );
}

#[test]
fn whatever_is_wrong_the_answer_is_the_same() {
    let stage = Stage::new();
    let honest = stage.signed(&stage.founder, DOMAIN, &stage.challenge());
    let mut answers = Vec::new();
    for forge in [
        |request: &mut SignIn| request.signature[0] ^= 1,
        |request: &mut SignIn| request.account = AccountId([99; 16]),
        |request: &mut SignIn| request.device = DeviceId([99; 16]),
        |request: &mut SignIn| request.nonce = [99; 32],
    ] {
        let mut forged = SignIn {
            nonce: stage.challenge().nonce,
            ..honest.clone()
        };
        forged.signature = stage
            .signed(
                &stage.founder,
                DOMAIN,
                &Challenge {
                    nonce: forged.nonce,
                },
            )
            .signature;
        forge(&mut forged);
        answers.push(stage.call(&STRANGER, forged).unwrap_err());
    }
    // Signed for another server: what one server is given is worth nothing at another.
    let relayed = stage.signed(&stage.founder, "other.example", &stage.challenge());
    answers.push(stage.call(&STRANGER, relayed).unwrap_err());
    assert!(
        answers
            .iter()
            .all(|answer| answer == &answers[0] && answer.code == ProblemCode::Unauthenticated),
        "{answers:?}"
    );
    assert!(stage.call(&STRANGER, honest).is_ok());
}

#[test]
fn a_session_ends_after_a_quarter_of_an_hour() {
    let mut stage = Stage::new();
    let caller = stage.founder.caller;
    assert!(stage.call(&caller, Sync {}).is_ok());
    stage.now = stage.now.plus_millis(15 * 60 * 1000 - 1);
    assert!(stage.call(&caller, Sync {}).is_ok());
    stage.now = stage.now.plus_millis(1);
    assert_eq!(
        code(stage.call(&caller, Sync {})),
        ProblemCode::Unauthenticated
    );
}

#[test]
fn without_a_session_only_public_requests_are_answered() {
    let stage = Stage::new();
    let private: [Request; 5] = [
        Sync {}.into(),
        ReadDirectory { after: 0 }.into(),
        ReadEvents {
            room: ROOM,
            after: 0,
            limit: 1,
        }
        .into(),
        ClaimKeyPackages { accounts: vec![] }.into(),
        GetQuota {}.into(),
    ];
    for request in private {
        assert_eq!(
            code(stage.call(&STRANGER, request)),
            ProblemCode::Unauthenticated
        );
    }
}
