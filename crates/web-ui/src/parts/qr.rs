//! A link as a square to point a camera at.

use leptos::prelude::*;
use qrcode::{Color, QrCode};

/// Draws a text as a QR code, dark on light in any theme, with the quiet border that cameras need.
pub fn qr(text: &str, label: String) -> impl IntoView + use<> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
        }
    }
    let side = width + 8;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    })
}
