//! The finished document on its way: into the chat, or back among the files that are offered.

use super::desk::Why;
use super::{Work, sheets::MOST_PAGES};
use crate::{
    browser::{intl, media::is_cleaned, now},
    conversation::Talk,
    words::{t, tw},
};
use js_sys::{Array, RangeError};
use leptos::prelude::*;
use valise_views::file::NewFile;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, FilePropertyBag};

#[wasm_bindgen(raw_module = "/pdf-pages.js")]
extern "C" {
    /// Draws each page of a document as a picture, and hands it over. A document of more than `most` pages is refused with a `RangeError`.
    #[wasm_bindgen(js_name = eachPage, catch)]
    async fn each_page(
        file: &Blob,
        most: u32,
        take: &Closure<dyn FnMut(Blob)>,
    ) -> Result<JsValue, JsValue>;
}

/// Whether parts of a file of this type can be covered.
pub fn is_coverable(media_type: &str) -> bool {
    is_cleaned(media_type) || media_type == "application/pdf"
}

/// Makes pictures of a document's pages: of what stands in it nothing else is kept.
pub(super) fn take_apart(work: Work, file: Blob) {
    leptos::task::spawn_local(async move {
        let take = Closure::<dyn FnMut(Blob)>::new(move |page| work.add(vec![page]));
        let most = MOST_PAGES as u32;
        if let Err(why) = each_page(&file, most, &take).await {
            let said = if why.is_instance_of::<RangeError>() {
                too_many()
            } else {
                t("pdf-broken")
            };
            work.trouble.try_set(Some(said));
        }
    });
}

/// Binds the pages and does with them what the dialog is for.
pub(super) fn finish(work: Work) {
    work.busy.set(true);
    work.trouble.set(None);
    leptos::task::spawn_local(async move {
        let done = match work.sheets.bind(work.is_picture).await {
            Ok(file) => match work.covers {
                None => match work.talk {
                    Some(talk) => send(work, talk, file).await,
                    None => add(work, &file),
                },
                Some(at) => put_back(work, &file, at),
            },
            Err(why) => Err(said(why)),
        };
        match done {
            Ok(()) => work.close(),
            Err(why) => {
                work.trouble.try_set(Some(why));
                work.busy.try_set(false);
            }
        }
    });
}

/// That there are more pages than one document can have.
pub(super) fn too_many() -> String {
    tw("paper-too-many", [("count", MOST_PAGES.into())])
}

/// Why a picture is no page, in words.
pub(super) fn said(why: Why) -> String {
    match why {
        Why::Unreadable => t("paper-unreadable"),
        Why::TooLarge => t("paper-too-large"),
    }
}

/// Sends the document into the chat.
async fn send(work: Work, talk: Talk, file: Blob) -> Result<(), String> {
    let name = scan_name();
    let new = NewFile {
        confidential: work.confidential.get_untracked(),
        ..talk.new_file(&file, name, "application/pdf".into())
    };
    talk.send_file(new, String::new()).await?;
    talk.go_to_end();
    Ok(())
}

/// What a scanned document is called.
fn scan_name() -> String {
    // In some languages a day ends with a dot of its own.
    let day = intl::dated_day(now());
    tw("scan-name", [("date", day.trim_end_matches('.').into())])
}

/// Puts the document on the pile.
fn add(work: Work, file: &Blob) -> Result<(), String> {
    let document = named(file, &scan_name())?;
    work.pile.files.update(|files| files.push(document));
    Ok(())
}

/// Gives bytes a name.
fn named(file: &Blob, name: &str) -> Result<File, String> {
    let options = FilePropertyBag::new();
    options.set_type(&file.type_());
    File::new_with_blob_sequence_and_options(&Array::of1(file), name, &options)
        .map_err(|_| t("paper-unreadable"))
}

/// Puts the covered file in the place of the one that was offered.
fn put_back(work: Work, file: &Blob, at: usize) -> Result<(), String> {
    let offered = work.pile.files;
    let name = offered.with_untracked(|all| all.get(at).map(File::name));
    let name = name.ok_or_else(|| t("paper-unreadable"))?;
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    let ending = if work.is_picture { "jpg" } else { "pdf" };
    let covered = named(file, &format!("{stem}.{ending}"))?;
    offered.update(|all| {
        if let Some(offered) = all.get_mut(at) {
            *offered = covered;
        }
    });
    Ok(())
}
