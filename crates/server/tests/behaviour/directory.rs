use crate::stage::*;
use valise_directory::join::join;
use valise_wire::request::*;
use valise_wire::{InvitationId, ProblemCode};

#[test]
fn an_invitation_makes_as_many_accounts_as_it_says() {
    let mut stage = Stage::new();
    let link = stage.invite(1);
    let Ok(Reply::Invitation(record)) = stage.call(
        &STRANGER,
        GetInvitation {
            invitation: link.invitation,
        },
    ) else {
        panic!()
    };
    assert!(valise_directory::invite::check(&link, &record.statements).is_ok());
    let device = |number| valise_directory::statement::Device {
        id: valise_wire::DeviceId([number; 16]),
        ..stage.founder.listed
    };
    let (first, second) = (device(40), device(41));
    let mut rng = stage.rng.clone();
    let joined = join(&link, &profile("boris"), first, stage.now, &mut rng);
    let request = Join {
        invitation: link.invitation,
        statements: joined.statements,
    };
    assert!(stage.call(&STRANGER, request.clone()).is_ok());
    assert!(
        stage.call(&STRANGER, request).is_ok(),
        "a repetition changes nothing"
    );
    let late = join(&link, &profile("clara"), second, stage.now, &mut rng);
    assert_eq!(
        code(stage.call(
            &STRANGER,
            Join {
                invitation: link.invitation,
                statements: late.statements
            }
        )),
        ProblemCode::Gone
    );
    assert_eq!(
        code(stage.call(
            &STRANGER,
            GetInvitation {
                invitation: link.invitation
            }
        )),
        ProblemCode::Gone
    );
    assert_eq!(
        code(stage.call(
            &STRANGER,
            GetInvitation {
                invitation: InvitationId([0; 16])
            }
        )),
        ProblemCode::Refused
    );
}

#[test]
fn a_statement_stands_in_the_log_once() {
    let mut stage = Stage::new();
    stage.invite(1);
    let Ok(Reply::Directory(page)) = stage.call(&stage.founder.caller, ReadDirectory { after: 0 })
    else {
        panic!()
    };
    let last = page.entries.last().unwrap().clone();
    let Ok(Reply::Published(again)) = stage.call(
        &stage.founder.caller,
        Publish {
            statement: last.statement,
        },
    ) else {
        panic!()
    };
    assert_eq!((again.position, page.head), (last.position, last.position));
}

#[test]
fn what_is_not_signed_rightly_is_not_taken() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    let mut statement =
        valise_directory::update::end_account(&stage.issuer(), boris.account, stage.now);
    statement.signature[5] ^= 1;
    assert_eq!(
        code(stage.call(&stage.founder.caller, Publish { statement })),
        ProblemCode::Invalid
    );
    // A founding or an account alone never comes this way.
    let first = stage.founded.statements[0].clone();
    let mut other = first.clone();
    other.signature[0] ^= 1;
    assert_eq!(
        code(stage.call(&stage.founder.caller, Publish { statement: other })),
        ProblemCode::Malformed
    );
    assert!(stage.call(&boris.caller, Sync {}).is_ok());
}

#[test]
fn key_packages_are_claimed_once() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    let (one, last) = (stage.key_package(&boris), stage.key_package(&boris));
    stage
        .call(
            &boris.caller,
            PublishKeyPackages {
                one_time: vec![one.clone()],
                last_resort: Some(last.clone()),
            },
        )
        .unwrap();
    let claim = || match stage.call(
        &stage.founder.caller,
        ClaimKeyPackages {
            accounts: vec![boris.account, boris.account],
        },
    ) {
        Ok(Reply::KeyPackages(claimed)) => claimed
            .packages
            .into_iter()
            .map(|package| package.key_package)
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        [claim(), claim(), claim()],
        [vec![one], vec![last.clone()], vec![last]]
    );
    let nonsense = PublishKeyPackages {
        one_time: vec![vec![0; 10].into()],
        last_resort: None,
    };
    assert_eq!(
        code(stage.call(&boris.caller, nonsense)),
        ProblemCode::Malformed
    );
    let many = PublishKeyPackages {
        one_time: vec![stage.key_package(&boris); 101],
        last_resort: None,
    };
    assert_eq!(code(stage.call(&boris.caller, many)), ProblemCode::TooLarge);
}
