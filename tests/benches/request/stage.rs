//! Two organisations that are partners, each with a server of its own, and what their people do.

use crate::device::Device;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::task::{JoinHandle, spawn_local};
use valise_client::io::{Event, Input};
use valise_tests::measure::http::Route;
use valise_tests::measure::people::now;
use valise_tests::measure::report::progress;
use valise_tests::measure::{Folder, Server};
use valise_views::request::{
    ActKind, Due, MOST_ADDRESSEES, NewAct, NewRequest, Reached, RequestTo,
};
use valise_views::{
    ChatId, Command, Outcome, PartnerState, PersonId, PersonRole, RequestFilter, RequestState,
    Shown, View,
};

/// Numbers of the founders' devices.
const OFFICE: u8 = 1;
const BANK: u8 = 101;
/// How long an invitation lasts, in milliseconds.
const DAY: u64 = 86_400_000;
/// How often somebody is looked for who has just shown himself.
const LOOKS: usize = 100;
/// Time between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// One organisation: its server, its founder, and the link by which people join.
struct Side {
    server: Server,
    route: Route,
    founder: Device,
    invitation: String,
    folder: Folder,
    /// Number of the device that came last. No two of anybody have the same: it says where a device connects from.
    last: u8,
}

impl Side {
    async fn found(valise: &Path, domain: &str, number: u8) -> Result<Self> {
        let folder = Folder::new(domain)?;
        let server = Server::start(valise, &folder, &format!("domain = \"{domain}\""))?;
        let route = Route {
            server: server.address,
            tls: None,
        };
        let mut founder = Device::new(&route, &folder.join("founder"), number)?;
        let command = Command::Found {
            link: server.setup_link()?.to_owned(),
            organisation: domain.to_owned(),
            name: "Founder".into(),
            local_part: "founder".into(),
        };
        founder.tell(command).await?;
        founder.until_online().await?;
        let invite = Command::Invite {
            name: String::new(),
            local_part: String::new(),
            office: String::new(),
            role: PersonRole::Member,
            expires_at: now().0 + DAY,
            uses: 100,
        };
        let Outcome::Link(invitation) = founder.tell(invite).await? else {
            bail!("there is no invitation");
        };
        Ok(Self {
            server,
            route,
            founder,
            invitation,
            folder,
            last: number,
        })
    }

    async fn join(&mut self) -> Result<Device> {
        self.last += 1;
        let number = self.last;
        let store = self.folder.join(&format!("{number}.store"));
        let mut device = Device::new(&self.route, &store, number)?;
        let command = Command::Join {
            link: self.invitation.clone(),
            name: format!("Person {number}"),
            local_part: local_part(number),
        };
        device.tell(command).await?;
        device.until_online().await?;
        Ok(device)
    }
}

fn local_part(number: u8) -> String {
    format!("person{number}")
}

/// Everybody.
pub struct Stage {
    office: Side,
    bank: Side,
    askers: Vec<Device>,
    /// Whoever answers, at once and without end.
    answering: JoinHandle<Result<()>>,
    answerer: PersonId,
    addressees: Vec<PersonId>,
}

/// What came of requests that were answered.
pub struct Answered {
    /// From asking until the asking side saw the answer, in order.
    pub took: Vec<Duration>,
    /// Time of both servers for each.
    pub server_cpu: Vec<Duration>,
}

impl Stage {
    /// Founds both organisations, makes them partners, and lets people join: so many who ask, so many who are asked at once.
    pub async fn set(valise: &Path, askers: usize, addressees: usize) -> Result<Self> {
        let mut office = Side::found(valise, "office.example", OFFICE).await?;
        let mut bank = Side::found(valise, "bank.example", BANK).await?;
        progress("they become partners");
        make_partners(&mut office.founder, &mut bank.founder).await?;
        progress(&format!("{} people join", askers + addressees + 1));
        let mut asking = Vec::new();
        for _ in 0..askers {
            asking.push(office.join().await?);
        }
        let mut answerer = bank.join().await?;
        let first = bank.last;
        for _ in 0..addressees {
            drop(bank.join().await?);
        }
        let mut found = Vec::new();
        for number in first..=bank.last {
            let address = format!("{}@bank.example", local_part(number));
            for asker in &mut asking {
                let person = find(asker, &mut answerer, &address).await?;
                found.extend((found.len() == usize::from(number - first)).then_some(person));
            }
            found.push(find(&mut office.founder, &mut answerer, &address).await?);
            found.dedup();
        }
        let mut found = found.into_iter();
        let answered_by = found.next().context("nobody answers")?;
        Ok(Self {
            office,
            bank,
            askers: asking,
            answering: spawn_local(answer(answerer)),
            answerer: answered_by,
            addressees: found.collect(),
        })
    }

    /// Asks so many requests, one when the one before was answered.
    pub async fn ask(&mut self, count: usize) -> Result<Answered> {
        let mut answered = Answered {
            took: Vec::with_capacity(count),
            server_cpu: Vec::with_capacity(count),
        };
        let mut before = self.server_cpu()?;
        for number in 0..count {
            if number % 100 == 0 && number > 0 {
                progress(&format!("{number} are answered"));
            }
            let askers = self.askers.len();
            let asker = &mut self.askers[number % askers];
            let begin = Instant::now();
            tokio::select! {
                asked = ask_until_answered(asker, &self.answerer, number) => asked?,
                ended = &mut self.answering => {
                    ended??;
                    bail!("nobody answers any more");
                }
            }
            answered.took.push(begin.elapsed());
            let after = self.server_cpu()?;
            answered.server_cpu.push(after - before);
            before = after;
        }
        Ok(answered)
    }

    /// Asks everybody of whom nobody is there together, and waits until the server has all of it.
    pub async fn dispatch(&mut self) -> Result<Duration> {
        let founder = &mut self.office.founder;
        let begin = Instant::now();
        for some in self.addressees.chunks(MOST_ADDRESSEES) {
            ask(founder, some, "circular").await?;
        }
        let all = self.addressees.len();
        let view = View::Requests {
            filter: RequestFilter::Open,
            search: "circular".into(),
        };
        let sent = founder.until(view, |shown| match shown {
            Shown::Requests(list) => {
                let is_sent = |reached| reached != Reached::Waiting;
                let sent = list.rows.iter().filter(|row| is_sent(row.reached));
                (sent.count() == all).then_some(())
            }
            _ => None,
        });
        sent.await?;
        Ok(begin.elapsed())
    }

    /// Ends everything.
    pub fn end(self) -> Result<()> {
        self.answering.abort();
        drop((self.askers, self.office.founder, self.bank.founder));
        self.office.server.stop()?;
        self.bank.server.stop()
    }

    fn server_cpu(&self) -> Result<Duration> {
        Ok(self.office.server.cpu_time()? + self.bank.server.cpu_time()?)
    }
}

/// Makes partners as two registrars do.
async fn make_partners(one: &mut Device, other: &mut Device) -> Result<()> {
    let Outcome::Link(link) = one.tell(Command::OfferPartner).await? else {
        bail!("there is no link");
    };
    other.tell(Command::AcceptPartner { link }).await?;
    let introduced = beside(until_partner(one, PartnerState::Introduced), other).await?;
    one.tell(Command::ConfirmPartner { id: introduced }).await?;
    beside(until_partner(one, PartnerState::Partner), other).await?;
    beside(until_partner(other, PartnerState::Partner), one).await?;
    Ok(())
}

async fn until_partner(device: &mut Device, state: PartnerState) -> Result<String> {
    device
        .until(View::Partners, |shown| match shown {
            Shown::Partners(known) => {
                let mut partners = known.partners.into_iter();
                let is_known = |domain: &str| !domain.is_empty() || state != PartnerState::Partner;
                let found =
                    partners.find(|partner| partner.state == state && is_known(&partner.domain));
                found.map(|partner| partner.id)
            }
            _ => None,
        })
        .await
}

/// Does something while another device is there, too.
async fn beside<T>(work: impl Future<Output = Result<T>>, other: &mut Device) -> Result<T> {
    tokio::select! {
        done = work => done,
        ended = other.idle() => match ended? {},
    }
}

/// Finds somebody of the other organisation, who may have to show himself first.
async fn find(device: &mut Device, other: &mut Device, address: &str) -> Result<PersonId> {
    for _ in 0..LOOKS {
        let command = Command::FindPerson {
            address: address.to_owned(),
        };
        if let Ok(Outcome::Person(person)) = beside(device.tell(command), other).await {
            return Ok(person);
        }
        beside(
            async {
                tokio::time::sleep(LOOK_EVERY).await;
                anyhow::Ok(())
            },
            device,
        )
        .await?;
    }
    bail!("{address} is not found")
}

async fn ask(device: &mut Device, people: &[PersonId], subject: &str) -> Result<ChatId> {
    let request = NewRequest {
        residency: Vec::new(),
        to: people.iter().cloned().map(RequestTo::Person).collect(),
        from_office: None,
        number: None,
        subject: subject.to_owned(),
        text: format!("Please tell us all about {subject}."),
        files: Vec::new(),
        legal_basis: Some("Art. 93 of the Code".into()),
        classification: None,
        is_confidential: false,
        fields: Vec::new(),
        due: Due::WorkingDays(10),
        ends: valise_views::request::Ends::Never,
        offset_minutes: 0,
    };
    match device.tell(Command::Request(Box::new(request))).await? {
        Outcome::Chat(chat) => Ok(chat),
        other => bail!("nothing was asked but {other:?}"),
    }
}

async fn ask_until_answered(device: &mut Device, person: &PersonId, number: usize) -> Result<()> {
    let people = std::slice::from_ref(person);
    let chat = ask(device, people, &format!("case {number}")).await?;
    let view = View::Request { chat };
    let text = device.until(view, |shown| match shown {
        Shown::Request(Some(details)) if details.row.state == RequestState::Answered => {
            let act = details
                .acts
                .iter()
                .find(|act| act.kind == ActKind::Answered);
            act.and_then(|act| act.letter.as_ref())
                .map(|letter| letter.text.clone())
        }
        _ => None,
    });
    ensure!(
        text.await? == answer_to(&format!("case {number}")),
        "the answer is to something else"
    );
    Ok(())
}

fn answer_to(subject: &str) -> String {
    format!("All that we know about {subject}.")
}

/// Opens and answers whatever comes, by the list of what is to be done.
async fn answer(mut device: Device) -> Result<()> {
    let listed = device.watch(View::Requests {
        filter: RequestFilter::ForUs,
        search: String::new(),
    })?;
    let mut answered = BTreeSet::new();
    loop {
        let Event::Shown {
            number,
            shown: Shown::Requests(list),
        } = device.next().await?
        else {
            continue;
        };
        if number != listed {
            continue;
        }
        for row in list.rows {
            if !answered.insert(row.chat.clone()) {
                continue;
            }
            let view = View::Request {
                chat: row.chat.clone(),
            };
            let opened = device.watch(view)?;
            let act = NewAct::Say {
                kind: ActKind::Answered,
                text: answer_to(&row.subject),
                files: Vec::new(),
                ground: None,
            };
            let act = Box::new(act);
            device
                .tell(Command::Act {
                    chat: row.chat,
                    act,
                })
                .await?;
            device.handle(Input::Unwatch { number: opened })?;
        }
    }
}
