//! Which styles show a number as a date.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{package::Package, xml::attribute};
use crate::Refusal;

/// Excel has at most 65,490 styles.
const MOST: usize = 70_000;

/// For each style of cells: is it a date's?
#[derive(Default)]
pub(super) struct Styles(Vec<bool>);

impl Styles {
    pub(super) fn read(package: &mut Package) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let Some(mut xml) = package.part("xl/styles.xml", "styles")? else { return Ok(styles) };
        let mut own: HashMap<u32, bool> = HashMap::new();
        let mut cells = false;
        loop {
            match xml.next()? {
                Event::Start(element) | Event::Empty(element) => match element.local_name().into_inner() {
                    "numFmt" => {
                        let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                        let code = attribute(&element, "formatCode");
                        if let (Some(id), Some(code)) = (id, code)
                            && own.len() < MOST
                        {
                            own.insert(id, is_date(&code));
                        }
                    }
                    "cellXfs" => cells = true,
                    "xf" if cells => {
                        let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        let date = own.get(&id).copied().unwrap_or_else(|| is_built_in_date(id));
                        if styles.0.len() >= MOST {
                            return Err(Refusal::TooMuch);
                        }
                        styles.0.push(date);
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().into_inner() == "cellXfs" => cells = false,
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    pub(super) fn is_date(&self, style: usize) -> bool {
        self.0.get(style).copied().unwrap_or(false)
    }
}

/// ECMA-376 Part 1, §18.8.30, with the Chinese ones.
const fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Does the format show a year or a day? Texts in quotes, conditions in brackets and escaped characters do not count.
fn is_date(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed => {}
            '\\' | '_' | '*' => escaped = true,
            ';' => return false,
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_format_with_a_year_or_a_day_is_a_dates() {
        for date in ["yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\";@", "[$-804]yyyy/m/d", "m/d", "YYYY.MM"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["General", "0.00", "[Red]0;\"day\"", "@", "mm:ss", "#,##0_d", "\"yd\"0"] {
            assert!(!is_date(other), "{other}");
        }
    }
}
