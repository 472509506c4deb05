//! Templates of requests: the same on all devices of a person, and nothing that could not be asked.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::linked;
use valise_tests::says;
use valise_tests::sim::{Who, World};
use valise_views::request::RequestTo;
use valise_views::template::{MOST, Template};
use valise_views::{
    Alarm, Command, OfficeId, Outcome, PersonId, Recovery, RequestDraft, Shown, TemplateId,
    Trouble, View,
};

/// Returns a template that has something in each place.
fn template(name: &str) -> Template {
    Template {
        name: name.into(),
        subject: "Accounts of a person".into(),
        text: "Which accounts did this person have?".into(),
        legal_basis: Some("Art. 93 of the Code".into()),
        classification: Some("For official use".into()),
        is_confidential: true,
        working_days: Some(5),
        to: None,
        fields: vec![
            ("Passport".into(), String::new()),
            ("On the day".into(), "1 June 2026".into()),
        ],
    }
}

pub(crate) fn list(world: &mut World, who: Who) -> Vec<(TemplateId, Template)> {
    match world.look(who, View::Templates) {
        Shown::Templates(all) => all.into_iter().map(|it| (it.id, it.template)).collect(),
        other => panic!("no templates but {other:?}"),
    }
}

fn names(world: &mut World, who: Who) -> Vec<String> {
    let all = list(world, who).into_iter();
    all.map(|(_, template)| template.name).collect()
}

fn tries(world: &mut World, who: Who, id: Option<TemplateId>, template: Template) -> Outcome {
    let template = Box::new(template);
    world.tell(who, Command::KeepTemplate { id, template })
}

fn keeps_one(world: &mut World, who: Who, template: Template) -> TemplateId {
    match tries(world, who, None, template) {
        Outcome::Template(id) => id,
        other => panic!("not kept but {other:?}"),
    }
}

#[test]
fn templates_are_the_same_on_all_devices() {
    let mut world = World::new(830);
    let [ada, _] = world.team(["Ada", "Boris"]);
    let phone = linked(&mut world, ada);
    let accounts = keeps_one(&mut world, ada, template("Accounts"));
    let calls = keeps_one(&mut world, phone, template(" Calls "));
    world.settle();
    for who in [ada, phone] {
        let both = [(accounts, template("Accounts")), (calls, template("Calls"))];
        assert_eq!(list(&mut world, who), both);
    }
    // Changed here, taken away there; a device that is linked later has what is left.
    let mut changed = template("Transfers");
    changed.fields.clear();
    assert_eq!(
        tries(&mut world, phone, Some(accounts), changed.clone()),
        Outcome::Template(accounts)
    );
    let forget = Command::ForgetTemplate(calls);
    assert_eq!(world.tell(ada, forget.clone()), Outcome::Done);
    assert_eq!(world.tell(ada, forget), Outcome::Failed(Trouble::NotFound));
    world.settle();
    let tablet = linked(&mut world, ada);
    for who in [ada, phone, tablet] {
        assert_eq!(list(&mut world, who), [(accounts, changed.clone())]);
        let alarms = world.alarms(who);
        assert!(!says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    }
}

#[test]
fn what_was_kept_comes_back_out_of_a_backup_and_survives_a_crash() {
    let mut world = World::new(831);
    let [ada, _] = world.team(["Ada", "Boris"]);
    keeps(&mut world, ada);
    keeps_one(&mut world, ada, template("Accounts"));
    world.crash(ada);
    world.start(ada);
    assert_eq!(names(&mut world, ada), ["Accounts"]);
    world.advance(600_000);
    let (back, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(names(&mut world, back), ["Accounts"]);
}

#[test]
fn what_could_not_be_asked_is_not_kept() {
    let mut world = World::new(832);
    let [ada, _] = world.team(["Ada", "Boris"]);
    let changed = |change: &dyn Fn(&mut Template)| {
        let mut template = template("Accounts");
        change(&mut template);
        template
    };
    let blank = |at: usize| (format!("Field {at}"), String::new());
    for (bad, why) in [
        (changed(&|it| it.name.clear()), Trouble::BadName),
        (
            changed(&|it| it.name = "a\u{202e}b".into()),
            Trouble::BadName,
        ),
        (
            changed(&|it| it.subject = "x".repeat(501)),
            Trouble::BadText,
        ),
        (
            changed(&|it| it.text = "x".repeat(50_000)),
            Trouble::BadText,
        ),
        (changed(&|it| it.working_days = Some(0)), Trouble::BadText),
        (
            changed(&|it| it.fields = (0..101).map(blank).collect()),
            Trouble::BadText,
        ),
        (
            changed(&|it| it.fields = vec![blank(1), blank(1)]),
            Trouble::BadText,
        ),
        (
            changed(&|it| it.fields = vec![("A".into(), "x".repeat(10 << 20))]),
            Trouble::BadText,
        ),
    ] {
        assert_eq!(tries(&mut world, ada, None, bad), Outcome::Failed(why));
    }
    let nowhere = tries(&mut world, ada, Some(TemplateId([9; 16])), template("A"));
    assert_eq!(nowhere, Outcome::Failed(Trouble::NotFound));
    for at in 0..MOST {
        keeps_one(&mut world, ada, template(&format!("Accounts {at}")));
    }
    let (first, _) = list(&mut world, ada).remove(0);
    let taken = tries(&mut world, ada, Some(first), template("accounts 7"));
    assert_eq!(taken, Outcome::Failed(Trouble::BadName));
    let more = tries(&mut world, ada, None, template("One more"));
    assert_eq!(more, Outcome::Failed(Trouble::NotAllowed));
}

#[test]
fn what_was_begun_of_a_request_is_there_after_a_crash_until_it_is_given_up() {
    let mut world = World::new(833);
    let [ada, _] = world.team(["Ada", "Boris"]);
    let begun = RequestDraft {
        to: vec![
            RequestTo::Person(PersonId("clara".into())),
            RequestTo::Office(OfficeId("bank/registry".into())),
            RequestTo::Guest {
                name: "Mr. Petrov".into(),
                held: true,
            },
        ],
        subject: "Accounts \u{202e}of a person".into(),
        text: " as it was typed ".into(),
        days: "x".into(),
        day: "2026-12-24".into(),
        fields: vec![(String::new(), "value".into())],
        is_confidential: true,
        files: 2,
        residency: "de fr".into(),
        ..RequestDraft::default()
    };
    let read = |world: &mut World| match world.tell(ada, Command::ReadRequestDraft) {
        Outcome::RequestDraft(draft) => draft.map(|draft| *draft),
        other => panic!("no draft but {other:?}"),
    };
    assert_eq!(read(&mut world), None);
    let keep = |draft: &RequestDraft| Command::KeepRequestDraft(Some(Box::new(draft.clone())));
    assert_eq!(world.tell(ada, keep(&begun)), Outcome::Done);
    world.crash(ada);
    world.start(ada);
    assert_eq!(read(&mut world), Some(begun.clone()));
    // More than anybody types is not kept, and what was is.
    let endless = RequestDraft {
        text: "x".repeat(1 << 20),
        ..begun.clone()
    };
    let refused = Outcome::Failed(Trouble::BadText);
    assert_eq!(world.tell(ada, keep(&endless)), refused);
    assert_eq!(read(&mut world), Some(begun));
    let given_up = Command::KeepRequestDraft(None);
    assert_eq!(world.tell(ada, given_up), Outcome::Done);
    assert_eq!(read(&mut world), None);
}
