//! The files of a bundle: which go along, and why others do not.

use super::export::Exporting;
use crate::Error;
use crate::file::OpenFile;
use crate::file::row::Row;
use crate::file::signed::Found;
use crate::guard::Guard;
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_evidence::Digest;
use valise_evidence::bundle::{Absent, Contents, Reason};
use valise_evidence::request::Part;
use valise_views::FileId;

/// For how long it counts that a file was asked for: what its server does not have after that may be there again.
const FETCHED_MILLIS: u64 = 10 * 60 * 1000;

/// A file that goes along.
pub(super) struct Piece {
    pub(super) id: FileId,
    pub(super) file: OpenFile,
    /// What was signed.
    pub(super) signed: Digest,
    /// What it is, if it is known to be another.
    pub(super) came: Option<Digest>,
}

/// Whether a file is to go along.
#[derive(Clone, Copy)]
enum Wanted {
    Along,
    /// Whoever exports leaves it out.
    LeftOut,
    TooLarge,
}

/// What becomes of a file.
enum Place {
    /// It goes along; with the digest of what it is, if that is another one than was signed.
    In(OpenFile, Option<Digest>),
    /// It is fetched first.
    Awaited(Row),
    /// It does not go along, and why is noted.
    Out,
}

/// A file that is named in the bundle.
struct Named {
    id: FileId,
    part: Part,
    found: Found,
}

impl Cx<'_> {
    /// Decides which files go along. Tells whether all of them are here; what is not is fetched.
    pub(super) fn pick_files(
        &mut self,
        named: Vec<(FileId, Part)>,
        without: &[FileId],
        exporting: &mut Exporting,
    ) -> Result<bool, Error> {
        let left_out = named.iter().filter(|(id, _)| without.contains(id));
        let left_out: BTreeSet<Digest> = left_out.map(|(_, part)| part.digest).collect();
        let (mut away, mut bytes_left) = (Vec::new(), self.state.guards.bundle_bytes);
        for named in self.best_of(named)? {
            let (signed, length) = (named.part.digest, named.part.length);
            let wanted = match bytes_left.checked_sub(length) {
                _ if left_out.contains(&signed) => Wanted::LeftOut,
                None => Wanted::TooLarge,
                Some(_) => Wanted::Along,
            };
            match self.place(named.found, signed, wanted, &mut exporting.contents) {
                Place::In(file, came) => {
                    bytes_left -= length;
                    exporting.files.push(Piece {
                        id: named.id,
                        file,
                        signed,
                        came,
                    });
                }
                Place::Awaited(row) => away.push(row),
                Place::Out => {}
            }
        }
        let is_here = away.is_empty();
        for row in away {
            let at = self.now;
            self.state.requests.fetched.insert(row.id.clone(), at);
            self.fetch(&row)?;
        }
        Ok(is_here)
    }

    /// Decides of one file whether it goes along, and notes why not.
    fn place(
        &self,
        found: Found,
        signed: Digest,
        wanted: Wanted,
        contents: &mut Contents,
    ) -> Place {
        let mut lacks = |reason, came| {
            contents.absent.push(Absent {
                digest: signed,
                reason,
                came,
            });
        };
        match (found, wanted) {
            (Found::Another(came, file), wanted) => {
                lacks(Reason::AnotherCame, Some(came));
                match wanted {
                    Wanted::Along => return Place::In(file, Some(came)),
                    Wanted::LeftOut | Wanted::TooLarge => {}
                }
            }
            (Found::Lost(row), _) if self.is_lost(&row) => lacks(Reason::NotHad, None),
            // Who goes on without what nobody gave him leaves nothing out on purpose.
            (Found::Away(row), Wanted::LeftOut) if self.was_fetched(&row.id) => {
                lacks(Reason::NotHad, None);
            }
            (_, Wanted::LeftOut) => contents.withheld.push(signed),
            (_, Wanted::TooLarge) => lacks(Reason::TooLarge, None),
            (Found::Here(file), Wanted::Along) => return Place::In(file, None),
            (Found::Lost(row) | Found::Away(row), Wanted::Along) => return Place::Awaited(row),
        }
        Place::Out
    }

    /// Returns each file once: another wording names those of the one before again. Of several copies the one that is here counts.
    fn best_of(&self, named: Vec<(FileId, Part)>) -> Result<Vec<Named>, Error> {
        let mut best: Vec<Named> = Vec::new();
        for (id, part) in named {
            let Some(found) = self.find_for_bundle(&id.0)? else {
                continue;
            };
            let known = best.iter_mut().find(|it| it.part.digest == part.digest);
            match known {
                Some(known) if rank(&found) < rank(&known.found) => {
                    *known = Named { id, part, found };
                }
                Some(_) => {}
                None => best.push(Named { id, part, found }),
            }
        }
        Ok(best)
    }

    /// Tells whether a file that its server does not have is given up: it was asked for, or never can be whole.
    fn is_lost(&self, row: &Row) -> bool {
        self.keeps(Guard::WithoutLost) && (self.was_fetched(&row.id) || !row.can_be_whole())
    }

    fn was_fetched(&self, id: &str) -> bool {
        let at = self.state.requests.fetched.get(id);
        at.is_some_and(|at| self.now.millis_since(*at) < FETCHED_MILLIS)
    }

    /// Puts a file into a bundle that was read to its end.
    pub(super) fn put_in(
        &mut self,
        piece: Piece,
        bytes: Vec<u8>,
        contents: &mut Contents,
    ) -> Result<(), Error> {
        let came = Digest::of(&bytes);
        if came == piece.came.unwrap_or(piece.signed) {
            contents.contents.push(bytes);
        } else if piece.came.is_some() {
            // It is named by what it was when it came.
        } else if self.keeps(Guard::SignedFiles) {
            // It came before this was looked at.
            self.another_came(&piece.id.0, came)?;
            contents.absent.push(Absent {
                digest: piece.signed,
                reason: Reason::AnotherCame,
                came: Some(came),
            });
            contents.contents.push(bytes);
        } else {
            contents.withheld.push(piece.signed);
        }
        Ok(())
    }
}

/// What of several copies is better, the best first.
fn rank(found: &Found) -> u8 {
    match found {
        Found::Here(_) => 0,
        Found::Away(_) => 1,
        Found::Another(..) => 2,
        Found::Lost(_) => 3,
    }
}
