//! All that proves a request, in one file that verifies without anybody's server: what was signed, word for word, the texts and files, and who
//! is who.

use super::case::{Case, Outcome as Standing};
use super::pieces::Piece;
use super::report::Waiting;
use super::signed::{Proof, Read};
use crate::Error;
use crate::asked::Purpose;
use crate::file::{cached_range, open_slice};
use crate::io::{CacheReply, Output, RequestId};
use crate::state::Cx;
use std::collections::{BTreeMap, BTreeSet};
use valise_evidence::Digest;
use valise_evidence::bundle::{Contents, Export};
use valise_evidence::request::Part;
use valise_views::{ChatId, FileId, Trouble};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, OrganisationId, RoomId, from_bytes, to_bytes};

/// Bytes of a file that are read at once.
const SLICE_BYTES: u64 = 4 << 20;

/// Somebody asks for a bundle.
pub(crate) struct Asking {
    /// By what he is answered.
    pub(crate) number: u64,
    /// The request.
    pub(crate) chat: ChatId,
    /// Files that he leaves out.
    pub(crate) without: Vec<FileId>,
}

/// A bundle that is being made.
pub(super) struct Exporting {
    number: u64,
    room: RoomId,
    pub(super) contents: Contents,
    accounts: BTreeSet<AccountId>,
    name: String,
    /// Files that are still to be read, the next one last.
    pub(super) files: Vec<Piece>,
    /// What was read of that one.
    read: Vec<u8>,
}

impl Cx<'_> {
    pub(crate) fn export_evidence(&mut self, asking: Asking) -> Result<(), Error> {
        let entry = self.request_entry(&asking.chat.0)?;
        let ready = match entry {
            Some(entry) => self.exports_after_receipts(entry.room, asking)?,
            None => Some(asking),
        };
        ready.map_or(Ok(()), |asking| self.export_now(asking))
    }

    pub(super) fn export_now(&mut self, asking: Asking) -> Result<(), Error> {
        match self.begin_export(&asking)? {
            Ok(exporting) => self.go_on_exporting(exporting),
            Err(trouble) => self.fail(asking.number, trouble),
        }
    }

    fn begin_export(&mut self, asking: &Asking) -> Result<Result<Exporting, Trouble>, Error> {
        let Some(entry) = self.request_entry(&asking.chat.0)? else {
            return Ok(Err(Trouble::NotFound));
        };
        let Some(case) = self.case(entry.room)?.filter(|case| case.settled) else {
            return Ok(Err(Trouble::NotFound));
        };
        let Some(exporter) = self.party()? else {
            return Ok(Err(Trouble::NothingToSignWith));
        };
        let mut exporting = Exporting {
            number: asking.number,
            room: entry.room,
            contents: Contents::default(),
            accounts: BTreeSet::from([exporter.account]),
            name: bundle_name(&entry.number),
            files: Vec::new(),
            read: Vec::new(),
        };
        let named = self.gather_signed(&case, &mut exporting)?;
        if !self.pick_files(named, &asking.without, &mut exporting)? {
            // They are fetched, so that it works the next time.
            return Ok(Err(Trouble::FileAway));
        }
        exporting.files.reverse();
        Ok(Ok(exporting))
    }

    /// Puts in what belongs to the chain: acts that are no part of it, and letters that none of its acts names, prove nothing. Returns the files
    /// that these name.
    fn gather_signed(
        &mut self,
        case: &Case,
        exporting: &mut Exporting,
    ) -> Result<Vec<(FileId, Part)>, Error> {
        let stands = |standing: Standing| match standing {
            Standing::Counts => true,
            Standing::Found(finding) => !finding.breaks_chain(),
            Standing::Waits | Standing::Unproven => false,
        };
        let chain: BTreeMap<Digest, &valise_evidence::Act> = case
            .done
            .iter()
            .filter(|done| stands(done.outcome))
            .map(|done| (done.digest, &done.act))
            .collect();
        let named: BTreeSet<Digest> = chain.values().filter_map(|act| act.object).collect();
        let mut files = Vec::new();
        for kept in self.signed_in(exporting.room)? {
            let Some(digest) = kept.digest.filter(|_| kept.proven == Proof::Holds as i64) else {
                continue;
            };
            let Ok(read) = Read::of(&kept.bytes) else {
                continue;
            };
            let is_first = matches!(&read, Read::Request(read) if read.claims().revision == 1);
            let belongs = chain.contains_key(&digest) || named.contains(&digest) || is_first;
            if !belongs || !kept.settled {
                continue;
            }
            exporting.accounts.insert(read.party().account);
            let receipts = self.receipts_of(kept.message)?;
            exporting.contents.receipts.extend(receipts);
            let parts = match read {
                Read::Request(read) => {
                    exporting
                        .contents
                        .seals
                        .extend(self.seal_beside(kept.message)?);
                    exporting.contents.requests.push(kept.bytes);
                    read.claims().parts.clone()
                }
                Read::Response(read) => {
                    let seals = self.holding_seal(kept.message)?;
                    exporting.contents.seals.extend(seals);
                    exporting.contents.responses.push(kept.bytes);
                    read.claims().parts.clone()
                }
                Read::Act(_) => {
                    exporting.contents.acts.push(kept.bytes);
                    continue;
                }
            };
            exporting.contents.contents.push(kept.text.into_bytes());
            let shown = self.files_of(kept.message)?.into_iter();
            files.extend(shown.map(|file| file.id).zip(parts));
        }
        Ok(files)
    }

    fn seal_beside(&self, message: i64) -> Result<Option<Vec<u8>>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT seal FROM signed WHERE message = ?1")?;
        Ok(query.query_row([message], |row| row.get(0))?)
    }

    fn go_on_exporting(&mut self, mut exporting: Exporting) -> Result<(), Error> {
        while let Some(piece) = exporting.files.last() {
            let (file, done) = (&piece.file, exporting.read.len() as u64);
            if done < file.size_bytes {
                let range = cached_range(file, done..done + SLICE_BYTES);
                let (blob, length) = (file.blob, (range.end - range.start) as u32);
                let id = self.expect(Purpose::Evidence, false);
                self.put(Output::CacheRead {
                    id,
                    blob,
                    offset: range.start,
                    length,
                });
                self.state.requests.exporting.insert(id, exporting);
                return Ok(());
            }
            let bytes = std::mem::take(&mut exporting.read);
            if let Some(piece) = exporting.files.pop() {
                self.put_in(piece, bytes, &mut exporting.contents)?;
            }
        }
        self.finish_export(exporting)
    }

    /// Takes a slice of a file that goes into a bundle. Tells whether it was one.
    pub(crate) fn evidence_read(
        &mut self,
        id: RequestId,
        result: &CacheReply,
    ) -> Result<bool, Error> {
        let Some(mut exporting) = self.state.requests.exporting.remove(&id) else {
            return Ok(false);
        };
        self.state.asked.remove(&id);
        let done = exporting.read.len() as u64;
        let opened = match (result, exporting.files.last()) {
            (CacheReply::Read(bytes), Some(piece)) => {
                open_slice(&piece.file, done..done + SLICE_BYTES, bytes).ok()
            }
            _ => None,
        };
        match opened.filter(|opened| !opened.is_empty()) {
            Some(opened) => {
                exporting.read.extend(opened);
                self.go_on_exporting(exporting)?;
            }
            None => self.cannot_read(exporting)?,
        }
        Ok(true)
    }

    /// What cannot be read is fetched again. What came in place of something else is named without it: nothing is proven by that.
    fn cannot_read(&mut self, mut exporting: Exporting) -> Result<(), Error> {
        exporting.read.clear();
        match exporting.files.pop() {
            Some(piece) if piece.came.is_some() => self.go_on_exporting(exporting),
            Some(piece) => {
                self.fetch_anew(&piece.id.0)?;
                self.fail(exporting.number, Trouble::FileAway)
            }
            None => self.fail(exporting.number, Trouble::FileAway),
        }
    }

    /// The cache did not answer.
    pub(crate) fn evidence_unread(&mut self, id: RequestId) -> Result<(), Error> {
        match self.state.requests.exporting.remove(&id) {
            Some(exporting) => self.fail(exporting.number, Trouble::FileAway),
            None => Ok(()),
        }
    }

    fn finish_export(&mut self, exporting: Exporting) -> Result<(), Error> {
        let Exporting {
            number,
            room,
            mut contents,
            accounts,
            name,
            ..
        } = exporting;
        let (Some(exporter), Some(case)) = (self.party()?, self.case(room)?) else {
            return self.fail(number, Trouble::NothingToSignWith);
        };
        let sides = [
            case.request.issuer.organisation,
            case.request.addressee.organisation,
        ];
        for organisation in sides {
            // A guest stands in the log of whoever asks him.
            let excerpt = self.excerpt_for(organisation, &accounts)?;
            if !excerpt.is_empty() {
                contents.trust.push(to_bytes(&excerpt));
            }
        }
        let export = Export {
            request: case.request.id,
            binding: self.binding(room)?,
            exporter,
            at: self.now,
        };
        let waiting = Waiting {
            contents,
            export,
            name,
            sides,
        };
        self.hand_out_draft(number, waiting)
    }

    /// Returns the statements of an organisation's log that prove who of some accounts is whose.
    fn excerpt_for(
        &self,
        organisation: OrganisationId,
        accounts: &BTreeSet<AccountId>,
    ) -> Result<Vec<LogEntry>, Error> {
        let Some(directory) = self.state.roll.organisation(organisation) else {
            return Ok(Vec::new());
        };
        let proofs = accounts
            .iter()
            .map(|account| directory.excerpt_of(*account, None));
        let positions: BTreeSet<u64> = proofs.flatten().flatten().chain([1]).collect();
        let is_own = organisation == self.state.roll.home.organisation_id();
        let sql = if is_own {
            "SELECT body FROM statement WHERE position = ?1 AND ?2 IS NOT NULL"
        } else {
            "SELECT body FROM foreign_statement WHERE position = ?1 AND organisation = ?2"
        };
        let mut query = self.db.prepare_cached(sql)?;
        let mut entries = Vec::new();
        for position in positions {
            let body: Vec<u8> =
                query.query_row((position as i64, organisation.0), |row| row.get(0))?;
            let statement: SignedStatement =
                from_bytes(&body).map_err(|_| Error::Bug("a stored statement cannot be read"))?;
            entries.push(LogEntry {
                position,
                statement,
            });
        }
        Ok(entries)
    }
}

/// Returns what a bundle is called, by the number of its request.
fn bundle_name(number: &str) -> String {
    let harmless = |character: char| {
        if character.is_alphanumeric() || "-_.".contains(character) {
            character
        } else {
            '-'
        }
    };
    let name: String = number.chars().map(harmless).collect();
    format!("{}.evb", name.trim_matches(['-', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_called_by_the_number_and_leads_nowhere() {
        assert_eq!(bundle_name("2026/NB-00042"), "2026-NB-00042.evb");
        assert_eq!(bundle_name("../../etc"), "etc.evb");
    }
}
