//! What the parts of one open chat share.

use crate::{app::App, logic::window::PAGE};
use leptos::prelude::*;
use std::collections::BTreeMap;
use valise_views::conversation::Blocked;
use valise_views::{
    ChatDetails, ChatId, ChatKind, Conversation, ConversationWindow, MessageId, PersonId, Shown,
    View,
};
use web_sys::{File, FileList};

/// What stands around the messages.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// What kind of chat.
    pub kind: ChatKind,
    /// Its name.
    pub title: String,
    /// Number of people.
    pub members: u32,
    /// Who is writing.
    pub typing: Vec<String>,
    /// Whether one may write.
    pub may_send: bool,
    /// Why not.
    pub blocked: Option<Blocked>,
}

/// One open chat.
#[derive(Clone, Copy)]
pub struct Talk {
    /// The shared state.
    pub app: App,
    chat: StoredValue<ChatId>,
    /// The part that is asked for.
    pub window: RwSignal<ConversationWindow>,
    /// The part that was last given.
    pub shown: ReadSignal<Option<Conversation>>,
    /// What stands around the messages.
    pub head: Memo<Option<Head>>,
    /// Who is in it, and its settings.
    pub details: ReadSignal<Option<ChatDetails>>,
    /// The pictures that its members gave of themselves.
    pictures: Memo<BTreeMap<PersonId, Vec<u8>>>,
    /// The message above which "new messages" stands; fixed while the chat is open.
    pub first_unread: StoredValue<Option<MessageId>>,
    /// Counts the wishes to see the end.
    pub to_end: RwSignal<u32>,
    /// Files that wait in the dialog to be sent.
    pub offered: RwSignal<Vec<File>, LocalStorage>,
}

impl Talk {
    /// Returns the picture that a member gave of himself.
    pub fn picture_of(self, person: &PersonId) -> Option<Vec<u8>> {
        self.pictures.with(|pictures| pictures.get(person).cloned())
    }

    /// Opens a chat at its first unread message.
    pub fn open(app: App, chat: ChatId) -> Self {
        let window = RwSignal::new(ConversationWindow::Unread { count: PAGE });
        let (asked, expected) = (chat.clone(), chat.clone());
        let shown = app.core.watch(
            move || View::Conversation {
                chat: asked.clone(),
                window: window.get(),
            },
            move |shown| match shown {
                Shown::Conversation(Some(conversation)) if conversation.chat == expected => {
                    Some(conversation)
                }
                _ => None,
            },
        );
        let head = Memo::new(move |_| {
            shown.with(|shown| {
                shown.as_ref().map(|shown| Head {
                    kind: shown.kind,
                    title: shown.title.clone(),
                    members: shown.members,
                    typing: shown.typing.clone(),
                    may_send: shown.may_send,
                    blocked: shown.blocked,
                })
            })
        });
        let stored = StoredValue::new(chat);
        let details = app.core.watch(
            move || View::Details {
                chat: stored.get_value(),
            },
            |shown| match shown {
                Shown::Details(details) => details,
                _ => None,
            },
        );
        Self {
            app,
            chat: stored,
            window,
            shown,
            head,
            details,
            pictures: pictures(details),
            first_unread: StoredValue::new(None),
            to_end: RwSignal::new(0),
            offered: RwSignal::new_local(Vec::new()),
        }
    }

    /// Which chat it is.
    pub fn chat(self) -> ChatId {
        self.chat.get_value()
    }

    /// Whether one may write.
    pub fn may_send(self) -> bool {
        self.head
            .with_untracked(|head| head.as_ref().is_some_and(|head| head.may_send))
    }

    /// Puts files into the dialog.
    pub fn offer(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        let files: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
        if !files.is_empty() {
            self.offered.set(files);
        }
    }

    /// Shows the end.
    pub fn go_to_end(self) {
        self.to_end.update(|count| *count += 1);
    }
}

/// The pictures in a chat's details: a chat changes with every message, and the faces beside them do not.
fn pictures(details: ReadSignal<Option<ChatDetails>>) -> Memo<BTreeMap<PersonId, Vec<u8>>> {
    Memo::new(move |_| {
        details.with(|details| {
            let members = details.iter().flat_map(|details| &details.members);
            members
                .filter_map(|member| Some((member.person.clone(), member.picture.clone()?)))
                .collect()
        })
    })
}
