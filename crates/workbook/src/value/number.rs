//! Numbers as the file spells them.

use chrono::{Days, NaiveDate};

use super::{Cell, Mistake, tidy};

/// What a spreadsheet can keep: integers below 10^15 lose nothing.
const EXACT: f64 = 1e15;

/// A number without exponent and without a fraction of zeros; `None` when digits are lost or it is no number.
pub(crate) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let written = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    if written {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        return (digits <= 15 || !text.bytes().all(|b| b.is_ascii_digit())).then(|| shortest(text));
    }
    let value: f64 = text.parse().ok()?;
    (value.is_finite() && value.abs() < EXACT).then(|| shortest(&value.to_string()))
}

/// `13800000000.0` is `13800000000`.
fn shortest(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => text.to_owned(),
    }
}

/// A number that people spell with digits: telephone, identity, account. Spaces and hyphens stay for the caller's own reading.
/// `None`: the cell is blank.
pub fn digits(cell: &Cell) -> Result<Option<String>, Mistake> {
    match cell {
        Cell::Text(text) => {
            let text = tidy(text);
            if is_scientific(&text) {
                return Err(Mistake::DigitsLost);
            }
            Ok(Some(text).filter(|text| !text.is_empty()))
        }
        Cell::Number(text) | Cell::Serial(text) => {
            let plain = plain(text).ok_or(Mistake::DigitsLost)?;
            if plain.bytes().all(|b| b.is_ascii_digit()) { Ok(Some(plain)) } else { Err(Mistake::NotDigits) }
        }
        Cell::Failed(_) => Err(Mistake::Failed),
    }
}

/// `3.30102E+17`, as a text.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number(mantissa) && number(exponent.trim_start_matches(['+', '-']))
}

/// The day of a serial number. Day 60 is 29 February 1900, which was none; days before it are one off, in every program.
pub(crate) fn days_of(text: &str) -> Option<NaiveDate> {
    let value: f64 = text.trim().parse().ok()?;
    // To the year 9999.
    if !(1.0..2_958_466.0).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 2,958,465")]
    let days = value as u64;
    match days {
        60 => None,
        days if days < 60 => NaiveDate::from_ymd_opt(1899, 12, 31)?.checked_add_days(Days::new(days)),
        days => NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Cell, Mistake, days_of, digits, plain};

    fn number(text: &str) -> Cell {
        Cell::Number(text.to_owned())
    }

    #[test]
    fn a_number_keeps_its_digits_or_says_that_it_lost_them() {
        assert_eq!(digits(&number("1.3800001234E10")), Ok(Some("13800001234".to_owned())));
        assert_eq!(digits(&number("13800001234")), Ok(Some("13800001234".to_owned())));
        assert_eq!(digits(&number("330102194910010")), Ok(Some("330102194910010".to_owned())));
        for lost in ["3.30102194910010E+17", "330102194910010017", "6.22202021204123E18"] {
            assert_eq!(digits(&number(lost)), Err(Mistake::DigitsLost), "{lost}");
        }
        assert_eq!(digits(&Cell::Text("3.30102E+17".to_owned())), Err(Mistake::DigitsLost));
        assert_eq!(digits(&Cell::Text(" ".to_owned())), Ok(None));
        assert_eq!(digits(&number("12.5")), Err(Mistake::NotDigits));
        assert_eq!(digits(&Cell::Failed("#N/A".to_owned())), Err(Mistake::Failed));
        let text = Cell::Text("'33010219491001001X".to_owned());
        assert_eq!(digits(&text), Ok(Some("33010219491001001X".to_owned())));
    }

    #[test]
    fn plain_numbers_have_no_exponent() {
        for (written, read) in [("1.5E2", "150"), ("49.9", "49.9"), ("1949.0", "1949"), ("-3", "-3")] {
            assert_eq!(plain(written).as_deref(), Some(read));
        }
        assert_eq!(plain("abc"), None);
        assert_eq!(plain("1E400"), None);
    }

    #[test]
    fn serial_numbers_are_days() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        assert_eq!(days_of("17594"), day(1948, 3, 2));
        assert_eq!(days_of("17594.75"), day(1948, 3, 2));
        assert_eq!(days_of("1"), day(1900, 1, 1));
        assert_eq!(days_of("59"), day(1900, 2, 28));
        assert_eq!(days_of("60"), None);
        assert_eq!(days_of("61"), day(1900, 3, 1));
        assert_eq!(days_of("2958465"), day(9999, 12, 31));
        for none in ["0", "-1", "2958466", "NaN", ""] {
            assert_eq!(days_of(none), None, "{none}");
        }
    }
}
