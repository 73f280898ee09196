//! What each line of an answer is to the batch. Pure: a line is matched by its number, and then amount, account, holder and case must be
//! what went out.

use std::collections::HashSet;

use ledger::Fen;

use crate::{
    aid::payment::{
        Line, PaymentState, ReturnReason,
        answer::{BankWord, Found},
        layout::{ReadLine, Said, Separator, Word, plain_field},
    },
    ids::PaymentId,
};

/// A payment of the batch, as it went out and as it stands. It has no `Debug`.
#[derive(Clone)]
pub struct Known {
    /// Which.
    pub payment: PaymentId,
    /// As it went out.
    pub line: Line,
    /// How far it is.
    pub state: PaymentState,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Where in the file, from 1.
    pub at: usize,
    /// Of which payment.
    pub payment: Option<PaymentId>,
    /// What it is to us.
    pub found: Found,
    /// Why the money came back.
    pub reason: Option<ReturnReason>,
    /// What the bank says, and of how much.
    pub said: Option<(BankWord, Fen)>,
}

/// Judges every line, in the order of the file; and how many waiting payments are in none of them.
pub fn judge(lines: &[ReadLine], batch: &[Known], separator: Separator) -> (Vec<Judged>, usize) {
    let mut named = HashSet::new();
    let judged: Vec<Judged> = lines
        .iter()
        .map(|line| {
            let said = line.said.as_ref();
            let known = said.and_then(|said| batch.iter().find(|known| known.line.number == said.serial));
            let found = match (said, known) {
                (None, _) => Found::Unreadable,
                (Some(_), None) => Found::NoSuchLine,
                (Some(_), Some(known)) if !named.insert(known.payment) => Found::Twice,
                (Some(said), Some(known)) => {
                    differs(said, known, separator).unwrap_or(says(said.word, known.state))
                }
            };
            let reason = match (found, said.map(|said| said.word)) {
                (Found::Returned, Some(Word::Returned(reason))) => Some(reason),
                _ => None,
            };
            Judged {
                at: line.at,
                payment: known.map(|known| known.payment),
                found,
                reason,
                said: said.map(|said| (said.word.into(), said.amount)),
            }
        })
        .collect();
    let silent = batch
        .iter()
        .filter(|known| known.state == PaymentState::Waiting && !named.contains(&known.payment))
        .count();
    (judged, silent)
}

fn differs(said: &Said, known: &Known, separator: Separator) -> Option<Found> {
    // What we sent is compared as we wrote it.
    let same = |theirs: &str, ours: &str| theirs == plain_field(ours, separator).trim();
    let line = &known.line;
    if said.amount != line.amount {
        Some(Found::AmountDiffers)
    } else if !same_account(&said.account, &line.account) {
        Some(Found::AccountDiffers)
    } else if said.payee.as_ref().is_some_and(|payee| !same(payee, &line.payee)) {
        Some(Found::PayeeDiffers)
    } else if said.case.as_ref().is_some_and(|case| !same(case, &line.case)) {
        Some(Found::CaseDiffers)
    } else {
        None
    }
}

/// The whole number, or what is left of it behind stars: four digits at least, at the end.
fn same_account(said: &str, sent: &str) -> bool {
    let shown: String = said.chars().rev().take_while(char::is_ascii_digit).collect();
    let tail: String = shown.chars().rev().collect();
    let masked = said.chars().all(|c| c.is_ascii_digit() || c == '*') && said.contains('*');
    said == sent || (masked && tail.len() >= 4 && sent.ends_with(&tail))
}

const fn says(word: Word, state: PaymentState) -> Found {
    match (word, state) {
        (Word::Unknown, _) => Found::WordUnknown,
        (Word::Waiting, PaymentState::Waiting) => Found::Waiting,
        (Word::Paid, PaymentState::Waiting) => Found::Paid,
        (Word::Returned(_), PaymentState::Waiting | PaymentState::Paid) => Found::Returned,
        (Word::Paid, PaymentState::Paid) | (Word::Returned(_), PaymentState::Returned) => Found::Same,
        (Word::Waiting | Word::Paid | Word::Returned(_), _) => Found::Contradicts,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use ledger::Fen;

    use super::{Known, judge};
    use crate::{
        aid::payment::{Line, PaymentState, ReturnReason, answer::Found, layout},
        ids::PaymentId,
    };

    fn known(number: i32, state: PaymentState) -> Known {
        Known {
            payment: PaymentId::new(Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap()),
            line: Line {
                number,
                case: format!("西湖帮扶2026-000{number}"),
                payee: "王秀英".to_owned(),
                account: "6222021202041234567".to_owned(),
                bank: "某银行".to_owned(),
                amount: Fen(300_050),
            },
            state,
        }
    }

    #[test]
    fn a_line_is_ours_when_number_amount_account_and_holder_agree() {
        let batch = [
            known(1, PaymentState::Waiting),
            known(2, PaymentState::Paid),
            known(3, PaymentState::Returned),
            known(4, PaymentState::TakenOut),
            known(5, PaymentState::Waiting),
        ];
        let found = |rest: &str| {
            let layout = layout::plain();
            let file = format!("序号\n{rest}");
            let lines = layout::read(&layout, "x", file.as_bytes()).unwrap();
            let (judged, silent) = judge(&lines, &batch, layout.separator);
            (judged.iter().map(|line| line.found).collect::<Vec<_>>(), silent)
        };
        let whole = "王秀英\t6222021202041234567\t3000.50";
        for (line, became) in [
            (format!("1\t{whole}\t已付\t"), Found::Paid),
            ("1\t王秀英\t****4567\t3,000.50\t已付\t".to_owned(), Found::Paid),
            (format!("1\t{whole}\t退汇\t账户已销户"), Found::Returned),
            (format!("1\t{whole}\t等待\t"), Found::Waiting),
            (format!("1\t{whole}\t成功\t"), Found::WordUnknown),
            (format!("2\t{whole}\t已付\t"), Found::Same),
            (format!("2\t{whole}\t退汇\t"), Found::Returned),
            (format!("2\t{whole}\t等待\t"), Found::Contradicts),
            (format!("3\t{whole}\t退汇\t"), Found::Same),
            (format!("3\t{whole}\t已付\t"), Found::Contradicts),
            (format!("4\t{whole}\t已付\t"), Found::Contradicts),
            (format!("9\t{whole}\t已付\t"), Found::NoSuchLine),
            ("1\t王秀英\t6222021202041234567\t3000.51\t已付\t".to_owned(), Found::AmountDiffers),
            ("1\t王秀英\t6222021202041234568\t3000.50\t已付\t".to_owned(), Found::AccountDiffers),
            ("1\t王秀英\t*567\t3000.50\t已付\t".to_owned(), Found::AccountDiffers),
            ("1\t王秀英\t4567\t3000.50\t已付\t".to_owned(), Found::AccountDiffers),
            ("1\t王秀莲\t****4567\t3000.50\t已付\t".to_owned(), Found::PayeeDiffers),
            ("1\t王秀英\t****4567\t-3000.50\t已付\t".to_owned(), Found::Unreadable),
            ("一\t王秀英\t****4567\t3000.50\t已付\t".to_owned(), Found::Unreadable),
            ("1\t已付".to_owned(), Found::Unreadable),
        ] {
            assert_eq!(found(&line).0, [became], "{line}");
        }
        let twice = format!("1\t{whole}\t已付\t\n1\t{whole}\t退汇\t");
        assert_eq!(found(&twice), (vec![Found::Paid, Found::Twice], 1), "the fifth is in no line");
    }

    #[test]
    fn the_banks_reason_is_one_of_ours() {
        let batch = [known(1, PaymentState::Waiting)];
        for (said, reason) in [
            ("收款户名不一致", ReturnReason::NameDiffers),
            ("账户已销户", ReturnReason::NoSuchAccount),
            ("冻结", ReturnReason::AccountBlocked),
            ("", ReturnReason::Other),
        ] {
            let file = format!("序号\n1\t王秀英\t****4567\t3000.50\t退汇\t{said}");
            let lines = layout::read(&layout::plain(), "x", file.as_bytes()).unwrap();
            let (judged, _) = judge(&lines, &batch, layout::Separator::Tab);
            assert_eq!(judged[0].reason, Some(reason), "{said}");
        }
    }
}
