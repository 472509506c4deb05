//! The documents that come out, as a PDF library of others reads them.

use lopdf::{Document as Parsed, Object};
use valise_paper::cover::{Cover, cover};
use valise_paper::pdf::Document;
use valise_paper::{Error, Picture};

/// A page with a black square on it.
fn page(width: u32, height: u32) -> Picture {
    Picture::from_fn(width, height, |x, y| {
        let is_ink = (10..20).contains(&x) && (30..60).contains(&y);
        if is_ink { [0; 3] } else { [255; 3] }
    })
}

fn document(pages: &[Picture]) -> Vec<u8> {
    let mut document = Document::default();
    for page in pages {
        document.add_black_white(page);
    }
    document.finish().unwrap()
}

/// Everything that a reader could take for something else than pictures of pages.
fn strange(parsed: &Parsed) -> Vec<String> {
    let mut found = Vec::new();
    for (id, object) in &parsed.objects {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        let names = [
            "Font",
            "Metadata",
            "Info",
            "Annots",
            "AA",
            "OpenAction",
            "Names",
            "AcroForm",
            "JS",
            "EmbeddedFiles",
            "Outlines",
            "PieceInfo",
            "SMask",
            "Alternates",
            "Thumb",
        ];
        for name in names.iter().filter(|name| dictionary.has(name.as_bytes())) {
            found.push(format!("{id:?} has {name}"));
        }
    }
    found
}

/// The picture of a page: its width, and a byte for each pixel. The library unpacks no pictures: so it is done here.
fn pixels(parsed: &Parsed, number: u32) -> (i64, Vec<u8>) {
    let id = parsed.get_pages()[&number];
    let pictures = parsed.get_page_images(id).unwrap();
    assert_eq!(pictures.len(), 1);
    let object = parsed.get_object(pictures[0].id).unwrap();
    let packed = &object.as_stream().unwrap().content;
    let differences = miniz_oxide::inflate::decompress_to_vec_zlib(packed).unwrap();
    let width = pictures[0].width;
    let mut row = vec![0_u8; (width as usize).div_ceil(8)];
    let mut pixels = Vec::new();
    for line in differences.chunks_exact(row.len() + 1) {
        assert_eq!(line[0], 2, "each row as its difference from the one above");
        for (byte, more) in row.iter_mut().zip(&line[1..]) {
            *byte = byte.wrapping_add(*more);
        }
        pixels.extend((0..width as usize).map(|x| 255 * ((row[x / 8] >> (7 - x % 8)) & 1)));
    }
    (width, pixels)
}

#[test]
fn every_page_is_there_and_nothing_else() {
    let bytes = document(&[page(61, 86), page(86, 61), page(61, 86)]);
    let parsed = Parsed::load_mem(&bytes).unwrap();
    assert_eq!(parsed.get_pages().len(), 3);
    assert_eq!(strange(&parsed), Vec::<String>::new());
    assert_eq!(
        parsed.extract_text(&[1, 2, 3]).unwrap_or_default().trim(),
        ""
    );
    // Catalogue, list, and three for each page; all in one version.
    assert_eq!(parsed.objects.len(), 2 + 3 * 3);
    assert!(parsed.trailer.get(b"Prev").is_err() && parsed.trailer.get(b"Info").is_err());
    assert_eq!(bytes.windows(5).filter(|part| part == b"%%EOF").count(), 1);
}

#[test]
fn pages_of_black_and_white_come_back_bit_for_bit() {
    for (width, height) in [(61, 86), (64, 80), (1, 1), (9, 200)] {
        let page = page(width, height);
        let parsed = Parsed::load_mem(&document(std::slice::from_ref(&page))).unwrap();
        let (found, pixels) = pixels(&parsed, 1);
        assert_eq!(found, i64::from(width));
        let wanted: Vec<u8> = page
            .pixels()
            .chunks_exact(4)
            .map(|pixel| pixel[0])
            .collect();
        assert_eq!(pixels, wanted);
    }
}

/// A secret in a page's pixels: black signs on white.
fn with_secret() -> Picture {
    let secret = b"SEVEN BARRELS";
    Picture::from_fn(200, 100, |x, y| {
        let bit = (x as usize / 2) % 8;
        let sign = secret.get(x as usize / 16).copied().unwrap_or_default();
        let is_ink = (40..60).contains(&y) && (sign >> bit) & 1 == 1;
        if is_ink { [0; 3] } else { [255; 3] }
    })
}

/// Reads the secret out of the pixels of a document's only page, as its reader would.
fn secret_in(document: &[u8]) -> String {
    let (width, pixels) = pixels(&Parsed::load_mem(document).unwrap(), 1);
    let row = &pixels[50 * width as usize..51 * width as usize];
    let sign = |at: usize| {
        (0..8).fold(0, |sign, bit| {
            sign | u8::from(row[at * 16 + bit * 2] == 0) << bit
        })
    };
    (0..12).map(|at| char::from(sign(at))).collect()
}

#[test]
fn what_is_covered_is_gone_and_without_covering_it_is_there() {
    let box_over_it = [Cover {
        left: 0.0,
        top: 0.35,
        right: 1.0,
        bottom: 0.65,
    }];
    let mut covered = with_secret();
    cover(&mut covered, &box_over_it);
    let (covered, twin) = (document(&[covered]), document(&[with_secret()]));
    assert_eq!(secret_in(&twin), "SEVEN BARREL", "the twin without burning");
    assert_ne!(secret_in(&covered), "SEVEN BARREL");
    // All pixels beneath the box are one colour, and the whole is what a page makes that never had the secret.
    let mut never = page(200, 100);
    for y in 30..60 {
        assert_eq!(never.at(15, y), [0; 3]);
    }
    never = Picture::from_fn(200, 100, |_, _| [255; 3]);
    cover(&mut never, &box_over_it);
    assert_eq!(covered, document(&[never]));
}

#[test]
fn a_document_without_pages_or_with_what_is_no_picture_is_refused() {
    assert_eq!(Document::default().finish(), Err(Error::Misuse));
    let mut document = Document::default();
    for bytes in [&b"%PDF-1.7 an older document"[..], b"", b"\xff\xd8\xff\xd9"] {
        assert_eq!(document.add_jpeg(bytes), Err(Error::Unknown));
    }
    assert!(document.is_empty());
}
