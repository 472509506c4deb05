//! Heads of pictures, and JPEG files that become pages: anybody may have made them.

use valise_paper::look::{MOST_PIXELS, MOST_SIDE, look};
use valise_paper::pdf::Document;

/// Bytes that are said to be a picture.
pub(super) fn pictures(bytes: &[u8]) {
    if let Ok(looked) = look(bytes) {
        assert!(looked.width > 0 && looked.height > 0);
        assert!(looked.width.max(looked.height) <= MOST_SIDE);
        assert!(u64::from(looked.width) * u64::from(looked.height) <= MOST_PIXELS);
    }
    let mut document = Document::default();
    if document.add_jpeg(bytes).is_ok() {
        let written = document.finish().expect("a page was added");
        assert!(written.len() < bytes.len() + 2_000, "a page grew");
    } else {
        assert!(document.is_empty(), "what is refused is no page");
    }
}

/// A picture of each type, with little in it.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x02\x08\x06\0\0\0\x01\x02\x03\x04\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\x01\x02\x03\x04\0\0\0\0IDAT";
    let gif = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\x01\0\0\0,\0\0\0\0\x02\0\x02\0\0\x02\x02\x44\x01\0;";
    let webp = b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0";
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\0\x14ispe\0\0\0\0\0\0\x02\0\0\0\x02\0";
    let jpeg = b"\xff\xd8\xff\xe1\0\x0cExif\0\0note\xff\xc0\0\x0b\x08\0\x02\0\x02\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0?\0\x12\xff\0\x34\xff\xd9behind";
    let all: [&[u8]; 5] = [png, gif, webp, avif, jpeg];
    all.map(|bytes| ("pictures", bytes.to_vec())).to_vec()
}
