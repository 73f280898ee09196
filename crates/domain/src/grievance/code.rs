//! 回执码: with it whoever said something without a name fetches the answer. It is shown once; a keyed hash of it is all that stays.

use std::fmt;

use ring::rand::{SecureRandom as _, SystemRandom};

use crate::privacy::{Blind, CannotSeal, Sealer, Searched};

/// None that looks like another on paper or sounds like one on the telephone: no 0 O, 1 I L, 2 Z, 5 S, 8 B G Q.
const ALPHABET: &[u8; 23] = b"34679ACDEFHJKMNPRTUVWXY";
/// 16 of 23 are 72 bits.
const LENGTH: usize = 16;

/// Sixteen characters.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode(String);

impl ReceiptCode {
    /// A new one.
    pub fn fresh() -> Result<Self, CannotSeal> {
        let random = SystemRandom::new();
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let mut byte = [0];
            random.fill(&mut byte).or(Err(CannotSeal))?;
            let [byte] = byte;
            // What is above the last whole round would make the first characters more likely.
            if usize::from(byte) >= 256 / ALPHABET.len() * ALPHABET.len() {
                continue;
            }
            code.extend(ALPHABET.get(usize::from(byte) % ALPHABET.len()).map(|c| char::from(*c)));
        }
        Ok(Self(code))
    }

    /// Reads what somebody typed: in groups or not, large or small, with wide letters. `None`: it is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let narrow = |c: char| match u32::from(c) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        let gap =
            |c: &char| c.is_whitespace() || matches!(c, '-' | '—' | '–' | '·' | '.' | '。' | ',' | '，');
        let code: String =
            text.chars().map(narrow).filter(|c| !gap(c)).map(|c| c.to_ascii_uppercase()).collect();
        let fits = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        fits.then_some(Self(code))
    }

    /// In groups of four, for the page and for paper.
    pub fn shown(&self) -> String {
        let mut shown = String::with_capacity(LENGTH + LENGTH / 4);
        for (at, c) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                shown.push(' ');
            }
            shown.push(c);
        }
        shown
    }

    /// What the row holds.
    pub(super) fn blind(&self, seal: &Sealer) -> Blind {
        seal.blind(Searched::Receipt, &self.0)
    }

    /// Under which it may stand.
    pub(super) fn blinds(&self, seal: &Sealer) -> Vec<Blind> {
        seal.blinds(Searched::Receipt, &self.0)
    }
}

/// Without the code.
impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(***)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ALPHABET, LENGTH, ReceiptCode};

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = ReceiptCode::fresh().unwrap();
        let shown = code.shown();
        assert_eq!((shown.len(), shown.split(' ').count()), (LENGTH + 3, 4));
        let wide: String = shown
            .chars()
            .map(|c| if c == ' ' { '　' } else { char::from_u32(u32::from(c) + 0xFEE0).unwrap() })
            .collect();
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace(' ', "-"), format!(" {wide}。")] {
            assert_eq!(ReceiptCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for bad in ["", "3467", &format!("{shown}A"), &shown.replacen(|_| true, "0", 1)] {
            assert!(ReceiptCode::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(format!("{code:?}"), "ReceiptCode(***)");
    }

    #[test]
    fn there_are_enough_of_them() {
        let possible = u128::try_from(ALPHABET.len()).unwrap().pow(u32::try_from(LENGTH).unwrap());
        assert!(possible >= 1 << 60, "{possible}");
        let some: HashSet<String> = (0..1000).map(|_| ReceiptCode::fresh().unwrap().shown()).collect();
        assert_eq!(some.len(), 1000);
        let used: HashSet<char> = some.iter().flat_map(|code| code.chars()).filter(|c| *c != ' ').collect();
        assert_eq!(used.len(), ALPHABET.len());
    }
}
