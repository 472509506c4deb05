//! The place to write.

use super::{
    aim::Aim,
    attach::{attach, photograph},
    draft::{as_typed, edit, keeper, send},
    mentioning::{Mentioning, Take, list},
    outside::invitation_to_write,
    phrases::{blocked_text, left_out_text},
    recording,
    talk::{Head, Talk},
};
use crate::{
    browser::{self, recorder},
    logic::acts::last_own,
    parts::icon,
    words::t,
};
use leptos::{html, prelude::*};
use std::rc::Rc;
use valise_views::conversation::Blocked;
use valise_views::{Command, MessageId};
use web_sys::KeyboardEvent;

/// The person's typing is told at most this often, in milliseconds.
const TYPING_EVERY: u64 = 3_000;
/// Height up to which the field grows, in pixels.
const TALLEST: i32 = 200;

/// What stands in the field. A text that is said anew is another one than the draft, which waits until that is done.
#[derive(Clone, Copy)]
struct Texts {
    talk: Talk,
    /// What was begun; none until the chat is there.
    draft: RwSignal<Option<String>>,
    /// What a message of one's own is to say from now on.
    anew: RwSignal<String>,
}

impl Texts {
    fn is_edited(self) -> bool {
        self.talk
            .aim
            .with(|aim| aim.as_ref().and_then(Aim::edited).is_some())
    }

    fn shown(self) -> String {
        if self.is_edited() {
            self.anew.get()
        } else {
            self.draft.get().unwrap_or_default()
        }
    }

    fn may_go(self) -> bool {
        let may_be_empty = self.talk.aim.with(|aim| match aim {
            Some(Aim::Edit { may_be_empty, .. }) => *may_be_empty,
            _ => false,
        });
        may_be_empty || !self.shown().trim().is_empty()
    }
}

/// Field, attach, send; or the reason why not.
pub fn composer(talk: Talk) -> impl IntoView {
    let state = Memo::new(move |_| {
        talk.head.with(|head| {
            head.as_ref()
                .map(|head| (head.may_send, why_not(head, talk)))
        })
    });
    let texts = Texts {
        talk,
        draft: RwSignal::new(None),
        anew: RwSignal::new(String::new()),
    };
    Effect::new(move |_| {
        talk.aim.with(|aim| {
            if let Some(Aim::Edit { text, .. }) = aim {
                texts.anew.set(text.clone());
            }
        })
    });
    move || match state.get() {
        None => view! { <div class="composer"></div> }.into_any(),
        Some((true, _)) => view! { {writing(texts)} {recording::line(talk)} }.into_any(),
        Some((false, why)) => {
            talk.aim.set(None);
            view! {
                <p class="composer blocked">
                    {icon("lock")}<span>{why.text}</span>
                    {why.is_frozen.then(|| reopen(talk))}
                </p>
            }
            .into_any()
        }
    }
}

/// Why nothing can be written.
#[derive(Debug, Clone, PartialEq)]
struct WhyNot {
    text: Option<String>,
    is_frozen: bool,
}

fn why_not(head: &Head, talk: Talk) -> WhyNot {
    let said: Vec<String> = head.left_out.iter().map(left_out_text).collect();
    let blocked = head.blocked;
    WhyNot {
        text: match blocked {
            Some(Blocked::LeftOut) if !said.is_empty() => Some(said.join(" ")),
            why => why.map(|why| blocked_text(why, talk.app.is_guest())),
        },
        is_frozen: blocked == Some(Blocked::Frozen),
    }
}

/// Goes on in a chat that was closed: the text beside it says to ask the others first.
fn reopen(talk: Talk) -> impl IntoView {
    let act = move |_| talk.app.core.tell(Command::Reopen(talk.chat()));
    view! { <button type="button" class="button small" on:click=act>{t("blocked-reopen")}</button> }
}

fn writing(texts: Texts) -> impl IntoView {
    let talk = texts.talk;
    let field = NodeRef::<html::Textarea>::new();
    if texts.draft.get_untracked().is_none() {
        let kept = talk
            .shown
            .with_untracked(|shown| shown.as_ref().map(|shown| shown.draft.clone()));
        texts
            .draft
            .set(Some(as_typed(talk, &kept.unwrap_or_default())));
    }
    let grow = move || grow(field);
    // Another text came into the field without being typed.
    Effect::new(move |_| {
        texts.is_edited();
        browser::soon(grow);
    });
    let keep = keeper(talk, texts.draft);
    if let Some(shared) = talk.app.reach.shared.try_update(Option::take).flatten() {
        talk.pile.files.set(shared.files);
        let before = texts.draft.get_untracked().unwrap_or_default();
        let parts = [before, shared.text]
            .into_iter()
            .filter(|text| !text.is_empty());
        texts.draft.set(Some(parts.collect::<Vec<_>>().join("\n")));
        keep();
    }
    let told = StoredValue::new(0_u64);
    let mentioning = Mentioning::new(talk, field);
    let typed = move |now: String| {
        if untrack(move || texts.is_edited()) {
            texts.anew.set(now);
            return grow();
        }
        let is_more = !now.is_empty();
        texts.draft.set(Some(now));
        grow();
        keep();
        if is_more && browser::now() > told.get_value() + TYPING_EVERY {
            told.set_value(browser::now());
            talk.app.core.tell(Command::Typing(talk.chat()));
        }
    };
    let take: Take = StoredValue::new_local(Rc::new(typed));
    let go = move || {
        told.set_value(0);
        mentioning.close();
        submit(texts);
        browser::soon(grow);
    };
    field.on_load(move |field| {
        browser::soon(move || {
            grow();
            // On a phone the focus would push the keyboard over what one came to read.
            if browser::has_mouse() {
                let _ = field.focus();
            }
        });
    });
    let is_edited = Memo::new(move |_| texts.is_edited());
    let outsiders = talk.outsiders();
    let can_speak = recorder::is_there();
    let speaks = Memo::new(move |_| can_speak && !is_edited.get() && !texts.may_go());
    // Without autocomplete="off" a browser keeps what is typed in its session files, readable by anybody.
    view! {
        <form class="composer" class:to-others=move || outsiders.with(|groups| !groups.is_empty()) hidden=move || talk.recording.is_on() on:submit=move |event| { event.prevent_default(); go() }>
            {attach(talk)}
            <textarea node_ref=field rows="1" dir="auto" autocomplete="off" placeholder=move || outsiders.with(|groups| invitation_to_write(groups)) aria-label=t("write") prop:value=move || texts.shown()
                aria-autocomplete="list" aria-controls=move || mentioning.is_open().then_some("mention-list") aria-activedescendant=move || mentioning.active()
                aria-describedby=move || talk.aim.with(Option::is_some).then_some("aim-title aim-text")
                on:input:target=move |event| { typed(event.target().value()); mentioning.look() }
                on:blur=move |_| mentioning.close()
                on:paste=move |event: web_sys::ClipboardEvent| {
                    let files = event.clipboard_data().and_then(|data| data.files()).filter(|files| files.length() > 0);
                    if files.is_some() { event.prevent_default(); talk.offer(files) }
                }
                on:keydown=move |event| if !mentioning.key(&event, take) { key(texts, &event, go) }></textarea>
            {list(mentioning, take)}
            {move || speaks.get().then(|| photograph(talk))}
            {move || if speaks.get() { recording::microphone(talk).into_any() } else { go_button(texts, is_edited.get()).into_any() }}
        </form>
    }
}

fn go_button(texts: Texts, is_edited: bool) -> impl IntoView {
    let (name, label) = if is_edited {
        ("check", t("save"))
    } else {
        ("send", t("send"))
    };
    view! { <button type="submit" class="send" aria-label=label.clone() title=label aria-disabled=move || (!texts.may_go()).to_string()>{icon(name)}</button> }
}

fn grow(field: NodeRef<html::Textarea>) {
    if let Some(field) = field.try_get_untracked().flatten() {
        let style = web_sys::HtmlElement::style(&field);
        let _ = style.set_property("height", "auto");
        let _ = style.set_property(
            "height",
            &format!("{}px", field.scroll_height().min(TALLEST)),
        );
    }
}

/// Says it: new, as an answer, or in the place of what was said.
fn submit(texts: Texts) {
    if !untrack(move || texts.may_go()) {
        return;
    }
    let talk = texts.talk;
    let written = untrack(move || texts.shown()).trim().to_owned();
    let aim = talk.aim.get_untracked();
    talk.aim.set(None);
    match aim {
        Some(Aim::Edit {
            quote,
            message,
            may_be_empty,
            ..
        }) => {
            let again = Aim::Edit {
                quote,
                message: message.clone(),
                text: written.clone(),
                may_be_empty,
            };
            edit(talk, message, written, again);
        }
        aim => {
            texts.draft.set(Some(String::new()));
            talk.go_to_end();
            send(talk, texts.draft, written, aim);
        }
    }
}

/// Enter says it, Escape gives up the answer or the edit, the arrow takes one's last message up again.
fn key(texts: Texts, event: &KeyboardEvent, go: impl Fn()) {
    let talk = texts.talk;
    match event.key().as_str() {
        _ if event.is_composing() => {}
        "Enter" if !event.shift_key() => {
            event.prevent_default();
            go();
        }
        "Escape" if talk.aim.with_untracked(Option::is_some) => {
            event.prevent_default();
            talk.aim.set(None);
        }
        "ArrowUp" if is_plain(event) && untrack(move || texts.shown()).is_empty() => {
            if let Some(message) = last_of(talk) {
                event.prevent_default();
                if let Some(message) = talk.message(&message) {
                    talk.edit(&message);
                }
            }
        }
        _ => {}
    }
}

fn is_plain(event: &KeyboardEvent) -> bool {
    !event.alt_key() && !event.ctrl_key() && !event.meta_key() && !event.shift_key()
}

/// One's own last message, if nothing is being answered or said anew and the end of the chat is loaded.
fn last_of(talk: Talk) -> Option<MessageId> {
    if talk.aim.with_untracked(Option::is_some) {
        return None;
    }
    talk.shown.with_untracked(|shown| {
        let shown = shown.as_ref()?;
        let is_end = shown.start + shown.messages.len() as u32 == shown.total;
        let last = last_own(&shown.messages, shown.may_send).filter(|_| is_end);
        last.map(|message| message.id.clone())
    })
}
