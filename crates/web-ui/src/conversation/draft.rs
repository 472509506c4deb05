//! What was written goes out, or comes back into the field; what was begun is kept.

use super::{aim::Aim, talk::Talk};
use crate::parts::sentence;
use leptos::prelude::*;
use std::time::Duration;
use valise_views::mention::{unwritten, written};
use valise_views::{Command, MessageId, Outcome, Trouble};

/// A draft is kept when writing rests for so long.
const DRAFT_AFTER: Duration = Duration::from_millis(500);

/// Sends; what could not be taken goes back into the field.
pub fn send(talk: Talk, field: RwSignal<Option<String>>, typed: String, aim: Option<Aim>) {
    let app = talk.app;
    let chat = talk.chat();
    let text = as_sent(talk, &typed);
    leptos::task::spawn_local(async move {
        let command = Command::SendText {
            chat: chat.clone(),
            text,
            reply_to: aim.as_ref().and_then(Aim::answered),
        };
        if let Outcome::Failed(why) = app.core.ask(command).await {
            app.say(sentence(why));
            let is_empty =
                field.try_with_untracked(|text| text.as_deref().unwrap_or_default().is_empty());
            if is_empty == Some(true) {
                field.try_set(Some(typed));
                // What was to be answered may be gone: then the text stands alone.
                give_back(talk, aim.filter(|_| why != Trouble::NotFound));
            }
            return;
        }
        app.core.tell(Command::SetDraft {
            chat,
            text: String::new(),
        });
    });
}

/// Says a message anew; what could not be taken is taken up `again`.
pub fn edit(talk: Talk, message: MessageId, text: String, again: Aim) {
    let text = as_sent(talk, &text);
    leptos::task::spawn_local(async move {
        let command = Command::Edit { message, text };
        if let Outcome::Failed(why) = talk.app.core.ask(command).await {
            talk.app.say(sentence(why));
            let is_over = matches!(why, Trouble::NotFound | Trouble::NotAllowed);
            give_back(talk, Some(again).filter(|_| !is_over));
        }
    });
}

/// A text as it is sent: with mentions of those who were chosen while it was typed.
fn as_sent(talk: Talk, typed: &str) -> String {
    let chosen = talk.chosen.try_get_value().unwrap_or_default();
    written(typed, &chosen)
}

/// What was begun, as it was typed.
pub fn as_typed(talk: Talk, draft: &str) -> String {
    let (typed, chosen) = unwritten(draft);
    talk.chosen.update_value(|all| all.extend(chosen));
    typed
}

/// Takes the aim of a text up again, unless there is another one by now.
fn give_back(talk: Talk, aim: Option<Aim>) {
    if talk.aim.try_with_untracked(Option::is_none) == Some(true) {
        talk.aim.try_set(aim);
    }
}

/// Keeps the draft when writing rests, and when the chat is left.
pub fn keeper(talk: Talk, text: RwSignal<Option<String>>) -> impl Fn() + Copy {
    let kept = StoredValue::new(as_sent(talk, &text.get_untracked().unwrap_or_default()));
    let said = StoredValue::new(Vec::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let chat = StoredValue::new(talk.chat());
    let app = talk.app;
    let keep = move || {
        let now = as_sent(
            talk,
            &text.try_get_untracked().flatten().unwrap_or_default(),
        );
        if kept.try_get_value().is_some_and(|known| known != now) {
            kept.set_value(now.clone());
            said.update_value(|said| said.push(now.clone()));
            app.core.tell(Command::SetDraft {
                chat: chat.get_value(),
                text: now,
            });
        }
    };
    follow(talk, text, kept, said);
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

/// Takes up what another device went on with, while nothing is typed here. What this field said itself comes back as well, and
/// later than it was typed on: that is no news.
fn follow(
    talk: Talk,
    text: RwSignal<Option<String>>,
    kept: StoredValue<String>,
    said: StoredValue<Vec<String>>,
) {
    let draft = Memo::new(move |_| {
        let shown = |shown: &Option<_>| {
            shown
                .as_ref()
                .map(|shown: &valise_views::Conversation| shown.draft.clone())
        };
        talk.shown.with(shown)
    });
    Effect::new(move |_| {
        let Some(told) = draft.get() else { return };
        let own = said.with_value(|said| said.iter().rposition(|own| *own == told));
        if let Some(at) = own {
            said.update_value(|said| drop(said.drain(..=at)));
            return;
        }
        let now = as_sent(talk, &text.get_untracked().unwrap_or_default());
        if now == told {
            said.update_value(Vec::clear);
            kept.set_value(told);
        } else if kept.with_value(|known| *known == now) {
            kept.set_value(told.clone());
            text.set(Some(as_typed(talk, &told)));
        }
    });
}
