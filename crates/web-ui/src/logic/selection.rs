//! Several messages that are chosen to do one thing with all of them.

use super::{
    acts::{acts, text_of},
    text::harmless,
};
use valise_views::{Body, Conversation, Message, MessageId};

/// Most messages that are chosen at once: as many as can be handed on.
pub const MOST: usize = 100;

/// Messages that are chosen, in the order of the chat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection(Vec<(u32, Message)>);

/// What can be done with all messages that are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Together {
    /// Copy their texts.
    pub copy: bool,
    /// Hand them on.
    pub forward: bool,
    /// Take them back from everybody: they are all one's own.
    pub delete: bool,
}

impl Selection {
    /// Number of messages.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a message is chosen.
    pub fn has(&self, message: &MessageId) -> bool {
        self.0.iter().any(|(_, known)| known.id == *message)
    }

    /// Chooses a message that stands at a place of the chat, or no longer. Says whether there was room for it.
    pub fn toggle(&mut self, place: u32, message: &Message) -> bool {
        if let Some(at) = self.0.iter().position(|(_, known)| known.id == message.id) {
            self.0.remove(at);
            return true;
        }
        if self.0.len() >= MOST {
            return false;
        }
        let at = self.0.partition_point(|(known, _)| *known < place);
        self.0.insert(at, (place, message.clone()));
        true
    }

    /// Takes in what became of messages: what was taken back is no longer chosen.
    pub fn follow(&mut self, shown: &Conversation) {
        for (place, known) in &mut self.0 {
            let now = shown.messages.iter().zip(shown.start..);
            let found = now.into_iter().find(|(message, _)| message.id == known.id);
            if let Some((message, at)) = found {
                (*place, *known) = (at, message.clone());
            }
        }
        self.0
            .retain(|(_, message)| acts(message, shown.may_send).select());
        self.0.sort_by_key(|(place, _)| *place);
    }

    /// Names of the messages, in the order of the chat.
    pub fn ids(&self) -> Vec<MessageId> {
        self.0
            .iter()
            .map(|(_, message)| message.id.clone())
            .collect()
    }

    /// What can be done with all of them.
    pub fn acts(&self, may_send: bool) -> Together {
        if self.0.is_empty() {
            return Together::default();
        }
        let all = |can: fn(super::acts::Acts) -> bool| {
            self.0
                .iter()
                .all(|(_, message)| can(acts(message, may_send)))
        };
        Together {
            copy: self
                .0
                .iter()
                .any(|(_, message)| !text_of(message).is_empty()),
            forward: all(|can| can.forward),
            delete: all(|can| can.delete),
        }
    }

    /// Their texts to put elsewhere. Of several each says who wrote it and when, as `label` has it; files are their names.
    pub fn text(&self, label: impl Fn(&Message) -> String) -> String {
        if let [(_, one)] = &self.0[..] {
            return text_of(one);
        }
        let line = |message: &Message| {
            let files = match &message.body {
                Body::Files { files, .. } => &files[..],
                Body::Letter { letter, .. } => &letter.files[..],
                _ => &[],
            };
            let names = files.iter().map(|file| harmless(&file.name));
            let said = Some(text_of(message)).filter(|said| !said.is_empty());
            let parts: Vec<String> = names.chain(said).collect();
            format!("{}: {}", label(message), parts.join("\n"))
        };
        let lines: Vec<String> = self.0.iter().map(|(_, message)| line(message)).collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::canned;
    use valise_views::Tick;

    fn message(id: &str, is_mine: bool) -> Message {
        Message {
            is_mine,
            tick: is_mine.then_some(Tick::Accepted),
            ..canned::message(id)
        }
    }

    fn chosen(messages: &[(u32, Message)]) -> Selection {
        let mut selection = Selection::default();
        for (place, message) in messages {
            assert!(selection.toggle(*place, message));
        }
        selection
    }

    #[test]
    fn they_stand_in_the_order_of_the_chat() {
        let mut selection = chosen(&[
            (7, message("c", false)),
            (2, message("a", false)),
            (4, message("b", false)),
        ]);
        let ids = |selection: &Selection| -> Vec<String> {
            selection.ids().into_iter().map(|id| id.0).collect()
        };
        assert_eq!(ids(&selection), ["a", "b", "c"]);
        selection.toggle(4, &message("b", false));
        assert_eq!(ids(&selection), ["a", "c"]);
        let label = |message: &Message| message.sender_name.clone();
        assert_eq!(selection.text(label), "Ada: text a\nAda: text c");
        selection.toggle(2, &message("a", false));
        assert_eq!(
            selection.text(label),
            "text c",
            "one is copied as it stands"
        );
    }

    #[test]
    fn only_ones_own_are_taken_back() {
        let own = chosen(&[(0, message("a", true)), (1, message("b", true))]);
        assert_eq!(
            own.acts(true),
            Together {
                copy: true,
                forward: true,
                delete: true
            }
        );
        let mixed = chosen(&[(0, message("a", true)), (1, message("b", false))]);
        assert!(mixed.acts(true).forward && !mixed.acts(true).delete);
        assert!(!own.acts(false).delete && own.acts(false).forward);
        assert_eq!(Selection::default().acts(true), Together::default());
    }

    #[test]
    fn what_was_taken_back_is_no_longer_chosen() {
        let mut selection = chosen(&[(5, message("a", false)), (6, message("b", false))]);
        let mut gone = message("a", false);
        gone.body = Body::Deleted;
        selection.follow(&canned::conversation(5, vec![gone, message("b", false)]));
        assert_eq!(selection.ids(), [MessageId("b".into())]);
    }

    #[test]
    fn there_are_not_more_than_can_be_handed_on() {
        let mut selection = Selection::default();
        for n in 0..MOST as u32 {
            assert!(selection.toggle(n, &message(&n.to_string(), false)));
        }
        assert!(!selection.toggle(200, &message("more", false)));
        assert!(selection.toggle(3, &message("3", false)), "one less");
    }
}
