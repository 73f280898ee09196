use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::{IdentityNumber, NotAnIdentityNumber as Not};

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn the_standards_own_example_is_accepted() {
    let number = IdentityNumber::parse("11010519491231002X").unwrap();
    assert_eq!(number.born_on(), date(1949, 12, 31));
    assert!(!number.is_male());
    assert!(!number.is_derived());
    assert_eq!(format!("{number:?}"), "IdentityNumber(110***********002X)");
}

#[test]
fn valid_numbers_say_birth_and_gender() {
    let number = IdentityNumber::parse("330102194910010017").unwrap();
    assert_eq!((number.born_on(), number.is_male()), (date(1949, 10, 1), true));
    let number = IdentityNumber::parse("330106192803150029").unwrap();
    assert_eq!((number.born_on(), number.is_male()), (date(1928, 3, 15), false));
}

#[test]
fn what_surrounds_a_number_is_forgiven() {
    let right = IdentityNumber::parse("11010519491231002X").unwrap();
    for text in [
        "11010519491231002x",
        " 11010519491231002X ",
        "'11010519491231002X",
        "’11010519491231002X",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u{3000}19491231002\u{FF58}",
        "\u{FEFF}11010519491231002X",
    ] {
        assert_eq!(IdentityNumber::parse(text).as_ref(), Ok(&right), "{text:?}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (text, why) in [
        ("", Not::Empty),
        ("  ' ", Not::Empty),
        ("3.30102E+17", Not::Scientific),
        ("３.30102e+17", Not::Scientific),
        ("33010219491001001", Not::Length),
        ("3301021949100100177", Not::Length),
        ("33010219491001O017", Not::Characters),
        ("3301021949100100X7", Not::Characters),
        ("33010219491001001A", Not::Characters),
        ("张3010219491001001X", Not::Characters),
        ("990102194910010017", Not::Province),
        ("330522193002291231", Not::Date),
        ("330102194913010011", Not::Date),
        ("330102194910010018", Not::Check),
        ("330102194910010071", Not::Check),
    ] {
        assert_eq!(IdentityNumber::parse(text).err(), Some(why), "{text:?}");
    }
}

#[test]
fn fifteen_digits_are_completed_and_marked() {
    let number = IdentityNumber::parse("110105491231002").unwrap();
    assert_eq!(number.as_str(), "11010519491231002X");
    assert!(number.is_derived());
    let centenarian = IdentityNumber::parse("330106880315999").unwrap();
    assert_eq!(centenarian.born_on().year(), 1888);
    assert_eq!(IdentityNumber::parse("330106300229123").err(), Some(Not::Date));
}

/// Written once more from the text of the standard, so that the property does not ask the code about itself.
fn check(body: &str) -> char {
    let weight = |at: u32| 2_u32.pow(17 - at) % 11;
    let sum: u32 = body.chars().zip(0..).map(|(c, at)| c.to_digit(10).unwrap() * weight(at)).sum();
    match (12 - sum % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap(),
    }
}

fn body() -> impl Strategy<Value = String> {
    let day = (1880_i32..2030, 1_u32..=14, 0_u32..=33);
    ("(11|33|35|44|54|65|71|82|10|49|84|00)[0-9]{4}", day, "[0-9]{3}").prop_map(
        |(place, (year, month, day), sequence)| format!("{place}{year:04}{month:02}{day:02}{sequence}"),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Check character and date valid ⇔ accepted.
    #[test]
    fn a_number_is_accepted_exactly_when_place_date_and_check_are_right(body in body(), last in "[0-9X]") {
        let real = NaiveDate::parse_from_str(&body[6..14], "%Y%m%d").is_ok();
        let province = !matches!(&body[..2], "10" | "49" | "84" | "00");
        let fits = last.starts_with(check(&body));
        let parsed = IdentityNumber::parse(&format!("{body}{last}"));
        prop_assert_eq!(parsed.is_ok(), real && province && fits);
        prop_assert_eq!(IdentityNumber::parse(&format!("{body}{}", check(&body))).is_ok(), real && province);
    }

    /// Completing is idempotent: the completed number is accepted as it is, and is no longer derived.
    #[test]
    fn a_completed_number_stays_what_it_is(body in body()) {
        let old = format!("{}{}", &body[..6], &body[8..]);
        if let Ok(number) = IdentityNumber::parse(&old) {
            prop_assert!(number.is_derived());
            let again = IdentityNumber::parse(number.as_str()).unwrap();
            prop_assert_eq!(again.as_str(), number.as_str());
            prop_assert!(!again.is_derived());
        }
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        let _ = IdentityNumber::parse(&text);
    }
}

/// 下城, 江干 and the old 余杭县 are on no map any more; the numbers that they gave out stay.
#[test]
fn districts_that_are_gone_do_not_take_their_numbers_with_them() {
    for place in ["330103", "330104", "330125", "339900"] {
        let body = format!("{place}19491001001");
        let number = IdentityNumber::parse(&format!("{body}{}", check(&body))).unwrap();
        assert_eq!((number.born_on(), number.is_male()), (date(1949, 10, 1), true), "{place}");
    }
}
