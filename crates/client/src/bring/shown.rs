//! What is told of an export at work.

use crate::state::Cx;
use valise_import::{Skipped, Source, Why};
use valise_views::OldMessenger;
use valise_views::bringing::{Bringing, LeftOut, Stage, WhyLeftOut};

/// Most places left out that are listed; all are counted.
const MAX_LISTED: usize = 200;

/// Returns what is told before anything is known.
pub(super) fn empty() -> Bringing {
    Bringing {
        messenger: None,
        stage: Stage::Reading,
        preview: None,
        done: 0,
        of: 0,
        paused: false,
        messages: 0,
        known: 0,
        files: 0,
        missing: 0,
        chats: Vec::new(),
        left_out: Vec::new(),
        left_out_count: 0,
    }
}

/// Notes that something was left out.
pub(super) fn leave_out(shown: &mut Bringing, skipped: Skipped) {
    shown.left_out_count += 1;
    if shown.left_out.len() < MAX_LISTED {
        shown.left_out.push(LeftOut {
            line: skipped.line,
            why: match skipped.why {
                Why::NotUtf8 => WhyLeftOut::NotUtf8,
                Why::TooLong => WhyLeftOut::TooLong,
                Why::NoMessage => WhyLeftOut::NoMessage,
                Why::BadDate => WhyLeftOut::BadDate,
                Why::BadMessage => WhyLeftOut::BadMessage,
                Why::Broken => WhyLeftOut::Broken,
                Why::CutOff => WhyLeftOut::CutOff,
            },
        });
    }
}

/// Returns what the interface calls a source.
pub(super) fn messenger(source: Source) -> OldMessenger {
    match source {
        Source::WhatsApp => OldMessenger::WhatsApp,
        Source::Telegram => OldMessenger::Telegram,
    }
}

impl Cx<'_> {
    /// Returns how far an export is, if there is one.
    pub(crate) fn bringing(&self) -> Option<Box<Bringing>> {
        let bringing = self.state.bringing.as_ref()?;
        Some(Box::new(bringing.shown.clone()))
    }
}
