//! The lines of a batch as bytes, in one way only: what the hash is of, and what goes to the bank.

use ledger::Fen;
use ring::digest::{SHA256, digest};

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
pub fn controls(lines: &[Line]) -> Controls {
    Controls {
        count: i32::try_from(lines.len()).unwrap_or(i32::MAX),
        total: lines.iter().map(|line| line.amount).sum(),
        sha256: hex::encode(digest(&SHA256, file(lines).as_bytes())),
    }
}

/// The file: a head, then a line for each payment, fields separated by tabs, amounts in yuan with two decimals. Line ends are
/// CR LF, as banks' imports want them.
pub fn file(lines: &[Line]) -> String {
    let mut text = String::from("序号\t户名\t账号\t开户行\t金额\t附言\r\n");
    for line in lines {
        let fen = line.amount.fen();
        let fields = [
            line.number.to_string(),
            field(&line.payee),
            field(&line.account),
            field(&line.bank),
            format!("{}.{:02}", fen / 100, fen % 100),
            field(&line.case),
        ];
        text.push_str(&fields.join("\t"));
        text.push_str("\r\n");
    }
    text
}

/// Nothing in a field ends it, and nothing in it is a formula to a spreadsheet.
fn field(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.trim_start_matches(['=', '+', '-', '@']).to_owned()
}

#[cfg(test)]
mod tests {
    use ledger::Fen;
    use proptest::prelude::*;

    use super::{Line, controls, file};

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

    #[test]
    fn a_line_is_written_in_one_way() {
        let text = file(&[line(1, "王秀英", 300_050)]);
        assert_eq!(
            text,
            "序号\t户名\t账号\t开户行\t金额\t附言\r\n1\t王秀英\t6222021202041234567\t某银行\t3000.50\t西湖帮扶2026-0007\r\n"
        );
        assert!(file(&[line(1, "=cmd\t|x", 5)]).contains("1\tcmd|x\t"));
    }

    proptest! {
        /// Any change of a line changes the hash, and sums are exact.
        #[test]
        fn controls_notice_every_change(amounts in prop::collection::vec(1_i64..900_000, 1..20), which in 0_usize..20) {
            let lines: Vec<Line> = (1..).zip(&amounts).map(|(n, fen)| line(n, "王秀英", *fen)).collect();
            let before = controls(&lines);
            prop_assert_eq!(before.total, Fen(amounts.iter().sum()));
            let mut changed = lines.clone();
            let at = which % changed.len();
            changed[at].amount = Fen(changed[at].amount.fen() + 1);
            prop_assert_ne!(controls(&changed).sha256, before.sha256.clone());
            changed.swap_remove(at);
            prop_assert_ne!(controls(&changed), before);
        }
    }
}
