//! The microphone: what is spoken, as Opus, and how loud it is.

use super::capture::{Capture, NoCapture};
use js_sys::{Array, Date};
use leptos::prelude::{IntervalHandle, set_interval_with_handle};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AnalyserNode, AudioContext, Blob, BlobEvent, BlobPropertyBag, MediaRecorder,
    MediaRecorderOptions, MediaStream,
};

/// What voices are recorded as, the best first. The last is what older Safaris write.
const TYPES: [&str; 3] = [
    "audio/webm;codecs=opus",
    "audio/ogg;codecs=opus",
    "audio/mp4",
];
/// Bits of sound a second: a voice is clear, and a minute has a quarter of a megabyte.
const BITS_PER_SECOND: u32 = 32_000;
/// Time between two looks at how loud it is.
const LOOK: Duration = Duration::from_millis(50);
/// Samples that one look sees.
const SAMPLES: u32 = 1_024;
/// What makes a voice of usual loudness fill the scale.
const GAIN: f32 = 900.0;

/// What was spoken.
pub struct Recorded {
    /// The sound.
    pub bytes: Blob,
    /// Its media type.
    pub media_type: String,
    /// How long it is, in milliseconds.
    pub millis: u32,
    /// How loud it was at each look.
    pub levels: Vec<u8>,
}

/// A recording that goes on; the microphone is let go when it ends or is dropped.
pub struct Recorder {
    _microphone: Capture,
    recorder: MediaRecorder,
    context: AudioContext,
    looks: Option<IntervalHandle>,
    began: f64,
    media_type: &'static str,
    heard: Rc<RefCell<Vec<u8>>>,
    parts: Rc<RefCell<Vec<Blob>>>,
    _took: Closure<dyn Fn(BlobEvent)>,
}

/// Whether this browser records voices.
pub fn is_there() -> bool {
    super::has("MediaRecorder") && super::has("AudioContext") && media_type().is_some()
}

fn media_type() -> Option<&'static str> {
    TYPES
        .into_iter()
        .find(|name| MediaRecorder::is_type_supported(name))
}

impl Recorder {
    /// Asks for the microphone and begins. Each look calls back with how loud it is, and how long it has gone on in milliseconds.
    pub async fn begin(looked: impl Fn(u8, u32) + 'static) -> Result<Self, NoCapture> {
        let media_type = media_type().ok_or(NoCapture::Missing)?;
        let microphone = Capture::microphone().await?;
        Self::over(microphone, media_type, looked).ok_or(NoCapture::Missing)
    }

    fn over(
        microphone: Capture,
        media_type: &'static str,
        looked: impl Fn(u8, u32) + 'static,
    ) -> Option<Self> {
        let options = MediaRecorderOptions::new();
        options.set_mime_type(media_type);
        options.set_audio_bits_per_second(BITS_PER_SECOND);
        let stream = microphone.stream();
        let recorder =
            MediaRecorder::new_with_media_stream_and_media_recorder_options(stream, &options)
                .ok()?;
        let context = AudioContext::new().ok()?;
        let analyser = listen(&context, stream);
        let parts = Rc::new(RefCell::new(Vec::new()));
        let kept = parts.clone();
        let took = Closure::<dyn Fn(BlobEvent)>::new(move |event: BlobEvent| {
            kept.borrow_mut().extend(event.data());
        });
        recorder.set_ondataavailable(Some(took.as_ref().unchecked_ref()));
        // From here on whatever fails lets everything go.
        let mut this = Self {
            _microphone: microphone,
            recorder,
            context,
            looks: None,
            began: Date::now(),
            media_type,
            heard: Rc::default(),
            parts,
            _took: took,
        };
        this.look(analyser?, looked);
        this.recorder.start().ok()?;
        Some(this)
    }

    fn look(&mut self, analyser: AnalyserNode, looked: impl Fn(u8, u32) + 'static) {
        let (began, levels) = (self.began, self.heard.clone());
        let look = move || {
            let level = level(&analyser);
            levels.borrow_mut().push(level);
            looked(level, (Date::now() - began) as u32);
        };
        self.looks = set_interval_with_handle(look, LOOK).ok();
    }

    /// Ends it and gives what was spoken; none if the browser gave nothing.
    pub async fn end(mut self) -> Option<Recorded> {
        let millis = (Date::now() - self.began) as u32;
        self.be_deaf();
        let stopped = js_sys::Promise::new(&mut |resolve, _| {
            self.recorder.set_onstop(Some(&resolve));
        });
        self.recorder.stop().ok()?;
        JsFuture::from(stopped).await.ok()?;
        let parts = self.parts.take();
        let media_type = self.media_type.split(';').next().unwrap_or_default();
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let parts: Array = parts.iter().collect();
        let bytes = Blob::new_with_blob_sequence_and_options(&parts, &options).ok()?;
        (bytes.size() > 0.0).then(|| Recorded {
            bytes,
            media_type: media_type.to_owned(),
            millis,
            levels: self.heard.take(),
        })
    }

    fn be_deaf(&mut self) {
        if let Some(looks) = self.looks.take() {
            looks.clear();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.be_deaf();
        self.recorder.set_ondataavailable(None);
        self.recorder.set_onstop(None);
        // One that has ended already refuses to end again.
        let _ = self.recorder.stop();
        let _ = self.context.close();
    }
}

fn listen(context: &AudioContext, stream: &MediaStream) -> Option<AnalyserNode> {
    let source = context.create_media_stream_source(stream).ok()?;
    let analyser = context.create_analyser().ok()?;
    analyser.set_fft_size(SAMPLES);
    source.connect_with_audio_node(&analyser).ok()?;
    Some(analyser)
}

/// How loud it is now: the root of the mean square, scaled.
fn level(analyser: &AnalyserNode) -> u8 {
    let mut samples = [0.0_f32; SAMPLES as usize];
    analyser.get_float_time_domain_data(&mut samples);
    let square: f32 = samples.iter().map(|sample| sample * sample).sum();
    ((square / SAMPLES as f32).sqrt() * GAIN).min(255.0) as u8
}
