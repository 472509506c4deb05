//! A course and what it knows, as tests of courses have it.

#![allow(dead_code)] // not every test needs all of it

use crate::world::{Case, DAY, NOW, name, note};
use valise_evidence::course::{Course, Finding, Objects};
use valise_evidence::{Act, ActKind, Digest, Request, Response, ResponseKind};
use valise_wire::Timestamp;

/// A course and what it knows, without signatures.
pub struct Fold {
    pub case: Case,
    pub requests: Vec<(Digest, Request)>,
    pub responses: Vec<(Digest, Response)>,
    pub course: Course,
    pub count: u8,
}

impl Fold {
    pub fn new() -> Self {
        let case = Case::new();
        let request = case.draft();
        let first = Digest([1; 32]);
        Self {
            course: Course::new(first, &request),
            requests: vec![(first, request)],
            responses: Vec::new(),
            case,
            count: 1,
        }
    }

    pub fn objects(&self) -> Objects<'_> {
        Objects {
            requests: self
                .requests
                .iter()
                .map(|(digest, it)| (*digest, it))
                .collect(),
            responses: self
                .responses
                .iter()
                .map(|(digest, it)| (*digest, it))
                .collect(),
        }
    }

    pub fn digest(&mut self) -> Digest {
        self.count += 1;
        Digest([self.count; 32])
    }

    /// An act that fits whatever the course needs for it.
    pub fn act(&mut self, kind: ActKind) -> Act {
        let by_bank = matches!(kind.side(), valise_evidence::act::Side::Addressee);
        let side = if by_bank {
            &self.case.bank
        } else {
            &self.case.office
        };
        let mut act = self.case.act(kind, side);
        act.previous = self.course.tip;
        let answers = [
            (ActKind::Questioned, ResponseKind::Question),
            (ActKind::Clarified, ResponseKind::Clarification),
            (ActKind::PartlyAnswered, ResponseKind::Partial),
            (ActKind::Answered, ResponseKind::Full),
            (ActKind::Refused, ResponseKind::Refusal),
        ];
        if let Some((_, answer)) = answers.iter().find(|(named, _)| *named == kind) {
            let mut response = self.case.response(*answer, side);
            response.revision = self.course.revision;
            let digest = self.digest();
            self.responses.push((digest, response));
            act.object = Some(digest);
        }
        match kind {
            ActKind::Registered => act.number = Some(name("IN-7")),
            ActKind::Disputed => act.note = Some(note("That was not asked")),
            ActKind::ExtensionAsked => act.until = Some(self.course.due.plus_millis(DAY)),
            ActKind::ExtensionGranted => act.until = self.course.asked_until.or(Some(NOW)),
            ActKind::Amended => act.object = Some(self.revise()),
            _ => {}
        }
        act
    }

    pub fn revise(&mut self) -> Digest {
        let newest = self.course.revision;
        let known = self.requests.iter().find(|(digest, _)| *digest == newest);
        let mut request = known.expect("the newest revision").1.clone();
        request.revision += 1;
        request.previous = Some(newest);
        let digest = self.digest();
        self.requests.push((digest, request));
        digest
    }

    pub fn take(&mut self, act: &Act, observed: Option<Timestamp>) -> Result<(), Finding> {
        let digest = self.digest();
        let mut course = self.course.clone();
        let taken = course.take(digest, act, &self.objects(), observed);
        self.course = course;
        taken
    }

    pub fn does(&mut self, kind: ActKind) -> Result<(), Finding> {
        let act = self.act(kind);
        self.take(&act, None)
    }

    pub fn done(kinds: &[ActKind]) -> Self {
        let mut fold = Self::new();
        for kind in kinds {
            assert_eq!(fold.does(*kind), Ok(()), "{kind:?}");
        }
        fold
    }
}
