use std::io::Cursor;

use attachment::{Area, Kind, Limits, examine, redact};
use image::{ImageFormat, ImageReader, RgbImage};

use crate::made::{photograph, picture};

fn read(bytes: &[u8]) -> RgbImage {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap().into_rgb8()
}

fn is_black(picture: &RgbImage, x: u32, y: u32) -> bool {
    picture.get_pixel(x, y).0.iter().all(|part| *part < 24)
}

#[test]
fn what_is_black_is_gone_and_the_rest_is_as_it_was() {
    let png = picture(ImageFormat::Png, 200, 100);
    let area = Area::new(250, 500, 500, 1000).unwrap();
    let (copy, small) = redact(Kind::Png, &png, &[area], Limits::default().points).unwrap();
    let (copy, small) = (read(&copy), read(&small));
    assert_eq!(copy.dimensions(), (200, 100));
    for (x, y, black) in
        [(54, 54, true), (95, 95, true), (75, 75, true), (40, 75, false), (75, 40, false), (110, 75, false)]
    {
        assert_eq!(is_black(&copy, x, y), black, "{x} {y}");
    }
    assert!(copy.get_pixel(20, 20)[0] > 150 && copy.get_pixel(180, 20)[2] > 150);
    assert!(is_black(&small, small.width() * 3 / 8, small.height() * 3 / 4));
}

#[test]
fn rectangles_lie_on_the_picture_as_it_is_seen_and_the_copy_has_no_camera() {
    let kept = examine("", &photograph(320, 160, 6), &Limits::default()).unwrap();
    // The upper half of what stands upright.
    let area = Area::new(0, 0, 1000, 500).unwrap();
    let (copy, _) = redact(Kind::Jpeg, &kept.bytes, &[area], Limits::default().points).unwrap();
    assert!(!copy.windows(4).any(|here| here == b"Exif"));
    let copy = read(&copy);
    assert_eq!(copy.dimensions(), (160, 320));
    assert!(is_black(&copy, 80, 80) && !is_black(&copy, 80, 240));
}

#[test]
fn an_edge_is_never_cut_through() {
    let png = picture(ImageFormat::Png, 33, 33);
    let area = Area::new(333, 333, 334, 334).unwrap();
    let (copy, _) = redact(Kind::Png, &png, &[area], Limits::default().points).unwrap();
    let dark = read(&copy).pixels().filter(|point| point.0.iter().all(|part| *part < 100)).count();
    assert!(dark >= 1, "less than a point is a point");
}

#[test]
fn a_rectangle_has_an_area_and_lies_in_the_picture() {
    assert!(Area::new(0, 0, 1000, 1000).is_some());
    for (left, top, right, bottom) in
        [(10, 0, 10, 5), (0, 5, 10, 5), (0, 0, 1001, 5), (0, 0, 5, 1001), (9, 0, 8, 5)]
    {
        assert!(Area::new(left, top, right, bottom).is_none());
    }
}

#[test]
fn a_paper_is_no_picture() {
    assert!(redact(Kind::Pdf, b"%PDF-1.5", &[], 10).is_err());
}
