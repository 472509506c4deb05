//! Reads what other messengers export: WhatsApp's text in its archive, Telegram Desktop's JSON.
//!
//! Nothing here opens a file. Whoever drives it is told which bytes are wanted next and hands them over, so that the same
//! code runs in a browser and in a terminal, and no more than one message and one slice stands in memory. Everything that
//! is read comes from outside: a line or a message that makes no sense is named, with its place and the reason, and
//! skipped; an archive that plays tricks is refused.
//!
//! [`export`] tells what is in a bundle of files, [`stream`] brings the bytes of one of them, [`Reader`] makes messages out
//! of them. What is understood, and what is not, stands in `docs/import.md`.

pub mod days;
pub mod export;
mod lines;
pub mod message;
pub mod picture;
mod reader;
pub mod stream;
pub mod telegram;
pub mod time;
pub mod whatsapp;
pub mod zip;

pub use message::{ChatInfo, Event, Media, Message, Skipped, Source, Why, Writer};
pub use reader::{Reader, Survey};
