//! Text.

/// A text without what spreadsheets and input methods put around it: white space at the ends (full-width too), zero-width marks,
/// a text apostrophe in front; white space inside becomes one blank, full-width digits become plain ones.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.trim_matches(blank).trim_start_matches(['\'', '’', '‘']).chars() {
        match c {
            '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => {}
            c if blank(c) || c.is_control() => gap = true,
            c => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(match c {
                    '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
                    c => c,
                });
            }
        }
    }
    out
}

fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn what_surrounds_a_text_goes_and_the_text_stays() {
        for (written, read) in [
            ("　王秀英　", "王秀英"),
            ("'330106", "330106"),
            ("１３８ ００００", "138 0000"),
            ("\u{FEFF}区水利局\u{200B}", "区水利局"),
            ("买买提·吐尔逊", "买买提·吐尔逊"),
            ("第一行\n第二行", "第一行 第二行"),
            ("（浙江）", "（浙江）"),
            ("　 \u{a0}", ""),
            ("", ""),
        ] {
            assert_eq!(tidy(written), read, "{written:?}");
        }
    }
}
