//! `WebP` (RFC 9649): RIFF chunks, filled up to an even length.

use super::take;

/// The picture, what is transparent, how colours are meant.
const KEPT: [&[u8]; 5] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"];
/// In the header of the extended form: of transparency and of colours it may say that they are there, of nothing else.
const FLAGS: u8 = 0b0011_0000;

pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    if take(&mut rest, 4)? != b"RIFF" {
        return None;
    }
    let length = take(&mut rest, 4)?;
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    // What stands behind the file is none of it.
    rest = rest.get(..length)?;
    if take(&mut rest, 4)? != b"WEBP" {
        return None;
    }
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    while !rest.is_empty() {
        let name = take(&mut rest, 4)?;
        let said = take(&mut rest, 4)?;
        let length = usize::try_from(u32::from_le_bytes(said.try_into().ok()?)).ok()?;
        let body = take(&mut rest, length)?;
        // The last one is sometimes not filled up.
        let _ = take(&mut rest, length % 2);
        if !KEPT.contains(&name) {
            continue;
        }
        kept.extend(name);
        kept.extend(said);
        match body.split_first() {
            Some((flags, others)) if name == b"VP8X" => {
                kept.push(flags & FLAGS);
                kept.extend(others);
            }
            _ => kept.extend(body),
        }
        kept.resize(kept.len() + length % 2, 0);
    }
    let length = u32::try_from(kept.len().checked_sub(8)?).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(kept)
}
