//! A bundle goes to whoever draws its report before it is closed, so that what was drawn lies in it.

use crate::state::Cx;
use crate::{Error, evidence};
use valise_directory::fold::fingerprint;
use valise_evidence::bundle::{self, Contents, Export, Packed, Reason};
use valise_views::{Lacking, Outcome, Trouble};
use valise_wire::OrganisationId;

/// Most bytes of a report: some hundred pages.
const MAX_REPORT_BYTES: usize = 8 << 20;
/// Bundles that wait for their reports, at most. A page that was closed never brings its one.
const MAX_WAITING: usize = 2;

/// A bundle that waits for its report. It lives no longer than this run of the device: whoever asked asks again.
pub(super) struct Waiting {
    pub(super) contents: Contents,
    pub(super) export: Export,
    pub(super) name: String,
    /// The two organisations.
    pub(super) sides: [OrganisationId; 2],
}

impl Cx<'_> {
    /// Hands out a bundle to be verified and told of. The report goes into the same bundle, whatever comes in meanwhile.
    pub(super) fn hand_out_draft(&mut self, number: u64, waiting: Waiting) -> Result<(), Error> {
        let Some(key) = evidence::signer(self.db, self.state)? else {
            return self.fail(number, Trouble::NothingToSignWith);
        };
        let known = waiting.sides.into_iter();
        let known = known.filter(|side| self.state.roll.organisation(*side).is_some());
        let known = known.map(fingerprint).collect();
        let bundle = bundle::write(&waiting.contents, &waiting.export, &key);
        let all = &mut self.state.requests.waiting;
        all.insert(number, waiting);
        while all.len() > MAX_WAITING {
            all.pop_first();
        }
        let draft = Outcome::Unreported {
            export: number,
            bundle,
            known,
        };
        self.outcome(number, draft);
        Ok(())
    }

    /// Closes a bundle, with its report if it was drawn. What is stamped then has it in it.
    pub(crate) fn finish_evidence(
        &mut self,
        number: u64,
        export: u64,
        report: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        let Some(mut waiting) = self.state.requests.waiting.remove(&export) else {
            return self.fail(number, Trouble::NotFound);
        };
        let Some(key) = evidence::signer(self.db, self.state)? else {
            return self.fail(number, Trouble::NothingToSignWith);
        };
        waiting.contents.report = report.filter(|report| report.len() <= MAX_REPORT_BYTES);
        let lacking = lacking(&waiting.contents);
        let packed = Packed::new(waiting.contents, &waiting.export, &key);
        self.close_stamped(number, waiting.name, lacking, packed)
    }
}

/// Counts what a bundle names and does not have.
fn lacking(contents: &Contents) -> Lacking {
    let count = |reason| {
        let absent = contents.absent.iter();
        absent.filter(|it| it.reason == reason).count() as u32
    };
    Lacking {
        left_out: contents.withheld.len() as u32,
        not_had: count(Reason::NotHad),
        too_large: count(Reason::TooLarge),
        another_came: count(Reason::AnotherCame),
    }
}
