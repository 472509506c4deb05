//! Speaking a voice note: the line that stands in the composer's place meanwhile.

use super::talk::Talk;
use crate::{
    browser::{
        self,
        capture::NoCapture,
        recorder::{Recorded, Recorder},
    },
    logic::waveform,
    parts::{icon, icon_button},
    words::t,
};
use leptos::prelude::*;
use valise_views::file::minutes;
use valise_views::file::{NewFile, NewVoice};

/// Longest voice note, in milliseconds: nobody listens longer, and a telephone in a pocket does not record a day.
const LONGEST: u32 = 30 * 60_000;
/// Less than this was a slip of the finger.
const SHORTEST: u32 = 400;
/// Levels that are seen while one speaks.
const SEEN: usize = 40;

/// How it stands with what is being spoken.
#[derive(Clone, Copy)]
pub struct Recording {
    recorder: StoredValue<Option<Recorder>, LocalStorage>,
    is_on: RwSignal<bool>,
    millis: RwSignal<u32>,
    levels: RwSignal<Vec<u8>>,
}

impl Recording {
    /// Nothing is spoken.
    pub fn new() -> Self {
        Self {
            recorder: StoredValue::new_local(None),
            is_on: RwSignal::new(false),
            millis: RwSignal::new(0),
            levels: RwSignal::new(Vec::new()),
        }
    }

    /// Whether one speaks.
    pub fn is_on(self) -> bool {
        self.is_on.get()
    }

    fn looked(self, level: u8, millis: u32) {
        self.millis.try_set(millis);
        self.levels.try_update(|levels| {
            levels.push(level);
            let before = levels.len().saturating_sub(SEEN);
            levels.drain(..before);
        });
    }

    fn take(self) -> Option<Recorder> {
        self.is_on.set(false);
        self.recorder.try_update_value(Option::take).flatten()
    }
}

/// Begins, or says why not.
fn begin(talk: Talk) {
    let recording = talk.recording;
    if recording.is_on.get_untracked() {
        return;
    }
    recording.millis.set(0);
    recording.levels.set(Vec::new());
    leptos::task::spawn_local(async move {
        match Recorder::begin(move |level, millis| recording.looked(level, millis)).await {
            // One who has left the chat meanwhile is not listened to: the recorder is dropped.
            Ok(recorder) => {
                if recording
                    .recorder
                    .try_update_value(|kept| *kept = Some(recorder))
                    .is_some()
                {
                    recording.is_on.set(true);
                }
            }
            Err(NoCapture::Denied) => talk.app.say(t("voice-denied")),
            Err(NoCapture::Missing) => talk.app.say(t("voice-no-microphone")),
        }
    });
}

/// Forgets what was spoken.
fn discard(recording: Recording) {
    drop(recording.take());
    browser::soon(|| browser::focus(".composer textarea"));
}

/// Ends it and sends what was spoken.
fn finish(talk: Talk) {
    let Some(recorder) = talk.recording.take() else {
        return;
    };
    leptos::task::spawn_local(async move {
        match recorder.end().await {
            Some(recorded) if recorded.millis >= SHORTEST => send(talk, recorded).await,
            Some(_) => talk.app.say(t("voice-too-short")),
            None => talk.app.say(t("voice-no-microphone")),
        }
        browser::focus(".composer textarea");
    });
}

async fn send(talk: Talk, recorded: Recorded) {
    let voice = NewVoice {
        millis: recorded.millis,
        waveform: waveform::bars(&recorded.levels),
    };
    let name = file_name(&recorded.media_type);
    let file = NewFile {
        voice: Some(voice),
        ..talk.new_file(&recorded.bytes, name, recorded.media_type)
    };
    match talk.send_file(file, String::new()).await {
        Ok(()) => talk.go_to_end(),
        Err(why) => talk.app.say(why),
    }
}

/// A name for who saves it: the moment, which is written alike in every language.
fn file_name(media_type: &str) -> String {
    let kind = media_type.rsplit('/').next().unwrap_or("webm");
    let now = js_sys::Date::new_0();
    let two = |number: u32| format!("{number:02}");
    let day = [
        now.get_full_year().to_string(),
        two(now.get_month() + 1),
        two(now.get_date()),
    ];
    let time = [
        two(now.get_hours()),
        two(now.get_minutes()),
        two(now.get_seconds()),
    ];
    format!("{} {}.{kind}", day.join("-"), time.join("."))
}

/// The button that begins.
pub fn microphone(talk: Talk) -> impl IntoView {
    view! {
        <button type="button" class="send speak" aria-label=t("voice-record") title=t("voice-record") on:click=move |_| begin(talk)>{icon("mic")}</button>
    }
}

/// What stands in the composer's place while one speaks.
pub fn line(talk: Talk) -> impl IntoView {
    let recording = talk.recording;
    Effect::new(move |_| {
        if recording.millis.get() >= LONGEST && recording.is_on.get_untracked() {
            finish(talk);
        }
    });
    // Leaving the chat is no wish to send: what was spoken is forgotten, and the microphone let go.
    on_cleanup(move || {
        drop(recording.recorder.try_update_value(Option::take));
        recording.is_on.try_set(false);
    });
    let shown = move || {
        view! {
            <div class="composer speaking" role="group" aria-label=t("voice-recording")
                on:keydown=move |event| if event.key() == "Escape" { event.prevent_default(); event.stop_propagation(); discard(recording) }>
                {icon_button("trash-2", t("voice-discard"), move || discard(recording))}
                <span class="speaking-sign" aria-hidden="true"></span>
                <span class="unseen" role="status">{t("voice-recording")}</span>
                <span class="speaking-time" role="timer" aria-live="off">{move || minutes(recording.millis.get() / 1_000 * 1_000)}</span>
                {loudness(recording)}
                <button type="button" class="send" node_ref=focused() aria-label=t("voice-send") title=t("voice-send") on:click=move |_| finish(talk)>{icon("send")}</button>
            </div>
        }
    };
    move || recording.is_on().then(shown)
}

/// A button that has the focus as soon as it is there.
fn focused() -> NodeRef<leptos::html::Button> {
    let button = NodeRef::<leptos::html::Button>::new();
    button.on_load(|button| {
        browser::soon(move || {
            // An element that is gone cannot take it.
            let _ = button.focus();
        });
    });
    button
}

/// How loud it was just now: proof that the microphone hears something.
fn loudness(recording: Recording) -> impl IntoView {
    let path = move || {
        recording.levels.with(|levels| {
            let mut seen = vec![0; SEEN - levels.len().min(SEEN)];
            seen.extend(levels);
            waveform::path(&seen)
        })
    };
    let view_box = format!("0 0 {} {}", waveform::width(SEEN), waveform::HEIGHT);
    view! { <svg class="speaking-drawing" viewBox=view_box preserveAspectRatio="none" aria-hidden="true"><path d=path/></svg> }
}
