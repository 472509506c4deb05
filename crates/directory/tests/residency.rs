//! Under whose law an organisation stands, and with whom its people may work.

mod world;

use valise_directory::foreign::Foreign;
use valise_directory::residency::{Accepts, Barred, Exception, document, residency};
use valise_directory::{Breach, Directory};
use valise_wire::OrganisationId;
use valise_wire::statement::{LogEntry, SignedStatement};
use world::{NOW, World};

const READER: OrganisationId = OrganisationId([77; 32]);

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn next(directory: &mut Directory, statement: &SignedStatement) -> Result<(), Breach> {
    let position = directory.head().position + 1;
    directory.apply(position, statement).map(|_| ())
}

/// An organisation of these jurisdictions that takes these things.
fn stands_under(jurisdictions: &str, accepts: &[Accepts]) -> World {
    let mut world = World::new();
    let statement = document(
        &world.issuer(),
        0,
        codes(jurisdictions),
        accepts.to_vec(),
        NOW,
    );
    world.say(statement);
    world
}

fn asks(allowed: &str, exceptions: &[bool], theirs: Option<&Directory>) -> Result<(), Barred> {
    let mut world = World::new();
    let exceptions = exceptions.iter().map(|allowed| Exception {
        partner: READER,
        allowed: *allowed,
    });
    let statement = residency(
        &world.issuer(),
        0,
        codes(allowed),
        exceptions.collect(),
        NOW,
    );
    world.say(statement);
    world
        .client()
        .check_work_with(READER, theirs, Accepts::Requests)
}

#[test]
fn a_rule_lets_those_of_its_jurisdictions_in_and_nobody_else() {
    let german = stands_under("DE", &[Accepts::Requests, Accepts::Rooms]).server();
    let both = stands_under("DE US", &[Accepts::Requests]).server();
    let silent = World::new().server();
    assert_eq!(asks("DE FR", &[], Some(&german)), Ok(()));
    assert_eq!(asks("FR", &[], Some(&german)), Err(Barred::Outside));
    assert_eq!(
        asks("DE", &[], Some(&both)),
        Err(Barred::Outside),
        "all of them"
    );
    assert_eq!(asks("DE", &[], Some(&silent)), Err(Barred::Unsaid));
    assert_eq!(asks("DE", &[], None), Err(Barred::Unsaid));
    assert_eq!(asks("", &[], None), Ok(()), "no rule");
    assert_eq!(asks("FR", &[true], None), Ok(()), "an exception");
    assert_eq!(asks("", &[false], Some(&german)), Err(Barred::Outside));
    let world = World::new();
    let home = world.client();
    assert_eq!(home.check_work_with(READER, None, Accepts::Rooms), Ok(()));
    let refused = home.check_work_with(READER, Some(&both), Accepts::Rooms);
    assert_eq!(refused, Err(Barred::NotAccepted(Accepts::Rooms)));
}

#[test]
fn what_is_malformed_older_or_by_nobody_is_refused() {
    let world = stands_under("DE", &[Accepts::Rooms]);
    let mut directory = world.client();
    let said = |former, jurisdictions: &str| {
        document(
            &world.issuer(),
            former,
            codes(jurisdictions),
            Vec::new(),
            NOW,
        )
    };
    assert!(matches!(
        next(&mut directory, &said(0, "FR")),
        Err(Breach::Version { .. })
    ));
    for bad in ["", "de", "DEU", "D", "AA BB CC DD EE FF GG HH II"] {
        let refused = next(&mut directory, &said(1, bad));
        assert_eq!(refused, Err(Breach::Field("jurisdictions")), "{bad}");
    }
    let mut forged = said(1, "FR");
    forged.signature[0] ^= 1;
    assert_eq!(next(&mut directory, &forged), Err(Breach::Forged));
    next(&mut directory, &said(1, "FR")).unwrap();
    let bad = residency(&world.issuer(), 0, codes("fr"), Vec::new(), NOW);
    let refused = next(&mut directory, &bad);
    assert_eq!(refused, Err(Breach::Field("allowed")));
}

#[test]
fn a_partner_is_shown_the_document_and_what_proves_it_and_not_the_rule() {
    let mut world = stands_under("DE", &[Accepts::Requests]);
    let rule = residency(&world.issuer(), 0, codes("DE"), Vec::new(), NOW);
    world.say(rule);
    let home = world.client();
    let positions = home.excerpt_since(READER, &[], 0);
    let entries: Vec<LogEntry> = positions
        .iter()
        .map(|position| LogEntry {
            position: *position,
            statement: world.log[*position as usize - 1].clone(),
        })
        .collect();
    let mut seen = Foreign::new(home.organisation_id(), READER, None);
    seen.take(entries).unwrap();
    let document = seen.directory().document().unwrap();
    assert_eq!(document.jurisdictions, ["DE"]);
    assert_eq!(seen.directory().residency(), None);
    assert!(
        home.excerpt_since(READER, &[], home.head().position)
            .is_empty()
    );
}
