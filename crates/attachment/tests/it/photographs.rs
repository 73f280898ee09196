use std::io::Cursor;

use attachment::{Examined, Kind, Limits, Mark, Marked, Refusal, SMALL, examine};
use chrono::NaiveDate;
use image::{DynamicImage, ImageFormat, ImageReader};

use crate::made::{camera, photograph, picture, segment};

fn kept(bytes: &[u8]) -> Examined {
    examine("IMG_0001", bytes, &Limits::default()).unwrap()
}

fn refused(name: &str, bytes: &[u8], limits: &Limits) -> Refusal {
    examine(name, bytes, limits).unwrap_err()
}

fn seen(bytes: &[u8]) -> DynamicImage {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap()
}

fn says(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|here| here == words)
}

#[test]
fn of_a_photograph_the_picture_is_kept_and_nothing_else() {
    let sent = photograph(64, 48, 1);
    let found = kept(&sent);
    assert_eq!((found.kind, found.size), (Kind::Jpeg, Some((64, 48))));
    for secret in [&b"Secret"[..], b"Exif", b"xmp", b"2026:11:20", b"ftyp"] {
        assert!(says(&sent, secret) || secret == b"xmp", "the test sends it");
        assert!(!says(&found.bytes, secret), "{}", String::from_utf8_lossy(secret));
    }
    assert_eq!(seen(&found.bytes).into_rgb8(), seen(&sent).into_rgb8(), "to the point");
    let taken = found.taken.unwrap();
    assert_eq!(taken.local, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(9, 30, 0).unwrap());
    assert_eq!(taken.offset, Some(480));
}

#[test]
fn how_a_photograph_is_turned_stays_and_the_small_one_stands_upright() {
    let found = kept(&photograph(640, 480, 6));
    assert_eq!(found.size, Some((480, 640)), "as it is seen");
    assert!(says(&found.bytes, b"Exif") && !says(&found.bytes, b"Secret"));
    let small = seen(&found.small.unwrap());
    assert_eq!((small.width(), small.height()), (SMALL * 3 / 4, SMALL));
    // Turned by a quarter to the right, what was on the left is above.
    let small = small.into_rgb8();
    let (above, below) = (small.get_pixel(120, 40), small.get_pixel(120, 280));
    assert!(above[0] > 150 && below[2] > 150, "{above:?} {below:?}");
}

#[test]
fn of_other_pictures_too_only_the_picture_is_kept() {
    let png = picture(ImageFormat::Png, 40, 30);
    let (head, rest) = png.split_at(8 + 25);
    let text = b"\0\0\0\x14tEXtComment\0Secret Place\xde\xad\xbe\xef";
    let sent = [head, text, rest, b"Secret behind"].concat();
    let found = kept(&sent);
    assert_eq!((found.kind, found.bytes), (Kind::Png, png));

    let webp = picture(ImageFormat::WebP, 40, 30);
    let camera = camera(1);
    let mut sent =
        [&webp[..], b"EXIF", &u32::try_from(camera.len()).unwrap().to_le_bytes(), &camera].concat();
    if camera.len() % 2 == 1 {
        sent.push(0);
    }
    let length = u32::try_from(sent.len() - 8).unwrap();
    sent[4..8].copy_from_slice(&length.to_le_bytes());
    assert!(says(&sent, b"Secret"));
    let found = kept(&sent);
    assert_eq!((found.kind, found.bytes), (Kind::Webp, webp));
}

#[test]
fn what_it_is_says_the_content_and_not_the_name() {
    let jpeg = picture(ImageFormat::Jpeg, 8, 8);
    assert_eq!(examine("报告.pdf", &jpeg, &Limits::default()).unwrap().kind, Kind::Jpeg);
    for (name, bytes, refusal) in [
        ("a.jpg", &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], Refusal::NotTaken),
        ("a.jpg", b"<html><script>1</script>", Refusal::NotTaken),
        ("a.jpg", b"GIF89a\x01\0\x01\0", Refusal::NotTaken),
        ("a.jpg", b"PK\x03\x04", Refusal::NotTaken),
        ("a.jpg", b"MZ", Refusal::NotTaken),
        ("a.jpg", b"", Refusal::Empty),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", Refusal::Heif),
        ("a.jpg", b"\xff\xd8\xff\xe0", Refusal::Broken(Kind::Jpeg)),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", Refusal::Broken(Kind::Png)),
        ("a.webp", b"RIFF\x04\0\0\0WEBP", Refusal::Broken(Kind::Webp)),
    ] {
        assert_eq!(refused(name, bytes, &Limits::default()), refusal, "{name} {bytes:?}");
    }
}

#[test]
fn a_file_with_a_mark_of_secrecy_in_its_name_is_not_even_looked_at() {
    let jpeg = picture(ImageFormat::Jpeg, 8, 8);
    let refusal = Refusal::Marked(Marked::InName(Mark::Secret));
    assert_eq!(refused("某某通知（机密）.jpg", &jpeg, &Limits::default()), refusal);
    assert_eq!(refused("机密", b"", &Limits::default()), refusal);
}

#[test]
fn size_and_points_have_a_limit_each_and_the_points_are_counted_before_they_are_read() {
    let jpeg = picture(ImageFormat::Jpeg, 100, 100);
    let limits = Limits { points: 10_000, ..Limits::default() };
    assert!(examine("", &jpeg, &limits).is_ok());
    let limits = Limits { points: 9_999, ..limits };
    assert_eq!(refused("", &jpeg, &limits), Refusal::TooManyPoints(9_999));
    let limits = Limits { bytes: jpeg.len(), ..Limits::default() };
    assert!(examine("", &jpeg, &limits).is_ok());
    let limits = Limits { bytes: jpeg.len() - 1, ..limits };
    assert_eq!(refused("", &jpeg, &limits), Refusal::TooLarge(jpeg.len() - 1));
}

#[test]
fn a_camera_that_says_nonsense_is_one_that_says_nothing() {
    let plain = picture(ImageFormat::Jpeg, 8, 8);
    for nonsense in
        [&b"Exif\0\0"[..], b"Exif\0\0MM\0\x2a\xff\xff\xff\xff", b"Exif\0\0II\x2a\0\x08\0\0\0\xff\xff"]
    {
        let sent = [&plain[..2], &segment(0xE1, nonsense), &plain[2..]].concat();
        let found = kept(&sent);
        assert_eq!((found.taken, found.size), (None, Some((8, 8))));
        assert!(!says(&found.bytes, b"Exif"));
    }
}
