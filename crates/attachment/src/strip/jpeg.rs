//! JPEG (ITU-T T.81): segments that begin with a marker, and compressed data after each start of a scan.

use super::take;
use crate::exif;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

pub(super) fn strip(bytes: &[u8], turned: Option<u8>) -> Option<Vec<u8>> {
    let mut rest = bytes;
    if take(&mut rest, 2)? != [0xFF, START] {
        return None;
    }
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend([0xFF, START]);
    // Before all else that is kept; a JFIF header, which wants to be first, is let go with the rest.
    if let Some(turned) = turned {
        segment(&mut kept, 0xE1, &exif::turning(turned))?;
    }
    loop {
        let marker = marker(&mut rest)?;
        match marker {
            END => {
                kept.extend([0xFF, END]);
                return Some(kept);
            }
            // Markers without a body.
            0x01 | 0xD0..=0xD7 => {}
            START | 0x00 => return None,
            _ => {
                let length = take(&mut rest, 2)?;
                let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
                let body = take(&mut rest, length.checked_sub(2)?)?;
                if is_kept(marker, body) {
                    segment(&mut kept, marker, body)?;
                }
                if marker == SCAN {
                    let many = compressed(rest);
                    let data = take(&mut rest, many)?;
                    kept.extend(data);
                }
            }
        }
    }
}

/// Tables, frames and scans; how the colours are meant; nothing of applications and no remarks.
fn is_kept(marker: u8, body: &[u8]) -> bool {
    match marker {
        // Frames but those of lossless and hierarchical pictures, Huffman tables; scans, quantisation, lines, restarts.
        0xC0..=0xC4 | 0xC9..=0xCC | SCAN..=0xDD => true,
        // The colours of the camera's maker.
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        // Whether the colours were transformed.
        0xEE => body.starts_with(b"Adobe"),
        _ => false,
    }
}

/// The next marker; any number of fill bytes may stand before it.
fn marker(rest: &mut &[u8]) -> Option<u8> {
    if take(rest, 1)? != [0xFF] {
        return None;
    }
    loop {
        match take(rest, 1)? {
            [0xFF] => {}
            [marker] => return Some(*marker),
            _ => return None,
        }
    }
}

/// How many bytes of compressed data stand here: up to a marker that is neither a stuffed byte nor a restart.
fn compressed(rest: &[u8]) -> usize {
    let mut at = 0;
    while let Some(pair) = rest.get(at..at + 2) {
        match pair {
            [0xFF, 0x00 | 0xD0..=0xD7] => at += 2,
            [0xFF, 0xFF] => at += 1,
            [0xFF, _] => return at,
            _ => at += 1,
        }
    }
    rest.len()
}

fn segment(kept: &mut Vec<u8>, marker: u8, body: &[u8]) -> Option<()> {
    let length = u16::try_from(body.len() + 2).ok()?;
    kept.extend([0xFF, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend(body);
    Some(())
}
