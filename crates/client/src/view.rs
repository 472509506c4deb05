//! Views: what the interface keeps on its screen, made anew when something it shows has changed.

pub(crate) mod chats;
mod conversation;
mod details;
mod invitations;
mod offices;
mod partners;
mod people;
mod release;
mod request;
mod requests;
mod silence;
mod status;

pub(crate) use offices::{office_called, office_named};
pub(crate) use partners::is_by;

use crate::Error;
use crate::io::{Event, Output};
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_views::{Shown, View};

/// A view that somebody looks at.
pub(crate) struct Watch {
    view: View,
    last: Option<Shown>,
    /// First position that was unread when the view was opened.
    divider: Option<i64>,
}

/// What has changed since views were last made.
#[derive(Default)]
pub(crate) struct Dirty {
    pub(crate) status: bool,
    pub(crate) chats: bool,
    pub(crate) people: bool,
    pub(crate) invitations: bool,
    pub(crate) devices: bool,
    pub(crate) partners: bool,
    pub(crate) requests: bool,
    pub(crate) offices: bool,
    pub(crate) deadlines: bool,
    pub(crate) templates: bool,
    pub(crate) bringing: bool,
    pub(crate) every_chat: bool,
    /// What can be found.
    pub(crate) found: bool,
    one_chat: BTreeSet<String>,
}

impl Dirty {
    /// Says that nothing that is shown can be relied on.
    pub(crate) fn everything() -> Self {
        Self {
            status: true,
            chats: true,
            people: true,
            invitations: true,
            devices: true,
            partners: true,
            requests: true,
            offices: true,
            deadlines: true,
            templates: true,
            bringing: true,
            every_chat: true,
            found: true,
            ..Self::default()
        }
    }

    /// Says that a chat has changed.
    pub(crate) fn chat(&mut self, chat: &str) {
        self.chats = true;
        if !self.one_chat.contains(chat) {
            self.one_chat.insert(chat.to_owned());
        }
    }

    fn concerns(&self, view: &View) -> bool {
        match view {
            View::Search { .. } => self.found,
            View::Status => self.status || self.chats,
            View::Chats { .. } => self.chats,
            View::Conversation { chat, .. }
            | View::Versions { chat, .. }
            | View::Details { chat } => self.every_chat || self.one_chat.contains(&chat.0),
            View::People { .. } => self.people,
            View::Invitations => self.invitations,
            View::Devices => self.devices,
            View::Partners => self.partners || self.people,
            View::Requests { .. } => self.requests,
            // It shows how many of those were answered that were asked with it.
            View::Request { chat } => {
                self.requests || self.every_chat || self.one_chat.contains(&chat.0)
            }
            View::Release { .. } => self.requests,
            View::RequestRules => self.requests || self.people,
            View::Offices => self.offices || self.people,
            View::Deadlines => self.deadlines || self.people,
            View::Bringing => self.bringing,
            View::Templates => self.templates,
        }
    }
}

/// Tells whether offices of others are looked at, or looked for.
pub(crate) fn shows_offices(view: &View) -> bool {
    match view {
        View::Offices => true,
        View::People { search } => !search.is_empty(),
        _ => false,
    }
}

impl Cx<'_> {
    pub(crate) fn watch(&mut self, number: u64, view: View) -> Result<(), Error> {
        self.looks_for_offices(&view);
        let former = self.state.watches.get(&number);
        let same_chat = former.and_then(|former| match (&former.view, &view) {
            (View::Conversation { chat: a, .. }, View::Conversation { chat: b, .. }) if a == b => {
                former.divider
            }
            _ => None,
        });
        let divider = match (&view, same_chat) {
            (_, Some(divider)) => Some(divider),
            (View::Conversation { chat, .. }, None) => self.first_unread(&chat.0)?,
            _ => None,
        };
        if let View::Request { chat } = &view {
            self.open_request(chat)?;
        }
        let shown = self.shown(&view, divider)?;
        self.state.watches.insert(
            number,
            Watch {
                view,
                last: Some(shown.clone()),
                divider,
            },
        );
        self.put(Output::Notify(Event::Shown { number, shown }));
        Ok(())
    }

    /// Makes the views anew that show something that has changed, and tells those that look different.
    pub(crate) fn show(&mut self) -> Result<(), Error> {
        let mut dirty = std::mem::take(&mut self.state.dirty);
        dirty.requests = dirty.requests || self.is_any_request(&dirty.one_chat)?;
        let concerned: Vec<u64> = self
            .state
            .watches
            .iter()
            .filter(|(_, watch)| dirty.concerns(&watch.view))
            .map(|(number, _)| *number)
            .collect();
        for number in concerned {
            let Some(watch) = self.state.watches.get(&number) else {
                continue;
            };
            let shown = self.shown(&watch.view, watch.divider)?;
            if let Some(watch) = self.state.watches.get_mut(&number)
                && watch.last.as_ref() != Some(&shown)
            {
                watch.last = Some(shown.clone());
                self.put(Output::Notify(Event::Shown { number, shown }));
            }
        }
        Ok(())
    }

    fn shown(&self, view: &View, divider: Option<i64>) -> Result<Shown, Error> {
        let joined = self.state.is_joined();
        Ok(match view {
            View::Status => Shown::Status(self.status()?),
            View::Chats { filter, search } => Shown::Chats(self.chat_list(*filter, search)?),
            View::Conversation { chat, window } if joined => {
                Shown::Conversation(self.conversation(chat, window, divider)?)
            }
            View::Versions { chat, message } if joined => {
                Shown::Versions(self.versions(chat, message)?)
            }
            View::Details { chat } if joined => Shown::Details(self.details(chat)?),
            View::Conversation { .. } => Shown::Conversation(None),
            View::Versions { .. } => Shown::Versions(Vec::new()),
            View::Details { .. } => Shown::Details(None),
            View::Search {
                typed,
                chat,
                offset_minutes,
                count,
            } => Shown::Found(self.find(typed, chat.as_ref(), *offset_minutes, *count)?),
            View::People { search } => Shown::People(self.people(search)?),
            View::Invitations => Shown::Invitations(self.invitations()?),
            View::Devices => Shown::Devices(self.devices()?),
            View::Partners => Shown::Partners(self.partners()?),
            View::Offices => Shown::Offices(self.offices()),
            View::Deadlines => Shown::Deadlines(Box::new(self.deadlines())),
            View::Bringing => Shown::Bringing(self.bringing()),
            View::Templates => Shown::Templates(self.templates()?),
            View::Requests { filter, search } if joined => {
                Shown::Requests(self.request_list(*filter, search)?)
            }
            View::Requests { .. } => Shown::Requests(valise_views::RequestList::default()),
            View::Request { chat } if joined => {
                Shown::Request(self.request_details(chat)?.map(Box::new))
            }
            View::Request { .. } => Shown::Request(None),
            View::Release { id } if joined => {
                Shown::Release(self.release_details(id)?.map(Box::new))
            }
            View::Release { .. } => Shown::Release(None),
            View::RequestRules => Shown::RequestRules(self.request_rules()),
        })
    }
}
