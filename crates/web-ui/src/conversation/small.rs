//! Small pictures of files that came without one: made here, one after the other, of those that come into sight.

use crate::{app::App, browser::media, logic::transfer};
use leptos::prelude::*;
use std::collections::VecDeque;
use valise_views::{Command, File, FileId, FileState};

/// Larger files are not read for a picture in passing.
const MOST_BYTES: u64 = 32 << 20;

/// Those that wait for their turn.
#[derive(Clone, Copy)]
pub struct Smalls {
    waiting: StoredValue<VecDeque<FileId>>,
    is_busy: StoredValue<bool>,
}

impl Smalls {
    /// None waits.
    pub fn new() -> Self {
        Self {
            waiting: StoredValue::new(VecDeque::new()),
            is_busy: StoredValue::new(false),
        }
    }

    /// Makes one of this file, if it has none and may have one.
    pub fn want(self, app: App, file: &File) {
        let lacks = file.thumbnail.is_none() && !file.confidential;
        let is_picture = transfer::kind(&file.media_type) == transfer::Kind::Picture;
        let is_here = file.state == FileState::Here && file.size_bytes <= MOST_BYTES;
        if !(lacks && is_picture && is_here) {
            return;
        }
        self.waiting
            .update_value(|waiting| waiting.push_back(file.id.clone()));
        if !self.is_busy.get_value() {
            self.is_busy.set_value(true);
            leptos::task::spawn_local(self.work(app));
        }
    }

    async fn work(self, app: App) {
        // It ends with the chat.
        while let Some(Some(file)) = self.waiting.try_update_value(VecDeque::pop_front) {
            let driver = app.core.driver();
            let read = driver.read_file(file.clone()).await;
            if let Some(read) = read
                && let Some(picture) = media::small(&read).await
            {
                app.core.ask(Command::KeepThumbnail { file, picture }).await;
            }
        }
        self.is_busy.try_update_value(|busy| *busy = false);
    }
}
