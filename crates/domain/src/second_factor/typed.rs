//! What somebody typed as a code.

/// Without what stands between groups. The full-width characters of a Chinese keyboard become plain ones, small letters large ones.
pub(super) fn plain(text: &str) -> String {
    let narrow = |c| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let all = text.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '-');
    all.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for text in ["123456", " 123 456 ", "123-456", "１２３４５６", "123\u{3000}456"] {
            assert_eq!(plain(text), "123456", "{text:?}");
        }
        assert_eq!(plain("abcd-EFGH 2345-67ab"), "ABCDEFGH234567AB");
    }
}
