//! A new key for somebody who lost every device: two registrars, a while in which a living device stops it, and a notice in
//! every room.

use crate::devices::chat;
use valise_tests::sim::{Who, World};
use valise_views::{
    Body, ChatId, Command, Notice, Outcome, Renewal, RenewalState, Status, Trouble,
};

const HOUR: u64 = 60 * 60 * 1000;

struct Office {
    world: World,
    ada: Who,
    boris: Who,
    carla: Who,
    chat: ChatId,
}

/// Ada and Boris are registrars, Carla is none; they have talked, all together and Ada with Carla.
fn office(seed: u64) -> Office {
    let mut world = World::new(seed);
    let [ada] = world.team(["Ada"]);
    let boris = world.join_registrar(ada, "Boris");
    let carla = world.join(ada, "Carla");
    world.advance(5_000);
    let chat = world.group(ada, "Team", &[boris, carla]);
    world.settle();
    world.says(ada, &chat, "meet at nine");
    world.settle();
    Office {
        world,
        ada,
        boris,
        carla,
        chat,
    }
}

impl Office {
    fn offers(&mut self, who: Who) -> String {
        let carla = self.world.id_of(who, self.carla);
        match self.world.tell(who, Command::OfferRenewal(carla)) {
            Outcome::Link(link) => {
                self.world.advance(5_000);
                link
            }
            other => panic!("no link but {other:?}"),
        }
    }

    fn confirms(&mut self, who: Who) -> Outcome {
        let carla = self.world.id_of(who, self.carla);
        let outcome = self.world.tell(who, Command::ConfirmRenewal(carla));
        self.world.advance(5_000);
        outcome
    }

    fn opens(&mut self, link: &str) -> Who {
        let phone = self.world.person("Carla's new phone");
        let open = Command::OpenRenewal {
            link: link.into(),
            name: "New phone".into(),
        };
        assert_eq!(self.world.tell(phone, open), Outcome::Done);
        self.world.advance(5_000);
        phone
    }

    /// What the waiting device shows.
    fn waits(&mut self, phone: Who) -> Renewal {
        match self.world.status(phone) {
            Status::Renewing(renewal) => *renewal,
            other => panic!("it does not wait: {other:?}"),
        }
    }

    fn alarm(&mut self, who: Who) -> Option<Renewal> {
        match self.world.status(who) {
            Status::Ready(ready) => ready.renewal,
            other => panic!("nobody is here: {other:?}"),
        }
    }

    fn notices(&mut self, who: Who, chat: &ChatId) -> Vec<Body> {
        let shown = self.world.conversation(who, chat).unwrap().messages;
        let wanted = Body::Notice(Notice::Renewed {
            person: "Carla".into(),
            registrars: vec!["Ada".into(), "Boris".into()],
        });
        let bodies = shown.into_iter().map(|message| message.body);
        bodies.filter(|body| *body == wanted).collect()
    }
}

#[test]
fn two_registrars_give_an_identity_back_and_everybody_sees_it() {
    let mut office = office(1);
    let (ada, boris, carla) = (office.ada, office.boris, office.carla);
    let direct = office.world.direct(ada, carla);
    office.world.says(ada, &direct, "a secret");
    office.world.settle();
    office.world.set_online(carla, false);
    let link = office.offers(ada);
    let phone = office.opens(&link);
    let waits = office.waits(phone);
    assert_eq!(
        (waits.person.as_str(), waits.asked_by.as_str()),
        ("Carla", "Ada")
    );
    assert_eq!(
        (waits.state, waits.takes_effect_at),
        (RenewalState::Open, None)
    );
    assert_eq!(office.confirms(boris), Outcome::Done);
    office.world.advance(23 * HOUR);
    let waits = office.waits(phone);
    assert_eq!(waits.confirmed_by.as_deref(), Some("Boris"));
    // It goes on by itself, also after the device was started anew.
    office.world.crash(phone);
    office.world.start(phone);
    office.world.advance(2 * HOUR);
    let Status::Ready(ready) = office.world.status(phone) else {
        panic!("it waits still: {:?}", office.world.status(phone));
    };
    assert_eq!((ready.name.as_str(), ready.is_registrar), ("Carla", false));
    // It has the rooms, and nothing that was said before.
    let at_phone = chat(&mut office.world, phone, "Team");
    assert!(office.world.texts(phone, &at_phone).is_empty());
    let with_ada = chat(&mut office.world, phone, "Ada");
    assert!(office.world.texts(phone, &with_ada).is_empty());
    office.world.says(phone, &at_phone, "it is me again");
    office.world.says(phone, &with_ada, "and here");
    office.world.settle();
    let team = office.chat.clone();
    let at_boris = chat(&mut office.world, boris, "Team");
    assert_eq!(
        office.world.texts(boris, &at_boris),
        ["meet at nine", "it is me again"]
    );
    assert_eq!(office.world.texts(ada, &direct), ["a secret", "and here"]);
    for (who, chat) in [
        (ada, &team),
        (ada, &direct),
        (boris, &at_boris),
        (phone, &at_phone),
    ] {
        assert_eq!(office.notices(who, chat).len(), 1);
    }
    // The old device finds out that it is none any more, by what is signed.
    office.world.set_online(carla, true);
    office.world.advance(HOUR);
    let Status::Ready(old) = office.world.status(carla) else {
        panic!("nobody is here");
    };
    assert!(old.removed && !old.revoked);
    office.world.says(ada, &team, "only for those who are here");
    office.world.advance(HOUR);
    let at_old = chat(&mut office.world, carla, "Team");
    assert_eq!(office.world.texts(carla, &at_old), ["meet at nine"]);
    let texts = office.world.texts(phone, &at_phone);
    assert_eq!(texts, ["it is me again", "only for those who are here"]);
    for who in [ada, boris, phone] {
        assert!(
            office.world.alarms(who).is_empty(),
            "{:?}",
            office.world.alarms(who)
        );
    }
}

#[test]
fn who_crashes_again_and_again_on_the_way_back_is_in_every_room_all_the_same() {
    for seed in 11..17 {
        let mut office = office(seed);
        let (ada, boris, carla) = (office.ada, office.boris, office.carla);
        let direct = office.world.direct(ada, carla);
        office.world.says(ada, &direct, "a secret");
        office.world.settle();
        office.world.set_online(carla, false);
        let link = office.offers(ada);
        let phone = office.opens(&link);
        assert_eq!(office.confirms(boris), Outcome::Done);
        office.world.advance(24 * HOUR - 60_000);
        // It hands in the new key some time within these minutes, and goes back step by step.
        let mut crashes = 0;
        for _ in 0..400 {
            office.world.advance(100 + 37 * seed);
            let is_back = matches!(office.world.status(phone), Status::Ready(_));
            if is_back && crashes < 4 {
                office.world.crash(phone);
                office.world.start(phone);
                crashes += 1;
            }
        }
        office.world.advance(60_000);
        let at_phone = chat(&mut office.world, phone, "Team");
        let with_ada = chat(&mut office.world, phone, "Ada");
        office.world.says(phone, &at_phone, "it is me again");
        office.world.says(phone, &with_ada, "and here");
        office.world.settle();
        let team = office.chat.clone();
        let said = office.world.texts(ada, &team);
        assert_eq!(said, ["meet at nine", "it is me again"], "seed {seed}");
        let said = office.world.texts(ada, &direct);
        assert_eq!(said, ["a secret", "and here"], "seed {seed}");
    }
}

#[test]
fn a_living_device_stops_it() {
    let mut office = office(2);
    let (ada, boris, carla) = (office.ada, office.boris, office.carla);
    let link = office.offers(ada);
    let phone = office.opens(&link);
    let alarm = office.alarm(carla).expect("an alarm from the offer on");
    assert_eq!((alarm.asked_by.as_str(), alarm.confirmed_by), ("Ada", None));
    assert_eq!(office.confirms(boris), Outcome::Done);
    office.world.advance(HOUR);
    let alarm = office.alarm(carla).expect("an alarm");
    assert_eq!(alarm.confirmed_by.as_deref(), Some("Boris"));
    // It cannot be dismissed like others.
    assert_eq!(
        office.world.tell(carla, Command::DismissAlarms),
        Outcome::Done
    );
    assert!(office.alarm(carla).is_some());
    assert_eq!(
        office.world.tell(carla, Command::StopRenewal),
        Outcome::Done
    );
    office.world.advance(48 * HOUR);
    assert_eq!(office.waits(phone).state, RenewalState::Stopped);
    assert_eq!(office.alarm(carla), None);
    let team = chat(&mut office.world, carla, "Team");
    office.world.says(carla, &team, "I am still here");
    office.world.settle();
    let at_ada = office.chat.clone();
    assert_eq!(
        office.world.texts(ada, &at_ada),
        ["meet at nine", "I am still here"]
    );
    assert!(office.notices(ada, &at_ada).is_empty());
}

#[test]
fn one_registrar_is_not_two_and_nobody_does_it_for_himself() {
    let mut office = office(3);
    let (ada, boris, carla) = (office.ada, office.boris, office.carla);
    let own = office.world.id_of(ada, ada);
    let offers = office.world.tell(ada, Command::OfferRenewal(own));
    assert_eq!(offers, Outcome::Failed(Trouble::NeedsTwoRegistrars));
    let other = office.world.id_of(ada, boris);
    let offers = office.world.tell(ada, Command::OfferRenewal(other));
    assert_eq!(offers, Outcome::Failed(Trouble::NeedsTwoRegistrars));
    let ada_to_carla = office.world.id_of(carla, ada);
    let offers = office
        .world
        .tell(carla, Command::OfferRenewal(ada_to_carla));
    assert_eq!(offers, Outcome::Failed(Trouble::NotAllowed));
    let link = office.offers(ada);
    assert_eq!(
        office.confirms(ada),
        Outcome::Failed(Trouble::NeedsTwoRegistrars)
    );
    // Without a second one it never takes effect.
    let phone = office.opens(&link);
    office.world.advance(72 * HOUR);
    assert_eq!(office.waits(phone).takes_effect_at, None);
    // And either of them takes it back.
    let id = office.world.id_of(boris, carla);
    assert_eq!(
        office.world.tell(boris, Command::WithdrawRenewal(id)),
        Outcome::Done
    );
    office.world.advance(HOUR);
    assert_eq!(office.waits(phone).state, RenewalState::Over);
    assert_eq!(office.alarm(carla), None);
}
