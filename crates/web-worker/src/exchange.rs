//! Whose is what: several tabs' numbers and the one core's numbers.

use std::collections::{BTreeMap, VecDeque};
use valise_client::{Event, Input};
use valise_views::Outcome;
use valise_views::bridge::{FromCore, ToCore};

/// One tab, by a number that it chose at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tab(pub u64);

/// Outcomes that are kept so that a repeated command is answered and not done again.
const REMEMBERED_OUTCOMES: usize = 256;

/// Gives every tab's questions their own numbers at the core, and finds the tab again for the answers.
#[derive(Debug, Default)]
pub struct Exchange {
    last_number: u64,
    inner: BTreeMap<(Tab, u64), u64>,
    outer: BTreeMap<u64, (Tab, u64)>,
    finished: BTreeMap<(Tab, u64), Outcome>,
    finished_order: VecDeque<(Tab, u64)>,
    visible: BTreeMap<Tab, bool>,
}

/// What a tab's message comes to.
#[derive(Debug)]
pub enum Taken {
    /// Something for the core.
    Input(Input),
    /// An answer that is known already.
    Known(FromCore),
    /// A question for a file.
    OpenFile {
        /// The tab's number for it.
        number: u64,
        /// Which.
        file: valise_views::FileId,
    },
    /// Nothing to do.
    Nothing,
}

impl Exchange {
    /// Takes what a tab says. A command that came before is not done again.
    pub fn take(&mut self, tab: Tab, message: ToCore) -> Taken {
        match message {
            ToCore::Ask { number, command } => {
                if let Some(outcome) = self.finished.get(&(tab, number)) {
                    return Taken::Known(FromCore::Outcome {
                        number,
                        outcome: outcome.clone(),
                    });
                }
                if self.inner.contains_key(&(tab, number)) {
                    return Taken::Nothing;
                }
                let number = self.number_for(tab, number);
                Taken::Input(Input::Command {
                    number,
                    command: *command,
                })
            }
            ToCore::Watch { number, view } => {
                let number = self.number_for(tab, number);
                Taken::Input(Input::Watch { number, view })
            }
            ToCore::Unwatch { number } => match self.inner.remove(&(tab, number)) {
                Some(number) => {
                    self.outer.remove(&number);
                    Taken::Input(Input::Unwatch { number })
                }
                None => Taken::Nothing,
            },
            ToCore::OpenFile { number, file } => Taken::OpenFile { number, file },
            ToCore::Visible(is_visible) => {
                self.visible.insert(tab, is_visible);
                Taken::Input(Input::Visible(self.is_anybody_looking()))
            }
            ToCore::Unlock { .. } | ToCore::Lock => Taken::Nothing,
        }
    }

    /// Finds whom an event is for.
    pub fn give(&mut self, event: Event) -> Option<(Tab, FromCore)> {
        match event {
            Event::Outcome { number, outcome } => {
                let (tab, number) = self.outer.remove(&number)?;
                self.inner.remove(&(tab, number));
                self.remember(tab, number, outcome.clone());
                Some((tab, FromCore::Outcome { number, outcome }))
            }
            Event::Shown { number, shown } => {
                let (tab, number) = *self.outer.get(&number)?;
                Some((
                    tab,
                    FromCore::Shown {
                        number,
                        shown: Box::new(shown),
                    },
                ))
            }
            // One page tells of it, whichever was there first, and only if the person looks at none of them.
            Event::NewMessage(message) if !self.is_anybody_looking() => {
                let (tab, _) = self.visible.first_key_value()?;
                Some((*tab, FromCore::NewMessage(message)))
            }
            Event::NewMessage(_) => None,
        }
    }

    /// Forgets a tab that was closed; returns what to tell the core.
    pub fn forget(&mut self, tab: Tab) -> Vec<Input> {
        let gone: Vec<_> = self
            .inner
            .range((tab, 0)..=(tab, u64::MAX))
            .map(|(outer, inner)| (*outer, *inner))
            .collect();
        let mut inputs = Vec::new();
        for (outer, number) in gone {
            self.inner.remove(&outer);
            self.outer.remove(&number);
            inputs.push(Input::Unwatch { number });
        }
        self.finished.retain(|(of, _), _| *of != tab);
        self.finished_order.retain(|(of, _)| *of != tab);
        if self.visible.remove(&tab) == Some(true) {
            inputs.push(Input::Visible(self.is_anybody_looking()));
        }
        inputs
    }

    fn is_anybody_looking(&self) -> bool {
        self.visible.values().any(|visible| *visible)
    }

    fn number_for(&mut self, tab: Tab, number: u64) -> u64 {
        if let Some(known) = self.inner.get(&(tab, number)) {
            return *known;
        }
        self.last_number += 1;
        self.inner.insert((tab, number), self.last_number);
        self.outer.insert(self.last_number, (tab, number));
        self.last_number
    }

    fn remember(&mut self, tab: Tab, number: u64, outcome: Outcome) {
        self.finished.insert((tab, number), outcome);
        self.finished_order.push_back((tab, number));
        if self.finished_order.len() > REMEMBERED_OUTCOMES
            && let Some(oldest) = self.finished_order.pop_front()
        {
            self.finished.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::{ChatId, Command, NewMessage, Shown, View};

    const A: Tab = Tab(10);
    const B: Tab = Tab(20);

    fn ask(number: u64) -> ToCore {
        ToCore::Ask {
            number,
            command: Box::new(Command::DismissAlarms),
        }
    }

    fn command_number(taken: Taken) -> Option<u64> {
        match taken {
            Taken::Input(Input::Command { number, .. }) => Some(number),
            _ => None,
        }
    }

    #[test]
    fn two_tabs_with_the_same_number_get_their_own_answers() {
        let mut exchange = Exchange::default();
        let of_a = command_number(exchange.take(A, ask(1))).unwrap();
        let of_b = command_number(exchange.take(B, ask(1))).unwrap();
        assert_ne!(of_a, of_b);
        let (tab, answer) = exchange
            .give(Event::Outcome {
                number: of_b,
                outcome: Outcome::Done,
            })
            .unwrap();
        assert_eq!(tab, B);
        assert_eq!(
            answer,
            FromCore::Outcome {
                number: 1,
                outcome: Outcome::Done
            }
        );
    }

    #[test]
    fn a_command_that_comes_again_is_not_done_again() {
        let mut exchange = Exchange::default();
        let number = command_number(exchange.take(A, ask(1))).unwrap();
        assert!(
            matches!(exchange.take(A, ask(1)), Taken::Nothing),
            "it is under way"
        );
        exchange.give(Event::Outcome {
            number,
            outcome: Outcome::Done,
        });
        assert!(matches!(
            exchange.take(A, ask(1)),
            Taken::Known(FromCore::Outcome { number: 1, .. })
        ));
        assert!(
            command_number(exchange.take(A, ask(2))).is_some(),
            "another one is done"
        );
    }

    #[test]
    fn a_closed_tab_is_told_nothing() {
        let mut exchange = Exchange::default();
        let watch = ToCore::Watch {
            number: 5,
            view: View::Invitations,
        };
        let Taken::Input(Input::Watch { number, .. }) = exchange.take(A, watch) else {
            panic!("no watch")
        };
        let shown = || Event::Shown {
            number,
            shown: Shown::Invitations(vec![]),
        };
        assert!(exchange.give(shown()).is_some());
        assert!(
            matches!(exchange.forget(A)[..], [Input::Unwatch { number: gone }] if gone == number)
        );
        assert!(exchange.give(shown()).is_none());
    }

    #[test]
    fn somebody_looks_as_long_as_one_tab_is_seen() {
        let mut exchange = Exchange::default();
        exchange.take(A, ToCore::Visible(true));
        exchange.take(B, ToCore::Visible(true));
        assert!(matches!(
            exchange.take(A, ToCore::Visible(false)),
            Taken::Input(Input::Visible(true))
        ));
        assert!(matches!(exchange.forget(B)[..], [Input::Visible(false)]));
    }

    #[test]
    fn a_message_is_told_to_one_tab_and_only_while_nobody_looks() {
        let mut exchange = Exchange::default();
        let message = || {
            Event::NewMessage(NewMessage {
                chat: ChatId("c".into()),
                title: "Case 7".into(),
                sender: "Ann".into(),
                outside: None,
                preview: "here".into(),
                is_poll: false,
                is_card: false,
                reminds: None,
            })
        };
        exchange.take(A, ToCore::Visible(false));
        exchange.take(B, ToCore::Visible(false));
        let told = exchange.give(message());
        assert!(matches!(told, Some((A, FromCore::NewMessage(_)))));
        exchange.take(B, ToCore::Visible(true));
        assert!(exchange.give(message()).is_none(), "she sees it come");
        exchange.forget(A);
        exchange.take(B, ToCore::Visible(false));
        let told = exchange.give(message());
        assert!(matches!(told, Some((B, _))));
    }
}
