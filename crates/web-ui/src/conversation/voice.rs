//! A voice note in a bubble: play, where in it one is, how fast, and whether it was heard.

use super::{player::Player, talk::Talk};
use crate::{
    id,
    logic::waveform,
    parts::{icon, icon_button},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::file::{VoiceNote, minutes};
use valise_views::{Command, File, FileId, FileState};

/// Bars that are drawn where the sender did not say how loud it is.
const FLAT: [u8; waveform::BARS] = [40; waveform::BARS];
/// Milliseconds that an arrow key goes on or back.
const STRIDE: u32 = 1_000;

/// The voice note that a file is.
pub fn note(
    talk: Talk,
    id: FileId,
    file: Memo<Option<File>>,
    voice: VoiceNote,
    is_mine: bool,
) -> impl IntoView {
    let player = talk.player;
    let state = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.state)));
    let heard = Memo::new(move |_| {
        file.with(|file| {
            let voice = file.as_ref().and_then(|file| file.voice.as_ref());
            voice.is_some_and(|voice| voice.heard)
        })
    });
    let (played, toggled) = (id.clone(), id.clone());
    let plays = Memo::new(move |_| player.plays(&played));
    let plays_when_here = RwSignal::new(false);
    let press = move || match state.get_untracked() {
        Some(FileState::Remote) => {
            plays_when_here.set(true);
            talk.app.core.tell(Command::Fetch(toggled.clone()));
        }
        // One's own is here while it still goes up.
        Some(FileState::Here) => player.toggle(toggled.clone()),
        _ => {}
    };
    let arrived = id.clone();
    Effect::new(move |_| {
        if state.get() == Some(FileState::Here) && plays_when_here.get_untracked() {
            plays_when_here.set(false);
            player.toggle(arrived.clone());
        }
    });
    let spoken = minutes(voice.millis);
    let button = move || {
        let press = press.clone();
        if plays.get() {
            icon_button("pause", t("voice-pause"), press).into_any()
        } else {
            icon_button(
                "play",
                tw("voice-play", [("length", (&spoken).into())]),
                press,
            )
            .into_any()
        }
    };
    view! {
        <div class="voice" class:new=move || !is_mine && !heard.get()>
            {button}
            {drawing(player, id.clone(), &voice)}
            {told(player, id, voice.millis, heard, is_mine)}
        </div>
    }
}

/// How loud it is, and how much of it is over; pressing goes to a place.
fn drawing(player: Player, id: FileId, voice: &VoiceNote) -> impl IntoView + use<> {
    let millis = voice.millis.max(1);
    let bars = if voice.waveform.is_empty() {
        &FLAT[..]
    } else {
        &voice.waveform[..]
    };
    let (path, width) = (waveform::path(bars), waveform::width(bars.len()));
    let view_box = format!("0 0 {width} {}", waveform::HEIGHT);
    let sought = id.clone();
    let go = move |place: u32| player.go_to(sought.clone(), place);
    let at = Memo::new(move |_| player.place_in(&id).min(millis));
    let rest = move || 100.0 - f64::from(at.get()) * 100.0 / f64::from(millis);
    let said = move || {
        tw(
            "voice-place",
            [
                ("place", minutes(at.get()).into()),
                ("length", minutes(millis).into()),
            ],
        )
    };
    view! {
        // Time goes from left to right in every language.
        <div class="voice-drawing" dir="ltr">
            <svg viewBox=view_box.clone() preserveAspectRatio="none" aria-hidden="true"><path d=path.clone()/></svg>
            <svg viewBox=view_box preserveAspectRatio="none" aria-hidden="true" class="over" style:clip-path=move || format!("inset(0 {:.1}% 0 0)", rest())><path d=path/></svg>
            <input type="range" min="0" max=millis.to_string() step=STRIDE.min(millis).to_string() aria-label=t("voice-where") aria-valuetext=said
                prop:value=move || at.get().to_string()
                on:keydown=move |event| if is_of_slider(&event.key()) { event.stop_propagation() }
                on:input:target=move |event| if let Ok(place) = event.target().value().parse() { go(place) }/>
        </div>
    }
}

/// Whether a key moves the slider, and so not from message to message.
fn is_of_slider(key: &str) -> bool {
    matches!(
        key,
        "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown"
    )
}

/// How long it is or where one is, how fast, and whether it was heard.
fn told(
    player: Player,
    id: FileId,
    millis: u32,
    heard: Memo<bool>,
    is_mine: bool,
) -> impl IntoView {
    let (shown, sped) = (id.clone(), id);
    let time = move || match player.place_in(&shown) {
        0 => minutes(millis),
        at => minutes(at.min(millis)),
    };
    let has = Memo::new(move |_| player.has(&sped));
    let speed = move || {
        has.get().then(|| {
            let factor = move || player.speed.get().to_string();
            view! {
                <button type="button" class="voice-speed" aria-label=move || tw("voice-speed", [("factor", factor().into())]) on:click=move |_| player.next_speed()>
                    {move || format!("{}×", factor())}
                </button>
            }
        })
    };
    let mark = move || {
        let word = match (is_mine, heard.get()) {
            (true, true) => id!("voice-was-heard"),
            (true, false) => id!("voice-not-heard"),
            (false, false) => id!("voice-new"),
            (false, true) => return None,
        };
        let class = if heard.get() {
            "voice-mark heard"
        } else {
            "voice-mark"
        };
        Some(
            view! { <span class=class title=t(word)>{icon("mic")}<span class="unseen">{t(word)}</span></span> },
        )
    };
    view! { <span class="voice-told"><span>{time}</span>{mark}{speed}</span> }
}
