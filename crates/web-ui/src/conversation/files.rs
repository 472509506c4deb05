//! A file in a bubble: picture or card, with what can be done about it where it is.

use super::{small::Smalls, talk::Talk, thumbnail, voice};
use crate::{
    app::App,
    browser::{intl, save},
    logic::{
        format::percent,
        rows::Row,
        text::harmless,
        transfer::{Kind, Press, fit, kind, press},
    },
    paper::label_chip,
    parts::{confirm, icon, icon_button, made_for},
    viewer,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Body, Command, File, FileState, Transfer};

/// Largest width and height of a picture in a bubble, in CSS pixels.
const MOST: (u32, u32) = (320, 360);

/// The file at a place among a message's files.
pub fn file(talk: Talk, row: ArcRwSignal<Row>, at: usize) -> impl IntoView {
    let is_mine = row.with_untracked(|row| row.message.is_mine);
    let current = move || {
        row.with(|row| match &row.message.body {
            Body::Files { files, .. } => files.get(at).cloned(),
            Body::Letter { letter, .. } => letter.files.get(at).cloned(),
            _ => None,
        })
    };
    let file = Memo::new(move |_| current());
    let first = file.get_untracked()?;
    Some(match first.voice.clone() {
        Some(spoken) => {
            let confidential = first.confidential;
            view! {
                {voice::note(talk, first.id, file, spoken, is_mine)}
                {confidential.then(label_chip)}
                {move || transfer_bar(talk.app, file)}
            }
            .into_any()
        }
        None => attached(talk.app, talk.smalls, file).into_any(),
    })
}

/// A file that is no voice note: picture or card, fetched and opened by a press.
pub fn attached(app: App, smalls: Smalls, file: Memo<Option<File>>) -> impl IntoView {
    let is_confidential =
        file.with_untracked(|file| file.as_ref().is_some_and(|file| file.confidential));
    // Of some the small picture is made when they are here.
    let is_picture = Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(is_seen)));
    let needs = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.state)));
    Effect::new(move |_| {
        needs.track();
        if let Some(file) = file.get_untracked() {
            smalls.want(app, &file);
        }
    });
    let open_when_here = RwSignal::new(false);
    let viewed = RwSignal::new(None::<File>);
    let act = move || {
        let Some(file) = file.get_untracked() else {
            return;
        };
        match press(&file) {
            Press::Fetch => {
                open_when_here.set(kind(&file.media_type) != Kind::Other);
                app.core.tell(Command::Fetch(file.id));
            }
            Press::View => viewed.set(Some(file)),
            Press::Save => save_file(app, file),
            Press::Nothing => {}
        }
    };
    Effect::new(move |_| {
        let now = file.get();
        if let Some(file) =
            now.filter(|file| press(file) == Press::View && open_when_here.get_untracked())
        {
            open_when_here.set(false);
            viewed.set(Some(file));
        }
    });
    view! {
        {made_for(
            move || is_picture.get(),
            move |is_picture| {
                let now = file.get_untracked()?;
                Some(if is_picture {
                    picture(now, file, act).into_any()
                } else {
                    card(now, file, act).into_any()
                })
            },
        )}
        {is_confidential.then(label_chip)}
        {move || transfer_bar(app, file)}
        {made_for(move || viewed.get(), move |file| file.map(|file| viewer::viewer(app, file, move || viewed.set(None))))}
    }
}

/// Whether it is shown as a picture in passing.
fn is_seen(file: &File) -> bool {
    kind(&file.media_type) == Kind::Picture && file.thumbnail.is_some() && !file.confidential
}

fn picture(
    first: File,
    file: Memo<Option<File>>,
    act: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let (width, height) = fit(first.dimensions.unwrap_or((320, 240)), MOST);
    let state = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.state)));
    let name = harmless(&first.name);
    view! {
        <button type="button" class="picture" aria-label=move || label(&name, state.get()) on:click=move |_| act()
            style:width=format!("{width}px") style:aspect-ratio=format!("{width} / {height}")>
            {thumbnail(first.thumbnail.as_ref()).map(|url| view! { <img src=url alt="" width=width.to_string() height=height.to_string() draggable="false"/> })}
            {move || (state.get() == Some(FileState::Remote)).then(|| view! { <span class="picture-act">{icon("download")}</span> })}
        </button>
        {move || trouble(state.get())}
    }
}

fn card(first: File, file: Memo<Option<File>>, act: impl Fn() + Copy + 'static) -> impl IntoView {
    let name = match harmless(&first.name) {
        name if name.is_empty() => t("file-unnamed"),
        name => name,
    };
    let size = (first.state != FileState::NotExported).then(|| intl::size(first.size_bytes));
    let state = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.state)));
    let does = Memo::new(move |_| file.with(|file| file.as_ref().map_or(Press::Nothing, press)));
    let (icon_name, spoken) = (file_icon(&first.media_type), name.clone());
    view! {
        <button type="button" class="card" on:click=move |_| act()>
            <span class="card-icon">{icon(icon_name)}</span>
            <span class="card-text">
                <span class="unseen">{move || label(&spoken, state.get())} " "</span>
                <span class="card-name" aria-hidden="true"><bdi>{name}</bdi></span>
                <span class="card-size">{size}</span>
            </span>
            {move || (does.get() == Press::Fetch).then(|| icon("download"))}
        </button>
        {move || trouble(state.get())}
    }
}

fn label(name: &str, state: Option<FileState>) -> String {
    match state {
        Some(FileState::Remote) => tw("file-download", [("name", name.into())]),
        Some(FileState::Here) => tw("file-open", [("name", name.into())]),
        _ => harmless(name),
    }
}

fn trouble(state: Option<FileState>) -> Option<impl IntoView> {
    let (class, sign, text) = match state? {
        FileState::Broken => ("file-trouble", "circle-alert", t("file-broken")),
        FileState::Gone => ("file-trouble", "circle-alert", t("file-gone")),
        FileState::Another => ("file-trouble", "triangle-alert", t("file-another")),
        // Nothing went wrong: it was never there.
        FileState::NotExported => ("file-trouble absent", "info", t("file-not-exported")),
        _ => return None,
    };
    Some(view! { <p class=class>{icon(sign)}<span>{text}</span></p> })
}

/// Progress with pause, resume and cancel. The bar is one element for the whole way, so that buttons keep the focus.
fn transfer_bar(app: App, file: Memo<Option<File>>) -> impl IntoView {
    let moving = move |file: &Option<File>| -> Option<Transfer> {
        match file.as_ref()?.state {
            FileState::Moving(transfer) => Some(transfer),
            _ => None,
        }
    };
    let is_moving = Memo::new(move |_| file.with(|file| moving(file).is_some()));
    let paused =
        Memo::new(move |_| file.with(|file| moving(file).is_some_and(|transfer| transfer.paused)));
    let bytes = move || {
        file.with(|file| {
            moving(file).map_or((0, 0), |transfer| {
                (transfer.done_bytes, transfer.total_bytes)
            })
        })
    };
    let id = file.get_untracked().map(|file| file.id);
    move || {
        let id = id.clone().filter(|_| is_moving.get())?;
        let (on_toggle, on_cancel) = (id.clone(), id);
        let toggle = move || {
            let id = on_toggle.clone();
            app.core.tell(if paused.get_untracked() {
                Command::Resume(id)
            } else {
                Command::Pause(id)
            });
        };
        Some(view! {
            <div class="transfer">
                <progress max="100" value=move || { let (done, all) = bytes(); percent(done, all).to_string() } aria-label=t("file-progress")></progress>
                <span class="transfer-text">{move || {
                    let (done, all) = bytes();
                    let text = tw("file-moved", [("done", intl::size(done).into()), ("total", intl::size(all).into())]);
                    if paused.get() { format!("{text} · {}", t("paused")) } else { text }
                }}</span>
                {move || if paused.get() { icon_button("play", t("resume"), toggle.clone()).into_any() } else { icon_button("pause", t("pause"), toggle.clone()).into_any() }}
                {icon_button("x", t("cancel"), move || app.core.tell(Command::Cancel(on_cancel.clone())))}
            </div>
        })
    }
}

/// The icon of a media type.
pub fn file_icon(media_type: &str) -> &'static str {
    match kind(media_type) {
        Kind::Picture => "image",
        Kind::Pdf | Kind::Text => "file-text",
        Kind::Sound => "music",
        Kind::Film => "video",
        Kind::Other => "file",
    }
}

/// Saves a file that is here outside, where the browser saves files. Of one that is confidential that is said first.
pub fn save_file(app: App, file: File) {
    if file.confidential {
        app.saving.set(Some(file));
    } else {
        save_now(app, file);
    }
}

/// Asks before a confidential file is saved outside, while somebody wants to.
pub fn asking_to_save(app: App) -> impl IntoView {
    move || {
        app.saving.get().map(|file| {
            let close = move || app.saving.set(None);
            confirm(
                t("confidential-save-title"),
                t("confidential-save-text"),
                t("confidential-save-go"),
                RwSignal::new(None),
                close,
                move || {
                    close();
                    save_now(app, file.clone());
                },
            )
        })
    }
}

fn save_now(app: App, file: File) {
    let opened = app.core.driver().open_file(file.id.clone());
    leptos::task::spawn_local(async move {
        match opened.await {
            Some(url) => save(&url, &harmless(&file.name)),
            None => app.say(t("file-not-here")),
        }
    });
}
