//! What a person lets the page hear or see, until it is let go.

use js_sys::Array;
use leptos::prelude::{RwSignal, Set, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use super::object::{get, object};

/// Pixels of the picture that a camera is asked for: a page at 300 dots an inch is 2,480 wide.
const WIDTH: u32 = 3_840;
const HEIGHT: u32 = 2_160;

/// Why there is nothing to hear or see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCapture {
    /// The person, or the system, does not allow it.
    Denied,
    /// There is no such device, or another program has it.
    Missing,
}

/// A microphone or camera that is on, until it is dropped. There is one handle to its stream: what a stream calls `clone` makes a
/// second one, which would go on.
pub struct Capture(MediaStream);

impl Capture {
    /// Asks for the microphone.
    pub async fn microphone() -> Result<Self, NoCapture> {
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(&JsValue::TRUE);
        Self::open(&wanted).await
    }

    /// Asks for the camera that looks away from the person, with as many pixels as it has.
    pub async fn camera() -> Result<Self, NoCapture> {
        let wanted = MediaStreamConstraints::new();
        let ideal = |value: JsValue| object(&[("ideal", value)]);
        wanted.set_video(&object(&[
            ("facingMode", ideal("environment".into())),
            ("width", ideal(WIDTH.into())),
            ("height", ideal(HEIGHT.into())),
        ]));
        Self::open(&wanted).await
    }

    async fn open(wanted: &MediaStreamConstraints) -> Result<Self, NoCapture> {
        let devices = devices().ok_or(NoCapture::Missing)?;
        let asked = devices.get_user_media_with_constraints(wanted);
        let given = JsFuture::from(asked.map_err(|_| NoCapture::Missing)?).await;
        let stream = given.map_err(|why| match get(&why, "name").as_string().as_deref() {
            Some("NotAllowedError" | "SecurityError") => NoCapture::Denied,
            _ => NoCapture::Missing,
        })?;
        let stream = stream.dyn_into().map_err(|_| NoCapture::Missing)?;
        Ok(Self(stream))
    }

    /// What comes from it.
    pub fn stream(&self) -> &MediaStream {
        &self.0
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        for track in self.0.get_tracks().iter() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}

/// Whether this device has a camera, allowed or not; it takes a moment to know.
pub fn has_camera() -> RwSignal<bool> {
    let known = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        known.try_set(finds_camera().await);
    });
    known
}

async fn finds_camera() -> bool {
    let Some(asked) = devices().and_then(|devices| devices.enumerate_devices().ok()) else {
        return false;
    };
    let Ok(found) = JsFuture::from(asked).await else {
        return false;
    };
    let is_camera = |device: JsValue| {
        device
            .dyn_into::<MediaDeviceInfo>()
            .is_ok_and(|device| device.kind() == MediaDeviceKind::Videoinput)
    };
    Array::from(&found).iter().any(is_camera)
}

/// A page that came over a line that is not private has none.
fn devices() -> Option<MediaDevices> {
    let navigator = window().navigator();
    let there = !get(&navigator, "mediaDevices").is_undefined();
    there.then(|| navigator.media_devices().ok()).flatten()
}
