//! What can be done about a file where it is.

use valise_views::{File, FileState};

/// How a file is shown when it is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture that browsers show.
    Picture,
    /// A PDF.
    Pdf,
    /// A plain text.
    Text,
    /// Sound.
    Sound,
    /// A film.
    Film,
    /// Anything else: it can only be saved.
    Other,
}

/// Tells the kind by the media type. SVG is no picture here: it is a document that can carry a program.
pub fn kind(media_type: &str) -> Kind {
    match media_type {
        "image/jpeg" | "image/png" | "image/webp" | "image/gif" | "image/avif" => Kind::Picture,
        "application/pdf" => Kind::Pdf,
        "text/plain" | "text/markdown" | "text/csv" => Kind::Text,
        "audio/mpeg" | "audio/ogg" | "audio/wav" | "audio/mp4" | "audio/webm" => Kind::Sound,
        "video/mp4" | "video/webm" => Kind::Film,
        _ => Kind::Other,
    }
}

/// What a press on the file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Gets it onto this device.
    Fetch,
    /// Shows it.
    View,
    /// Saves it outside.
    Save,
    /// Nothing: it is on the way, or gone.
    Nothing,
}

/// Whether a kind is shown here. Everything else, and so every office document, is saved and opened elsewhere.
fn is_shown(kind: Kind) -> bool {
    !matches!(kind, Kind::Other)
}

/// Tells what a press does.
pub fn press(file: &File) -> Press {
    match file.state {
        FileState::Remote => Press::Fetch,
        FileState::Here if is_shown(kind(&file.media_type)) => Press::View,
        FileState::Here => Press::Save,
        FileState::Moving(_)
        | FileState::Broken
        | FileState::Gone
        | FileState::NotExported
        | FileState::Another => Press::Nothing,
    }
}

/// Width and height at which a picture stands in a bubble, within limits and never larger than it is.
pub fn fit(dimensions: (u32, u32), most: (u32, u32)) -> (u32, u32) {
    let (width, height) = (
        f64::from(dimensions.0.max(1)),
        f64::from(dimensions.1.max(1)),
    );
    let scale = (f64::from(most.0) / width)
        .min(f64::from(most.1) / height)
        .min(1.0);
    (
        ((width * scale) as u32).max(1),
        ((height * scale) as u32).max(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_views::FileId;

    fn file(media_type: &str, state: FileState) -> File {
        File {
            id: FileId("f".into()),
            name: "n".into(),
            media_type: media_type.into(),
            size_bytes: 1,
            dimensions: None,
            thumbnail: None,
            voice: None,
            confidential: false,
            state,
        }
    }

    #[test]
    fn a_press_does_the_next_sensible_thing() {
        assert_eq!(press(&file("image/png", FileState::Remote)), Press::Fetch);
        assert_eq!(press(&file("image/png", FileState::Here)), Press::View);
        assert_eq!(press(&file("video/mp4", FileState::Here)), Press::View);
        assert_eq!(press(&file("text/html", FileState::Here)), Press::Save);
        assert_eq!(press(&file("image/png", FileState::Gone)), Press::Nothing);
    }

    #[test]
    fn what_can_carry_a_program_is_never_shown() {
        for media_type in [
            "image/svg+xml",
            "text/html",
            "application/xhtml+xml",
            "text/xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/msword",
        ] {
            assert_eq!(kind(media_type), Kind::Other);
        }
    }

    #[test]
    fn pictures_fit_and_do_not_grow() {
        assert_eq!(fit((4_000, 3_000), (320, 320)), (320, 240));
        assert_eq!(fit((100, 50), (320, 320)), (100, 50));
        assert_eq!(fit((0, 9_000), (320, 320)), (1, 320));
    }
}
