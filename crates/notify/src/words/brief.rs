//! What others have written, cut to what a message has room for.

/// The text, or its beginning with `…`; at most `most` characters.
pub(crate) fn brief(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}
