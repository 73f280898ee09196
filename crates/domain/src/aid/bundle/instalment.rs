//! What went to the bank for a case, one after the other, for the proof: a case that is paid in parts has several. Each with the entries of the
//! ledger that are its own.

use ledger::{Bucket, Fen};
use serde::{Deserialize, Serialize};

use super::section::{LedgerEntry, PaymentEntry, bucket};
use crate::{aid::payment::PaymentState, ids::PaymentId};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InstalmentEntry {
    /// The first is 1.
    nth: usize,
    payment: PaymentId,
    amount: Fen,
    state: PaymentState,
    /// What had been paid after it, and not been sent back since.
    paid_so_far: Fen,
    /// Its entries in `ledger`, in their order.
    entries: Vec<String>,
}

/// What a report says of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instalment {
    /// The first is 1.
    pub nth: usize,
    /// How much.
    pub amount: Fen,
    /// What became of it.
    pub state: PaymentState,
    /// What had been paid after it.
    pub paid_so_far: Fen,
}

/// As payments and ledger say it.
pub(super) fn instalments(payments: &[PaymentEntry], lines: &[LedgerEntry]) -> Vec<InstalmentEntry> {
    let mut paid_so_far = Fen::ZERO;
    let all = (1..).zip(payments).map(|(nth, payment)| {
        if payment.state == PaymentState::Paid {
            paid_so_far = [paid_so_far, payment.amount].into_iter().sum();
        }
        let mut entries: Vec<String> = own(payment.payment, lines).map(|line| line.entry.clone()).collect();
        entries.dedup();
        InstalmentEntry {
            nth,
            payment: payment.payment,
            amount: payment.amount,
            state: payment.state,
            paid_so_far,
            entries,
        }
    });
    all.collect()
}

/// The ledger's lines of a payment: their keys end with it.
fn own(payment: PaymentId, lines: &[LedgerEntry]) -> impl Iterator<Item = &LedgerEntry> {
    let end = format!("/{payment}");
    lines.iter().filter(move |line| line.key.ends_with(&end))
}

/// The parts are what payments and ledger say, and each payment has its lines: bound when it went into a batch, and paid, to the fen, if the bank did.
pub(super) fn booked(all: &[InstalmentEntry], payments: &[PaymentEntry], lines: &[LedgerEntry]) -> bool {
    let of = |payment: PaymentId, bucket_of: Bucket| -> Fen {
        own(payment, lines).filter(|line| line.bucket == bucket(bucket_of)).map(|line| line.amount).sum()
    };
    let there = |key: String| lines.iter().any(|line| line.key == key);
    let has_its_lines = |it: &PaymentEntry| {
        let paid = it.state == PaymentState::Paid;
        let net = if paid { it.amount } else { Fen::ZERO };
        there(format!("aid.commit/{}", it.payment))
            && of(it.payment, Bucket::Paid) == net
            && (!paid || there(format!("aid.pay/{}", it.payment)))
    };
    all == instalments(payments, lines) && payments.iter().all(has_its_lines)
}

pub(super) fn said(all: &[InstalmentEntry]) -> Vec<Instalment> {
    let of = |it: &InstalmentEntry| Instalment {
        nth: it.nth,
        amount: it.amount,
        state: it.state,
        paid_so_far: it.paid_so_far,
    };
    all.iter().map(of).collect()
}
