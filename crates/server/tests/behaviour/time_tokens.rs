//! Time tokens that devices have made: over a digest and nothing else, a day's worth an account, and for nobody outside.

use crate::stage::*;
use valise_server::limits::Limits;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::timestamps::{Outside, Source};
use valise_timestamp::{Imprint, verify_alone};
use valise_wire::request::{GetTimeToken, Reply, TimeToken};
use valise_wire::{Problem, ProblemCode};

const DIGEST: [u8; 32] = [8; 32];
const DAY: u64 = 24 * 60 * 60 * 1000;

fn stage(source: Source, limits: Limits) -> Stage {
    let settings = valise_server::Settings {
        timestamps: source,
        limits,
        ..settings(Protections::default())
    };
    Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings)
}

/// The allowance of a product, where nothing else has one.
fn a_days_worth() -> Limits {
    Limits {
        time_tokens: Limits::default().time_tokens,
        ..Limits::none()
    }
}

fn ask(stage: &Stage, person: &Person) -> Result<Reply, Problem> {
    stage.call(&person.caller, GetTimeToken { digest: DIGEST })
}

/// Asks until nothing more is given; returns how often something was.
fn as_many_as_there_are(stage: &Stage, person: &Person) -> usize {
    let most = 300;
    let given = (0..most).take_while(|_| ask(stage, person).is_ok());
    given.count()
}

#[test]
fn a_device_gets_a_token_over_the_digest_that_it_shows() {
    let stage = stage(Source::Own, Limits::none());
    let Ok(Reply::TimeToken(given)) = ask(&stage, &stage.founder) else {
        panic!("another answer");
    };
    let token = given.token.expect("there is an authority");
    let verified = verify_alone(&token, &Imprint::sha256(DIGEST)).unwrap();
    assert_eq!(verified.time, START);
    assert!(verify_alone(&token, &Imprint::sha256([9; 32])).is_err());
}

#[test]
fn where_nobody_gives_the_time_the_answer_says_so() {
    let stage = stage(Source::Nobody, Limits::none());
    let none = Reply::TimeToken(TimeToken { token: None });
    assert_eq!(ask(&stage, &stage.founder), Ok(none));
}

#[test]
fn an_authority_that_does_not_answer_is_unavailable() {
    // Nobody listens there.
    let outside = Outside::new("http://127.0.0.1:9/tsa").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    let _inside = runtime.enter();
    let stage = stage(Source::Outside(outside), Limits::none());
    let request = GetTimeToken { digest: DIGEST }.into();
    let asked = stage
        .service
        .call(&stage.founder.caller, request, stage.now);
    let problem = runtime.block_on(asked).unwrap_err();
    assert_eq!(problem.code, ProblemCode::Unavailable);
    assert!(problem.retry_after_ms.is_some());
}

#[test]
fn t208_an_account_has_so_many_made_a_day_and_another_one_as_many() {
    let mut stage = stage(Source::Own, a_days_worth());
    let boris = stage.join(2, "boris");
    assert_eq!(as_many_as_there_are(&stage, &boris), 144);
    assert_eq!(code(ask(&stage, &boris)), ProblemCode::RateLimited);
    assert!(ask(&stage, &stage.founder).is_ok());
    // Ten minutes later there is one more, and after a day there is a day's worth.
    for (wait, more) in [(10 * 60_000, 1), (DAY, 144), (30 * DAY, 144)] {
        stage.now = stage.now.plus_millis(wait);
        let again = Person {
            caller: stage.sign_in(&boris).unwrap(),
            ..someone(2, boris.account, boris.account_key.clone())
        };
        assert_eq!(as_many_as_there_are(&stage, &again), more);
    }
}

#[test]
fn t208_without_the_allowance_there_is_no_end() {
    let stage = stage(Source::Own, Limits::none());
    assert_eq!(as_many_as_there_are(&stage, &stage.founder), 300);
}

#[test]
fn t208_whoever_has_no_session_gets_none() {
    let stage = stage(Source::Own, Limits::none());
    let asked = stage.call(&STRANGER, GetTimeToken { digest: DIGEST });
    assert_eq!(code(asked), ProblemCode::Unauthenticated);
}
