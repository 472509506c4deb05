//! What nobody is to see, painted over in the pixels themselves.
//!
//! A box drawn *over* a page can be taken off again. Here the pixels beneath it are replaced before anything is encoded, so
//! that there is nothing beneath.

use crate::page::Picture;

/// A box on a page, in parts of its width and height: left, top, right, bottom, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cover {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl Cover {
    /// The pixels that it touches, even in part: columns and rows from, to.
    fn touched(&self, picture: &Picture) -> [usize; 4] {
        let place = |part: f32, whole: u32, up: bool| {
            let at = part.clamp(0.0, 1.0) * whole as f32;
            (if up { at.ceil() } else { at.floor() }) as usize
        };
        let (left, right) = (self.left.min(self.right), self.left.max(self.right));
        let (top, bottom) = (self.top.min(self.bottom), self.top.max(self.bottom));
        [
            place(left, picture.width(), false),
            place(right, picture.width(), true),
            place(top, picture.height(), false),
            place(bottom, picture.height(), true),
        ]
    }
}

/// Makes the pixels beneath the boxes black.
pub fn cover(picture: &mut Picture, covers: &[Cover]) {
    let width = picture.width() as usize;
    for cover in covers {
        let [left, right, top, bottom] = cover.touched(picture);
        for row in picture
            .pixels_mut()
            .chunks_exact_mut(width * 4)
            .take(bottom)
            .skip(top)
        {
            for pixel in row[left * 4..right * 4].chunks_exact_mut(4) {
                pixel.copy_from_slice(&[0, 0, 0, 255]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_that_a_box_touches_is_black_and_no_other() {
        let mut picture = Picture::from_fn(10, 10, |_, _| [200; 3]);
        // From the lower right to the upper left, and into parts of pixels.
        let drawn = Cover {
            left: 0.55,
            top: 0.81,
            right: 0.2,
            bottom: 0.4,
        };
        cover(&mut picture, &[drawn]);
        for y in 0..10 {
            for x in 0..10 {
                let beneath = (2..6).contains(&x) && (4..9).contains(&y);
                assert_eq!(picture.at(x, y) == [0; 3], beneath, "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_box_beyond_the_page_ends_with_it() {
        let mut picture = Picture::from_fn(4, 4, |_, _| [200; 3]);
        let drawn = Cover {
            left: -3.0,
            top: -1.0,
            right: 9.0,
            bottom: 2.0,
        };
        cover(&mut picture, &[drawn]);
        assert_eq!(picture.at(3, 3), [0; 3]);
    }
}
