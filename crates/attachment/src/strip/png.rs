//! PNG (ISO/IEC 15948): chunks with a name, a length and a sum that stays right, because a chunk is kept whole or not at all.

use super::take;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The picture, its palette, what is transparent, how colours are meant. No texts, no times, no cameras, and of moving ones the first picture.
const KEPT: [&[u8]; 8] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"gAMA", b"cHRM", b"sRGB", b"iCCP"];

pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    if take(&mut rest, SIGNATURE.len())? != SIGNATURE {
        return None;
    }
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(SIGNATURE);
    loop {
        let whole = rest;
        let length = take(&mut rest, 4)?;
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let name = take(&mut rest, 4)?;
        // The body and its sum.
        take(&mut rest, length.checked_add(4)?)?;
        let chunk = whole.get(..whole.len() - rest.len())?;
        if name == b"IEND" {
            kept.extend(chunk);
            return Some(kept);
        }
        if KEPT.contains(&name) {
            kept.extend(chunk);
        }
    }
}
