//! Requests that are given to a colleague or to another office: who comes in, who is told why, and whose they are from then on.

use super::deadlines::pair;
use super::offices::{Pair, registry_of_the_bank};
use valise_tests::sim::Who;
use valise_views::request::{ActKind, ForwardTo, NewAct, NewRequest, RequestTo};
use valise_views::{
    Body, ChatId, Command, OfficeId, Outcome, PersonId, RequestFilter, RequestRow, Trouble,
};

/// The registry of the bank, which Clara and Dora hold, was asked; Emil and Fritz hold its archive.
struct Bank {
    pair: Pair,
    emil: Who,
    fritz: Who,
    archive: OfficeId,
    there: ChatId,
    here: ChatId,
}

fn bank(seed: u64) -> Bank {
    let mut pair = pair(seed);
    let emil = pair.world.join(pair.clara, "Emil");
    let fritz = pair.world.join(pair.clara, "Fritz");
    registry_of_the_bank(&mut pair);
    let holders = [emil, fritz].map(|who| pair.world.id_of(pair.clara, who));
    let made = archive(None, holders.to_vec());
    assert_eq!(pair.world.tell(pair.clara, made), Outcome::Done);
    pair.world.advance(60_000);
    let seen = pair.world.offices_of(pair.boris);
    let registry = seen.iter().find(|office| office.name == "Registry");
    let to = vec![RequestTo::Office(
        registry.expect("it shows itself").id.clone(),
    )];
    let dora = pair.world.find_person(pair.boris, "dora@bank.example");
    let request = NewRequest {
        to,
        ..valise_tests::sim::World::request_to(dora, "the account of Mr. Petrov")
    };
    let there = pair.world.asks(pair.boris, request);
    pair.world.advance(10_000);
    let here = pair.world.requests(pair.dora, RequestFilter::Open)[0]
        .chat
        .clone();
    let own = pair.world.offices_of(pair.dora);
    let found = own.iter().find(|office| office.name == "Archive");
    let archive = found.expect("it is there").id.clone();
    Bank {
        pair,
        emil,
        fritz,
        archive,
        there,
        here,
    }
}

fn archive(office: Option<OfficeId>, holders: Vec<PersonId>) -> Command {
    Command::SetOffice {
        office,
        name: "Archive".into(),
        local_part: "archive".into(),
        note: String::new(),
        numbers: String::new(),
        holders,
    }
}

impl Bank {
    fn forwards(&mut self, to: ForwardTo, note: Option<&str>) -> Outcome {
        let note = note.map(str::to_owned);
        let here = self.here.clone();
        let done = self
            .pair
            .world
            .acts(self.pair.dora, &here, NewAct::Forward { to, note });
        self.pair.world.advance(60_000);
        done
    }

    fn row(&mut self, who: Who) -> RequestRow {
        let rows = self.pair.world.requests(who, RequestFilter::Open);
        assert_eq!(rows.len(), 1, "{}", self.pair.world.of(who).name);
        rows[0].clone()
    }

    /// What one was told in the chat with Dora.
    fn told(&mut self, who: Who) -> Vec<String> {
        let dora = self.pair.world.id_of(who, self.pair.dora);
        let Outcome::Chat(chat) = self.pair.world.tell(who, Command::OpenDirect(dora)) else {
            panic!("no chat");
        };
        let messages = self.pair.world.messages(who, &chat);
        let texts = messages
            .into_iter()
            .filter_map(|message| match message.body {
                Body::Text(text) => Some(text),
                _ => None,
            });
        texts.collect()
    }
}

#[test]
fn a_colleague_comes_in_and_learns_why_in_a_chat_of_his_own() {
    let mut bank = bank(1);
    let emil = bank.pair.world.id_of(bank.pair.dora, bank.emil);
    let done = bank.forwards(ForwardTo::Person(emil), Some("You know him."));
    assert_eq!(done, Outcome::Done);
    let row = bank.row(bank.emil);
    assert!(row.is_mine && row.is_for_us);
    let opened = bank.pair.world.opens(bank.emil, &row.chat);
    assert_eq!(
        opened.letter.text,
        "Please tell us all about the account of Mr. Petrov."
    );
    let number = row.number;
    assert_eq!(
        bank.told(bank.emil),
        [format!(
            "{number} · the account of Mr. Petrov\nYou know him."
        )]
    );
    // Nobody of the other side reads it, and nobody else of one's own.
    let there = bank.there.clone();
    for (who, chat) in [
        (bank.pair.boris, there),
        (bank.pair.clara, bank.here.clone()),
    ] {
        let messages = bank.pair.world.messages(who, &chat);
        assert!(!format!("{messages:?}").contains("You know him."));
    }
    // The office still counts it as its own: somebody of it gave it to one person.
    assert!(bank.row(bank.pair.clara).is_for_us);
}

#[test]
fn another_office_has_it_from_then_on() {
    let mut bank = bank(2);
    let to = ForwardTo::Office(bank.archive.clone());
    assert_eq!(bank.forwards(to, Some("Too old for us.")), Outcome::Done);
    for who in [bank.emil, bank.fritz] {
        let row = bank.row(who);
        assert_eq!(row.office.as_deref(), Some("Archive"));
        assert!(row.is_for_us && !row.is_given_away);
        assert_eq!(bank.told(who).len(), 1);
    }
    for who in [bank.pair.clara, bank.pair.dora] {
        let row = bank.row(who);
        assert!(row.is_given_away && !row.is_for_us, "{row:?}");
    }
    let there = bank.there.clone();
    let seen = bank.pair.world.opens(bank.pair.boris, &there);
    let act = seen
        .acts
        .iter()
        .find(|act| act.kind == ActKind::Assigned)
        .unwrap();
    assert_eq!(
        act.office.as_deref(),
        Some("Archive"),
        "it shows itself to partners"
    );
    assert_eq!((&act.assignee, &act.note), (&None, &None));

    // Who comes to hold the archive is brought in; who comes to hold the registry is not.
    let gus = bank.pair.world.join(bank.pair.clara, "Gus");
    let holders = [bank.emil, gus].map(|who| bank.pair.world.id_of(bank.pair.clara, who));
    let changed = archive(Some(bank.archive.clone()), holders.to_vec());
    assert_eq!(
        bank.pair.world.tell(bank.pair.clara, changed),
        Outcome::Done
    );
    bank.pair.world.advance(120_000);
    assert!(bank.row(gus).is_for_us);
    let left = bank.pair.world.requests(bank.fritz, RequestFilter::ForUs);
    assert!(left.is_empty(), "Fritz holds it no longer");
    assert!(bank.row(bank.pair.dora).is_given_away);
}

#[test]
fn it_is_given_to_nobody_of_others_and_to_no_empty_office() {
    let mut bank = bank(3);
    let boris = bank
        .pair
        .world
        .find_person(bank.pair.dora, "boris@office.example");
    let refused = Outcome::Failed(Trouble::NotFound);
    assert_eq!(bank.forwards(ForwardTo::Person(boris), None), refused);
    let none = OfficeId("nobody".into());
    assert_eq!(bank.forwards(ForwardTo::Office(none), None), refused);
    assert!(bank.row(bank.pair.dora).is_for_us);
}
