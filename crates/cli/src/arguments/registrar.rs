//! What registrars can type.

use clap::{Args, Subcommand, ValueEnum};

/// Inviting.
#[derive(Args)]
pub struct Invite {
    /// Name of the person
    #[arg(long, default_value = "")]
    pub name: String,
    /// Part of the address before the @
    #[arg(long, default_value = "")]
    pub address: String,
    /// Office
    #[arg(long, default_value = "")]
    pub office: String,
    /// What the person may do
    #[arg(long, value_enum, default_value_t = Role::Member)]
    pub role: Role,
    /// Days until it ends
    #[arg(long, default_value_t = 7)]
    pub days: u64,
    /// How many people may use it
    #[arg(long, default_value_t = 1)]
    pub uses: u32,
}

/// What a person may do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Talks
    Member,
    /// Also invites people and ends accounts
    Registrar,
}

/// What registrars do for somebody who lost every device.
#[derive(Subcommand)]
pub enum Registrar {
    /// Offer somebody a new identity: prints the link for the person
    Renew {
        /// Person, by name or address
        person: String,
    },
    /// Agree, as the second registrar
    Confirm {
        /// Person, by name or address
        person: String,
    },
    /// Take it back, or do not agree
    Withdraw {
        /// Person, by name or address
        person: String,
    },
    /// List what is offered
    Renewals,
}

/// What registrars do about other organisations.
#[derive(Subcommand)]
pub enum PartnerVerb {
    /// Make a link for the registrar of another organisation
    Offer,
    /// Look who made such a link, and compare the digits
    Inspect {
        /// The link
        link: String,
    },
    /// Agree to such a link, after the digits were compared
    Accept {
        /// The link
        link: String,
    },
    /// Agree to who answered a link of yours, after the digits were compared
    Confirm {
        /// Organisation, by its name, its domain, or the beginning of its id
        partner: String,
    },
    /// Say under whose law your organisation stands, and what it takes from others; partners see it
    Document {
        /// Countries, two letters each, such as DE
        #[arg(required = true, num_args = 1..=8)]
        countries: Vec<String>,
        /// Take no formal requests
        #[arg(long)]
        no_requests: bool,
        /// Be in no rooms with people of others
        #[arg(long)]
        no_rooms: bool,
    },
    /// Say with organisations of which countries your people may work; none: with all partners
    Residency {
        /// Countries, two letters each, such as DE
        countries: Vec<String>,
    },
    /// Let one partner in, or leave it out, whatever the rule says
    Except {
        /// Organisation, by its name, its domain, or the beginning of its id
        partner: String,
        /// What it is to be
        what: Exception,
    },
    /// End it: nothing more comes from there or goes there
    End {
        /// Organisation, by its name, its domain, or the beginning of its id
        partner: String,
    },
}

/// What one partner is, whatever the rule says.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Exception {
    /// Its people are always worked with
    Always,
    /// They never are
    Never,
    /// As the rule says
    Ruled,
}
