//! What was done with a request, in order, with what was answered.

use super::{
    acts::{act_sentence, act_sign},
    opened::Opened,
    trust,
};
use crate::{
    browser::intl,
    conversation::{Smalls, attached, broken, former, marks, plain},
    logic::{requests::why_not, text},
    parts::made_for,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::File;
use valise_views::request::ActRow;

/// The list, the newest last as in the conversation.
pub fn course(opened: Opened, smalls: Smalls) -> impl IntoView {
    let count = Memo::new(move |_| {
        opened
            .details
            .with(|details| details.as_ref().map_or(0, |details| details.acts.len()))
    });
    let is_empty = Memo::new(move |_| count.get() == 0);
    made_for(
        move || is_empty.get(),
        move |is_empty| {
            (!is_empty).then(|| {
                view! {
                    <section class="course" aria-label=t("request-course")>
                        <h3 class="sheet-title">{t("request-course")}</h3>
                        <ol>
                            // An act stays as it is while others come below it.
                            <For each=move || 0..count.get() key=|at| *at children=move |at| entry(opened, smalls, at)/>
                        </ol>
                    </section>
                }
            })
        },
    )
}

/// One act. Its files are followed each for itself: while one moves the act is not made anew.
fn entry(opened: Opened, smalls: Smalls, at: usize) -> impl IntoView {
    let act = Memo::new(move |_| {
        opened.details.with(|details| {
            let mut act = details.as_ref()?.acts.get(at)?.clone();
            let files = act
                .letter
                .as_mut()
                .map(|letter| std::mem::take(&mut letter.files).len());
            Some((act, files.unwrap_or_default()))
        })
    });
    made_for(
        move || act.get(),
        move |act| act.map(|(act, files)| shown(opened, smalls, at, &act, files)),
    )
}

fn shown(
    opened: Opened,
    smalls: Smalls,
    at: usize,
    act: &ActRow,
    files: usize,
) -> impl IntoView + use<> {
    let is_void = why_not(act.standing).is_some();
    let sentence = match is_void {
        true => view! { <s>{act_sentence(act)}</s> }.into_any(),
        false => act_sentence(act).into_any(),
    };
    let when = act.at;
    view! {
        <li class="course-act" class:void=is_void>
            <span class="course-sign">{act_sign(act)}</span>
            <div class="course-what">
                <p class="course-line" dir="auto">{sentence}{marks(act)}</p>
                <time class="hint">{intl::full(when)}</time>
                {details(act)}
                {act.revision.map(|revision| changes(opened, revision))}
                {letter(opened, smalls, at, act, files)}
                {trust::answer_seal(opened, act)}
            </div>
        </li>
    }
}

/// The few words that were said with it.
fn details(act: &ActRow) -> impl IntoView + use<> {
    let note = act.note.as_deref().map(text::body);
    let ground = act.ground.as_deref().map(text::body);
    view! {
        {ground.map(|ground| view! { <p class="course-note" dir="auto">{tw("request-ground-is", [("ground", ground.into())])}</p> })}
        {note.map(|note| view! { <p class="course-note" dir="auto">{note}</p> })}
    }
}

/// What is other in a wording than in the one before.
fn changes(opened: Opened, number: u32) -> impl IntoView + use<> {
    let changes = opened.details.with_untracked(|details| {
        let revisions = &details.as_ref()?.revisions;
        let found = revisions.iter().find(|revision| revision.number == number);
        found.map(|revision| revision.changes.clone())
    });
    changes.map(|changes| {
        let due = changes.due.map(|(before, after)| {
            let before = intl::full(before).into();
            tw("changed-due", [("before", before), ("after", intl::full(after).into())])
        });
        let ends = changes.ends.map(|(before, after)| {
            let said = |ends: Option<u64>| ends.map_or_else(|| t("request-ends-never"), intl::full);
            tw("changed-ends", [("before", said(before).into()), ("after", said(after).into())])
        });
        let subject = changes.subject.map(|subject| {
            tw("changed-subject", [("subject", text::body(&subject).into())])
        });
        let added = (!changes.added.is_empty()).then(|| {
            let names: Vec<String> = changes.added.iter().map(|name| text::body(name)).collect();
            tw("changed-files", [("names", names.join(", ").into())])
        });
        let line = |said: String| view! { <li dir="auto">{said}</li> };
        let before = changes.text.map(|before| view! {
            <li><details class="changed-text"><summary>{t("changed-text")}</summary><div class="course-letter">{plain(&before)}</div></details></li>
        });
        view! { <ul class="changes" aria-label=t("changed")>{[subject, due, ends, added].into_iter().flatten().map(line).collect_view()}{before}</ul> }
    })
}

/// What was answered or asked back.
fn letter(
    opened: Opened,
    smalls: Smalls,
    at: usize,
    act: &ActRow,
    files: usize,
) -> Option<impl IntoView + use<>> {
    let letter = act.letter.clone()?;
    let file = move |place: usize| {
        let found = move || -> Option<File> {
            opened.details.with(|details| {
                let act = details.as_ref()?.acts.get(at)?;
                act.letter.as_ref()?.files.get(place).cloned()
            })
        };
        view! { <li>{attached(opened.app, smalls, Memo::new(move |_| found()))}</li> }
    };
    Some(view! {
        <div class="course-letter">
            {former(letter.is_former, true)}
            {(!letter.text.is_empty()).then(|| plain(&letter.text))}
            {(files > 0).then(|| view! { <ul class="sheet-files">{(0..files).map(file).collect_view()}</ul> })}
            {broken(letter.is_whole)}
        </div>
    })
}
