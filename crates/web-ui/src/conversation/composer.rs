//! The place to write.

use super::{phrases::blocked_text, talk::Talk};
use crate::{
    browser,
    parts::{icon, icon_button, sentence},
    words::t,
};
use leptos::{html, prelude::*};
use std::time::Duration;
use valise_views::conversation::Blocked;
use valise_views::{Command, Outcome};

/// The person's typing is told at most this often, in milliseconds.
const TYPING_EVERY: u64 = 3_000;
/// A draft is kept when writing rests for so long.
const DRAFT_AFTER: Duration = Duration::from_millis(500);
/// Height up to which the field grows, in pixels.
const TALLEST: i32 = 200;

/// Field, attach, send; or the reason why not.
pub fn composer(talk: Talk) -> impl IntoView {
    let state = Memo::new(move |_| {
        talk.head
            .with(|head| head.as_ref().map(|head| (head.may_send, head.blocked)))
    });
    let text = RwSignal::new(None::<String>);
    move || match state.get() {
        None => view! { <div class="composer"></div> }.into_any(),
        Some((true, _)) => writing(talk, text).into_any(),
        Some((false, why)) => view! {
            <p class="composer blocked">
                {icon("lock")}<span>{why.map(blocked_text)}</span>
                {(why == Some(Blocked::Frozen)).then(|| reopen(talk))}
            </p>
        }
        .into_any(),
    }
}

/// Goes on in a chat that was closed: the text beside it says to ask the others first.
fn reopen(talk: Talk) -> impl IntoView {
    let act = move |_| talk.app.core.tell(Command::Reopen(talk.chat()));
    view! { <button type="button" class="button small" on:click=act>{t("blocked-reopen")}</button> }
}

fn writing(talk: Talk, text: RwSignal<Option<String>>) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let picker = NodeRef::<html::Input>::new();
    if text.get_untracked().is_none() {
        text.set(Some(talk.shown.with_untracked(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.draft.clone())
                .unwrap_or_default()
        })));
    }
    let value = move || text.get().unwrap_or_default();
    let grow = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            let style = web_sys::HtmlElement::style(&field);
            let _ = style.set_property("height", "auto");
            let _ = style.set_property(
                "height",
                &format!("{}px", field.scroll_height().min(TALLEST)),
            );
        }
    };
    let draft = draft_keeper(talk, text);
    let told = StoredValue::new(0_u64);
    let typed = move |now: String| {
        let is_more = !now.is_empty();
        text.set(Some(now));
        grow();
        draft();
        if is_more && browser::now() > told.get_value() + TYPING_EVERY {
            told.set_value(browser::now());
            talk.app.core.tell(Command::Typing(talk.chat()));
        }
    };
    let send = move || {
        let written = value().trim().to_owned();
        if written.is_empty() {
            return;
        }
        text.set(Some(String::new()));
        told.set_value(0);
        browser::soon(grow);
        talk.go_to_end();
        send_text(talk, text, written);
    };
    field.on_load(move |field| {
        browser::soon(move || {
            grow();
            // On a phone the focus would push the keyboard over what one came to read.
            if window()
                .match_media("(pointer: fine)")
                .is_ok_and(|found| found.is_some_and(|media| media.matches()))
            {
                let _ = field.focus();
            }
        });
    });
    // Without autocomplete="off" a browser keeps what is typed in its session files, readable by anybody.
    view! {
        <form class="composer" on:submit=move |event| { event.prevent_default(); send() }>
            <input type="file" multiple node_ref=picker class="unseen" tabindex="-1" aria-hidden="true" id="file-picker"
                on:change:target=move |event| { talk.offer(event.target().files()); event.target().set_value("") }/>
            {icon_button("paperclip", t("attach"), move || if let Some(picker) = picker.get_untracked() { picker.click() })}
            <textarea node_ref=field rows="1" dir="auto" autocomplete="off" placeholder=t("write") aria-label=t("write") prop:value=value
                on:input:target=move |event| typed(event.target().value())
                on:paste=move |event: web_sys::ClipboardEvent| {
                    let files = event.clipboard_data().and_then(|data| data.files()).filter(|files| files.length() > 0);
                    if files.is_some() { event.prevent_default(); talk.offer(files) }
                }
                on:keydown=move |event| if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
                    event.prevent_default();
                    send()
                }></textarea>
            <button type="submit" class="send" aria-label=t("send") title=t("send") aria-disabled=move || value().trim().is_empty().to_string()>{icon("send")}</button>
        </form>
    }
}

/// Sends; what could not be taken goes back into the field.
fn send_text(talk: Talk, field: RwSignal<Option<String>>, written: String) {
    let app = talk.app;
    let chat = talk.chat();
    leptos::task::spawn_local(async move {
        let command = Command::SendText {
            chat: chat.clone(),
            text: written.clone(),
            reply_to: None,
        };
        if let Outcome::Failed(why) = app.core.ask(command).await {
            app.say(sentence(why));
            let is_empty =
                field.try_with_untracked(|text| text.as_deref().unwrap_or_default().is_empty());
            if is_empty == Some(true) {
                field.try_set(Some(written));
            }
            return;
        }
        app.core.tell(Command::SetDraft {
            chat,
            text: String::new(),
        });
    });
}

/// Keeps the draft when writing rests, and when the chat is left.
fn draft_keeper(talk: Talk, text: RwSignal<Option<String>>) -> impl Fn() + Copy {
    let kept = StoredValue::new(text.get_untracked().unwrap_or_default());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let chat = StoredValue::new(talk.chat());
    let app = talk.app;
    let keep = move || {
        let now = text.try_get_untracked().flatten().unwrap_or_default();
        if kept.try_get_value().is_some_and(|known| known != now) {
            kept.set_value(now.clone());
            app.core.tell(Command::SetDraft {
                chat: chat.get_value(),
                text: now,
            });
        }
    };
    on_cleanup(move || {
        if let Some(Some(handle)) = waiting.try_get_value() {
            handle.clear();
        }
        keep();
    });
    move || {
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        waiting.set_value(set_timeout_with_handle(keep, DRAFT_AFTER).ok());
    }
}
