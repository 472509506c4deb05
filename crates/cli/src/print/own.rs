//! What a person keeps for himself: labels, and other organisations.

use super::{Printer, harmless};
use anyhow::Result;
use serde_json::json;
use valise_views::{Label, Organisation};

impl Printer {
    /// Writes a label, with how many chats bear it.
    pub fn label(&self, label: &Label, chats: usize) -> Result<()> {
        let human = format!("{:<28} {chats}", harmless(&label.name));
        let colour = format!("{:?}", label.colour).to_lowercase();
        let machine = json!({ "label": label.name, "colour": colour, "chats": chats });
        self.line(&human, &machine)
    }

    /// Writes another organisation: what it is called, and all of its address.
    pub fn organisation(&self, organisation: &Organisation) -> Result<()> {
        let human = format!(
            "{:<28} {}",
            harmless(&organisation.name),
            organisation.origin
        );
        let machine = json!({ "organisation": organisation.origin, "name": organisation.name });
        self.line(&human, &machine)
    }
}
