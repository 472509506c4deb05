//! The whole of a backup: many layers, so that reading and sealing one keeps nobody waiting. Its frame, and slices of messages.
//!
//! What changes meanwhile is noted, and goes into the layer behind it.

use super::keep::FULL_MILLIS;
use super::{Backup, Layer, layer};
use crate::Error;
use crate::state::Cx;

/// Layers after which all is written anew.
pub(super) const MOST_LAYERS: usize = 600;
/// Parts of changes that are few whatever the whole is.
const FEW_PARTS: u32 = 400;
/// Messages of a slice, in a store that is not larger than most.
const SLICE: i64 = 1_000;
/// Slices of a store that is.
const MOST_SLICES: i64 = 200;

/// A whole on its way up.
pub(super) struct Whole {
    /// The layers that are up.
    pub(super) up: Vec<Layer>,
    /// Bytes of them and of the one that goes up.
    pub(super) bytes: usize,
    /// The last message in them and in the one that goes up.
    after: i64,
    /// The last message when it was begun.
    last: i64,
}

/// What a whole holds, and what it leaves out when that is more than there is room for: small pictures come back with their
/// files, and of what was brought over there is the export.
const DEPTHS: [layer::Depth; 4] = [
    depth(true, true),
    depth(false, true),
    depth(true, false),
    depth(false, false),
];

const fn depth(thumbnails: bool, brought: bool) -> layer::Depth {
    layer::Depth {
        thumbnails,
        brought,
    }
}

impl Backup {
    /// How much of everything fits, as far as that is known.
    fn depth(&self) -> layer::Depth {
        DEPTHS[self.level]
    }

    /// Tells whether what changed takes as much room as the whole, and more than a little.
    pub(super) fn is_heavy(&self) -> bool {
        let layers = self.keeping.as_ref().map_or(&[][..], |it| &it.layers);
        let (whole, changes) = layers.split_at(self.whole_layers.min(layers.len()));
        let parts = |layers: &[Layer]| -> u32 { layers.iter().map(|layer| layer.parts).sum() };
        parts(changes) > parts(whole).max(FEW_PARTS)
    }
}

impl Cx<'_> {
    /// Begins the whole with its frame.
    pub(super) fn frame(&mut self) -> Result<(layer::Extent, Option<Whole>), Error> {
        let whole = Whole {
            up: Vec::new(),
            bytes: 0,
            after: 0,
            last: layer::last_message(self.db)?,
        };
        let extent = layer::Extent::Frame(self.state.backup.depth());
        Ok((extent, Some(whole)))
    }

    /// Gives the whole up, to begin anew with less of it; a layer of changes that is too large becomes a whole.
    pub(super) fn has_no_room(&mut self, whole: Option<Whole>) -> Result<bool, Error> {
        let Some(whole) = whole else {
            let (extent, whole) = self.frame()?;
            return self.push(extent, whole);
        };
        let backup = &mut self.state.backup;
        backup.pushing = None;
        let up = whole.up.into_iter().map(|layer| layer.locker);
        backup.abandoned.extend(up);
        backup.level = (backup.level + 1) % DEPTHS.len();
        backup.due_at = Some(self.now);
        if backup.level == 0 {
            // More than there is room for, with texts alone.
            backup.retry_at = self.now.plus_millis(FULL_MILLIS);
        }
        Ok(false)
    }

    /// Reads the next slice of the whole, if there is one; tells whether one goes up.
    pub(super) fn push_slice(&mut self) -> Result<bool, Error> {
        let has_more = |whole: &Whole| whole.after < whole.last;
        let pushing = self.state.backup.pushing.take_if(|pushing| {
            let whole = pushing.whole.as_ref();
            whole.is_some_and(has_more)
        });
        let Some((layer, mut whole)) = pushing.and_then(|it| Some((it.layer, it.whole?))) else {
            return Ok(false);
        };
        whole.up.push(layer);
        let count = SLICE.max(whole.last / MOST_SLICES);
        let after = whole.after;
        whole.after = layer::slice_end(self.db, after, count)?.min(whole.last);
        let extent = layer::Extent::Slice {
            depth: self.state.backup.depth(),
            after,
            last: whole.after,
        };
        self.push(extent, Some(whole))
    }
}
