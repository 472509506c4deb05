use crate::stage::*;
use valise_server::limits::{Limits, Rate};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::ProblemCode;
use valise_wire::request::*;

fn stage(limits: Limits) -> Stage {
    let settings = valise_server::Settings {
        limits,
        ..settings(Protections::default())
    };
    Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings)
}

#[test]
fn whoever_tries_keys_has_to_wait_and_locks_out_nobody_else() {
    let mut stage = stage(Limits {
        attempts: Rate {
            burst: 10,
            per_minute: 6,
        },
        ..Limits::none()
    });
    let forged = |stage: &Stage| SignIn {
        signature: [0; 64],
        ..stage.signed(&stage.founder, DOMAIN, &stage.challenge())
    };
    let mut answers = Vec::new();
    for _ in 0..20 {
        answers.push(code(stage.call(&STRANGER, forged(&stage))));
    }
    assert_eq!(
        answers
            .iter()
            .filter(|code| **code == ProblemCode::Unauthenticated)
            .count(),
        8,
        "two attempts were the founding and a sign-in"
    );
    assert!(answers.ends_with(&[ProblemCode::RateLimited]));
    let problem = stage.call(&STRANGER, forged(&stage)).unwrap_err();
    assert_eq!(problem.retry_after_ms, Some(10_000));
    // From elsewhere the same account signs in.
    let elsewhere = valise_server::Caller::Anonymous {
        address: "198.51.100.1".parse().unwrap(),
    };
    let honest = stage.signed(&stage.founder, DOMAIN, &stage.challenge());
    assert!(stage.call(&elsewhere, honest).is_ok());
    stage.now = stage.now.plus_millis(10_000);
    assert_eq!(
        code(stage.call(&STRANGER, forged(&stage))),
        ProblemCode::Unauthenticated
    );
}

#[test]
fn a_flood_of_one_account_is_its_own_trouble() {
    let mut stage = stage(Limits {
        calls: Rate {
            burst: 50,
            per_minute: 60,
        },
        ..Limits::none()
    });
    let boris = stage.join(2, "boris");
    let refused = (0..100)
        .filter(|_| stage.call(&boris.caller, GetQuota {}).is_err())
        .count();
    assert_eq!(refused, 50);
    assert!(stage.call(&stage.founder.caller, GetQuota {}).is_ok());
}
