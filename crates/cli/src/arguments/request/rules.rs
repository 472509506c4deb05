//! What registrars type of what requests need.

use clap::{Args, ValueEnum};

/// What requests need from now on.
#[derive(Args)]
pub struct SetRules {
    /// What a request needs
    #[arg(long, value_enum)]
    pub asks: Option<Needs>,
    /// Who may release from now on, by name or address; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub keeper: Vec<String>,
    /// Who may no longer; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub no_keeper: Vec<String>,
    /// Stop all requests of the organisation
    #[arg(long, conflicts_with = "resume")]
    pub stop: bool,
    /// Let them go again
    #[arg(long)]
    pub resume: bool,
}

/// What a request needs before it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Needs {
    /// Nothing but whoever asks
    Freely,
    /// A release by anybody who may
    Sealed,
    /// A release by somebody else than asks
    FourEyes,
}
