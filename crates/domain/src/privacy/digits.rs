//! What people and spreadsheets put around digits.

/// Full-width letters and digits become plain ones; white space, zero-width marks, hyphens and a
/// spreadsheet's text apostrophes are dropped.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
            _ => Some(c),
        })
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '\'' | '’' | '‘' | '`' | '-' | '－' | '—' | '\u{200B}'..='\u{200F}' | '\u{FEFF}'
                )
        })
        .collect()
}
