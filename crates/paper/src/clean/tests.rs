use super::*;

const SIZE: (u32, u32) = (620, 877);

fn is_ink(x: u32, y: u32) -> bool {
    (60..560).contains(&x) && (80..800).contains(&y) && y % 24 < 7 && !(x / 9).is_multiple_of(4)
}

/// A page in lamp light: yellowish, and a shadow that takes most of the light from one corner.
fn in_shadow(x: u32, y: u32) -> [u8; 3] {
    let shadow = 1.0 - 0.55 * (x as f32 / SIZE.0 as f32) * (y as f32 / SIZE.1 as f32);
    let colour = if is_ink(x, y) {
        [52.0, 50.0, 58.0]
    } else {
        [236.0, 226.0, 196.0]
    };
    let grain = ((x * 7_919) ^ (y * 104_729)) % 9;
    colour.map(|shade| (shade * shadow + grain as f32 - 4.0) as u8)
}

fn cleaned(finish: Finish) -> Picture {
    clean(Picture::from_fn(SIZE.0, SIZE.1, in_shadow), finish)
}

#[test]
fn the_shadow_goes_and_the_ink_stays() {
    for finish in [Finish::Colour, Finish::Grey, Finish::BlackWhite] {
        let page = cleaned(finish);
        let (mut paper, mut white, mut ink, mut dark) = (0_u32, 0_u32, 0_u32, 0_u32);
        for y in 0..SIZE.1 {
            for x in 0..SIZE.0 {
                let [red, green, blue] = page.at(i64::from(x), i64::from(y));
                if is_ink(x, y) {
                    ink += 1;
                    dark += u32::from(red.max(green).max(blue) < 90);
                } else {
                    paper += 1;
                    white += u32::from(red.min(green).min(blue) >= 245);
                }
            }
        }
        assert!(
            white * 1_000 > paper * 998,
            "{finish:?}: {white} of {paper} are white"
        );
        assert!(
            dark * 1_000 > ink * 998,
            "{finish:?}: {dark} of {ink} are dark"
        );
    }
}

#[test]
fn the_control_has_a_shadow() {
    let page = clean(Picture::from_fn(SIZE.0, SIZE.1, in_shadow), Finish::Plain);
    assert!(page.at(610, 870)[0] < 130);
}

#[test]
fn a_blue_stamp_is_blue_in_colour_and_of_no_colour_in_grey() {
    let stamped = |x: u32, y: u32| {
        let is_stamp = (380..520).contains(&x) && (820..860).contains(&y);
        if is_stamp {
            [70, 90, 190]
        } else {
            in_shadow(x, y)
        }
    };
    let page = || Picture::from_fn(SIZE.0, SIZE.1, stamped);
    let [red, _, blue] = clean(page(), Finish::Colour).at(450, 840);
    assert!(blue > red + 60);
    let [red, green, blue] = clean(page(), Finish::Grey).at(450, 840);
    assert!(red == green && green == blue && red < 200);
}

#[test]
fn a_dark_photograph_on_the_page_stays_dark() {
    let printed = |x: u32, y: u32| {
        let is_photo = (150..470).contains(&x) && (300..600).contains(&y);
        if is_photo { [40, 42, 45] } else { [235; 3] }
    };
    let page = clean(Picture::from_fn(SIZE.0, SIZE.1, printed), Finish::Colour);
    assert!(page.at(310, 450)[0] < 140, "{:?}", page.at(310, 450));
    assert!(page.at(20, 20)[0] >= 245);
}

#[test]
fn pages_of_any_size_are_taken() {
    for (width, height) in [(1, 1), (1, 300), (300, 1), (7, 5)] {
        let page = Picture::from_fn(width, height, |x, _| [(x * 40) as u8; 3]);
        for finish in [Finish::Colour, Finish::Grey, Finish::BlackWhite] {
            let done = clean(page.clone(), finish);
            assert_eq!((done.width(), done.height()), (width, height));
        }
    }
}
