//! What the command can do, one file each.

mod admin;
mod approve;
mod attach;
mod availability;
mod backup;
mod bring;
mod calendar;
mod card;
mod change;
mod demo;
mod devices;
mod disappear;
mod export;
mod forward;
mod group;
mod group_link;
mod guest;
mod import;
mod invite;
mod join;
mod label;
mod law;
mod leave;
mod lines;
mod link;
mod members;
mod offices;
mod organisation;
mod partners;
mod people;
mod poll;
mod read;
mod renew;
mod reopen;
mod request;
mod revoke;
mod rooms;
mod save;
mod search;
mod send;
mod serve;
mod setup;
mod status;
mod verify;
mod wipe;

use crate::arguments::{Arguments, Verb};
use anyhow::Result;
use std::future::Future;
use std::path::Path;
use tokio::runtime::Builder;

/// Does what was typed.
pub fn run(arguments: Arguments) -> Result<()> {
    let options = arguments.client;
    match arguments.verb {
        Verb::Serve(how) => serve::run(&how, options.json),
        Verb::Demo(how) => demo::run(&how, options.json),
        Verb::Admin(what) => admin::run(&what, options.json),
        Verb::Setup(how) => client(setup::run(&options, &how)),
        Verb::Join(how) => client(join::run(&options, &how)),
        Verb::Export => client(export::run(&options)),
        Verb::Import(how) if Path::new(&how.what).exists() => client(bring::run(&options, &how)),
        Verb::Import(how) => client(import::run(&options, &how.what)),
        Verb::Link(how) => client(link::run(&options, &how)),
        Verb::Approve(how) => client(approve::run(&options, &how)),
        Verb::Devices => client(devices::list(&options)),
        Verb::Unlink { device } => client(devices::unlink(&options, &device)),
        Verb::Backup(how) => client(backup::backup(&options, &how)),
        Verb::Recover(how) => client(backup::recover(&options, &how)),
        Verb::Status => client(status::run(&options)),
        Verb::Rooms { label } => client(rooms::run(&options, label.as_deref())),
        Verb::Label(how) => client(label::run(&options, &how)),
        Verb::Labels => client(label::list(&options)),
        Verb::Organisation(how) => client(organisation::run(&options, &how)),
        Verb::Organisations => client(organisation::list(&options)),
        Verb::Card { room, person } => client(card::run(&options, &room, &person)),
        Verb::People { search } => client(people::run(&options, &search)),
        Verb::Send(how) => client(send::run(&options, &how)),
        Verb::Read(how) => client(read::run(&options, &how)),
        Verb::Find(how) => client(search::run(&options, &how)),
        Verb::Edit { message, text } => client(change::edit(&options, &message, &text)),
        Verb::Delete { message } => client(change::delete(&options, &message)),
        Verb::React { message, emoji } => {
            client(change::react(&options, &message, emoji.as_deref()))
        }
        Verb::Pin { message, off } => client(change::pin(&options, &message, !off)),
        Verb::Poll(how) => client(poll::ask(&options, &how)),
        Verb::Vote {
            message,
            options: chosen,
        } => client(poll::vote(&options, &message, &chosen)),
        Verb::Close { message } => client(poll::close(&options, &message)),
        Verb::Forward { messages, to } => client(forward::run(&options, &messages, &to)),
        Verb::Attach {
            room,
            file,
            text,
            confidential,
        } => client(attach::run(&options, &room, &file, &text, confidential)),
        Verb::Save(how) => client(save::run(&options, &how)),
        Verb::Invite(how) => client(invite::run(&options, &how)),
        Verb::Revoke { person } => client(revoke::run(&options, &person)),
        Verb::Registrar(what) => client(renew::registrar(&options, &what)),
        Verb::Renew { link, name } => client(renew::open(&options, &link, &name)),
        Verb::StopRenewal => client(renew::stop(&options)),
        Verb::Partners => client(partners::list(&options)),
        Verb::Partner(what) => client(partners::change(&options, &what)),
        Verb::Offices => client(offices::list(&options)),
        Verb::Office(what) => client(offices::change(&options, &what)),
        Verb::Away(how) => client(availability::away(&options, &how)),
        Verb::Duty(how) => client(availability::duty(&options, &how)),
        Verb::Calendar(how) => client(calendar::run(&options, &how)),
        Verb::Requests(how) => client(request::list(&options, &how)),
        Verb::Request(what) => client(request::run(&options, &what)),
        Verb::Group {
            name,
            people,
            announcement,
            law,
        } => client(group::run(&options, &name, &people, announcement, &law)),
        Verb::Law {
            room,
            countries,
            any,
        } => client(law::run(&options, &room, &countries, any)),
        Verb::GroupLink(how) => client(group_link::link(&options, &how)),
        Verb::Guest(how) => client(guest::run(&options, &how)),
        Verb::Enter { link, look } => client(group_link::enter(&options, &link, look)),
        Verb::Add { room, people } => client(members::add(&options, &room, &people)),
        Verb::Remove { room, person } => client(members::remove(&options, &room, &person)),
        Verb::Leave { room } => client(leave::run(&options, &room)),
        Verb::Disappear { room, after } => client(disappear::run(&options, &room, after)),
        Verb::Reopen { room } => client(reopen::run(&options, &room)),
        Verb::Verify {
            file,
            fingerprint,
            authority,
        } => verify::run(&file, &fingerprint, &authority, options.json),
        Verb::Wipe { yes } => client(wipe::run(&options, yes)),
    }
}

/// The core takes one input after the other, on this thread; what is on its way to and from the server has another.
fn client(work: impl Future<Output = Result<()>>) -> Result<()> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?
        .block_on(work)
}
