//! What a bundle of files is an export of.

use crate::message::Source;
use std::collections::HashMap;

/// The file of an export that holds its messages, and what its name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where the export comes from.
    pub source: Source,
    /// Which of the files.
    pub file: usize,
    /// What the chat is called, as far as a file's name tells.
    pub title: Option<String>,
}

/// Finds the messages among files with these paths. `bundle` is the name of what they came in.
pub fn find(paths: &[&str], bundle: &str) -> Option<Found> {
    let is_deep = |path: &str| path.matches('/').count() > 1;
    let telegram = paths
        .iter()
        .position(|path| last(path) == "result.json" && !is_deep(path));
    if let Some(file) = telegram {
        return Some(Found {
            source: Source::Telegram,
            file,
            title: None,
        });
    }
    let texts: Vec<usize> = (0..paths.len())
        .filter(|at| ends(paths[*at], ".txt") && !is_deep(paths[*at]))
        .collect();
    let chat = |at: &&usize| {
        let name = last(paths[**at]);
        name == "_chat.txt" || name.contains("WhatsApp")
    };
    let only = || texts.first().filter(|_| texts.len() == 1);
    if let Some(file) = texts.iter().find(chat).or_else(only) {
        let title = title(last(paths[*file])).or_else(|| title(bundle));
        return Some(Found {
            source: Source::WhatsApp,
            file: *file,
            title,
        });
    }
    let only = paths.len() == 1 && ends(paths[0], ".json");
    only.then_some(Found {
        source: Source::Telegram,
        file: 0,
        title: None,
    })
}

/// What stands before a chat's name in the name of a file.
const BEFORE: [&str; 14] = [
    "WhatsApp Chat with ",
    "WhatsApp Chat - ",
    "Чат WhatsApp с контактом ",
    "Чат WhatsApp с ",
    "Чат WhatsApp - ",
    "WhatsApp Chat mit ",
    "WhatsApp-Chat mit ",
    "WhatsApp Chat avec ",
    "Discussion WhatsApp avec ",
    "Chat de WhatsApp con ",
    "Chat WhatsApp con ",
    "Conversa do WhatsApp com ",
    "Conversa do WhatsApp - ",
    "Чат WhatsApp із ",
];

/// Reads a chat's name out of a file's: `WhatsApp Chat with Anna (1).zip`.
fn title(name: &str) -> Option<String> {
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let name = BEFORE.iter().find_map(|before| name.strip_prefix(before))?;
    Some(without_count(name.trim()).to_owned()).filter(|name| !name.is_empty())
}

/// Takes off what a browser puts behind a name that is there already.
fn without_count(name: &str) -> &str {
    let cut = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("));
    match cut {
        Some((name, count))
            if count.len() < 3 && count.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => name,
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn ends(path: &str, ending: &str) -> bool {
    path.to_ascii_lowercase().ends_with(ending)
}

/// Where the files lie that messages name: Telegram gives their path from `result.json`, WhatsApp their name.
pub struct Places {
    folder: String,
    files: HashMap<String, usize>,
}

impl Places {
    /// Makes it for the files of an export and the one among them that holds the messages.
    pub fn new(paths: &[&str], messages: usize) -> Self {
        let folder = paths.get(messages).and_then(|path| path.rsplit_once('/'));
        let files = paths
            .iter()
            .enumerate()
            .map(|(at, path)| ((*path).to_owned(), at));
        Self {
            folder: folder
                .map(|(folder, _)| format!("{folder}/"))
                .unwrap_or_default(),
            files: files.collect(),
        }
    }

    /// Finds a file that a message names.
    pub fn find(&self, named: &str) -> Option<usize> {
        self.files.get(&format!("{}{named}", self.folder)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_messages_are_found_and_the_chat_is_named() {
        let found = |paths: &[&str], bundle| {
            find(paths, bundle).map(|found| (found.source, found.file, found.title))
        };
        let anna = Some("Anna".to_owned());
        assert_eq!(
            found(
                &["IMG-1.jpg", "_chat.txt", "notes.txt"],
                "WhatsApp Chat - Anna.zip"
            ),
            Some((Source::WhatsApp, 1, anna.clone()))
        );
        assert_eq!(
            found(&["WhatsApp Chat with Anna.txt"], "x.zip"),
            Some((Source::WhatsApp, 0, anna))
        );
        assert_eq!(
            found(&["Чат WhatsApp с контактом Отдел 7 (2).txt"], ""),
            Some((Source::WhatsApp, 0, Some("Отдел 7".to_owned())))
        );
        assert_eq!(
            found(
                &["ChatExport/photos/a.jpg", "ChatExport/result.json"],
                "e.zip"
            ),
            Some((Source::Telegram, 1, None))
        );
        assert_eq!(found(&["a.txt", "b.txt"], ""), None);
        assert_eq!(found(&["photo.jpg"], "photo.zip"), None);
    }

    #[test]
    fn a_file_is_found_beside_the_messages() {
        let paths = ["E/result.json", "E/photos/a.jpg", "photos/a.jpg"];
        let places = Places::new(&paths, 0);
        assert_eq!(places.find("photos/a.jpg"), Some(1));
        assert_eq!(places.find("../photos/a.jpg"), None);
    }
}
