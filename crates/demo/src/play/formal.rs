//! What the organisations have to do with each other: that they are partners, and what one asks of the other.

use super::{Play, founder_of};
use crate::cases::{self, CASES, OFFICES, TEMPLATES, To};
use crate::cast::{self, PEOPLE};
use crate::script::Formal;
use crate::{Guest, paper};
use anyhow::{Context, Result, bail};
use valise_views::request::{ActKind, Due, NewAct, NewRequest, RequestRow, RequestTo};
use valise_views::{ChatId, Command, OfficeId, Outcome, PartnerState, RequestFilter, Shown, View};

impl Play {
    /// Makes partners of the organisations, as their registrars would.
    pub(crate) async fn meet(&mut self) -> Result<()> {
        let (one, other) = (founder_of(0)?, founder_of(1)?);
        let Outcome::Link(link) = self.world.ask(one, Command::OfferPartner).await? else {
            bail!("no link");
        };
        self.world
            .ask(other, Command::AcceptPartner { link })
            .await?;
        self.minutes_pass(1).await?;
        let Shown::Partners(shown) = self.world.look(one, View::Partners).await? else {
            bail!("no list of partners");
        };
        let mut partners = shown.partners.into_iter();
        let introduced = partners.find(|partner| partner.state == PartnerState::Introduced);
        let id = introduced.context("nobody introduced himself")?.id;
        self.world.ask(one, Command::ConfirmPartner { id }).await?;
        self.minutes_pass(1).await?;
        for office in OFFICES {
            self.make_office(office).await?;
        }
        self.minutes_pass(1).await?;
        for kept in TEMPLATES {
            self.keep_template(kept).await?;
        }
        Ok(())
    }

    /// Returns what somebody keeps to ask it again.
    #[cfg(test)]
    pub(crate) async fn templates(
        &mut self,
        device: usize,
    ) -> Result<Vec<valise_views::KeptTemplate>> {
        match self.world.look(device, View::Templates).await? {
            Shown::Templates(kept) => Ok(kept),
            _ => bail!("no list of templates"),
        }
    }

    async fn keep_template(&mut self, kept: &cases::Kept) -> Result<()> {
        let device = cast::person(kept.whose).context("no such clerk")?;
        let to = RequestTo::Office(self.office(device, kept.to).await?);
        let template = Box::new(kept.template(self.language, to));
        let command = Command::KeepTemplate { id: None, template };
        self.world.ask(device, command).await?;
        Ok(())
    }

    async fn make_office(&mut self, office: &cases::Office) -> Result<()> {
        let registrar = founder_of(office.home)?;
        let mut holders = Vec::new();
        for holder in office.holders {
            holders.push(self.person(registrar, holder).await?);
        }
        let command = Command::SetOffice {
            office: None,
            name: office.name(self.language).to_owned(),
            local_part: office.local_part.to_owned(),
            note: office.note(self.language).to_owned(),
            numbers: String::new(),
            holders,
        };
        self.world.ask(registrar, command).await?;
        self.minutes_pass(1).await
    }

    /// Lets somebody do something with a request.
    pub(super) async fn formal(&mut self, device: usize, key: &str, what: &Formal) -> Result<()> {
        let case = cases::case(key).context("no such request")?;
        let chat = self.case(device, case).await?;
        let view = View::Request { chat: chat.clone() };
        let Shown::Request(Some(_)) = self.world.look(device, view).await? else {
            bail!("the request cannot be opened");
        };
        self.minutes_pass(1).await?;
        let act = self.act_of(device, what).await?;
        let command = Command::Act {
            chat: chat.clone(),
            act: Box::new(act),
        };
        self.world.ask(device, command).await?;
        self.minutes_pass(1).await?;
        self.read(device, chat).await
    }

    async fn act_of(&mut self, device: usize, what: &Formal) -> Result<NewAct> {
        let say = |kind, text: &str, files, ground| NewAct::Say {
            kind,
            text: text.to_owned(),
            files,
            ground,
        };
        Ok(match what {
            Formal::Registers => NewAct::Register {
                number: None,
                offset_minutes: self.moment.offset_minutes,
            },
            Formal::Works => NewAct::Assign(self.person(device, PEOPLE[device].key).await?),
            Formal::Says(kind, text) => say(*kind, text, Vec::new(), None),
            Formal::Scans(text) => {
                let name = self.language.of("statement.pdf", "vypiska.pdf").to_owned();
                let bytes = paper::statement(self.language);
                let file = self.file(device, name, "application/pdf", bytes);
                say(ActKind::Answered, text, vec![file], None)
            }
            Formal::Refuses(ground) => say(ActKind::Refused, "", Vec::new(), Some(ground.clone())),
            Formal::Confirms => NewAct::Confirm,
        })
    }

    /// Lets somebody ask a request.
    pub(super) async fn asks(&mut self, device: usize, key: &str) -> Result<()> {
        let case = cases::case(key).context("no such request")?;
        let to = match case.to {
            To::Office(key) => RequestTo::Office(self.office(device, key).await?),
            To::Guest((english, russian)) => RequestTo::Guest {
                name: self.language.of(english, russian).to_owned(),
                held: false,
            },
        };
        let from = self.office(device, case.from).await?;
        let end_of_day = (case.due_in_days + 1) * super::DAY_MILLIS as i64 - 60_000;
        let request = NewRequest {
            residency: Vec::new(),
            to: vec![to],
            from_office: Some(from),
            number: None,
            subject: case.subject(self.language).to_owned(),
            text: case.text(self.language).to_owned(),
            files: Vec::new(),
            legal_basis: Some(case.basis(self.language).to_owned()),
            classification: None,
            is_confidential: false,
            fields: Vec::new(),
            due: Due::At(self.moment.midnight.0.saturating_add_signed(end_of_day)),
            ends: valise_views::request::Ends::Never,
            offset_minutes: self.moment.offset_minutes,
        };
        let command = Command::Request(Box::new(request));
        self.world.ask(device, command).await?;
        self.minutes_pass(1).await
    }

    /// Returns the guest whom somebody awaits.
    pub(super) async fn guest(&mut self, device: usize) -> Result<Guest> {
        let is_guest = |case: &&cases::Case| matches!(case.to, To::Guest(_));
        let case = CASES.iter().find(is_guest).context("no guest is asked")?;
        let chat = self.case(device, case).await?;
        let view = View::Request { chat };
        let Shown::Request(Some(details)) = self.world.look(device, view).await? else {
            bail!("the request cannot be opened");
        };
        let guest = details.guest.context("there is no guest")?;
        Ok(Guest {
            name: guest.name,
            asked_by: PEOPLE[device].name(self.language).to_owned(),
            link: guest.link.context("the guest has no link")?,
            code: guest.code.context("the guest has no code")?,
        })
    }

    /// Finds an office as somebody sees it.
    async fn office(&mut self, device: usize, key: &str) -> Result<OfficeId> {
        let office = cases::office(key).context("no such office")?;
        let Shown::Offices(offices) = self.world.look(device, View::Offices).await? else {
            bail!("no list of offices");
        };
        let is_own = office.home == PEOPLE[device].home;
        let name = office.name(self.language);
        let found = offices
            .into_iter()
            .find(|office| office.name == name && office.outside.is_none() == is_own);
        Ok(found.with_context(|| format!("{name} is not known"))?.id)
    }

    /// Returns the requests that somebody sees behind a filter.
    pub(crate) async fn requests(
        &mut self,
        device: usize,
        filter: RequestFilter,
    ) -> Result<Vec<RequestRow>> {
        let search = String::new();
        let view = View::Requests { filter, search };
        match self.world.look(device, view).await? {
            Shown::Requests(list) => Ok(list.rows),
            _ => bail!("no list of requests"),
        }
    }

    /// Finds the chat of a request that has not come to its end.
    async fn case(&mut self, device: usize, case: &cases::Case) -> Result<ChatId> {
        let subject = case.subject(self.language);
        let rows = self.requests(device, RequestFilter::Open).await?;
        let row = rows.into_iter().find(|row| row.subject == subject);
        Ok(row
            .with_context(|| format!("{subject} did not arrive"))?
            .chat)
    }
}
