use crate::stage::*;
use valise_server::Service;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_wire::request::*;
use valise_wire::{Octets, ProblemCode};

fn founding(protections: Protections, right_code: bool) -> Result<Reply, valise_wire::Problem> {
    // Another stage's statements are as good: they name the same domain and hub key.
    let statements = Stage::new().founded.statements;
    let service = wait(Service::open(
        SqliteStore::in_memory([1; 16]).unwrap(),
        settings(protections),
        START,
    ))
    .unwrap();
    let code = wait(service.renew_setup_code()).unwrap().unwrap();
    let setup_code = if right_code {
        Octets::from(&code[..])
    } else {
        Octets(vec![0; 32])
    };
    wait(
        service.call(
            &STRANGER,
            Found {
                setup_code,
                statements,
            }
            .into(),
            START,
        ),
    )
}

#[test]
fn the_code_of_the_link_founds_and_another_does_not() {
    assert_eq!(founding(Protections::default(), true), Ok(Done {}.into()));
    assert_eq!(
        code(founding(Protections::default(), false)),
        ProblemCode::Refused
    );
    assert!(
        founding(
            Protections {
                setup_code: false,
                ..Protections::default()
            },
            false
        )
        .is_ok(),
        "the code is what refuses"
    );
}

#[test]
fn a_new_code_replaces_the_former_and_none_comes_after_the_founding() {
    let service = wait(Service::open(
        SqliteStore::in_memory([1; 16]).unwrap(),
        settings(Protections::default()),
        START,
    ))
    .unwrap();
    let former = wait(service.renew_setup_code()).unwrap().unwrap();
    let code_now = wait(service.renew_setup_code()).unwrap().unwrap();
    let statements = Stage::new().founded.statements;
    let request = |code: [u8; 32]| {
        Request::from(Found {
            setup_code: Octets::from(&code[..]),
            statements: statements.clone(),
        })
    };
    assert_eq!(
        code(wait(service.call(&STRANGER, request(former), START))),
        ProblemCode::Refused
    );
    assert!(wait(service.call(&STRANGER, request(code_now), START)).is_ok());
    assert_eq!(wait(service.renew_setup_code()), Ok(None));
}

#[test]
fn a_founding_happens_once_and_may_be_repeated() {
    let stage = Stage::new();
    let again = Found {
        setup_code: Octets::default(),
        statements: stage.founded.statements.clone(),
    };
    assert_eq!(stage.call(&STRANGER, again), Ok(Done {}.into()));
    let cut = Found {
        setup_code: Octets::default(),
        statements: stage.founded.statements[1..].to_vec(),
    };
    assert_eq!(code(stage.call(&STRANGER, cut)), ProblemCode::Refused);
    assert_eq!(
        code(stage.call(
            &STRANGER,
            Found {
                setup_code: Octets::default(),
                statements: vec![]
            }
        )),
        ProblemCode::Refused
    );
}

#[test]
fn the_record_says_what_the_founder_signed() {
    let stage = Stage::new();
    let Ok(Reply::Organisation(record)) = stage.call(&STRANGER, GetOrganisation {}) else {
        panic!()
    };
    assert_eq!(record.domain, DOMAIN);
    assert_eq!(record.statement.as_ref(), stage.founded.statements.first());
    assert_eq!(record.generation, [1; 16]);
}
