//! A gigabyte up and down: two people at terminals, each in a process of its own, and a server.
//!
//! The clock runs over the whole command, from its start to its end: signing in, sealing, sending, being told that it is
//! durable; and on the other side fetching, checking, and writing the opened file. Beside it stands what the AEAD alone does
//! with the same bytes in the same run.

use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{Aes128Gcm, Key, Nonce};
use anyhow::{Context, Result, ensure};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;
use valise_tests::measure::report::progress;
use valise_tests::measure::{Folder, Options, Report, Run, Server, Target, Terminal};

/// As in `spec/attachments.md`.
const CHUNK_BYTES: usize = 16 << 10;
/// What is worked on at once here.
const PIECE_BYTES: usize = 1 << 20;

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    let mut report = Report::begin("file", &options);
    let size = options.size(1_000, 50) * 1_000_000;
    let folder = Folder::new("file")?;
    let server = Server::start(options.valise()?, &folder, "")?;
    let person = |name: &str| Terminal {
        valise: options.valise.clone().unwrap_or_default(),
        home: folder.join(name),
    };
    let (ivan, anna) = (person("ivan"), person("anna"));
    progress("two people join");
    meet(&server, &ivan, &anna)?;

    progress("a file is made");
    let (sent, saved) = (folder.join("sent.bin"), folder.join("saved.bin"));
    make(&sent, size)?;
    let aead = aead_mb_s(size);
    let disk = disk_mb_s(&sent, &folder.join("copied.bin"), size)?;
    progress("up");
    let up = ivan.run(&["attach", "Anna", text(&sent)?])?;
    progress("down");
    let down = anna.run(&["save", "Ivan", "--to", text(&saved)?])?;
    progress("both files are compared");
    ensure_equal(&sent, &saved)?;
    let server_peak = server.peak_bytes()?;
    server.stop()?;

    let rate = |run: &Run| size as f64 / 1e6 / run.took.as_secs_f64();
    let half = Target::AtLeast(aead / 2.0);
    report.figure("upload_mb_s", rate(&up), "MB/s", half);
    report.figure("download_mb_s", rate(&down), "MB/s", half);
    let client_peak = up.peak_bytes.max(down.peak_bytes) as f64 / 1e6;
    report.figure("client_peak_mb", client_peak, "MB", Target::AtMost(64.0));
    let server_peak = server_peak as f64 / 1e6;
    report.figure("server_peak_mb", server_peak, "MB", Target::AtMost(64.0));
    report.note(format!(
        "the AEAD alone (AES-128-GCM in chunks of 16 KiB, one processor): {aead:.0} MB/s"
    ));
    report.note(format!(
        "the disk alone, copying the same bytes and waiting until they are durable: {disk:.0} MB/s"
    ));
    report.note(format!(
        "{} MB; client's memory up {:.0} MB, down {:.0} MB",
        size / 1_000_000,
        up.peak_bytes as f64 / 1e6,
        down.peak_bytes as f64 / 1e6
    ));
    report.print()
}

/// Lets the one found the organisation, the other join, and both greet each other.
fn meet(server: &Server, ivan: &Terminal, anna: &Terminal) -> Result<()> {
    let link = server.setup_link()?;
    ivan.run(&["setup", link, "--name", "Ivan", "--organisation", "Office"])?;
    let invited = ivan.run(&["invite", "--name", "Anna"])?.said;
    let link = invited["link"].as_str().context("there is no invitation")?;
    anna.run(&["join", link])?;
    ivan.run(&["send", "Anna", "hello"])?;
    anna.run(&["send", "Ivan", "hello"])?;
    Ok(())
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path that is no text")
}

/// Writes bytes that nothing can compress.
fn make(path: &Path, size: usize) -> Result<()> {
    let mut random = ChaCha8Rng::from_seed([1; 32]);
    let mut file = BufWriter::with_capacity(PIECE_BYTES, File::create(path)?);
    let mut piece = vec![0; PIECE_BYTES];
    let mut left = size;
    while left > 0 {
        let length = left.min(PIECE_BYTES);
        random.fill_bytes(&mut piece[..length]);
        file.write_all(&piece[..length])?;
        left -= length;
    }
    Ok(file.into_inner()?.sync_all()?)
}

/// Seals as many bytes as the file has, in memory, with nothing around it.
fn aead_mb_s(size: usize) -> f64 {
    let cipher = Aes128Gcm::new(Key::<Aes128Gcm>::from_slice(&[1; 16]));
    let mut piece = vec![7; PIECE_BYTES];
    let begin = Instant::now();
    for number in 0..size.div_ceil(PIECE_BYTES) as u64 {
        for (place, chunk) in (0u32..).zip(piece.chunks_mut(CHUNK_BYTES)) {
            let mut nonce = [0; 12];
            nonce[..8].copy_from_slice(&number.to_be_bytes());
            nonce[8..].copy_from_slice(&place.to_be_bytes());
            let nonce = Nonce::from_slice(&nonce);
            // Fails above 64 GiB alone.
            std::hint::black_box(cipher.encrypt_in_place_detached(nonce, b"", chunk)).ok();
        }
    }
    size as f64 / 1e6 / begin.elapsed().as_secs_f64()
}

/// Copies the file, and waits until the copy is on the disk. An upload writes as many bytes twice, a download too.
fn disk_mb_s(from: &Path, to: &Path, size: usize) -> Result<f64> {
    let begin = Instant::now();
    let mut copied = File::create(to)?;
    std::io::copy(&mut File::open(from)?, &mut copied)?;
    copied.sync_all()?;
    let took = begin.elapsed();
    std::fs::remove_file(to)?;
    Ok(size as f64 / 1e6 / took.as_secs_f64())
}

fn ensure_equal(sent: &Path, saved: &Path) -> Result<()> {
    ensure!(
        std::fs::metadata(sent)?.len() == std::fs::metadata(saved)?.len(),
        "what was saved has another length"
    );
    let mut sent = BufReader::with_capacity(PIECE_BYTES, File::open(sent)?);
    let mut saved = BufReader::with_capacity(PIECE_BYTES, File::open(saved)?);
    let (mut one, mut other) = (vec![0; CHUNK_BYTES], vec![0; CHUNK_BYTES]);
    loop {
        let count = sent.read(&mut one)?;
        if count == 0 {
            return Ok(());
        }
        saved.read_exact(&mut other[..count])?;
        ensure!(
            one[..count] == other[..count],
            "what was saved is not what was sent"
        );
    }
}
