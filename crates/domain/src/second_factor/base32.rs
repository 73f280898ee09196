//! Secrets and codes as people copy them: RFC 4648, letters and the digits from 2 to 7, in groups of four.

use data_encoding::BASE32_NOPAD;

pub(super) fn encode(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes)
}

pub(super) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// With something between each four.
pub(super) fn grouped(text: &str, between: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let groups = characters.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(between)
}
