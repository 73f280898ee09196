//! Files that were made to hurt whoever opens them.

use std::time::Instant;

use attachment::{Limits, Refusal, examine};
use image::ImageFormat;
use lopdf::{Object, Stream, dictionary};
use proptest::prelude::*;

use crate::made::{paper, photograph, picture};

/// A picture of so many points that says so in a few bytes.
fn flood(width: u32, height: u32) -> Vec<u8> {
    let mut png = picture(ImageFormat::Png, 8, 8);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[test]
fn a_flood_of_points_is_refused_before_it_is_read() {
    let begun = Instant::now();
    for (width, height) in [(20_000, 20_000), (65_535, 65_535), (2_000_000, 1), (8, 0x7FFF_FFFF)] {
        assert!(examine("", &flood(width, height), &Limits::default()).is_err(), "{width}×{height}");
    }
    assert!(begun.elapsed().as_secs() < 5);
}

#[test]
fn a_paper_that_unpacks_into_gigabytes_is_not_unpacked() {
    let begun = Instant::now();
    // A first page of 40 megabytes that packs into a few kilobytes.
    let sent = paper("材料", |paper| {
        let content = paper.add_object(Stream::new(dictionary! {}, vec![b' '; 40 << 20]));
        let page = paper.page_iter().next().unwrap();
        paper.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Contents", content);
    });
    assert!(sent.len() < 1 << 20);
    let found = examine("", &sent, &Limits::default()).unwrap();
    assert!(!found.was_read, "what is too much is not read");
    assert!(begun.elapsed().as_secs() < 60);
}

#[test]
fn a_paper_of_brackets_ends_nothing() {
    for bracket in ["[", "<<", "(", "<</A"] {
        let deep = bracket.repeat(200_000);
        let sent = format!(
            "%PDF-1.5\n1 0 obj\n{deep}\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n{}\n%%EOF",
            9 + 8 + deep.len() + 8
        );
        assert!(
            matches!(examine("", sent.as_bytes(), &Limits::default()), Err(Refusal::Broken(_))),
            "{bracket}"
        );
    }
}

#[test]
fn a_page_that_is_its_own_parent_and_child_ends_nothing() {
    let sent = paper("材料", |paper| {
        let pages = paper.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        let all = paper.get_object_mut(pages).unwrap().as_dict_mut().unwrap();
        all.set("Kids", vec![Object::Reference(pages), Object::Reference(pages)]);
    });
    assert!(examine("", &sent, &Limits::default()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A file that was changed on its way is read or refused; nothing else.
    #[test]
    fn whatever_is_changed_or_cut_off_is_read_or_refused(
        which in 0_usize..4,
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = match which {
            0 => photograph(24, 16, 6),
            1 => picture(ImageFormat::Png, 24, 16),
            2 => picture(ImageFormat::WebP, 24, 16),
            _ => paper("材料", |_| {}),
        };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            let end = end.index(bytes.len());
            bytes.truncate(end);
        }
        if let Ok(found) = examine("x", &bytes, &Limits::default()) {
            // What is kept is taken again, and stays as it is.
            let again = examine("x", &found.bytes, &Limits::default()).unwrap();
            prop_assert!(again.bytes == found.bytes);
        }
    }
}
