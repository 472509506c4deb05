//! Somebody's being away.

use super::{Printer, harmless};
use serde_json::{Value, json};
use valise_views::Away;

impl Printer {
    /// Says until when somebody is away, and who stands in.
    pub fn away(&self, away: &Away) -> String {
        // The last day on which he is away.
        let day = self.day(away.until.saturating_sub(1));
        let until = self.words("away until", "нет до");
        match &away.cover {
            Some((_, name)) => {
                let cover = self.words("stands in", "замещает");
                format!("{until} {day}, {cover}: {}", harmless(name))
            }
            None => format!("{until} {day}"),
        }
    }
}

pub fn machine(away: &Away) -> Value {
    json!({
        "until": away.until,
        "cover": away.cover.as_ref().map(|(id, _)| &id.0),
        "note": away.note,
        "said_by": away.said_by,
    })
}
