//! Two steps of the web bundle that need heavy libraries.
//!
//! `xtask-bundle bindgen IN.wasm NAME OUT_DIR KIND` writes `NAME.js`, a `module` or a `script`, and `NAME_bg.wasm`;
//! `xtask-bundle compress QUALITY FILE…` writes `FILE.br` beside each file.

use anyhow::{Context, Result, bail};
use std::{env, fs, io::Write, path::Path, thread};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["bindgen", input, name, out, kind @ ("module" | "script")] => {
            bindgen(Path::new(input), name, Path::new(out), kind == "module")
        }
        ["compress", quality, ref files @ ..] => {
            compress_all(quality.parse().context("QUALITY is 0 to 11")?, files)
        }
        _ => bail!(
            "usage: xtask-bundle bindgen IN.wasm NAME OUT_DIR module|script | compress QUALITY FILE…"
        ),
    }
}

fn bindgen(input: &Path, name: &str, out: &Path, is_module: bool) -> Result<()> {
    fs::create_dir_all(out)?;
    Bindgen::new()
        .input_path(input)
        .out_name(name)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(is_module)?
        .no_modules(!is_module)?
        .generate(out)
        .with_context(|| format!("wasm-bindgen on {}", input.display()))
}

/// Compresses the files in as many threads as there are cores.
fn compress_all(quality: i32, files: &[&str]) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let chunk = files.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(chunk)
            .map(|part| scope.spawn(move || part.iter().try_for_each(|f| compress(quality, f))))
            .collect();
        workers
            .into_iter()
            .try_for_each(|w| w.join().unwrap_or_else(|_| bail!("a compressor panicked")))
    })
}

fn compress(quality: i32, file: &str) -> Result<()> {
    let raw = fs::read(file).with_context(|| format!("reading {file}"))?;
    fs::write(format!("{file}.br"), brotli(quality, &raw)?).context("writing the compressed file")
}

fn brotli(quality: i32, raw: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: raw.len(),
        ..Default::default()
    };
    let mut out = brotli::CompressorWriter::with_params(Vec::new(), 64 * 1024, &params);
    out.write_all(raw)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_compressed_file_opens_to_the_same_bytes() {
        let raw = "sealed ".repeat(5_000).into_bytes();
        for quality in [5, 11] {
            let packed = brotli(quality, &raw).unwrap();
            assert!(packed.len() < raw.len() / 20);
            let mut back = Vec::new();
            brotli::Decompressor::new(&packed[..], 4096)
                .read_to_end(&mut back)
                .unwrap();
            assert_eq!(back, raw);
        }
    }
}
