//! The lines of a batch, opened, and what the batch is held to: the count, the sum, and the hash of the very bytes that go to the bank.

use ledger::Fen;
use ring::digest::{SHA256, digest};

use super::layout::{Layout, Paper, write};

/// One line, opened. It has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the line.
    pub number: i32,
    /// The number of the case, which stands in the bank's remarks.
    pub case: String,
    /// The holder.
    pub payee: String,
    /// The account.
    pub account: String,
    /// The bank.
    pub bank: String,
    /// How much.
    pub amount: Fen,
}

/// What a batch is held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Controls {
    /// How many lines.
    pub count: i32,
    /// Their sum.
    pub total: Fen,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

/// Count, sum and hash.
pub fn controls(layout: &Layout, paper: Paper<'_>, lines: &[Line]) -> Controls {
    Controls {
        count: i32::try_from(lines.len()).unwrap_or(i32::MAX),
        total: lines.iter().map(|line| line.amount).sum(),
        sha256: hex::encode(digest(&SHA256, &write(layout, paper, lines))),
    }
}

/// Does the number of a card end with the digit that the others ask for (ISO/IEC 7812-1, Luhn)? Advice only: passbooks and the
/// accounts of many banks have no such digit.
pub fn luhn(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().rev().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() > 1) else { return false };
    let sum: u32 = (0..)
        .zip(digits)
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) => twice / 10 + twice % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use encoding_rs::GB18030;
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{Controls, Line, controls, luhn};
    use crate::aid::payment::layout::{Layout, Paper, Unreadable, Word, plain, read, sample, write};

    fn line(number: i32, payee: &str, amount: i64) -> Line {
        Line {
            number,
            case: "西湖帮扶2026-0007".to_owned(),
            payee: payee.to_owned(),
            account: "6222021202041234567".to_owned(),
            bank: "某银行".to_owned(),
            amount: Fen(amount),
        }
    }

    fn paper() -> Paper<'static> {
        Paper { batch: "西湖发放2026-0001", made_on: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap() }
    }

    fn held(lines: &[Line]) -> Controls {
        controls(&plain(), paper(), lines)
    }

    fn text(layout: &Layout, lines: &[Line]) -> String {
        let bytes = write(layout, paper(), lines);
        match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                GB18030.decode_without_bom_handling_and_without_replacement(&bytes).unwrap().into_owned()
            }
        }
    }

    #[test]
    fn a_line_is_written_in_one_way() {
        assert_eq!(
            text(&plain(), &[line(1, "王秀英", 300_050)]),
            "序号\t户名\t账号\t开户行\t金额\t附言\r\n1\t王秀英\t6222021202041234567\t某银行\t3000.50\t西湖帮扶2026-0007\r\n"
        );
        assert!(text(&plain(), &[line(1, "=cmd\t|x", 5)]).contains("1\tcmd|x\t"));
    }

    #[test]
    fn the_sample_bank_has_totals_around_its_lines_and_no_bar_in_a_name() {
        assert_eq!(
            text(&sample(), &[line(1, "王|秀𠮷英\u{E5E5}", 300_050), line(2, "李国强", 5)]),
            "H|西湖发放2026-0001|20261125|2|300055\r\n\
             1|6222021202041234567|王｜秀𠮷英|300050|某银行|西湖帮扶2026-0007\r\n\
             2|6222021202041234567|李国强|5|某银行|西湖帮扶2026-0007\r\n\
             T|2|300055\r\n"
        );
        assert!(plain().check().is_ok() && sample().check().is_ok());
    }

    #[test]
    fn an_answer_that_contradicts_itself_is_no_answer() {
        let answer = |foot: &str| {
            let text =
                format!("R|西湖发放2026-0001|20261126|x\r\n1|****4567|王秀英|5|||0000|\r\n{foot}\r\n\r\n");
            read(&sample(), "西湖发放2026-0001", &GB18030.encode(&text).0)
        };
        let lines = answer("T|1|5").unwrap();
        assert_eq!((lines.len(), lines[0].at), (1, 2));
        assert_eq!(lines[0].said.as_ref().map(|said| said.word), Some(Word::Paid));
        for foot in ["T|2|5", "T|1|6", "T|1", "X|1|5", "T|1|5|"] {
            assert_eq!(answer(foot).err(), Some(Unreadable::Control { line: 3 }), "{foot}");
        }
        assert_eq!(
            read(&sample(), "别的", &GB18030.encode("R|西湖|2|x\n1\nT|1|5").0).err(),
            Some(Unreadable::Control { line: 1 })
        );
        assert_eq!(read(&sample(), "x", b"\xFF\xFF").err(), Some(Unreadable::Encoding));
        assert_eq!(read(&plain(), "x", "序号\n".as_bytes()).err(), Some(Unreadable::Empty));
        let many = format!("序号\n{}", "1\n".repeat(5_001));
        assert_eq!(read(&plain(), "x", many.as_bytes()).err(), Some(Unreadable::TooLong));
    }

    #[test]
    fn the_digit_at_the_end_of_a_card_is_checked() {
        assert!(luhn("4111111111111111") && luhn("79927398713"));
        assert!(
            !luhn("4111111111111112")
                && !luhn("6222021202041234567")
                && !luhn("")
                && !luhn("0")
                && !luhn("12a")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Any change of a line changes the hash, and sums are exact.
        #[test]
        fn controls_notice_every_change(amounts in prop::collection::vec(1_i64..900_000, 1..20), which in 0_usize..20) {
            let lines: Vec<Line> = (1..).zip(&amounts).map(|(n, fen)| line(n, "王秀英", *fen)).collect();
            let before = held(&lines);
            prop_assert_eq!(before.total, Fen(amounts.iter().sum()));
            let mut changed = lines.clone();
            let at = which % changed.len();
            changed[at].amount = Fen(changed[at].amount.fen() + 1);
            prop_assert_ne!(held(&changed).sha256, before.sha256.clone());
            changed.swap_remove(at);
            prop_assert_ne!(held(&changed), before);
        }

        /// Whatever a name holds, it stays in its field: the file has as many lines and fields as it should.
        #[test]
        fn no_name_breaks_a_line(names in prop::collection::vec("\\PC{0,12}|[|,\t\r\n\"=;]{0,6}", 1..8)) {
            for layout in [plain(), sample()] {
                let lines: Vec<Line> = (1..).zip(&names).map(|(n, name)| line(n, name, 5)).collect();
                let written = text(&layout, &lines);
                let extra = usize::from(layout.out.titles) + usize::from(!layout.out.head.is_empty()) * 2;
                prop_assert_eq!(written.lines().count(), names.len() + extra);
                let columns = layout.out.columns.len();
                let whole = written.lines().filter(|line| line.split(layout.separator.char()).count() == columns);
                prop_assert!(whole.count() >= names.len());
            }
        }

        /// No file, whatever it is, does more than be refused.
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            for layout in [plain(), sample()] {
                drop(read(&layout, "西湖发放2026-0001", &bytes));
            }
        }
    }
}
