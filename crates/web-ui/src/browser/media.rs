//! Pictures on their way out: made smaller, cleaned, and with a small picture for the bubble.
//!
//! The browser decodes and encodes. What a re-encoded picture holds is pixels alone; what is kept as it is goes through
//! [`strip`](crate::logic::strip::strip).

use super::blob;
use crate::logic::{strip::strip, transfer::fit};
use js_sys::Uint8Array;
use leptos::prelude::window;
use valise_paper::look::{ENOUGH_BYTES, Kind, look};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, File, HtmlVideoElement, ImageBitmap, ImageBitmapOptions, ImageEncodeOptions,
    ImageOrientation, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
};

/// Longest side of a picture that was made smaller, in pixels.
const SMALLER: u32 = 2_048;
/// Most bytes of a small picture in a message.
const THUMBNAIL_BYTES: usize = 24 * 1_024;
/// How well the picture of a camera is kept, of 1.
const STILL_QUALITY: f64 = 0.92;
/// Pictures above this are re-encoded, not read whole for cleaning.
const CLEANED_WHOLE_BYTES: f64 = 96.0 * 1_048_576.0;

/// Bytes of a GIF in which frames are counted.
const COUNTED_BYTES: f64 = 24.0 * 1_048_576.0;

/// A file that is ready to be sent.
pub struct Prepared {
    /// Its bytes.
    pub bytes: Blob,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Width and height of a picture.
    pub dimensions: Option<(u32, u32)>,
    /// A small picture of it.
    pub thumbnail: Option<Vec<u8>>,
}

/// Whether we take everything but the picture out of a file of this type.
pub fn is_cleaned(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp")
}

/// Makes a file ready. A file that is no picture, or none that this browser can read, goes as it is.
///
/// None if a picture that has to be cleaned cannot be: it must not go out with its place and time in it.
pub async fn prepare(file: &File, smaller: bool) -> Option<Prepared> {
    let media_type = file.type_();
    let as_it_is = || Prepared {
        bytes: file.clone().unchecked_into(),
        name: file.name(),
        media_type: media_type.clone(),
        dimensions: None,
        thumbnail: None,
    };
    if !media_type.starts_with("image/") || media_type == "image/svg+xml" {
        return Some(as_it_is());
    }
    let Some(bitmap) = decode(file).await else {
        return (!is_cleaned(&media_type)).then(as_it_is);
    };
    let size = (bitmap.width(), bitmap.height());
    let thumbnail = thumbnail(&bitmap).await;
    let prepared = if !is_cleaned(&media_type) {
        as_it_is()
    } else if smaller {
        shrunk(&bitmap, file).await?
    } else {
        cleaned(&bitmap, file).await?
    };
    bitmap.close();
    Some(Prepared {
        dimensions: prepared.dimensions.or(Some(size)),
        thumbnail,
        ..prepared
    })
}

/// A small picture of a file, if it is a picture that may be decoded.
pub async fn small(file: &Blob) -> Option<Vec<u8>> {
    let bitmap = decode(file).await?;
    let small = thumbnail(&bitmap).await;
    bitmap.close();
    small
}

/// Whether a picture's own head lets it be decoded: see [`valise_paper::look`]. Reads no more than the beginning, of what may
/// move as much as is needed to count frames.
pub async fn is_safe(file: &Blob) -> bool {
    let head = beginning(file, ENOUGH_BYTES as f64).await;
    match head.as_deref().map(look) {
        Some(Ok(looked)) if looked.kind == Kind::Gif => {
            let more = beginning(file, COUNTED_BYTES).await;
            more.is_some_and(|bytes| look(&bytes).is_ok())
        }
        Some(Ok(_)) => true,
        _ => false,
    }
}

/// The beginning of a file.
pub async fn beginning(file: &Blob, bytes: f64) -> Option<Vec<u8>> {
    bytes_of(&file.slice_with_f64_and_f64(0.0, bytes).ok()?).await
}

/// A square picture of a person or group, at most 24 KiB.
pub async fn square(file: &File) -> Option<Vec<u8>> {
    let bitmap = decode(file).await?;
    let side = bitmap.width().min(bitmap.height());
    let canvas = OffscreenCanvas::new(256, 256).ok()?;
    let (left, top) = ((bitmap.width() - side) / 2, (bitmap.height() - side) / 2);
    let context = context(&canvas)?;
    let (left, top, side) = (f64::from(left), f64::from(top), f64::from(side));
    context
        .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &bitmap, left, top, side, side, 0.0, 0.0, 256.0, 256.0,
        )
        .ok()?;
    bitmap.close();
    for quality in [0.85, 0.6, 0.35] {
        let bytes = bytes_of(&encode(&canvas, "image/jpeg", quality).await?).await?;
        if bytes.len() <= THUMBNAIL_BYTES {
            return Some(bytes);
        }
    }
    None
}

async fn shrunk(bitmap: &ImageBitmap, file: &File) -> Option<Prepared> {
    let size = fit((bitmap.width(), bitmap.height()), (SMALLER, SMALLER));
    let bytes = encode(&draw(bitmap, size)?, "image/jpeg", 0.85).await?;
    let name = file.name();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    Some(Prepared {
        bytes,
        name: format!("{stem}.jpg"),
        media_type: "image/jpeg".into(),
        dimensions: Some(size),
        thumbnail: None,
    })
}

async fn cleaned(bitmap: &ImageBitmap, file: &File) -> Option<Prepared> {
    let media_type = file.type_();
    let kept = if file.size() <= CLEANED_WHOLE_BYTES {
        bytes_of(file)
            .await
            .and_then(|bytes| strip(&bytes))
            .and_then(|bytes| blob(&bytes, &media_type))
    } else {
        None
    };
    let bytes = match kept {
        Some(bytes) => bytes,
        None => {
            encode(
                &draw(bitmap, (bitmap.width(), bitmap.height()))?,
                &media_type,
                0.95,
            )
            .await?
        }
    };
    // A browser that cannot write the type writes PNG instead.
    let media_type = Some(bytes.type_())
        .filter(|written| !written.is_empty())
        .unwrap_or(media_type);
    Some(Prepared {
        bytes,
        name: file.name(),
        media_type,
        dimensions: None,
        thumbnail: None,
    })
}

async fn thumbnail(bitmap: &ImageBitmap) -> Option<Vec<u8>> {
    for (side, quality) in [(480, 0.7), (400, 0.6), (320, 0.5), (240, 0.4), (160, 0.3)] {
        let canvas = draw(bitmap, fit((bitmap.width(), bitmap.height()), (side, side)))?;
        let bytes = bytes_of(&encode(&canvas, "image/jpeg", quality).await?).await?;
        if bytes.len() <= THUMBNAIL_BYTES {
            return Some(bytes);
        }
    }
    None
}

/// Reads a picture, turned as it is meant to be seen; none that is larger than cameras make them.
async fn decode(file: &Blob) -> Option<ImageBitmap> {
    if !is_safe(file).await {
        return None;
    }
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let promise = window()
        .create_image_bitmap_with_blob_and_image_bitmap_options(file, &options)
        .ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

fn context(canvas: &OffscreenCanvas) -> Option<OffscreenCanvasRenderingContext2d> {
    let context: OffscreenCanvasRenderingContext2d =
        canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // JPEG has no transparency: what is clear becomes white, not black.
    context.set_fill_style_str("#fff");
    Some(context)
}

fn draw(bitmap: &ImageBitmap, (width, height): (u32, u32)) -> Option<OffscreenCanvas> {
    let canvas = OffscreenCanvas::new(width, height).ok()?;
    let context = context(&canvas)?;
    let (width, height) = (f64::from(width), f64::from(height));
    context.fill_rect(0.0, 0.0, width, height);
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
        .ok()?;
    Some(canvas)
}

/// What a film shows now, as a picture.
pub async fn still(video: &HtmlVideoElement) -> Option<Blob> {
    let (width, height) = (video.video_width(), video.video_height());
    let canvas = OffscreenCanvas::new(width.max(1), height.max(1)).ok()?;
    let context = context(&canvas)?;
    context
        .draw_image_with_html_video_element(video, 0.0, 0.0)
        .ok()?;
    encode(&canvas, "image/jpeg", STILL_QUALITY).await
}

async fn encode(canvas: &OffscreenCanvas, media_type: &str, quality: f64) -> Option<Blob> {
    let options = ImageEncodeOptions::new();
    options.set_type(media_type);
    options.set_quality(quality);
    let promise = canvas.convert_to_blob_with_options(&options).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Reads a file whole.
pub async fn bytes_of(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(buffer.as_ref()).to_vec())
}
