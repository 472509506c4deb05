//! The dialog between choosing files and sending them.

use super::{files::file_icon, talk::Talk};
use crate::{
    app::App,
    browser::{intl, media},
    logic::{
        text::harmless,
        transfer::{Kind, kind},
    },
    paper::{Pile, Task, is_coverable, label_box},
    parts::{icon, modal, problem, sentence},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::file::NewFile;
use valise_views::{Command, Outcome};
use web_sys::{Blob, File};

/// Shows what was chosen and sends it.
pub fn dialog(talk: Talk) -> impl IntoView {
    let files = talk.pile.files.get_untracked();
    let has_pictures = files.iter().any(|file| media::is_cleaned(&file.type_()));
    let others = files
        .iter()
        .any(|file| file.type_().starts_with("image/") && !media::is_cleaned(&file.type_()));
    let smaller = RwSignal::new(true);
    let caption = RwSignal::new(String::new());
    let confidential = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let close = move || talk.pile.files.set(Vec::new());
    let count = files.len();
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match send_all(
                talk,
                smaller.get_untracked(),
                confidential.get_untracked(),
                caption.get_untracked(),
            )
            .await
            {
                Ok(()) => {
                    talk.go_to_end();
                    close();
                }
                Err(why) => {
                    trouble.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    modal(
        tw("send-title", [("count", count.into())]),
        "sending",
        close,
        view! {
            <form on:submit=move |event| { event.prevent_default(); send() }>
                <div class="modal-body">
                    <ul class="offered" class:one=count == 1>{move || talk.pile.files.get().iter().enumerate().map(|(at, file)| offered(talk.pile, at, file, ())).collect_view()}</ul>
                    {has_pictures.then(|| view! {
                        <fieldset class="choice">
                            <legend class="unseen">{t("picture-size")}</legend>
                            {radio(smaller, true, t("picture-smaller"), t("picture-smaller-hint"))}
                            {radio(smaller, false, t("picture-original"), t("picture-original-hint"))}
                        </fieldset>
                        <p class="hint">{icon("shield-check")} " " {t("picture-cleaned")}</p>
                    })}
                    {others.then(|| view! { <p class="hint warn">{icon("triangle-alert")} " " {t("picture-not-cleaned")}</p> })}
                    {label_box(confidential)}
                    {problem(move || trouble.get())}
                </div>
                <footer class="modal-foot">
                    <input type="text" class="caption" dir="auto" autofocus=true autocomplete="off" placeholder=t("caption") aria-label=t("caption") bind:value=caption/>
                    <button type="submit" class="button primary" aria-disabled=move || busy.get().to_string()>{icon("send")}<span>{move || if busy.get() { t("preparing") } else { t("send") }}</span></button>
                </footer>
            </form>
        },
    )
}

fn radio(smaller: RwSignal<bool>, value: bool, label: String, hint: String) -> impl IntoView {
    view! {
        <label class="radio">
            <input type="radio" name="picture-size" prop:checked=move || smaller.get() == value on:change=move |_| smaller.set(value)/>
            <span><span class="radio-label">{label}</span><span class="hint">{hint}</span></span>
        </label>
    }
}

/// One of the files that wait, with what can be done about it first, and something more behind that.
pub fn offered<V: IntoView + 'static>(
    pile: Pile,
    at: usize,
    file: &File,
    more: V,
) -> impl IntoView + use<V> {
    let (name, size) = (harmless(&file.name()), intl::size(file.size() as u64));
    let url = RwSignal::new(None::<String>);
    let shown = file.clone();
    leptos::task::spawn_local(async move {
        // Only what the browser decodes as pixels, and what says to be of a size that cameras make; never a document that could
        // carry a program.
        if kind(&shown.type_()) == Kind::Picture && media::is_safe(&shown).await {
            url.try_set(web_sys::Url::create_object_url_with_blob(&shown).ok());
        }
    });
    on_cleanup(move || {
        if let Some(Some(url)) = url.try_get_untracked() {
            let _ = web_sys::Url::revoke_object_url(&url);
        }
    });
    let icon_name = file_icon(&file.type_());
    view! {
        <li class="offered-item">
            {move || match url.get() {
                Some(url) => view! { <img src=url alt=""/> }.into_any(),
                None => view! { <span class="card-icon">{icon(icon_name)}</span> }.into_any(),
            }}
            <span class="offered-name"><bdi>{name}</bdi><span class="hint">{size}</span></span>
            {is_coverable(&file.type_()).then(|| cover_button(pile, at, file.clone()))}
            {more}
        </li>
    }
}

fn cover_button(pile: Pile, at: usize, file: File) -> impl IntoView {
    let file = StoredValue::new_local(file);
    let press = move |_| {
        let file = file.get_value();
        pile.task.set(Some(Task::Cover { file, at }));
    };
    view! { <button type="button" class="button small" on:click=press>{icon("cover")}<span>{t("cover-title")}</span></button> }
}

/// Sends the files one after the other; what was sent is no longer offered, so that trying again sends the rest.
async fn send_all(
    talk: Talk,
    smaller: bool,
    confidential: bool,
    caption: String,
) -> Result<(), String> {
    let mut text = caption.trim().to_owned();
    for file in talk.pile.files.get_untracked() {
        let new = prepared(talk.app, &file, smaller, confidential).await?;
        // The first one has the text, and is the answer.
        talk.send_file(new, std::mem::take(&mut text)).await?;
    }
    Ok(())
}

/// Makes a file ready to be sent; says why it cannot be.
pub async fn prepared(
    app: App,
    file: &File,
    smaller: bool,
    confidential: bool,
) -> Result<NewFile, String> {
    let Some(ready) = media::prepare(file, smaller).await else {
        return Err(tw("picture-unreadable", [("name", file.name().into())]));
    };
    let media_type = if ready.media_type.is_empty() {
        "application/octet-stream".into()
    } else {
        ready.media_type
    };
    Ok(NewFile {
        dimensions: ready.dimensions,
        // What stands in the chat has nobody's name across it.
        thumbnail: ready.thumbnail.filter(|_| !confidential),
        confidential,
        ..new_file(app, &ready.bytes, ready.name, media_type)
    })
}

/// What is said of a file that is to be sent, without anything that not every file has.
fn new_file(app: App, bytes: &Blob, name: String, media_type: String) -> NewFile {
    NewFile {
        handle: app.core.driver().add_file(bytes.clone()),
        name,
        media_type,
        size_bytes: bytes.size() as u64,
        dimensions: None,
        thumbnail: None,
        voice: None,
        confidential: false,
    }
}

impl Talk {
    /// What is said of a file that is to be sent, without anything that not every file has.
    pub fn new_file(self, bytes: &Blob, name: String, media_type: String) -> NewFile {
        new_file(self.app, bytes, name, media_type)
    }

    /// Sends a file with a text, which may be empty, as the answer if one is being given; says why not.
    pub async fn send_file(self, file: NewFile, text: String) -> Result<(), String> {
        let command = Command::SendFile {
            chat: self.chat(),
            file,
            text,
            reply_to: self.answered(),
        };
        if let Outcome::Failed(why) = self.app.core.ask(command).await {
            return Err(sentence(why));
        }
        self.has_answered();
        Ok(())
    }
}

/// A button that chooses a picture for a person or group and hands on its bytes.
pub fn profile_picture(
    app: App,
    label: String,
    chosen: impl Fn(Vec<u8>) + Copy + 'static,
) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let take = move |file: Option<File>| {
        let Some(file) = file else { return };
        leptos::task::spawn_local(async move {
            match media::square(&file).await {
                Some(bytes) => chosen(bytes),
                None => app.say(tw("picture-unreadable", [("name", file.name().into())])),
            }
        });
    };
    view! {
        <input type="file" accept="image/jpeg,image/png,image/webp" class="unseen" tabindex="-1" aria-hidden="true" node_ref=picker
            on:change:target=move |event| { take(event.target().files().and_then(|files| files.get(0))); event.target().set_value("") }/>
        <button type="button" class="button" on:click=move |_| if let Some(picker) = picker.get_untracked() { picker.click() }>{icon("camera")}<span>{label}</span></button>
    }
}
