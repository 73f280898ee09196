//! What a camera wrote into a picture: when it was taken, and how it is turned. Nothing else of it is read, and nothing but the turning kept.

use std::io::Cursor;

use chrono::NaiveDateTime;
use exif::{Exif, In, Reader, Tag, Value};

/// When a picture was taken, by the clock of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The camera's wall clock.
    pub local: NaiveDateTime,
    /// How many minutes that clock is before UTC, if it says so.
    pub offset: Option<i32>,
}

/// What is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) taken: Option<Taken>,
    /// 1 to 8, as in TIFF; `None` is 1, which is the most.
    pub(crate) turned: Option<u8>,
}

/// Reads it. A picture without any, or with one that cannot be read, says nothing.
pub(crate) fn read(bytes: &[u8]) -> Told {
    let Ok(exif) = Reader::new().read_from_container(&mut Cursor::new(bytes)) else { return Told::default() };
    let turned = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    Told {
        taken: taken(&exif),
        turned: turned.and_then(|value| u8::try_from(value).ok()).filter(|value| (2..=8).contains(value)),
    }
}

fn taken(exif: &Exif) -> Option<Taken> {
    let text = |tag: Tag| -> Option<String> {
        match &exif.get_field(tag, In::PRIMARY)?.value {
            Value::Ascii(lines) => Some(String::from_utf8_lossy(lines.first()?).trim().to_owned()),
            _ => None,
        }
    };
    let said = text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTime))?;
    let local = NaiveDateTime::parse_from_str(&said, "%Y:%m:%d %H:%M:%S").ok()?;
    let offset = text(Tag::OffsetTimeOriginal).or_else(|| text(Tag::OffsetTime));
    Some(Taken { local, offset: offset.and_then(|offset| minutes(&offset)) })
}

/// `+08:00`.
fn minutes(offset: &str) -> Option<i32> {
    let (hours, rest) = offset.split_once(':')?;
    let sign = if hours.starts_with('-') { -1 } else { 1 };
    let hours: i32 = hours.parse().ok().filter(|hours| (-14..=14).contains(hours))?;
    let rest: i32 = rest.parse().ok().filter(|rest| (0..60).contains(rest))?;
    Some(hours * 60 + sign * rest)
}

/// The body of a segment that says how the picture is turned and nothing else: TIFF with one directory of one entry.
pub(crate) fn turning(turned: u8) -> [u8; 32] {
    let mut body = *b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
    if let Some(value) = body.get_mut(25) {
        *value = turned;
    }
    body
}
