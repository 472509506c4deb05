//! What can be decided without a browser, tested natively.

pub mod acts;
pub mod address;
pub mod after;
#[cfg(test)]
mod canned;
pub mod countries;
pub mod device;
pub mod emoji;
pub mod format;
pub mod heights;
pub mod link;
pub mod markdown;
pub mod mention;
pub mod menu;
pub mod notices;
pub mod outside;
pub mod paper;
pub mod poll;
pub mod requests;
pub mod rows;
pub mod scroll;
pub mod selection;
pub mod stay;
pub mod strip;
pub mod targets;
pub mod text;
pub mod transfer;
pub mod waveform;
pub mod window;
