//! What can be typed of offices.

use clap::{Args, Subcommand};

/// What a registrar does about offices.
#[derive(Subcommand)]
pub enum OfficeVerb {
    /// Make an office, or change what is named of one that there is
    Set(SetOffice),
    /// Close an office: its address is free again
    Close {
        /// Office, by its address or the part of it before the @
        office: String,
    },
}

/// How to make or change an office.
#[derive(Args)]
pub struct SetOffice {
    /// Office, by the part of its address before the @
    pub office: String,
    /// Name; needed for a new one
    #[arg(long)]
    pub name: Option<String>,
    /// What it is for
    #[arg(long)]
    pub note: Option<String>,
    /// How it writes the numbers of its requests, such as "{year}/{office}-{n:5}"; "" for the usual way
    #[arg(long, value_name = "SCHEME")]
    pub numbers: Option<String>,
    /// Another address: the part before the @
    #[arg(long)]
    pub address: Option<String>,
    /// Somebody who holds it, once for each; whoever is not named holds it no longer
    #[arg(long = "holder", value_name = "PERSON", conflicts_with = "nobody")]
    pub holders: Vec<String>,
    /// Nobody holds it for now
    #[arg(long)]
    pub nobody: bool,
}
