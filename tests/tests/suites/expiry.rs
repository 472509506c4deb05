//! Requests that end by themselves, and what servers say did not happen: the same on both sides, and to whoever verifies.

use super::receipts::{Scene, ending as scene};
use valise_evidence::Event;
use valise_evidence::course::State;
use valise_evidence::verify::{Standing as Sure, Subject, Verdict};
use valise_tests::sim::{Who, World};
use valise_views::request::{
    ActKind, Due, Ends, GuestStands, NewAct, NewRevision, NotDone, RequestDetails, RequestState,
    RequestTo, ServerSays, Standing,
};
use valise_views::{ChatId, Command, Outcome, RequestFilter, Trouble};
use valise_wire::Timestamp;

const BANK: &str = "http://bank.example";
const HOUR: u64 = 60 * 60 * 1_000;
const DAY: u64 = 24 * HOUR;

impl Scene {
    fn sides(&self) -> [(Who, ChatId); 2] {
        [
            (self.boris, self.there.clone()),
            (self.dora, self.here.clone()),
        ]
    }

    /// When it ends by itself, as both sides see it. Nobody opens it by that, which would be an act.
    fn ends(&mut self) -> u64 {
        let sides = [self.boris, self.dora];
        let [there, here] = sides.map(|who| self.world.requests(who, RequestFilter::Open)[0].ends);
        assert_eq!(there, here);
        there.expect("it ends by itself")
    }

    fn looks(&mut self, who: Who, chat: &ChatId) -> RequestDetails {
        self.world.opens(who, chat)
    }

    /// All machines stand still up to an instant.
    fn sleeps_until(&mut self, at: u64) {
        self.world.now = Timestamp(at.max(self.world.now.0));
        self.world.advance(60_000);
    }

    /// The same for so many hours, with a look every hour.
    fn sleeps(&mut self, hours: u64) {
        for _ in 0..hours {
            let at = self.world.now.0 + HOUR - 60_000;
            self.sleeps_until(at);
        }
    }

    /// Boris withdraws it; returns when.
    fn withdraws(&mut self) -> u64 {
        let (sent, there) = (self.world.now.0, self.there.clone());
        let withdraw = NewAct::Withdraw { note: None };
        let told = self.world.acts(self.boris, &there, withdraw);
        assert_eq!(told, Outcome::Done);
        sent
    }

    /// The one thing of which Boris is told that it did not happen.
    fn one_not_done(&mut self) -> ServerSays {
        let mut said = self.looks(self.boris, &self.there.clone()).not_done;
        assert_eq!(said.len(), 1, "{said:?}");
        said.remove(0)
    }

    fn answers(&mut self, text: &str) -> Outcome {
        let act = NewAct::Say {
            kind: ActKind::Answered,
            text: text.into(),
            files: Vec::new(),
            ground: None,
        };
        self.world.acts(self.dora, &self.here.clone(), act)
    }

    fn count(&mut self, who: Who, filter: RequestFilter) -> usize {
        self.world.requests(who, filter).len()
    }
}

fn events(verdict: &Verdict, wanted: Event) -> usize {
    let rows = verdict.rows.iter();
    rows.filter(|row| row.subject == Subject::Receipt(wanted))
        .count()
}

#[test]
fn what_nobody_answers_runs_out_alike_on_both_sides_and_for_the_verifier() {
    let mut scene = scene(700, Ends::DaysAfter(2));
    let ends = scene.ends();
    let due = scene.looks(scene.boris, &scene.there.clone()).row.due;
    assert_eq!(ends, due + 2 * DAY);
    scene.world.opens(scene.dora, &scene.here.clone());
    scene.world.settle();
    // In its last hour it is late, and open.
    scene.sleeps_until(ends - HOUR);
    for (who, chat) in scene.sides() {
        let now = scene.looks(who, &chat);
        assert_eq!(now.row.state, RequestState::Received);
        assert!(now.row.is_overdue && !now.may.is_empty());
        let verdict = scene.verdict(who, true);
        assert!(verdict.is_sound(), "{verdict:#?}");
        assert_eq!(verdict.course.unwrap().state, State::Received);
    }
    scene.sleeps_until(ends + 1);
    for (who, chat) in scene.sides() {
        let now = scene.looks(who, &chat);
        assert_eq!(now.row.state, RequestState::Expired);
        assert!(now.may.is_empty() && !now.may_remind);
        assert!(!now.row.is_overdue && now.row.was_late && !now.row.is_for_us);
        assert_eq!(now.row.ends, Some(ends));
        assert_eq!(scene.count(who, RequestFilter::Open), 0);
        assert_eq!(scene.count(who, RequestFilter::Urgent), 0);
        assert_eq!(scene.count(who, RequestFilter::Ended), 1);
        let verdict = scene.verdict(who, true);
        assert!(verdict.is_sound(), "{verdict:#?}");
        let course = verdict.course.unwrap();
        assert_eq!(course.state, State::Expired);
        assert_eq!(course.ends, Some(Timestamp(ends)));
        assert!(course.was_late);
    }
    let no = Outcome::Failed(Trouble::OutOfPlace);
    assert_eq!(scene.answers("It is with us."), no);
    let there = scene.there.clone();
    let close = NewAct::Close { note: None };
    assert_eq!(scene.world.acts(scene.boris, &there, close), no);
    let told = scene.world.of(scene.dora).notified.len();
    scene.sleeps_until(ends + 30 * DAY);
    assert_eq!(scene.world.of(scene.dora).notified.len(), told);
    for who in scene.world.everybody() {
        assert!(scene.world.alarms(who).is_empty());
    }
}

#[test]
fn an_answer_in_time_counts_for_who_reads_it_late() {
    let mut scene = scene(701, Ends::WithDeadline);
    let ends = scene.ends();
    scene.world.set_online(scene.boris, false);
    scene.sleeps_until(ends - HOUR);
    assert_eq!(scene.answers("It is with us."), Outcome::Done);
    scene.sleeps_until(ends + DAY);
    let there = scene.there.clone();
    // As far as Boris knows, nothing came.
    let state = scene.looks(scene.boris, &there).row.state;
    assert_eq!(state, RequestState::Expired);
    scene.world.set_online(scene.boris, true);
    scene.sleeps(1);
    let now = scene.looks(scene.boris, &there);
    assert_eq!(now.row.state, RequestState::Answered);
    assert!(!now.row.was_late && now.row.ends.is_none());
    assert_eq!(
        scene.world.acts(scene.boris, &there, NewAct::Confirm),
        Outcome::Done
    );
    let verdict = scene.verdict(scene.boris, true);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(verdict.course.unwrap().state, State::Confirmed);
}

#[test]
fn an_answer_that_comes_after_the_end_stands_in_the_chain_and_counts_on_no_side() {
    let mut scene = scene(702, Ends::WithDeadline);
    let ends = scene.ends();
    scene.sleeps_until(ends - HOUR);
    // What was written in time and does not reach the hub before the end is late.
    scene.world.set_online(scene.dora, false);
    assert_eq!(scene.answers("It is with us."), Outcome::Done);
    scene.sleeps_until(ends + HOUR);
    scene.world.set_online(scene.dora, true);
    scene.sleeps(1);
    for (who, chat) in scene.sides() {
        let now = scene.looks(who, &chat);
        assert_eq!(now.row.state, RequestState::Expired);
        let counts = now.acts.iter().any(|act| act.standing == Standing::Counts);
        assert!(!counts, "{:?}", now.acts);
        let verdict = scene.verdict(who, true);
        assert_eq!(verdict.course.unwrap().state, State::Expired);
    }
}

#[test]
fn another_wording_brings_another_end_and_time_that_is_given_moves_it() {
    let mut scene = scene(703, Ends::WithDeadline);
    let ends = scene.ends();
    let there = scene.there.clone();
    let amend = |scene: &mut Scene, ends| {
        let now = scene.looks(scene.boris, &there);
        let new = NewRevision {
            subject: now.row.subject,
            text: format!("{} Please.", now.letter.text),
            files: Vec::new(),
            due: None,
            ends,
            offset_minutes: 120,
        };
        let act = NewAct::Amend(Box::new(new));
        assert_eq!(scene.world.acts(scene.boris, &there, act), Outcome::Done);
    };
    amend(&mut scene, None);
    assert_eq!(scene.ends(), ends, "it stays as it was");
    amend(&mut scene, Some(Ends::DaysAfter(3)));
    assert_eq!(scene.ends(), ends + 3 * DAY);
    let changes = scene.looks(scene.dora, &scene.here.clone()).revisions;
    let last = &changes.last().unwrap().changes;
    assert_eq!(last.ends, Some((Some(ends), Some(ends + 3 * DAY))));
    amend(&mut scene, Some(Ends::WithDeadline));
    let ask = NewAct::AskTime {
        until: ends + 10 * DAY,
        note: None,
    };
    let here = scene.here.clone();
    assert_eq!(scene.world.acts(scene.dora, &here, ask), Outcome::Done);
    assert_eq!(
        scene.world.acts(scene.boris, &there, NewAct::GiveTime),
        Outcome::Done
    );
    assert_eq!(scene.ends(), ends + 10 * DAY);
    amend(&mut scene, Some(Ends::Never));
    scene.sleeps_until(ends + 20 * DAY);
    for (who, chat) in scene.sides() {
        let row = scene.looks(who, &chat).row;
        assert!(row.ends.is_none() && row.is_overdue);
        assert!(scene.verdict(who, true).is_sound());
    }
}

#[test]
fn both_servers_say_that_nothing_came_only_where_nothing_did() {
    let mut scene = scene(704, Ends::WithDeadline);
    let ends = scene.ends();
    scene.sleeps_until(ends + 1);
    scene.sleeps(24);
    for (who, chat) in scene.sides() {
        let said = scene.looks(who, &chat).not_done;
        let nothing: Vec<_> = said
            .iter()
            .filter(|it| it.what == NotDone::Answered)
            .collect();
        assert_eq!(nothing.len(), 2, "{said:?}");
        assert_eq!(nothing.iter().filter(|it| it.is_own).count(), 1);
        assert!(nothing.iter().all(|it| it.at > ends && it.about.is_none()));
        let verdict = scene.verdict(who, true);
        assert!(verdict.is_sound(), "{verdict:#?}");
        assert_eq!(events(&verdict, Event::AcceptanceRejectionExpiry), 2);
        let mut rows = verdict.rows.iter();
        let row = rows
            .find(|row| row.subject == Subject::Receipt(Event::AcceptanceRejectionExpiry))
            .unwrap();
        // However well it is signed and stamped: a server says so.
        assert_eq!((row.what, row.when), (Sure::Asserted, Sure::Proven));
    }

    let mut scene = self::scene(705, Ends::WithDeadline);
    let ends = scene.ends();
    scene.world.opens(scene.dora, &scene.here.clone());
    scene.world.settle();
    scene.sleeps_until(ends + 1);
    scene.sleeps(24);
    for (who, chat) in scene.sides() {
        assert_eq!(scene.looks(who, &chat).row.state, RequestState::Expired);
        let said = scene.looks(who, &chat).not_done;
        assert!(said.is_empty(), "{said:?}");
    }
}

#[test]
fn that_a_partner_was_silent_for_a_day_is_said_and_stands_when_it_comes_after_all() {
    let mut scene = scene(706, Ends::Never);
    scene.world.opens(scene.dora, &scene.here.clone());
    scene.world.settle();
    scene.world.lines.cut(BANK, true);
    let sent = scene.withdraws();
    let there = scene.there.clone();
    scene.sleeps(23);
    assert!(scene.looks(scene.boris, &there).not_done.is_empty());
    scene.sleeps(8);
    let silent = scene.one_not_done();
    assert_eq!(silent.what, NotDone::Carried);
    assert!(silent.is_own && silent.done_at.is_none());
    assert_eq!(silent.about, Some(ActKind::Withdrawn));
    assert!(silent.at >= sent + DAY && silent.at < sent + DAY + HOUR);
    let verdict = scene.verdict(scene.boris, true);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(events(&verdict, Event::RelayFailure), 1);
    scene.world.lines.cut(BANK, false);
    scene.sleeps(24);
    let both = scene.one_not_done();
    assert_eq!(both.at, silent.at);
    assert!(both.done_at.is_some_and(|at| at > both.at));
    let verdict = scene.verdict(scene.boris, true);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(events(&verdict, Event::RelayFailure), 1);
}

#[test]
fn that_no_device_fetched_it_for_a_week_is_said_by_the_other_server() {
    let mut scene = scene(707, Ends::Never);
    scene.world.opens(scene.dora, &scene.here.clone());
    scene.world.settle();
    scene.world.set_online(scene.dora, false);
    let sent = scene.withdraws();
    let there = scene.there.clone();
    scene.sleeps(144);
    assert!(scene.looks(scene.boris, &there).not_done.is_empty());
    scene.sleeps(48);
    let silent = scene.one_not_done();
    assert_eq!(silent.what, NotDone::Fetched);
    assert!(!silent.is_own && silent.done_at.is_none() && silent.at >= sent + 7 * DAY);
    scene.world.set_online(scene.dora, true);
    scene.sleeps(24);
    let now = scene.one_not_done();
    assert!(now.done_at.is_some_and(|at| at > silent.at), "{now:?}");
    let verdict = scene.verdict(scene.boris, true);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert_eq!(events(&verdict, Event::ContentConsignmentFailure), 1);
}

#[test]
fn a_guests_link_is_over_with_his_request() {
    let mut scene = scene(708, Ends::Never);
    let person = scene.world.find_person(scene.boris, "dora@bank.example");
    let mut request = World::request_to(person, "the account");
    let name = "Mr. Petrov".to_owned();
    request.to = vec![RequestTo::Guest { name, held: false }];
    request.due = Due::WorkingDays(3);
    request.ends = Ends::WithDeadline;
    let chat = scene.world.asks(scene.boris, request);
    scene.world.advance(60_000);
    let before = scene.looks(scene.boris, &chat);
    let (ends, guest) = (before.row.ends.unwrap(), before.guest.unwrap());
    assert_eq!((guest.until, guest.stands), (ends, GuestStands::Awaited));
    scene.sleeps_until(ends + 1);
    let after = scene.looks(scene.boris, &chat);
    assert_eq!(after.row.state, RequestState::Expired);
    assert_eq!(after.guest.unwrap().stands, GuestStands::Over);
    let renew = Command::RenewGuest(chat);
    let no = Outcome::Failed(Trouble::OutOfPlace);
    assert_eq!(scene.world.tell(scene.boris, renew), no);
}
