//! What people do with requests.

use super::{Who, World};
use valise_verdict::report_of;
use valise_views::file::NewFile;
use valise_views::print::{Document, Language};
use valise_views::request::{
    ActKind, Due, NewAct, NewRequest, RequestDetails, RequestRow, RequestTo,
};
use valise_views::{
    ChatId, Command, FileId, Outcome, PersonId, RequestFilter, Shown, Trouble, View,
};

impl World {
    /// Returns a request to somebody as it would be typed, due in ten working days.
    pub fn request_to(person: PersonId, subject: &str) -> NewRequest {
        NewRequest {
            residency: Vec::new(),
            to: vec![RequestTo::Person(person)],
            from_office: None,
            number: None,
            subject: subject.into(),
            text: format!("Please tell us all about {subject}."),
            files: Vec::new(),
            legal_basis: Some("Art. 93 of the Code".into()),
            classification: None,
            is_confidential: false,
            fields: vec![("Account".into(), "UA21 3223 1300".into())],
            due: Due::WorkingDays(10),
            ends: valise_views::request::Ends::Never,
            offset_minutes: 120,
        }
    }

    /// Returns the wish to register a request under the next number.
    pub fn registers() -> NewAct {
        NewAct::Register {
            number: None,
            offset_minutes: 120,
        }
    }

    /// Asks formally, and lets it arrive.
    pub fn asks(&mut self, who: Who, request: NewRequest) -> ChatId {
        let chat = match self.tell(who, Command::Request(Box::new(request))) {
            Outcome::Chat(chat) => chat,
            other => panic!("not asked but {other:?}"),
        };
        self.settle();
        chat
    }

    /// Does something with a request, and lets it arrive.
    pub fn acts(&mut self, who: Who, chat: &ChatId, act: NewAct) -> Outcome {
        let act = Box::new(act);
        let chat = chat.clone();
        let outcome = self.tell(who, Command::Act { chat, act });
        self.settle();
        outcome
    }

    /// Asks for all that proves a request, with a report in English, drawn as whoever reads it sees it; tells why there is none.
    pub fn exports(&mut self, who: Who, chat: &ChatId) -> Result<(String, Vec<u8>), Trouble> {
        self.exports_without(who, chat, Vec::new())
    }

    /// Asks for all that proves a request, but for some files.
    pub fn exports_without(
        &mut self,
        who: Who,
        chat: &ChatId,
        without: Vec<FileId>,
    ) -> Result<(String, Vec<u8>), Trouble> {
        let chat = chat.clone();
        let told = self.tell(who, Command::ExportEvidence { chat, without });
        self.closes_evidence(who, told)
    }

    /// Draws what was told of a bundle, and has it closed.
    pub fn closes_evidence(
        &mut self,
        who: Who,
        told: Outcome,
    ) -> Result<(String, Vec<u8>), Trouble> {
        let (export, report) = match told {
            Outcome::Unreported {
                export,
                bundle,
                known,
            } => (export, report_of(Language::English, &bundle, known)),
            Outcome::Failed(trouble) => return Err(trouble),
            other => panic!("no bundle but {other:?}"),
        };
        let printed = valise_print::document(&Document::Report(report)).expect("it fits");
        let report = Some(printed.pdf.into());
        match self.tell(who, Command::FinishEvidence { export, report }) {
            Outcome::Evidence { name, bytes, .. } => Ok((name, bytes)),
            Outcome::Failed(trouble) => Err(trouble),
            other => panic!("no bundle but {other:?}"),
        }
    }

    /// Says something with a request, and lets it arrive.
    pub fn replies(
        &mut self,
        who: Who,
        chat: &ChatId,
        kind: ActKind,
        text: &str,
        files: Vec<NewFile>,
    ) {
        let ground = (kind == ActKind::Refused).then(|| "It is not ours to say.".to_owned());
        let act = NewAct::Say {
            kind,
            text: text.into(),
            files,
            ground,
        };
        assert_eq!(self.acts(who, chat, act), Outcome::Done);
    }

    /// Returns the requests that somebody sees.
    pub fn requests(&mut self, who: Who, filter: RequestFilter) -> Vec<RequestRow> {
        let search = String::new();
        match self.look(who, View::Requests { filter, search }) {
            Shown::Requests(list) => list.rows,
            other => panic!("no requests but {other:?}"),
        }
    }

    /// Opens a request as somebody who looks at it.
    pub fn opens(&mut self, who: Who, chat: &ChatId) -> RequestDetails {
        let chat = chat.clone();
        match self.look(who, View::Request { chat }) {
            Shown::Request(Some(details)) => *details,
            other => panic!("no request but {other:?}"),
        }
    }
}
