//! What stands in clear beside a message that holds something signed, so that servers can say that they took it.

use crate::content::{Content, Meaning};
use crate::guard::Guard;
use crate::state::Cx;
use valise_wire::to_bytes;

impl Cx<'_> {
    /// Tells whether what stands beside a message is what its meaning calls for: a mark of the very thing that is signed in it, and
    /// nothing beside anything else.
    pub(crate) fn is_marked(&self, meaning: &Meaning, beside: &[u8]) -> bool {
        beside == mark_of(meaning).unwrap_or_default() || !self.keeps(Guard::Mark)
    }
}

/// Returns what stands beside a content of one's own.
pub(crate) fn mark_beside(content: &Content) -> Vec<u8> {
    let meaning = Meaning::of_part(&content.part);
    meaning
        .and_then(|meaning| mark_of(&meaning))
        .unwrap_or_default()
}

fn mark_of(meaning: &Meaning) -> Option<Vec<u8>> {
    let Meaning::Formal(formal) = meaning else {
        return None;
    };
    formal.mark().map(|mark| to_bytes(&mark))
}
