//! The photograph of the preview.

use wasm_bindgen::JsCast;

/// Paints something to stand for a photograph.
pub async fn picture() -> Vec<u8> {
    let paint = async {
        let canvas = web_sys::OffscreenCanvas::new(480, 360).ok()?;
        let context: web_sys::OffscreenCanvasRenderingContext2d =
            canvas.get_context("2d").ok()??.dyn_into().ok()?;
        for (n, colour) in ["#dfe9e4", "#b9cfc5", "#8fb3a4", "#5d8f7c", "#2f6b56"]
            .iter()
            .enumerate()
        {
            context.set_fill_style_str(colour);
            context.fill_rect(0.0, 60.0 * n as f64, 480.0, 300.0);
        }
        context.set_fill_style_str("#fff");
        context.fill_rect(150.0, 50.0, 190.0, 250.0);
        context.set_fill_style_str("#9aa7a1");
        for n in 0..12 {
            context.fill_rect(
                170.0,
                80.0 + 17.0 * f64::from(n),
                150.0 - f64::from(n * 37 % 60),
                5.0,
            );
        }
        let blob: web_sys::Blob =
            wasm_bindgen_futures::JsFuture::from(canvas.convert_to_blob().ok()?)
                .await
                .ok()?
                .dyn_into()
                .ok()?;
        let buffer = wasm_bindgen_futures::JsFuture::from(blob.array_buffer())
            .await
            .ok()?;
        Some(js_sys::Uint8Array::new(&buffer).to_vec())
    };
    paint.await.unwrap_or_default()
}
