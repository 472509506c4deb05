//! What the next text is for: answering a message, or saying one anew. It stands above the place to write.

use super::{
    quote::{author, picture, words},
    talk::Talk,
};
use crate::{
    browser::focus,
    parts::{icon, icon_button},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Body, MessageId, Quote};

/// What a text is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// It answers a message.
    Answer(Quote),
    /// It takes the place of what a message of one's own says.
    Edit {
        /// The message, to show which it is.
        quote: Quote,
        /// Which it is.
        message: MessageId,
        /// What to begin with.
        text: String,
        /// Whether it may say nothing: it has files.
        may_be_empty: bool,
    },
}

impl Aim {
    /// The message that is answered.
    pub fn answered(&self) -> Option<MessageId> {
        match self {
            Self::Answer(quote) => quote.message.clone(),
            Self::Edit { .. } => None,
        }
    }

    /// The message that is said anew.
    pub fn edited(&self) -> Option<MessageId> {
        match self {
            Self::Answer(_) => None,
            Self::Edit { message, .. } => Some(message.clone()),
        }
    }

    fn quote(&self) -> &Quote {
        match self {
            Self::Answer(quote) | Self::Edit { quote, .. } => quote,
        }
    }
}

/// The bar above the place to write; none if a text is just said.
pub fn bar(talk: Talk) -> impl IntoView {
    forget_what_is_gone(talk);
    move || talk.aim.get().map(|aim| shown(talk, aim))
}

fn shown(talk: Talk, aim: Aim) -> impl IntoView {
    let quote = aim.quote().clone();
    let (sign, title, cancel, label) = match &aim {
        Aim::Answer(quote) => {
            let (name, class) = author(quote);
            let spoken = tw("answer-to", [("name", (&name).into())]);
            let title = view! { <bdi class=class>{name}</bdi> }.into_any();
            ("reply", title, t("answer-cancel"), spoken)
        }
        Aim::Edit { .. } => {
            let title = view! { <span>{t("edit-title")}</span> }.into_any();
            ("pencil", title, t("edit-cancel"), t("edit-title"))
        }
    };
    let target = quote.message.clone();
    let line = words(&quote);
    let shown = picture(&quote);
    view! {
        <div class="aim" role="group" aria-label=label>
            <span class="aim-sign">{icon(sign)}</span>
            <button type="button" class="aim-what" title=t("show-message")
                on:click=move |_| if let Some(target) = target.clone() { talk.go_to(target) }>
                {shown}
                <span class="quote-lines">
                    <span class="quote-who" id="aim-title">{title}</span>
                    <span class="quote-text" id="aim-text" dir="auto">{line}</span>
                </span>
            </button>
            {icon_button("x", cancel, move || { talk.aim.set(None); focus(".composer textarea") })}
        </div>
    }
}

/// What was taken back meanwhile is neither answered nor said anew.
fn forget_what_is_gone(talk: Talk) {
    Effect::new(move |_| {
        let Some(message) = talk
            .aim
            .with(|aim| aim.as_ref().and_then(|aim| aim.quote().message.clone()))
        else {
            return;
        };
        let is_gone = talk.shown.with(|shown| {
            shown.as_ref().is_some_and(|shown| {
                let found = shown.messages.iter().find(|known| known.id == message);
                found.is_some_and(|found| found.body == Body::Deleted)
            })
        });
        if is_gone {
            talk.aim.set(None);
        }
    });
}
