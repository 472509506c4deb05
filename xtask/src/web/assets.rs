//! The set of files that make up the web client.

use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Files by their address below the site's root.
#[derive(Default)]
pub struct Assets {
    files: BTreeMap<String, Vec<u8>>,
}

/// Kinds of files that gain from compression; the others are compressed by nature.
const COMPRESSIBLE: [&str; 10] = [
    "html",
    "js",
    "mjs",
    "css",
    "json",
    "webmanifest",
    "svg",
    "wasm",
    "txt",
    "ftl",
];

/// Smaller files cost more in headers than compression saves.
const COMPRESS_OVER_BYTES: usize = 1024;

impl Assets {
    /// Adds one file; two files of one address are a mistake.
    pub fn add(&mut self, address: &str, bytes: Vec<u8>) -> Result<()> {
        if self.files.insert(address.to_owned(), bytes).is_some() {
            bail!("two files want to be /{address}");
        }
        Ok(())
    }

    /// Adds every file below a folder, under the given prefix.
    pub fn add_folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries =
            fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                self.add_folder(&path, &format!("{prefix}{name}/"))?;
            } else {
                self.add(&format!("{prefix}{name}"), fs::read(&path)?)?;
            }
        }
        Ok(())
    }

    /// Adds the words of every language but English, which the interface's module has in it.
    pub fn add_catalogues(&mut self, folder: &Path) -> Result<()> {
        for entry in
            fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?
        {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.ends_with(".ftl") && name != "en.ftl" {
                self.add(&format!("words/{name}"), fs::read(&path)?)?;
            }
        }
        Ok(())
    }

    /// Puts one file into a page, where a comment there names it. It stays beside the page as well.
    pub fn put_into(&mut self, page: &str, file: &str) -> Result<()> {
        let part = self.files.get(file).cloned();
        let (Some(whole), Some(part)) = (self.files.get_mut(page), part) else {
            bail!("there is no /{page} or no /{file} to put into it");
        };
        let (text, mark) = (
            String::from_utf8(whole.clone())?,
            format!("<!-- {file} -->"),
        );
        if text.matches(&mark).count() != 1 {
            bail!("/{page} does not say once where /{file} belongs");
        }
        *whole = text
            .replace(&mark, std::str::from_utf8(&part)?.trim_end())
            .into_bytes();
        Ok(())
    }

    /// Makes one style sheet of those that a page names below `css/`, in its order: the page is not painted before the last is
    /// here, and each is a question more.
    pub fn join_styles(&mut self, page: &str, joined: &str) -> Result<()> {
        let Some(whole) = self.files.get(page).cloned() else {
            bail!("there is no /{page} whose style sheets could be joined");
        };
        let (mut text, mut styles) = (String::from_utf8(whole)?, Vec::new());
        while let Some((line, sheet)) = next_style(&text) {
            let Some(bytes) = self.files.remove(&sheet) else {
                bail!("/{page} names /{sheet}, which is not there");
            };
            let is_first = styles.is_empty();
            styles.extend(bytes);
            let place = format!("<link rel=\"stylesheet\" href=\"/{joined}\">\n");
            text = text.replace(&line, if is_first { &place } else { "" });
        }
        self.files.insert(page.to_owned(), text.into_bytes());
        self.add(joined, styles)
    }

    /// Hands one file out no longer.
    pub fn leave_out(&mut self, file: &str) {
        self.files.remove(file);
    }

    /// Adds the typeface and the PDF viewer with their licences.
    pub fn add_third_party(&mut self, node_modules: &Path) -> Result<()> {
        let inter = node_modules.join("@fontsource-variable/inter");
        let css = fs::read_to_string(inter.join("wght.css")).context("reading the typeface")?;
        for file in font_files(&css) {
            self.add(
                &format!("fonts/{file}"),
                fs::read(inter.join("files").join(file))?,
            )?;
        }
        self.add(
            "fonts/inter.css",
            css.replace("./files/", "./").into_bytes(),
        )?;
        self.add("licences/inter.txt", fs::read(inter.join("LICENSE"))?)?;
        let pdf = node_modules.join("pdfjs-dist");
        for file in ["pdf.min.mjs", "pdf.worker.min.mjs"] {
            self.add(
                &format!("pdf/{file}"),
                fs::read(pdf.join("build").join(file))?,
            )?;
        }
        // Scanners write JBIG2 and JPEG 2000; the viewer loads these when it meets them.
        for file in ["jbig2.wasm", "openjpeg.wasm", "qcms_bg.wasm"] {
            self.add(
                &format!("pdf/wasm/{file}"),
                fs::read(pdf.join("wasm").join(file))?,
            )?;
        }
        self.add("licences/pdfjs.txt", fs::read(pdf.join("LICENSE"))?)?;
        for part in ["JBIG2", "OPENJPEG", "QCMS"] {
            let text = fs::read(pdf.join("wasm").join(format!("LICENSE_{part}")))?;
            self.add(&format!("licences/pdfjs-{}.txt", part.to_lowercase()), text)?;
        }
        Ok(())
    }

    /// Addresses of all files, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Makes the folder hold exactly these files, touching only what differs, and returns those
    /// whose compressed copy is out of date.
    pub fn write(&self, dist: &Path, quality: u32) -> Result<Vec<PathBuf>> {
        fs::create_dir_all(dist)?;
        self.remove_others(dist, dist)?;
        let quality_note = dist.with_extension("quality");
        let same_quality =
            fs::read_to_string(&quality_note).is_ok_and(|noted| noted == quality.to_string());
        let mut stale = Vec::new();
        for (address, bytes) in &self.files {
            let path = dist.join(address);
            let packed = dist.join(format!("{address}.br"));
            let changed = fs::read(&path).map_or(true, |old| old != *bytes);
            if changed {
                fs::create_dir_all(path.parent().unwrap_or(dist))?;
                fs::write(&path, bytes)?;
            }
            if compressible(address, bytes) && (changed || !same_quality || !packed.exists()) {
                // Removed first: a compressor that fails must not leave the old one behind.
                let _ = fs::remove_file(&packed);
                stale.push(path);
            }
        }
        fs::write(&quality_note, quality.to_string())?;
        Ok(stale)
    }

    fn remove_others(&self, dist: &Path, folder: &Path) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.remove_others(dist, &path)?;
                let _ = fs::remove_dir(&path); // succeeds when nothing is left in it
                continue;
            }
            let address = path.strip_prefix(dist)?.to_string_lossy().into_owned();
            let wanted = match address.strip_suffix(".br") {
                Some(raw) => self
                    .files
                    .get(raw)
                    .is_some_and(|bytes| compressible(raw, bytes)),
                None => self.files.contains_key(&address),
            };
            if !wanted {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }
}

fn compressible(address: &str, bytes: &[u8]) -> bool {
    let ending = address.rsplit('.').next().unwrap_or_default();
    bytes.len() > COMPRESS_OVER_BYTES && COMPRESSIBLE.contains(&ending)
}

/// The first line of a page that names a style sheet below `css/`, and the sheet.
fn next_style(page: &str) -> Option<(String, String)> {
    let (_, rest) = page.split_once("<link rel=\"stylesheet\" href=\"/css/")?;
    let (name, _) = rest.split_once('"')?;
    let sheet = format!("css/{name}");
    Some((
        format!("<link rel=\"stylesheet\" href=\"/{sheet}\">\n"),
        sheet,
    ))
}

/// Names of the font files that a style sheet of the typeface uses.
fn font_files(css: &str) -> Vec<&str> {
    css.split("url(./files/")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, process};

    fn scratch(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("valise-assets-{name}-{}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn two_files_of_one_address_are_refused() {
        let mut assets = Assets::default();
        assets.add("app.css", vec![1]).unwrap();
        assert!(assets.add("app.css", vec![2]).is_err());
    }

    #[test]
    fn a_file_goes_into_the_page_that_names_it_once() {
        let mut assets = Assets::default();
        assets
            .add("page.html", b"<p><!-- a.svg --></p>".to_vec())
            .unwrap();
        assets.add("a.svg", b"<svg/>\n".to_vec()).unwrap();
        assets.put_into("page.html", "a.svg").unwrap();
        assert_eq!(assets.files["page.html"], b"<p><svg/></p>");
        assert!(assets.files.contains_key("a.svg"));
        assets.leave_out("a.svg");
        assert!(!assets.files.contains_key("a.svg"));
        assets.add("b.svg", b"<svg/>".to_vec()).unwrap();
        assert!(
            assets.put_into("page.html", "b.svg").is_err(),
            "the page does not name it"
        );
    }

    #[test]
    fn each_language_but_english_is_a_file() {
        let folder = scratch("words");
        fs::create_dir_all(&folder).unwrap();
        for name in ["en.ftl", "ru.ftl", "mod.rs"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let mut assets = Assets::default();
        assets.add_catalogues(&folder).unwrap();
        assert_eq!(assets.names().collect::<Vec<_>>(), ["words/ru.ftl"]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_style_sheets_of_a_page_become_one_in_its_order() {
        let link = |sheet: &str| format!("<link rel=\"stylesheet\" href=\"/{sheet}\">\n");
        let named = |sheets: &[&str]| sheets.iter().map(|sheet| link(sheet)).collect::<String>();
        let mut assets = Assets::default();
        let page = named(&["fonts/a.css", "css/b.css", "css/a.css"]);
        assets.add("page.html", page.into_bytes()).unwrap();
        assets.add("css/a.css", b"a\n".to_vec()).unwrap();
        assets.add("css/b.css", b"b\n".to_vec()).unwrap();
        assets.join_styles("page.html", "all.css").unwrap();
        let page = named(&["fonts/a.css", "all.css"]);
        assert_eq!(assets.files["page.html"], page.as_bytes());
        assert_eq!(assets.files["all.css"], b"b\na\n");
        assert_eq!(assets.names().collect::<Vec<_>>(), ["all.css", "page.html"]);
        assets
            .add("other.html", link("css/gone.css").into_bytes())
            .unwrap();
        assert!(assets.join_styles("other.html", "more.css").is_err());
    }

    #[test]
    fn the_folder_holds_exactly_the_files_and_unchanged_ones_stay_compressed() {
        let dist = scratch("exact");
        fs::create_dir_all(dist.join("old")).unwrap();
        fs::write(dist.join("old/gone.js"), "x").unwrap();
        let mut assets = Assets::default();
        assets.add("a/big.js", vec![b'x'; 2_000]).unwrap();
        assets.add("small.js", vec![b'x'; 10]).unwrap();
        assets.add("font.woff2", vec![0; 2_000]).unwrap();
        assert_eq!(assets.write(&dist, 5).unwrap(), [dist.join("a/big.js")]);
        assert!(!dist.join("old").exists());
        fs::write(dist.join("a/big.js.br"), "packed").unwrap();
        assert!(assets.write(&dist, 5).unwrap().is_empty());
        assert!(dist.join("a/big.js.br").exists());
        assert_eq!(assets.write(&dist, 11).unwrap().len(), 1, "another quality");
        fs::remove_dir_all(&dist).unwrap();
        fs::remove_file(dist.with_extension("quality")).unwrap();
    }

    #[test]
    fn font_files_are_read_from_the_style_sheet() {
        let css = "src: url(./files/a.woff2) format('x'); src: url(./files/b.woff2) format('x');";
        assert_eq!(font_files(css), ["a.woff2", "b.woff2"]);
    }
}
