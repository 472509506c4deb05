//! A server in a process of its own, as an operator starts it.

use super::{folder::Folder, process};
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A running `valise serve`; it ends with this value.
pub struct Server {
    process: Child,
    /// Where people connect.
    pub address: SocketAddr,
    setup_link: Option<String>,
    // Kept open: a server whose output is gone could not say anything any more.
    _output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts a server over the store in `folder`. `more` is added to its configuration, which otherwise is the default
    /// but for the ports.
    pub fn start(valise: &Path, folder: &Folder, more: &str) -> Result<Self> {
        let config = folder.join("valise.toml");
        std::fs::write(
            &config,
            format!("{more}\n[metrics]\nlisten = \"127.0.0.1:0\"\n"),
        )?;
        let mut process = Command::new(valise)
            .args(["serve", "--json", "--listen", "127.0.0.1:0", "--config"])
            .arg(config)
            .arg("--data")
            .arg(folder.join("data"))
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", valise.display()))?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let said: serde_json::Value =
            serde_json::from_str(&line).context("the server does not say where it is")?;
        let address = said["address"].as_str();
        Ok(Self {
            address: address
                .context("the server does not say its address")?
                .parse()?,
            setup_link: said["setup_link"].as_str().map(str::to_owned),
            process,
            _output: output,
        })
    }

    /// Returns the link with which the organisation is founded.
    pub fn setup_link(&self) -> Result<&str> {
        self.setup_link
            .as_deref()
            .context("the organisation is founded already")
    }

    /// Returns the time that it spent on a processor.
    pub fn cpu_time(&self) -> Result<Duration> {
        process::cpu_time(self.process.id())
    }

    /// Returns how much memory it has at the moment, in bytes.
    pub fn resident_bytes(&self) -> Result<u64> {
        process::resident_bytes(self.process.id())
    }

    /// Returns the most memory that it ever had, in bytes.
    pub fn peak_bytes(&self) -> Result<u64> {
        process::peak_bytes(self.process.id())
    }

    /// Stops it as an operator does; a server that was measured ends well.
    pub fn stop(mut self) -> Result<()> {
        let told = Command::new("kill")
            .arg(self.process.id().to_string())
            .status()?;
        ensure!(told.success(), "the server was gone before it was stopped");
        let status = self.process.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After a failure, or when it ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
