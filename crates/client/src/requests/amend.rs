//! Another wording of a request: a revision, which an act puts in the place of the one before.

use super::case::{Case, Revision};
use super::signed::{Read, Sort};
use crate::Error;
use crate::content::Attachment;
use crate::guard::Guard;
use crate::state::Cx;
use valise_directory::Note;
use valise_directory::keeper::Asks;
use valise_evidence::course::Course;
use valise_evidence::request::{Deadline, Party};
use valise_evidence::{Digest, Object as _, Request};
use valise_views::request::{Due, NewRevision};
use valise_views::{FileState, Trouble};
use valise_wire::RoomId;

impl Cx<'_> {
    /// Puts another wording into the room of a request; the act that names it follows. Returns its message.
    pub(super) fn add_revision(
        &mut self,
        room: RoomId,
        new: NewRevision,
        case: &Case,
        course: &Course,
    ) -> Result<Result<i64, Trouble>, Error> {
        if let Some(trouble) = self.letter_trouble(&new.text, &new.files) {
            return Ok(Err(trouble));
        }
        if !self.may_say_otherwise() {
            return Ok(Err(Trouble::NeedsRelease));
        }
        let Some(signer) = self.party()? else {
            return Ok(Err(Trouble::NothingToSignWith));
        };
        let Some(kept) = self.kept_files(case)? else {
            return Ok(Err(Trouble::FileAway));
        };
        let request = match self.draft_revision(&new, signer, case, course) {
            Ok(request) => request,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let message = self.add_letter_with(room, &request, &new.text, &kept, new.files)?;
        Ok(Ok(message))
    }

    /// Tells whether a request can get another wording. One that somebody else would have to release cannot: he would have to read it in
    /// a room in which the other side is.
    pub(crate) fn may_say_otherwise(&self) -> bool {
        match self.wanted_asks() {
            _ if !self.keeps(Guard::Waits) => true,
            Asks::Freely => true,
            Asks::Sealed => self.makes_seals(),
            Asks::FourEyes => false,
        }
    }

    fn draft_revision(
        &self,
        new: &NewRevision,
        signer: Party,
        case: &Case,
        course: &Course,
    ) -> Result<Request, Trouble> {
        let former = &case.request;
        let subject = Note::parse(new.subject.trim()).map_err(|_| Trouble::BadName)?;
        let is_same = subject == former.subject && new.text == case.text;
        if is_same && new.files.is_empty() && new.due.is_none() && new.ends.is_none() {
            return Err(Trouble::BadText);
        }
        // All the time that was given stays given. How that was found the former wording says.
        let due = new.due.unwrap_or(Due::At(course.due.0));
        let deadline = self.deadline(due, new.offset_minutes)?;
        // What ended by itself goes on doing so, and never before it is due.
        let ends = match new.ends {
            Some(ends) => self.ends(ends, deadline.due)?,
            None => course.ends.map(|ends| ends.max(deadline.due)),
        };
        let request = Request {
            ends,
            revision: former.revision.saturating_add(1),
            previous: Some(course.revision),
            issuer: self.asking_as(signer, &former.issuer),
            subject,
            body: Digest::of(new.text.as_bytes()),
            issued_at: self.now,
            deadline: Deadline {
                acknowledge_by: former.deadline.acknowledge_by,
                ..deadline
            },
            ..former.clone()
        };
        let is_sound = request.check().is_ok();
        is_sound.then_some(request).ok_or(Trouble::BadText)
    }

    /// Returns who asks: for the office for which it was asked, if he holds it.
    fn asking_as(&self, signer: Party, former: &Party) -> Party {
        let home = &self.state.roll.home;
        let mut held = home.offices_of(signer.account);
        let is_his = held.any(|office| {
            let details = home.office(office).and_then(|it| it.details.as_ref());
            details.is_some_and(|details| Some(&details.name) == former.capacity.as_ref())
        });
        match is_his {
            true => Party {
                capacity: former.capacity.clone(),
                ..signer
            },
            false => signer,
        }
    }

    /// Returns the files of the newest wording with what is said of each in it, to be named again; none if one of them is not to be had.
    fn kept_files(&self, case: &Case) -> Result<Option<Vec<(Attachment, Digest)>>, Error> {
        let mut shown = self.files_of(case.message)?.into_iter();
        if shown.any(|file| file.state == FileState::Another) {
            return Ok(None);
        }
        let files = self.attachments(case.message, None)?;
        let parts = case.request.parts.iter().map(|part| part.digest);
        Ok(files.map(|files| files.into_iter().zip(parts).collect()))
    }

    /// Tells whether a letter is a wording that was changed since, or says something to one.
    pub(crate) fn is_former(&self, message: i64, case: &Case) -> Result<bool, Error> {
        let mut letters = case.letters.values();
        if let Some((_, response, _)) = letters.find(|(id, _, _)| *id == message) {
            return Ok(case.is_former(response));
        }
        let mut query = self
            .db
            .prepare_cached("SELECT sort FROM signed WHERE message = ?1")?;
        let sort: i64 = query.query_row([message], |row| row.get(0))?;
        Ok(sort == Sort::Request as i64 && message != case.message)
    }

    /// Tells whether a letter belongs to the wording that a request has now: an answer to another one is none.
    pub(super) fn is_to_newest(&self, message: i64, course: &Course) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT body FROM signed WHERE message = ?1")?;
        let bytes: Vec<u8> = query.query_row([message], |row| row.get(0))?;
        Ok(match Read::of(&bytes) {
            Ok(Read::Request(read)) => read.claims().previous == Some(course.revision),
            Ok(Read::Response(read)) => read.claims().revision == course.revision,
            _ => false,
        })
    }
}

/// Tells what is other in a wording than in the one before.
pub(crate) fn changes(before: &Revision, after: &Revision) -> valise_views::request::Changes {
    let other = |old: &str, new: &str| (old != new).then(|| old.to_owned());
    let (old, new) = (&before.request, &after.request);
    let dues = (old.deadline.due.0, new.deadline.due.0);
    let ends = (old.ends.map(|ends| ends.0), new.ends.map(|ends| ends.0));
    let known: Vec<Digest> = old.parts.iter().map(|part| part.digest).collect();
    let added = new
        .parts
        .iter()
        .filter(|part| !known.contains(&part.digest));
    let called = added.map(|part| {
        part.name
            .as_ref()
            .map_or("", |name| name.as_str())
            .to_owned()
    });
    valise_views::request::Changes {
        subject: other(old.subject.as_str(), new.subject.as_str()),
        text: other(&before.text, &after.text),
        due: (dues.0 != dues.1).then_some(dues),
        ends: (ends.0 != ends.1).then_some(ends),
        added: called.collect(),
    }
}
