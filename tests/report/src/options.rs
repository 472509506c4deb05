//! What a benchmark is told on its command line.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Usage of every benchmark.
const USAGE: &str = "arguments: [--quick] [--valise FILE]";

/// How to measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// A smaller run, which shows that all works; its figures count for nothing.
    pub quick: bool,
    /// The command `valise` to measure.
    pub valise: Option<PathBuf>,
}

impl Options {
    /// Reads the command line of this process.
    pub fn from_arguments() -> Result<Self> {
        Self::parse(std::env::args().skip(1))
    }

    fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--valise" => options.valise = Some(arguments.next().context(USAGE)?.into()),
                // Cargo says it to every benchmark.
                "--bench" => {}
                other => bail!("{other:?} is unknown; {USAGE}"),
            }
        }
        Ok(options)
    }

    /// Returns one of two sizes of a run.
    pub fn size<T>(&self, whole: T, quick: T) -> T {
        if self.quick { quick } else { whole }
    }

    /// Returns the command to measure.
    pub fn valise(&self) -> Result<&Path> {
        self.valise
            .as_deref()
            .context("say by --valise which command is to be measured; `cargo xtask bench` does")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn the_known_words_are_taken_and_others_refused() {
        let options = parse(&["--bench", "--quick", "--valise", "/bin/valise"]).unwrap();
        assert!(options.quick);
        assert_eq!(options.valise().unwrap(), Path::new("/bin/valise"));
        assert!(parse(&[]).unwrap().valise().is_err());
        assert!(parse(&["--valise"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }
}
