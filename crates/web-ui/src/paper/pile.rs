//! Files that wait to be sent, and the paper that is worked on for them.

use super::Task;
use crate::app::App;
use leptos::prelude::*;
use web_sys::{File, FileList};

/// Files that wait to be sent.
#[derive(Clone, Copy)]
pub struct Pile {
    /// The shared state.
    pub app: App,
    /// The files.
    pub files: RwSignal<Vec<File>, LocalStorage>,
    /// What is to be done with paper, while its dialog is open.
    pub task: RwSignal<Option<Task>, LocalStorage>,
}

impl Pile {
    /// An empty one.
    pub fn new(app: App) -> Self {
        Self {
            app,
            files: RwSignal::new_local(Vec::new()),
            task: RwSignal::new_local(None),
        }
    }

    /// Puts files on it.
    pub fn add(self, files: Option<FileList>) {
        let new = listed(files);
        self.files.update(|files| files.extend(new));
    }

    /// Makes pages of pictures that were chosen.
    pub fn scan(self, chosen: Option<FileList>) {
        let chosen = listed(chosen);
        if !chosen.is_empty() {
            self.task.set(Some(Task::Scan(chosen)));
        }
    }
}

/// The files of a list of the browser's.
fn listed(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else {
        return Vec::new();
    };
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}
