//! What plays the voice notes of one chat: one at a time, and the next unheard one after it.

use crate::app::App;
use leptos::prelude::*;
use valise_views::{Body, Command, Conversation, FileId, Message};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlAudioElement;

/// Speeds, in the order in which they are gone through.
const SPEEDS: [f64; 3] = [1.0, 1.5, 2.0];

/// A place behind every end. Going there makes a browser read how long a sound is that does not say so, as those do that a
/// browser recorded; before that it does not go anywhere in it.
const BEHIND_THE_END: f64 = 1e9;

/// Seconds before the end to which one can go.
const BEFORE_THE_END: f64 = 0.1;

/// Seconds within which a place is the wanted one.
const NEAR: f64 = 0.3;

/// What is done when the browser says something of the sound.
type Follow = fn(Player, &HtmlAudioElement);

/// The player of a chat.
#[derive(Clone, Copy)]
pub struct Player {
    app: App,
    shown: ReadSignal<Option<Conversation>>,
    sound: StoredValue<Option<HtmlAudioElement>, LocalStorage>,
    /// Where one wants to be, in seconds, while the browser reads how long the sound is.
    wanted: StoredValue<Option<f64>>,
    /// The voice note that is played or rests.
    of: RwSignal<Option<FileId>>,
    /// Whether it is heard now.
    is_on: RwSignal<bool>,
    /// Where in it one is, in milliseconds.
    at: RwSignal<u32>,
    /// How fast it is played.
    pub speed: RwSignal<f64>,
}

impl Player {
    /// A player of what stands in a chat; it is silent when its owner goes.
    pub fn new(app: App, shown: ReadSignal<Option<Conversation>>) -> Self {
        let player = Self {
            app,
            shown,
            sound: StoredValue::new_local(HtmlAudioElement::new().ok()),
            wanted: StoredValue::new(None),
            of: RwSignal::new(None),
            is_on: RwSignal::new(false),
            at: RwSignal::new(0),
            speed: RwSignal::new(SPEEDS[0]),
        };
        player.listen();
        player
    }

    /// Whether it is this one that is played or rests.
    pub fn has(self, file: &FileId) -> bool {
        self.of.with(|of| of.as_ref() == Some(file))
    }

    /// Whether it is this one that is heard now.
    pub fn plays(self, file: &FileId) -> bool {
        self.is_on.get() && self.has(file)
    }

    /// Where in this one one is, in milliseconds.
    pub fn place_in(self, file: &FileId) -> u32 {
        if self.has(file) { self.at.get() } else { 0 }
    }

    /// Plays a voice note that is here, or lets it rest.
    pub fn toggle(self, file: FileId) {
        let is_it = self.of.with_untracked(|of| *of == Some(file.clone()));
        let Some(sound) = self.sound.get_value() else {
            return;
        };
        if !is_it {
            self.begin(sound, file, None);
        } else if self.is_on.get_untracked() {
            self.is_on.set(false);
            // Letting rest what rests already is no matter.
            let _ = sound.pause();
        } else {
            go(sound);
        }
    }

    /// Goes to a place in a voice note that is here; one that was not played is played from there on.
    pub fn go_to(self, file: FileId, millis: u32) {
        let Some(sound) = self.sound.get_value() else {
            return;
        };
        let seconds = f64::from(millis) / 1_000.0;
        if self.of.with_untracked(|of| *of != Some(file.clone())) {
            return self.begin(sound, file, Some(seconds));
        }
        self.at.set(millis);
        self.wanted.set_value(Some(seconds));
        self.seek(&sound);
    }

    /// Goes where one wants to be, as soon as the browser knows how long the sound is.
    fn seek(self, sound: &HtmlAudioElement) {
        let Some(wanted) = self.wanted.get_value() else {
            return;
        };
        if let Some(place) = place(sound, wanted) {
            sound.set_current_time(place);
        } else if sound.duration().is_infinite() {
            sound.set_current_time(BEHIND_THE_END);
        }
    }

    /// Plays faster, and after the fastest as it was spoken.
    pub fn next_speed(self) {
        let now = self.speed.get_untracked();
        let at = SPEEDS.iter().position(|speed| *speed == now).unwrap_or(0);
        let next = SPEEDS[(at + 1) % SPEEDS.len()];
        self.speed.set(next);
        if let Some(sound) = self.sound.get_value() {
            sound.set_playback_rate(next);
        }
    }

    fn begin(self, sound: HtmlAudioElement, file: FileId, from: Option<f64>) {
        let _ = sound.pause();
        self.of.set(Some(file.clone()));
        self.at.set((from.unwrap_or_default() * 1_000.0) as u32);
        self.wanted.set_value(from);
        let opened = self.app.core.driver().open_file(file.clone());
        leptos::task::spawn_local(async move {
            let url = opened.await;
            // Another one was begun meanwhile, or the chat was left.
            if self.of.try_with_untracked(|of| *of == Some(file.clone())) != Some(true) {
                return;
            }
            let Some(url) = url else {
                return self.of.set(None);
            };
            sound.set_src(&url);
            sound.set_default_playback_rate(self.speed.get_untracked());
            sound.set_playback_rate(self.speed.get_untracked());
            go(sound);
            self.was_heard(file);
        });
    }

    /// Follows what the browser says of the sound, as long as the owner lives.
    fn listen(self) {
        let Some(sound) = self.sound.get_value() else {
            return;
        };
        let follows: [(&str, Follow); 6] = [
            ("timeupdate", Self::went_on),
            ("play", |player, _| player.is_on.set(true)),
            ("pause", |player, _| player.rests()),
            ("durationchange", Self::seek),
            ("seeked", Self::is_where_wanted),
            ("ended", |player, _| player.ended()),
        ];
        let listeners = follows.map(|(name, follow)| {
            let of = sound.clone();
            let listener = Closure::<dyn Fn()>::new(move || follow(self, &of));
            // Fails only for what is no function.
            let _ = sound.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            (name, listener)
        });
        let listeners = StoredValue::new_local(listeners);
        on_cleanup(move || {
            listeners.try_with_value(|listeners| {
                for (name, listener) in listeners {
                    let listener = listener.as_ref().unchecked_ref();
                    let _ = sound.remove_event_listener_with_callback(name, listener);
                }
            });
            let _ = sound.pause();
        });
    }

    fn went_on(self, sound: &HtmlAudioElement) {
        if self.wanted.get_value().is_none() {
            self.at.set((sound.current_time() * 1_000.0) as u32);
        }
    }

    /// It rests because somebody wants it; or because the browser came to the end on its way to where one wants to be.
    fn rests(self) {
        if self.wanted.get_value().is_none() {
            self.is_on.set(false);
        }
    }

    /// The browser went somewhere: where one wants to be, or first behind the end.
    fn is_where_wanted(self, sound: &HtmlAudioElement) {
        let place = self
            .wanted
            .get_value()
            .and_then(|wanted| place(sound, wanted));
        if place.is_some_and(|place| (sound.current_time() - place).abs() < NEAR) {
            self.wanted.set_value(None);
            if sound.paused() && self.is_on.get_untracked() {
                go(sound.clone());
            }
        }
    }

    fn ended(self) {
        if self.wanted.get_value().is_some() {
            return;
        }
        let ended = self.of.try_update(Option::take).flatten();
        self.at.set(0);
        self.is_on.set(false);
        if let Some(next) = ended.and_then(|ended| self.after(&ended)) {
            self.toggle(next);
        }
    }

    /// Tells who spoke it that it was heard.
    fn was_heard(self, file: FileId) {
        let is_new = self.shown.with_untracked(|shown| {
            let messages = shown.iter().flat_map(|shown| &shown.messages);
            messages
                .filter_map(note)
                .any(|(message, id, heard)| *id == file && !heard && !message.is_mine)
        });
        if is_new {
            self.app.core.tell(Command::MarkHeard(file));
        }
    }

    /// The next voice note, if it is one of somebody else that was not heard.
    fn after(self, file: &FileId) -> Option<FileId> {
        self.shown.with_untracked(|shown| {
            let messages = &shown.as_ref()?.messages;
            let mut notes = messages.iter().filter_map(note);
            notes.find(|(_, id, _)| *id == file)?;
            let (message, next, heard) = notes.next()?;
            (!heard && !message.is_mine).then(|| next.clone())
        })
    }
}

/// The voice note of a message: message, file, whether it was heard.
fn note(message: &Message) -> Option<(&Message, &FileId, bool)> {
    let Body::Files { files, .. } = &message.body else {
        return None;
    };
    files.iter().find_map(|file| {
        let voice = file.voice.as_ref()?;
        Some((message, &file.id, voice.heard))
    })
}

/// Where a wanted place is in a sound; none as long as nobody knows how long that is. The very end would be over at once.
fn place(sound: &HtmlAudioElement, wanted: f64) -> Option<f64> {
    let length = sound.duration();
    length
        .is_finite()
        .then(|| wanted.min(length - BEFORE_THE_END).max(0.0))
}

fn go(sound: HtmlAudioElement) {
    leptos::task::spawn_local(async move {
        if let Ok(promise) = sound.play() {
            // A browser that does not play says so by the events that do not come.
            let _ = JsFuture::from(promise).await;
        }
    });
}
