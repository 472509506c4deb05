//! Labels: a person's own names for some of his chats.

use serde::{Deserialize, Serialize};

/// A label, opaque; the same on all of one's own devices.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct LabelId(pub [u8; 16]);

/// A label's colour. It never says anything alone: the name stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum LabelColour {
    /// Grey; also what a newer version has and this one does not know.
    #[default]
    Grey = 0,
    /// Red.
    Red = 1,
    /// Orange.
    Orange = 2,
    /// Green.
    Green = 3,
    /// Blue.
    Blue = 4,
    /// Violet.
    Violet = 5,
}

impl LabelColour {
    /// All that there are to choose from.
    pub const ALL: [Self; 6] = [
        Self::Grey,
        Self::Red,
        Self::Orange,
        Self::Green,
        Self::Blue,
        Self::Violet,
    ];

    /// Reads its number.
    pub fn of_number(number: u8) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|colour| *colour as u8 == number)
            .unwrap_or_default()
    }
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Which.
    pub id: LabelId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: LabelColour,
}
