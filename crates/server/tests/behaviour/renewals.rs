//! A new key for an account: the server's own clock, the link, and what ends with it.

use crate::stage::{Person, STRANGER, Stage, code, listed};
use valise_directory::invite::Issuer;
use valise_directory::keys::AccountKey;
use valise_directory::link::RenewalLink;
use valise_directory::{renewal, update};
use valise_server::service::Protections;
use valise_wire::request::{
    GetRenewalDelay, KeepReturns, Publish, ReadDirectory, ReadReturning, Renew, Reply,
};
use valise_wire::{Problem, ProblemCode, Timestamp};

const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;

struct Case {
    stage: Stage,
    second: Person,
    member: Person,
    link: RenewalLink,
}

/// A second registrar, a member, and an offer of the founder for the member.
fn offered(protections: Protections) -> Case {
    let mut stage = Stage::with(protections);
    let second = stage.join(2, "boris");
    let member = stage.join(3, "carla");
    let known = stage.directory();
    let entry = known.0.account(second.account).unwrap();
    let (organisation, key) = (stage.founded.organisation, &stage.founded.organisation_key);
    let statement = update::mandate(organisation, entry, stage.now, key).unwrap();
    stage
        .call(&stage.founder.caller, Publish { statement })
        .unwrap();
    let mut rng = stage.rng.clone();
    let origin = "https://chat.ministry.example";
    let (statement, link) =
        renewal::offer(&stage.issuer(), member.account, origin, stage.now, &mut rng);
    stage
        .call(&stage.founder.caller, Publish { statement })
        .unwrap();
    Case {
        stage,
        second,
        member,
        link,
    }
}

impl Case {
    /// A day later sessions are over.
    fn comes(&mut self, at: Timestamp) {
        self.stage.now = at;
        self.stage.founder.caller = self.stage.sign_in(&self.stage.founder).unwrap();
    }

    fn confirms(&self, not_before: Timestamp) -> Result<Reply, Problem> {
        let registrar_key = self.second.account_key.registrar_key();
        let issuer = Issuer {
            account: self.second.account,
            registrar_key: &registrar_key,
            ..self.stage.issuer()
        };
        let known = self.stage.directory();
        let entry = known.0.renewal(self.link.renewal).unwrap();
        let statement = renewal::confirm(&issuer, entry, not_before, self.stage.now);
        self.stage.call(&self.second.caller, Publish { statement })
    }

    fn renews(&self, at: Timestamp) -> Result<Reply, Problem> {
        let known = self.stage.directory();
        let entry = known.0.renewal(self.link.renewal).unwrap();
        let account = known.0.account(self.member.account).unwrap();
        let new_key = AccountKey::from_seed(&[42; 32]);
        let (offer, key) = (&entry.offer, &self.link.key);
        let statement = renewal::renew(offer, key, account, &new_key, listed(9), at);
        self.stage.call(&STRANGER, Renew { statement })
    }
}

#[test]
fn a_new_key_waits_as_long_as_the_server_is_set_to() {
    let tried = |protections| {
        let mut case = offered(protections);
        let begin = case.stage.now;
        let soon = case.confirms(begin.plus_millis(HOUR));
        if soon.is_err() {
            case.confirms(begin.plus_millis(DAY)).unwrap();
        }
        // Whoever renews writes a later time than it is.
        let early = case.renews(begin.plus_millis(DAY));
        case.comes(begin.plus_millis(DAY));
        (soon, early, case)
    };
    let (soon, early, case) = tried(Protections::default());
    assert_eq!(code(soon), ProblemCode::Refused);
    assert_eq!(code(early), ProblemCode::Refused);
    assert!(case.renews(case.stage.now).is_ok());
    let without = Protections {
        renewal_delay: false,
        ..Protections::default()
    };
    let (soon, early, _) = tried(without);
    assert!(soon.is_ok() && early.is_ok(), "the clock is what refuses");
}

#[test]
fn with_the_new_key_everything_of_the_old_devices_ends() {
    let mut case = offered(Protections::default());
    let digests = vec![[1; 32]];
    let keep = KeepReturns { digests };
    case.stage.call(&case.member.caller, keep).unwrap();
    let Ok(Reply::RenewalDelay(delay)) = case.stage.call(&case.second.caller, GetRenewalDelay {})
    else {
        panic!("no delay")
    };
    assert_eq!((delay.millis, delay.now), (DAY, case.stage.now));
    let due = case.stage.now.plus_millis(DAY);
    case.confirms(due).unwrap();
    let read = ReadDirectory { after: 0 };
    assert!(case.stage.call(&case.member.caller, read.clone()).is_ok());
    case.comes(due);
    case.member.caller = case.stage.sign_in(&case.member).unwrap();
    assert!(case.stage.call(&case.member.caller, read.clone()).is_ok());
    let renewed = case.renews(due);
    assert!(renewed.is_ok(), "{renewed:?}");
    assert_eq!(
        code(case.stage.call(&case.member.caller, read)),
        ProblemCode::Unauthenticated
    );
    assert!(case.stage.sign_in(&case.member).is_err());
    let word = ReadReturning {
        account: case.member.account,
        word: [1; 32],
        after: 0,
    };
    assert_eq!(code(case.stage.call(&STRANGER, word)), ProblemCode::Refused);
}

#[test]
fn the_log_is_read_with_the_link_alone_and_a_new_key_comes_by_no_other_door() {
    let case = offered(Protections::default());
    let organisation = case.stage.founded.organisation;
    let right = renewal::read_renewal(organisation, case.link.renewal, 0, &case.link.key);
    let Ok(Reply::Directory(page)) = case.stage.call(&STRANGER, right.clone()) else {
        panic!("the link reads")
    };
    assert_eq!(page.entries.len() as u64, page.head);
    let wrong = valise_wire::request::ReadRenewal { after: 1, ..right };
    assert_eq!(
        code(case.stage.call(&STRANGER, wrong)),
        ProblemCode::Refused
    );
    let known = case.stage.directory();
    let entry = known.0.renewal(case.link.renewal).unwrap();
    let account = known.0.account(case.member.account).unwrap();
    let new_key = AccountKey::from_seed(&[42; 32]);
    let (offer, key) = (&entry.offer, &case.link.key);
    let statement = renewal::renew(offer, key, account, &new_key, listed(9), case.stage.now);
    assert_eq!(
        code(case.stage.call(&case.member.caller, Publish { statement })),
        ProblemCode::Malformed
    );
}
