//! Reading a picture within limits, making it small, and making rectangles of it black.

use std::{io::Cursor, panic::catch_unwind};

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, codecs::jpeg::JpegEncoder,
    metadata::Orientation,
};

use crate::{Kind, Refusal, exif};

/// The longer edge of a small picture, in points.
pub const SMALL: u32 = 320;
/// How good a small picture is.
const SMALL_QUALITY: u8 = 70;
/// How good a copy with black rectangles is.
const QUALITY: u8 = 88;
/// Edges are given in so many parts of the picture's width and height.
pub const LINE: u32 = 1000;
/// No picture is wider or higher.
const EDGE: u32 = 30_000;

/// A rectangle of a picture as it is seen: its edges in thousandths ([`LINE`]) of the width and the height, from the left and from above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Area {
    /// `None` when it has no area or does not lie in the picture.
    pub fn new(left: u32, top: u32, right: u32, bottom: u32) -> Option<Self> {
        (left < right && top < bottom && right <= LINE && bottom <= LINE).then_some(Self {
            left,
            top,
            right,
            bottom,
        })
    }
}

/// The picture as it is seen: turned as its camera says.
pub(crate) fn read(kind: Kind, bytes: &[u8], points: u64) -> Result<DynamicImage, Refusal> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        Kind::Pdf => return Err(Refusal::NotTaken),
    };
    // A decoder that comes to something it never expected ends this picture, not the server.
    let read = catch_unwind(|| decode(format, bytes, points));
    read.unwrap_or(Ok(None))?.ok_or(Refusal::Broken(kind))
}

fn decode(format: ImageFormat, bytes: &[u8], points: u64) -> Result<Option<DynamicImage>, Refusal> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(EDGE), Some(EDGE));
    limits.max_alloc = Some(points.saturating_mul(8));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let Ok(decoder) = reader.into_decoder() else { return Ok(None) };
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > points {
        return Err(Refusal::TooManyPoints(points));
    }
    let Ok(mut picture) = DynamicImage::from_decoder(decoder) else { return Ok(None) };
    if let Some(turned) = exif::read(bytes).turned.and_then(Orientation::from_exif) {
        picture.apply_orientation(turned);
    }
    Ok(Some(picture))
}

/// A small JPEG.
pub(crate) fn small(picture: &DynamicImage) -> Option<Vec<u8>> {
    written(&picture.thumbnail(SMALL, SMALL), SMALL_QUALITY)
}

/// A copy, as JPEG, in which what lies in the rectangles is black: the points are gone, there is no layer to take off. With it a small one.
pub fn redact(kind: Kind, bytes: &[u8], areas: &[Area], points: u64) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    let mut picture = read(kind, bytes, points)?.into_rgb8();
    let (width, height) = picture.dimensions();
    // Outwards to whole points: an edge that is cut through would still say something.
    // Edges are below 30,000 points, so the products fit.
    let from = |part: u32, whole: u32| part * whole / LINE;
    let to = |part: u32, whole: u32| (part * whole).div_ceil(LINE);
    for area in areas {
        for y in from(area.top, height)..to(area.bottom, height) {
            for x in from(area.left, width)..to(area.right, width) {
                picture.put_pixel(x, y, Rgb([0, 0, 0]));
            }
        }
    }
    let picture = DynamicImage::ImageRgb8(picture);
    let broken = Refusal::Broken(kind);
    Ok((written(&picture, QUALITY).ok_or(broken)?, small(&picture).ok_or(broken)?))
}

fn written(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    DynamicImage::ImageRgb8(picture.to_rgb8()).write_with_encoder(encoder).ok()?;
    Some(bytes)
}
