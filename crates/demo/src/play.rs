//! Lets the script happen.

mod formal;

use crate::cast::{self, GROUPS, Language, ORGANISATIONS, PEOPLE};
use crate::script::{Act, Deed, When};
use crate::world::World;
use crate::{Lived, Moment, Ready, jpeg, paint, paper};
use anyhow::{Context, Result, bail};
use valise_views::file::NewFile;
use valise_views::{
    Body, ChatId, Command, ConversationWindow, Message, MessageId, Outcome, PersonId, PersonRole,
    Shown, View,
};
use valise_wire::Timestamp;

/// Before the end of the week, the organisation is founded: seven days and some hours.
pub(crate) const LEAD_MILLIS: u64 = 8 * DAY_MILLIS;

/// Who awaits the guest.
const HOST: &str = "nina";

const DAY_MILLIS: u64 = 24 * 60 * MINUTE_MILLIS;
const MINUTE_MILLIS: u64 = 60_000;
/// Width and height of a photo, and of its small picture.
const PHOTO: (u32, u32) = (1_200, 900);
const THUMBNAIL: (u32, u32) = (480, 360);
const AVATAR: (u32, u32) = (192, 192);

/// A script on its way.
pub(crate) struct Play {
    world: World,
    language: Language,
    moment: Moment,
}

impl Play {
    pub(crate) fn new(world: World, language: Language, moment: Moment) -> Self {
        Self {
            world,
            language,
            moment,
        }
    }

    /// Founds the organisations, lets everybody join, and makes the groups.
    pub(crate) async fn gather(&mut self) -> Result<()> {
        for (index, person) in PEOPLE.iter().enumerate() {
            let device = self.world.device(person.home)?;
            let name = person.name(self.language);
            let command = if index == founder_of(person.home)? {
                Command::Found {
                    link: self.world.setup_link(person.home).await?,
                    organisation: ORGANISATIONS[person.home].name(self.language).to_owned(),
                    name: name.to_owned(),
                    local_part: person.local_part.to_owned(),
                }
            } else {
                Command::Join {
                    link: self.invite(person).await?,
                    name: name.to_owned(),
                    local_part: person.local_part.to_owned(),
                }
            };
            self.world.ask(device, command).await?;
            self.minutes_pass(7).await?;
        }
        for (who, scene) in [("joan", "sunrise"), ("marcus", "cat")] {
            let device = who_is(who)?;
            let command = Command::SetProfile {
                name: PEOPLE[device].name(self.language).to_owned(),
                picture: Some(self.picture(scene, AVATAR, 80)?),
            };
            self.world.ask(device, command).await?;
        }
        for group in GROUPS {
            self.make_group(group).await?;
            self.minutes_pass(3).await?;
        }
        Ok(())
    }

    async fn invite(&mut self, person: &cast::Person) -> Result<String> {
        let command = Command::Invite {
            name: person.name(self.language).to_owned(),
            local_part: person.local_part.to_owned(),
            office: person.office(self.language).to_owned(),
            role: if person.is_registrar {
                PersonRole::Registrar
            } else {
                PersonRole::Member
            },
            expires_at: self.world.now().plus_millis(DAY_MILLIS).0,
            uses: 1,
        };
        let founder = founder_of(person.home)?;
        match self.world.ask(founder, command).await? {
            Outcome::Link(link) => Ok(link),
            other => bail!("no invitation but {other:?}"),
        }
    }

    async fn make_group(&mut self, group: &'static cast::Group) -> Result<()> {
        let owner = who_is(group.owner)?;
        let mut people = Vec::new();
        for other in group.others {
            people.push(self.person(owner, other).await?);
        }
        let command = Command::CreateGroup {
            residency: Vec::new(),
            title: group.title(self.language).to_owned(),
            people,
            announcement: false,
        };
        let Outcome::Chat(chat) = self.world.ask(owner, command).await? else {
            bail!("no group");
        };
        self.minutes_pass(1).await?;
        let picture = self.picture(group.key, AVATAR, 80)?;
        let command = Command::SetPicture {
            chat,
            picture: Some(picture),
        };
        self.world.ask(owner, command).await?;
        Ok(())
    }

    /// Lets one act happen at its time.
    pub(crate) async fn act(&mut self, act: &Act) -> Result<()> {
        let at = self.instant(act.when);
        self.world.advance_to(at).await?;
        let devices = match act.who.as_str() {
            "everybody" => everybody_in(act.chat.as_deref()),
            who => vec![who_is(who)?],
        };
        for device in devices {
            self.deed(device, act).await?;
        }
        Ok(())
    }

    fn instant(&self, when: When) -> Timestamp {
        match when {
            When::Day { back, minute } => {
                let day = u64::from(back) * DAY_MILLIS;
                let midnight = self.moment.midnight.0.saturating_sub(day);
                Timestamp(midnight).plus_millis(u64::from(minute) * MINUTE_MILLIS)
            }
            When::Before(minutes) => {
                let before = u64::from(minutes) * MINUTE_MILLIS;
                Timestamp(self.moment.now.0.saturating_sub(before))
            }
        }
    }

    async fn deed(&mut self, device: usize, act: &Act) -> Result<()> {
        match &act.deed {
            Deed::Comes => return self.world.set_online(device, true).await,
            Deed::Goes => return self.world.set_online(device, false).await,
            _ => {}
        }
        let key = act.chat.as_deref().context("in which chat?")?;
        match &act.deed {
            Deed::Asks => return self.asks(device, key).await,
            Deed::Formal(what) => return self.formal(device, key, what).await,
            _ => {}
        }
        let chat = self.chat(device, key).await?;
        let command = match &act.deed {
            Deed::Comes | Deed::Goes | Deed::Asks | Deed::Formal(_) => return Ok(()),
            Deed::Says(text) => Command::SendText {
                chat,
                text: text.clone(),
                reply_to: None,
            },
            Deed::Answers(text) => Command::SendText {
                reply_to: Some(self.heard_last(device, &chat).await?),
                chat,
                text: text.clone(),
            },
            Deed::Reacts(sign) => Command::React {
                message: self.heard_last(device, &chat).await?,
                emoji: Some(sign.clone()),
            },
            Deed::Photo { scene, text } => {
                let bytes = self.picture(scene, PHOTO, 85)?;
                let thumbnail = Some(self.picture(scene, THUMBNAIL, 70)?);
                let name = format!("{scene}.jpg");
                let file = self.file(device, name, "image/jpeg", bytes);
                let file = NewFile {
                    dimensions: Some(PHOTO),
                    thumbnail,
                    ..file
                };
                Command::SendFile {
                    chat,
                    file,
                    text: text.clone(),
                    reply_to: None,
                }
            }
            Deed::Paper(text) => {
                let name = self
                    .language
                    .of("hearings.pdf", "spisok-del.pdf")
                    .to_owned();
                let bytes = paper::hearings(self.language);
                let file = self.file(device, name, "application/pdf", bytes);
                Command::SendFile {
                    chat,
                    file,
                    text: text.clone(),
                    reply_to: None,
                }
            }
            Deed::Reads => return self.read(device, chat).await,
            Deed::Mutes => Command::Mute { chat, on: true },
            Deed::Pins => Command::Pin { chat, on: true },
            Deed::Drafts(text) => Command::SetDraft {
                chat,
                text: text.clone(),
            },
        };
        self.world.ask(device, command).await?;
        Ok(())
    }

    fn file(&mut self, device: usize, name: String, media_type: &str, bytes: Vec<u8>) -> NewFile {
        NewFile {
            size_bytes: bytes.len() as u64,
            handle: self.world.lend(device, bytes),
            name,
            media_type: media_type.to_owned(),
            dimensions: None,
            thumbnail: None,
            voice: None,
            confidential: false,
        }
    }

    fn picture(&self, scene: &str, (width, height): (u32, u32), quality: u8) -> Result<Vec<u8>> {
        let pixels = paint::scene(scene, width, height)
            .with_context(|| format!("nobody can paint {scene}"))?;
        Ok(jpeg::encode(width, height, &pixels, quality))
    }

    async fn read(&mut self, device: usize, chat: ChatId) -> Result<()> {
        let Some(last) = self.newest(device, &chat, 1).await?.pop() else {
            return Ok(());
        };
        let message = last.id;
        let command = Command::MarkRead { chat, message };
        self.world.ask(device, command).await?;
        Ok(())
    }

    /// Returns what somebody else said last.
    async fn heard_last(&mut self, device: usize, chat: &ChatId) -> Result<MessageId> {
        let messages = self.newest(device, chat, 20).await?;
        let said = |message: &&Message| {
            !message.is_mine && matches!(message.body, Body::Text(_) | Body::Files { .. })
        };
        let last = messages.iter().rfind(said);
        Ok(last.context("nobody said anything")?.id.clone())
    }

    async fn newest(&mut self, device: usize, chat: &ChatId, count: u32) -> Result<Vec<Message>> {
        let view = View::Conversation {
            chat: chat.clone(),
            window: ConversationWindow::Newest { count },
        };
        match self.world.look(device, view).await? {
            Shown::Conversation(Some(shown)) => Ok(shown.messages),
            _ => bail!("there is no such chat"),
        }
    }

    /// Finds a chat by its name in the script.
    async fn chat(&mut self, device: usize, key: &str) -> Result<ChatId> {
        let Some(group) = cast::group(key) else {
            let person = self.person(device, key).await?;
            return match self.world.ask(device, Command::OpenDirect(person)).await? {
                Outcome::Chat(chat) => Ok(chat),
                other => bail!("no chat but {other:?}"),
            };
        };
        let view = View::Chats {
            filter: Default::default(),
            search: String::new(),
        };
        let Shown::Chats(list) = self.world.look(device, view).await? else {
            bail!("no list of chats");
        };
        let title = group.title(self.language);
        let row = list.rows.into_iter().find(|row| row.title == title);
        Ok(row.context("not in this group")?.chat)
    }

    async fn person(&mut self, device: usize, key: &str) -> Result<PersonId> {
        let name = PEOPLE[who_is(key)?].name(self.language);
        let view = View::People {
            search: String::new(),
        };
        let Shown::People(people) = self.world.look(device, view).await? else {
            bail!("no list of people");
        };
        let found = people.into_iter().find(|person| person.name == name);
        Ok(found.with_context(|| format!("{name} is not known"))?.id)
    }

    async fn minutes_pass(&mut self, minutes: u64) -> Result<()> {
        let end = self.world.now().plus_millis(minutes * MINUTE_MILLIS);
        self.world.advance_to(end).await
    }

    /// Lets everybody leave their device, and returns the links.
    pub(crate) async fn end(mut self) -> Result<Lived> {
        let end = self.moment.now;
        for device in 0..PEOPLE.len() {
            self.world.set_online(device, true).await?;
        }
        self.world.advance_to(end).await?;
        let guest = self.guest(who_is(HOST)?).await?;
        let mut people = Vec::new();
        for (device, person) in PEOPLE.iter().enumerate() {
            let Outcome::Link(link) = self.world.ask(device, Command::Export).await? else {
                bail!("no link");
            };
            people.push(Ready {
                organisation: ORGANISATIONS[person.home].name(self.language).to_owned(),
                name: person.name(self.language).to_owned(),
                office: person.office(self.language).to_owned(),
                sees: person.sees(self.language).map(str::to_owned),
                link,
            });
        }
        Ok(Lived { people, guest })
    }
}

/// Everybody of a group, or everybody at all.
fn everybody_in(chat: Option<&str>) -> Vec<usize> {
    let group = chat.and_then(cast::group);
    let is_in = |person: &cast::Person| {
        group.is_none_or(|group| group.owner == person.key || group.others.contains(&person.key))
    };
    (0..PEOPLE.len())
        .filter(|index| is_in(&PEOPLE[*index]))
        .collect()
}

/// Returns who founds an organisation.
fn founder_of(home: usize) -> Result<usize> {
    let first = PEOPLE.iter().position(|person| person.home == home);
    first.context("nobody is there")
}

fn who_is(key: &str) -> Result<usize> {
    cast::person(key).with_context(|| format!("nobody is called {key}"))
}
