//! Mentioning somebody while one writes: the members that are offered behind an `@`.

use super::talk::Talk;
use crate::{
    logic::{
        mention::{Search, from_units, offered, search, to_units},
        text::harmless,
    },
    parts::{Face, avatar, outside},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use std::rc::Rc;
use valise_views::Member;
use valise_views::mention::Chosen;
use web_sys::{KeyboardEvent, MouseEvent};

/// What takes the text that comes of choosing somebody.
pub type Take = StoredValue<Rc<dyn Fn(String)>, LocalStorage>;

/// Who is offered, and which of them the keyboard is on.
#[derive(Clone, Copy)]
pub struct Mentioning {
    talk: Talk,
    field: NodeRef<html::Textarea>,
    /// What is typed behind an `@`.
    search: RwSignal<Option<Search>>,
    /// Who fits it.
    members: Memo<Vec<Member>>,
    at: RwSignal<usize>,
    /// The place of the `@` for which nobody is wanted.
    refused: StoredValue<Option<usize>>,
}

impl Mentioning {
    /// Nobody is offered yet.
    pub fn new(talk: Talk, field: NodeRef<html::Textarea>) -> Self {
        let search = RwSignal::new(None::<Search>);
        let members = Memo::new(move |_| {
            let search = search.get();
            search.map_or_else(Vec::new, |search| fitting(talk, &search.typed))
        });
        Effect::new(move |before: Option<usize>| {
            let count = members.with(Vec::len);
            if count > 0 && before != Some(count) {
                let said = tw("mention-offered", [("count", count.into())]);
                talk.app.announcement.set(said);
            }
            count
        });
        Self {
            talk,
            field,
            search,
            members,
            at: RwSignal::new(0),
            refused: StoredValue::new(None),
        }
    }

    /// Whether somebody is offered.
    pub fn is_open(self) -> bool {
        self.members.with(|members| !members.is_empty())
    }

    /// The element that the keyboard is on.
    pub fn active(self) -> Option<String> {
        self.is_open().then(|| name_of(self.at.get()))
    }

    /// Offers whoever fits what stands before the place where one writes.
    pub fn look(self) {
        let found = self.field.get_untracked().and_then(|field| {
            let text = field.value();
            let units = field.selection_end().ok().flatten()?;
            search(&text, from_units(&text, units as usize))
        });
        let start = found.as_ref().map(|search| search.start);
        if self.refused.get_value() != start {
            self.refused.set_value(None);
        }
        let found = found.filter(|_| self.refused.with_value(Option::is_none));
        if self.search.with_untracked(|known| *known != found) {
            self.at.set(0);
            self.search.set(found);
        }
    }

    /// Offers nobody any more.
    pub fn close(self) {
        // A field that goes with its chat loses the focus only after that.
        if self.search.try_with_untracked(Option::is_some) == Some(true) {
            self.search.set(None);
        }
    }

    /// Offers nobody for this `@`, whatever is typed behind it.
    fn refuse(self) {
        let start = self
            .search
            .with_untracked(|search| search.as_ref().map(|search| search.start));
        self.refused.set_value(start);
        self.close();
    }

    /// Keys that choose among those who are offered; says whether it was one. `take` takes the text that comes of it.
    pub fn key(self, event: &KeyboardEvent, take: Take) -> bool {
        let count = self.members.with_untracked(Vec::len);
        if count == 0 || event.is_composing() {
            return false;
        }
        let at = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.at.set((at + 1) % count),
            "ArrowUp" => self.at.set((at + count - 1) % count),
            "Enter" | "Tab" if !event.shift_key() => self.choose(at, take),
            "Escape" => self.refuse(),
            _ => return false,
        }
        event.prevent_default();
        true
    }

    /// Puts the name of one of those who are offered in the place of what was typed.
    fn choose(self, at: usize, take: Take) {
        let member = self
            .members
            .with_untracked(|members| members.get(at).cloned());
        let (Some(search), Some(member), Some(field)) = (
            self.search.get_untracked(),
            member,
            self.field.get_untracked(),
        ) else {
            return;
        };
        let text = field.value();
        let end = search.start + 1 + search.typed.len();
        let (Some(before), Some(after)) = (text.get(..search.start), text.get(end..)) else {
            return;
        };
        let name = harmless(&member.name);
        let space = if after.starts_with(' ') { "" } else { " " };
        let now = format!("{before}@{name}{space}{after}");
        let caret = to_units(&now, before.len() + name.len() + 2) as u32;
        self.talk.chosen.update_value(|chosen| {
            chosen.push(Chosen {
                name,
                address: member.mention.clone(),
            });
        });
        self.close();
        field.set_value(&now);
        // Within the text that was just set.
        let _ = field.set_selection_range(caret, caret);
        let take = take.get_value();
        take(now);
    }
}

/// The members of a group who fit what is typed; in a direct chat it is plain who is meant.
fn fitting(talk: Talk, typed: &str) -> Vec<Member> {
    talk.details.with(|details| {
        let group = details.as_ref().filter(|details| details.kind.has_many());
        group.map_or_else(Vec::new, |details| offered(&details.members, typed))
    })
}

/// Those who are offered, above the place to write.
pub fn list(mentioning: Mentioning, take: Take) -> impl IntoView {
    move || {
        let members = mentioning.members.get();
        if members.is_empty() {
            return None;
        }
        let options = members.into_iter().enumerate();
        let options = options.map(|(at, member)| option(mentioning, at, &member, take));
        Some(view! {
            <ul class="mention-list" id="mention-list" role="listbox" aria-label=t("mention-list")>{options.collect_view()}</ul>
        })
    }
}

fn option(mentioning: Mentioning, at: usize, member: &Member, take: Take) -> impl IntoView + use<> {
    let face = Face {
        id: member.person.0.clone(),
        name: member.name.clone(),
        picture: member.picture.clone(),
        outside: member.outside.is_some(),
    };
    let (name, address) = (harmless(&member.name), harmless(&member.address));
    let press = move |event: MouseEvent| {
        event.prevent_default();
        mentioning.choose(at, take);
    };
    view! {
        // The focus stays where one writes.
        <li class="entry" id=name_of(at) role="option" aria-selected=move || (mentioning.at.get() == at).to_string()
            on:mousedown=move |event| event.prevent_default() on:click=press>
            {avatar(face, "small")}
            <span class="grow clip"><span class="strong"><bdi>{name}</bdi>{outside(member.outside.as_ref())}</span> <span class="hint"><bdi>{address}</bdi></span></span>
        </li>
    }
}

fn name_of(at: usize) -> String {
    format!("mention-{at}")
}
