//! The poll of the preview.

use super::NAMES;
use valise_views::Poll;
use valise_views::poll::Choice;

/// A poll in which some have voted.
pub fn asked() -> Poll {
    let choice = |text: &str, people: &[usize]| Choice {
        text: text.into(),
        people: people.iter().map(|who| NAMES[*who].0.into()).collect(),
        mine: people.contains(&0),
    };
    let options = vec![
        choice("Wednesday, before the hearing", &[1, 3]),
        choice("Thursday", &[0, 2, 4]),
        choice("Friday, if room 112 is free", &[]),
    ];
    Poll {
        question: "When do we go through the papers?".into(),
        options,
        several: false,
        closed: false,
        voters: 5,
    }
}

/// Lets oneself have chosen these options and no others.
pub fn vote(poll: &mut Poll, options: &[u32], me: &str) {
    let was = poll.options.iter().any(|choice| choice.mine);
    for (at, choice) in (0..).zip(&mut poll.options) {
        choice.people.retain(|name| !choice.mine || name != me);
        choice.mine = options.contains(&at);
        if choice.mine {
            choice.people.push(me.into());
        }
    }
    poll.voters = poll.voters - u32::from(was) + u32::from(!options.is_empty());
}
