//! What of a personal value may be seen in lists: the figures stand here and nowhere else. Masks work on
//! values as they are, valid or not.

/// 张*国: the first and the last character; of two characters only the first.
pub fn name(name: &str) -> String {
    let characters: Vec<char> = name.trim().chars().collect();
    match characters.as_slice() {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

/// 138****1234; of anything that is no mobile number only the last four, and of a short one nothing.
pub fn phone(phone: &str) -> String {
    match phone.len() {
        11 if phone.starts_with('1') => keep(phone, 3, 4),
        0..=6 => "*".repeat(phone.chars().count()),
        _ => keep(phone, 0, 4),
    }
}

/// The first three and the last four.
pub fn identity_number(number: &str) -> String {
    keep(number, 3, 4)
}

/// `****1234`: the last four, and not even how long it is.
pub fn account(number: &str) -> String {
    format!("****{}", tail(number))
}

/// The last four characters, which may stand in a column of their own; nothing of a value that has hardly more.
pub fn tail(number: &str) -> String {
    let length = number.chars().count();
    if length < 8 { String::new() } else { number.chars().skip(length - 4).collect() }
}

/// Everything masked when the ends would leave less than three characters hidden.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    let hidden = length.saturating_sub(head + tail);
    if hidden < 3 {
        return "*".repeat(length);
    }
    text.chars().enumerate().map(|(i, c)| if i < head || i >= head + hidden { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    #[test]
    fn names() {
        for (clear, masked) in [
            ("张建国", "张*国"),
            ("王芳", "王*"),
            ("欧阳娜娜", "欧**娜"),
            ("买买提·吐尔逊", "买*****逊"),
            ("𬭎", "*"),
            ("王𬭎", "王*"),
            ("", ""),
        ] {
            assert_eq!(super::name(clear), masked);
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(super::phone("13800001234"), "138****1234");
        assert_eq!(super::phone("057187051234"), "********1234");
        assert_eq!(super::phone("119"), "***");
        assert_eq!(super::identity_number("330102194910010017"), "330***********0017");
        assert_eq!(super::identity_number("3301"), "****");
        assert_eq!(super::account("6222021202041234567"), "****4567");
        assert_eq!(super::account("1234567"), "****");
        assert_eq!(super::tail("6222021202041234567"), "4567");
    }

    fn longest_run(text: &str) -> usize {
        text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Never more than the four digits that the policy allows in a row.
        #[test]
        fn no_mask_leaves_more_than_four_digits_in_a_row(number in "[0-9]{0,24}") {
            for masked in [super::phone(&number), super::identity_number(&number), super::account(&number)] {
                prop_assert!(longest_run(&masked) <= 4, "{masked}");
            }
        }
    }
}
