//! What the parts of one open chat share.

use super::{aim::Aim, picker::remember, player::Player, recording::Recording, small::Smalls};
use crate::{
    app::App,
    browser,
    logic::{
        acts::{Acts, acts, chosen_of, own_sign, quote_of, text_of},
        menu::Area,
        selection::Selection,
        window::PAGE,
    },
    paper::Pile,
    parts::sentence,
    words::t,
};
use leptos::prelude::*;
use std::{collections::BTreeMap, time::Duration};
use valise_views::conversation::{Blocked, Presence};
use valise_views::mention::Chosen;
use valise_views::{
    Away, Body, ChatDetails, ChatId, ChatKind, Command, Conversation, ConversationWindow, LeftOut,
    Message, MessageId, Millis, Outcome, PersonId, Shown, View,
};
use web_sys::FileList;

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
    /// Whether the other one is here.
    pub presence: Option<Presence>,
    /// How the other one is away.
    pub away: Option<Away>,
    /// Whether one may write.
    pub may_send: bool,
    /// Why not.
    pub blocked: Option<Blocked>,
    /// Whom the rule of the room leaves out, where that is why.
    pub left_out: Vec<LeftOut>,
    /// Whether one may pin messages.
    pub may_pin: bool,
}

/// How long the message that one went to stands out.
const FLASH: Duration = Duration::from_millis(1_800);

/// Messages that stand out among the others.
#[derive(Clone, Copy)]
pub struct Marks {
    /// The one that the keyboard is on.
    pub focused: RwSignal<Option<MessageId>>,
    /// The one that the mouse is on.
    pub hot: RwSignal<Option<MessageId>>,
    /// The one that one went to just now.
    pub flashed: RwSignal<Option<MessageId>>,
}

/// The menu of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// Whose.
    pub message: Message,
    /// What it stands beside.
    pub at: Area,
    /// Whether it has the signs alone.
    pub only_signs: bool,
}

/// A dialog about messages.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// What it said before.
    Versions(MessageId),
    /// Whether to take them back.
    Delete(Vec<MessageId>),
    /// Which sign to put under it.
    Sign(MessageId),
    /// Where to hand them on to.
    Forward(Vec<MessageId>),
    /// What to ask everybody.
    Poll,
    /// Whose card to send.
    Card,
    /// Who chose what in a poll.
    Votes(MessageId),
    /// Whether to close a poll.
    ClosePoll(MessageId),
    /// Which day to go to; a moment of the one to begin with.
    Day(Millis),
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
    pub pile: Pile,
    /// What is being spoken.
    pub recording: Recording,
    /// What plays voice notes.
    pub player: Player,
    /// Small pictures that are made here.
    pub smalls: Smalls,
    /// What the next text is for, if it is not just said.
    pub aim: RwSignal<Option<Aim>>,
    /// Who was mentioned in what is being written.
    pub chosen: StoredValue<Vec<Chosen>>,
    /// The menu that is open.
    pub menu: RwSignal<Option<Menu>>,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
    /// The messages that are chosen to do something with all of them; none while one does not choose.
    pub selection: RwSignal<Option<Selection>>,
    /// The message that one wants to go to, until one is there.
    pub sought: RwSignal<Option<MessageId>>,
    /// Messages that stand out.
    pub marks: Marks,
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
                    presence: shown.presence,
                    away: shown.away.clone(),
                    may_send: shown.may_send,
                    blocked: shown.blocked,
                    left_out: shown.left_out.clone(),
                    may_pin: shown.may_pin,
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
            pile: Pile::new(app),
            recording: Recording::new(),
            player: Player::new(app, shown),
            smalls: Smalls::new(),
            aim: RwSignal::new(None),
            chosen: StoredValue::new(Vec::new()),
            menu: RwSignal::new(None),
            dialog: RwSignal::new(None),
            selection: RwSignal::new(None),
            sought: RwSignal::new(app.sought.try_update(Option::take).flatten()),
            marks: Marks {
                focused: RwSignal::new(None),
                hot: RwSignal::new(None),
                flashed: RwSignal::new(None),
            },
        }
    }

    /// Which chat it is.
    pub fn chat(self) -> ChatId {
        self.chat.get_value()
    }

    /// Whether the chat was brought over from another messenger.
    pub fn is_imported(self) -> bool {
        let imported = |head: &Head| head.kind.brought_from().is_some();
        self.head.with(|head| head.as_ref().is_some_and(imported))
    }

    /// Whether one may write.
    pub fn may_send(self) -> bool {
        self.head
            .with_untracked(|head| head.as_ref().is_some_and(|head| head.may_send))
    }

    /// Puts files into the dialog.
    pub fn offer(self, files: Option<FileList>) {
        self.pile.add(files);
    }

    /// Shows the end.
    pub fn go_to_end(self) {
        self.to_end.update(|count| *count += 1);
    }

    /// Shows a message, wherever in the chat it is.
    pub fn go_to(self, message: MessageId) {
        self.sought.set(Some(message));
    }

    /// Lets a message stand out for a moment.
    pub fn flash(self, message: MessageId) {
        let flashed = self.marks.flashed;
        flashed.try_set(Some(message.clone()));
        let fade = move || {
            if flashed.try_with_untracked(|now| *now == Some(message)) == Some(true) {
                flashed.try_set(None);
            }
        };
        set_timeout(fade, FLASH);
    }

    /// A message that is loaded.
    pub fn message(self, id: &MessageId) -> Option<Message> {
        self.shown.with_untracked(|shown| {
            let messages = shown.as_ref().map(|shown| &shown.messages)?;
            messages.iter().find(|message| message.id == *id).cloned()
        })
    }

    /// What can be done with a message.
    pub fn acts(self, message: &Message) -> Acts {
        acts(message, self.may_send())
    }

    /// Opens the menu of a message that is loaded, if there is anything to do.
    pub fn open_menu(self, id: &MessageId, at: Area, only_signs: bool) -> bool {
        let Some(message) = self.message(id) else {
            return false;
        };
        // While one chooses, every press chooses.
        if self.acts(&message).is_none() || self.selection.with_untracked(Option::is_some) {
            return false;
        }
        self.menu.set(Some(Menu {
            message,
            at,
            only_signs,
        }));
        true
    }

    /// Lets the next text answer a message.
    pub fn answer(self, message: &Message) {
        self.take_aim(Aim::Answer(quote_of(message)));
    }

    /// Takes a message of one's own up to say it anew.
    pub fn edit(self, message: &Message) {
        self.chosen
            .update_value(|chosen| chosen.extend(chosen_of(message)));
        self.take_aim(Aim::Edit {
            quote: quote_of(message),
            message: message.id.clone(),
            text: text_of(message),
            may_be_empty: matches!(message.body, Body::Files { .. }),
        });
    }

    /// The message that what is sent next answers.
    pub fn answered(self) -> Option<MessageId> {
        self.aim
            .with_untracked(|aim| aim.as_ref().and_then(Aim::answered))
    }

    /// The answer was sent.
    pub fn has_answered(self) {
        if self.answered().is_some() {
            self.aim.set(None);
        }
    }

    fn take_aim(self, aim: Aim) {
        self.aim.set(Some(aim));
        // At once: a telephone shows its keys only for a focus that comes from the press itself.
        browser::focus(".composer textarea");
    }

    /// Puts a sign under a message, or takes it away if it is there already.
    pub fn react(self, message: &Message, emoji: &str) {
        let is_there = own_sign(message) == Some(emoji);
        if !is_there {
            remember(emoji);
        }
        self.ask(Command::React {
            message: message.id.clone(),
            emoji: (!is_there).then(|| emoji.to_owned()),
        });
    }

    /// Copies a message's text.
    pub fn copy(self, message: &Message) {
        self.copy_text(text_of(message));
    }

    /// Copies a text, and says so.
    pub fn copy_text(self, text: String) {
        let app = self.app;
        leptos::task::spawn_local(async move {
            if browser::copy(&text).await {
                app.say(t("copied"));
            }
        });
    }

    /// Does something, and says so if it could not be done.
    pub fn ask(self, command: Command) {
        let app = self.app;
        leptos::task::spawn_local(async move {
            if let Outcome::Failed(why) = app.core.ask(command).await {
                app.say(sentence(why));
            }
        });
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
