//! A room of people, made by the protocol as their clients make one.

use super::http::Http;
use super::people::{Known, Organisation, Person, now, of_account};
use anyhow::{Context, Result, bail, ensure};
use valise_mls::{Change, Member, PendingCommit, Suite};
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::request::*;
use valise_wire::{Octets, RoomId, TransactionId};

/// The room.
pub const ROOM: RoomId = RoomId([7; 16]);

/// Puts people into a group: the first makes it and adds all others by one commit, and each joins from its inbox.
///
/// Returns the organisation's directory, which whoever works in the room needs.
pub async fn make_room(organisation: &Organisation, people: &[Person]) -> Result<Known> {
    let suite = Suite::for_devices(people.len());
    let (founder, others) = people.split_first().context("a room of nobody")?;
    let mut http = organisation.signed_in(founder).await?;
    let directory = organisation.directory(&mut http).await?;
    let mut lines = Vec::new();
    for person in others {
        let mut line = organisation.signed_in(person).await?;
        publish_key_package(&mut line, &member(person, &directory), suite).await?;
        lines.push(line);
    }
    create(organisation, &mut http, founder, &directory, suite).await?;
    add(&mut http, founder, others, &directory).await?;
    for (person, line) in others.iter().zip(&mut lines) {
        join(line, &member(person, &directory)).await?;
    }
    Ok(directory)
}

/// Returns a device at work.
pub fn member<'a>(person: &'a Person, directory: &'a Known) -> Member<'a> {
    Member::new(
        &person.device,
        &person.store,
        &person.random,
        directory,
        now(),
    )
}

async fn publish_key_package(http: &mut Http, member: &Member<'_>, suite: Suite) -> Result<()> {
    let request = PublishKeyPackages {
        one_time: vec![member.key_package(suite, false)?.into()],
        last_resort: None,
    };
    http.call(request).await.map(drop)
}

async fn create(
    organisation: &Organisation,
    http: &mut Http,
    founder: &Person,
    directory: &Known,
    suite: Suite,
) -> Result<()> {
    let policy = RoomPolicy {
        kind: RoomKind::Group,
        organisation: organisation.id(),
        owners: vec![founder.account],
        protocol_floor: 1,
        links: Vec::new(),
        residency: Vec::new(),
    };
    let room =
        member(founder, directory).create(ROOM, &policy, &organisation.record.hub_key, suite)?;
    let request = CreateRoom {
        room: ROOM,
        group_info: room.group_info()?.into(),
        tree: room.tree()?.into(),
    };
    http.call(request).await.map(drop)
}

async fn add(
    http: &mut Http,
    founder: &Person,
    others: &[Person],
    directory: &Known,
) -> Result<()> {
    let accounts = others.iter().map(|person| person.account).collect();
    let Reply::KeyPackages(claimed) = http.call(ClaimKeyPackages { accounts }).await? else {
        bail!("there are no key packages");
    };
    ensure!(
        claimed.packages.len() == others.len(),
        "not everybody can be added"
    );
    for package in &claimed.packages {
        of_account(others, package.account)?;
    }
    let add = claimed
        .packages
        .into_iter()
        .map(|package| package.key_package.0)
        .collect();
    let member = member(founder, directory);
    let mut room = member.load(ROOM)?.context("the room is gone")?;
    let pending = room.commit(Change {
        add,
        ..Change::default()
    })?;
    http.call(request_of(pending)).await?;
    room.confirm_commit()?;
    Ok(())
}

fn request_of(pending: PendingCommit) -> Commit {
    Commit {
        room: ROOM,
        transaction: TransactionId([1; 16]),
        epoch: pending.epoch,
        commit: pending.commit.into(),
        group_info: pending.group_info.into(),
        welcome: pending.welcome.map(Octets),
    }
}

async fn join(http: &mut Http, member: &Member<'_>) -> Result<()> {
    let Reply::Inbox(page) = http.call(ReadInbox { after: 0 }).await? else {
        bail!("the inbox cannot be read");
    };
    let item = page.items.last().context("nobody was welcomed")?;
    member.open_welcome(&item.welcome, false)?.join()?;
    Ok(())
}
