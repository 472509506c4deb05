//! `valise admin`: backup, restore and check.

use crate::arguments::{Admin, DataFolder};
use crate::print::Printer;
use anyhow::{Result, bail};
use serde_json::json;
use std::path::PathBuf;
use valise_server::admin::{self, Progress};
use valise_server::config::{Config, Overrides};

pub fn run(what: &Admin, json: bool) -> Result<()> {
    let printer = Printer::new(json);
    let mut watcher = |progress: Progress| {
        if !json {
            eprintln!("{} {}/{}", progress.doing, progress.done, progress.total);
        }
    };
    match what {
        Admin::Backup { data, to } => {
            let manifest = admin::backup(&folder(data)?, to, &mut watcher)?;
            let human = format!(
                "{} {}",
                printer.words("backed up to", "копия лежит в"),
                to.display()
            );
            printer.line(
                &human,
                &json!({ "files": manifest.files.len(), "folder": to }),
            )
        }
        Admin::Restore { data, from } => {
            let folder = folder(data)?;
            let manifest = admin::restore(from, &folder, &mut watcher)?;
            let human = format!(
                "{} {}",
                printer.words("restored to", "восстановлено в"),
                folder.display()
            );
            printer.line(
                &human,
                &json!({ "files": manifest.files.len(), "folder": folder }),
            )
        }
        Admin::Check { data } => {
            let report = admin::check(&folder(data)?, &mut watcher)?;
            let human = format!(
                "{} rooms, {} events, {} statements, {} attachments",
                report.rooms, report.events, report.statements, report.blobs
            );
            let machine = json!({
                "rooms": report.rooms,
                "events": report.events,
                "statements": report.statements,
                "blobs": report.blobs,
                "problems": report.problems,
            });
            printer.line(&human, &machine)?;
            if report.problems.is_empty() {
                Ok(())
            } else {
                bail!("{}", report.problems.join("\n"))
            }
        }
    }
}

fn folder(data: &DataFolder) -> Result<PathBuf> {
    let overrides = Overrides {
        data_dir: data.data.clone(),
        ..Overrides::default()
    };
    Ok(Config::load(data.config.as_deref(), &overrides)?.data_dir)
}
