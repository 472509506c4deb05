//! What can be typed to serve, and to look after a server.

use clap::{Args, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// How to serve.
#[derive(Args)]
pub struct Serve {
    /// Configuration file; without one everything has its default
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the database and of the attachments
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address and port of the public listener; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Address at which people open Valise
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Serve the web client from this folder instead of the one in the binary
    #[arg(long, value_name = "DIR", hide = true)]
    pub web: Option<PathBuf>,
}

/// How to show.
#[derive(Args)]
pub struct Demo {
    /// Folder of the demo; made anew if there is none
    #[arg(long, value_name = "DIR", default_value = "data-demo")]
    pub data: PathBuf,
    /// Address and port of the listener; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8440")]
    pub listen: SocketAddr,
    /// Address at which people open Valise; localhost and the port if absent
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Address and port of the bank's listener; if absent, the next port, or a free one beside a free one
    #[arg(long, value_name = "ADDR")]
    pub bank_listen: Option<SocketAddr>,
    /// Address at which people open the bank's Valise; localhost and the port if absent
    #[arg(long, value_name = "URL")]
    pub bank_public_url: Option<String>,
    /// Language of names and messages
    #[arg(long, value_enum, default_value_t = DemoLanguage::En)]
    pub lang: DemoLanguage,
    /// Delete the demo that is there and make another
    #[arg(long)]
    pub fresh: bool,
    /// Serve the web client from this folder instead of the one in the binary
    #[arg(long, value_name = "DIR", hide = true)]
    pub web: Option<PathBuf>,
}

/// Language of the demo.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DemoLanguage {
    /// English
    En,
    /// Russian
    Ru,
}

/// Looking after a server's data.
#[derive(Subcommand)]
pub enum Admin {
    /// Copy database and attachments, also while the server runs
    Backup {
        #[command(flatten)]
        data: DataFolder,
        /// New folder to copy to
        to: PathBuf,
    },
    /// Bring a copy back into an empty folder
    Restore {
        #[command(flatten)]
        data: DataFolder,
        /// The copy
        from: PathBuf,
    },
    /// Read everything and report what is wrong
    Check {
        #[command(flatten)]
        data: DataFolder,
    },
}

/// Where a server's data is.
#[derive(Args)]
pub struct DataFolder {
    /// Configuration file; without one everything has its default
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the database and of the attachments
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}
