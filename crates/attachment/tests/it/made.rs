//! Files for the tests, made here.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lopdf::{
    Document, Object, Stream,
    content::{Content, Operation},
    dictionary,
};

/// The left half is red, the right one blue.
pub(crate) fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
    )
}

pub(crate) fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(halves(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// What a telephone writes into a photograph: how it is turned, when, with which camera, and where.
pub(crate) fn camera(turned: u16) -> Vec<u8> {
    const MAKER: &[u8] = b"Secret Camera\0";
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let offset = |at: u32| at.to_be_bytes();
    let short = |value: u16| [value.to_be_bytes()[0], value.to_be_bytes()[1], 0, 0];
    // Four entries at 8, then what they point to.
    let first = 8 + 2 + 4 * 12 + 4;
    let exif_at = first + 14;
    let gps_at = exif_at + 2 + 2 * 12 + 4 + 20 + 8;
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend(4_u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, 14, offset(first)));
    tiff.extend(entry(0x0112, 3, 1, short(turned)));
    tiff.extend(entry(0x8769, 4, 1, offset(exif_at)));
    tiff.extend(entry(0x8825, 4, 1, offset(gps_at)));
    tiff.extend([0; 4]);
    tiff.extend(MAKER);
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x9003, 2, 20, offset(exif_at + 2 + 2 * 12 + 4)));
    tiff.extend(entry(0x9011, 2, 7, offset(exif_at + 2 + 2 * 12 + 4 + 20)));
    tiff.extend([0; 4]);
    tiff.extend(b"2026:11:20 09:30:00\0");
    tiff.extend(b"+08:00\0\0");
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend(entry(0x001d, 2, 11, offset(gps_at + 2 + 12 + 4)));
    tiff.extend([0; 4]);
    tiff.extend(b"2026:11:20\0");
    tiff
}

/// A segment of JPEG.
pub(crate) fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap();
    [&[0xFF, marker][..], &length.to_be_bytes(), body].concat()
}

/// A photograph as a telephone makes it: camera and place, a remark, a film behind the end.
pub(crate) fn photograph(width: u32, height: u32, turned: u16) -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg, width, height);
    let exif = segment(0xE1, &[b"Exif\0\0", &camera(turned)[..]].concat());
    let xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Secret Place</x:xmpmeta>");
    let remark = segment(0xFE, b"Secret Remark");
    [&plain[..2], &exif, &xmp, &remark, &plain[2..], b"ftypmp42 Secret Film"].concat()
}

/// A paper whose first page says this. Letters are glyphs with numbers; what they mean stands in a table, as programs write it.
pub(crate) fn paper(words: &str, more: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut paper = Document::with_version("1.5");
    let (glyphs, table) = glyphs(words);
    let table = paper.add_object(Stream::new(dictionary! {}, table));
    let inner = paper.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Song",
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0,
        },
    });
    let font = paper.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Song", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![inner.into()], "ToUnicode" => table,
    });
    let operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 16.into()]),
        Operation::new("Td", vec![72.into(), 720.into()]),
        Operation::new("Tj", vec![Object::String(glyphs, lopdf::StringFormat::Hexadecimal)]),
        Operation::new("ET", vec![]),
    ];
    let content = paper.add_object(Stream::new(dictionary! {}, Content { operations }.encode().unwrap()));
    let pages = paper.new_object_id();
    let page = paper.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    paper.objects.insert(pages, Object::Dictionary(all));
    let catalog = paper.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    paper.trailer.set("Root", catalog);
    more(&mut paper);
    paper.compress();
    let mut bytes = Vec::new();
    paper.save_to(&mut bytes).unwrap();
    bytes
}

fn glyphs(words: &str) -> (Vec<u8>, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut table =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n/CMapType 2 def\n\
                     1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            .to_owned();
    for (number, letter) in (1_u16..).zip(words.chars()) {
        bytes.extend(number.to_be_bytes());
        let unicode = u32::from(letter);
        table.extend(["1 beginbfchar\n".to_owned(), format!("<{number:04X}> <{unicode:04X}>\nendbfchar\n")]);
    }
    table.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    (bytes, table.into_bytes())
}
