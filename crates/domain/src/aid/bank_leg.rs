//! The bank's side of what was paid: what its files say, as it was kept when they were read, and where that is not what we say.

use ledger::Fen;

use super::{
    figures::{PaidRow, row},
    payment::PaymentState,
    store::figures::BankCase,
};

/// A payment of which the bank's file says something else than our row.
#[derive(Clone, PartialEq, Eq)]
pub struct Differing {
    /// As we have it; with no amount, where nothing is paid for us.
    pub row: PaidRow,
    /// How much the bank's file says was paid, if one says so.
    pub theirs: Option<Fen>,
    /// What is the matter.
    pub why: Differs,
}

/// How row and file differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// The bank's file has another sum.
    Amount,
    /// It is paid for us; the batch's file has no line of it.
    NotInFile,
    /// It is paid for us; the file says that it was sent back.
    SentBack,
    /// The file says that it was paid; for us it is not.
    NotPaid,
    /// The sum is right; account, holder or case are others.
    Line,
    /// The file was read before its sums were kept.
    NotKept,
}

impl Differs {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Amount => "金额不一样",
            Self::NotInFile => "回单里没有这一笔",
            Self::SentBack => "回单说退汇了",
            Self::NotPaid => "回单说已付，这边没有发放",
            Self::Line => "回单里的账户、户名或附言不一样，或者写了两次",
            Self::NotKept => "早先读的回单，没有存金额",
        }
    }
}

/// What the bank paid: by its files, and by what somebody wrote down of batches for which there is no file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BankLeg {
    /// What its files say.
    pub file: Fen,
    /// What was written down by hand.
    pub hand: Fen,
}

impl BankLeg {
    /// Both together.
    pub fn all(self) -> Fen {
        Fen::checked_sum([self.file, self.hand]).unwrap_or(Fen(i64::MAX))
    }

    pub(super) fn add(&mut self, more: Self) {
        let sum = |one, other| Fen::checked_sum([one, other]).unwrap_or(Fen(i64::MAX));
        (self.file, self.hand) = (sum(self.file, more.file), sum(self.hand, more.hand));
    }
}

/// What the bank says of a payment. What is written down by hand counts where there is no file at all.
pub(super) fn leg(found: &BankCase) -> BankLeg {
    let paid = found.payment.state == PaymentState::Paid;
    let hand = if paid && !found.filed { found.payment.amount } else { Fen::ZERO };
    BankLeg { file: found.said.and_then(|said| said.paid).unwrap_or_default(), hand }
}

pub(super) fn differs(found: &BankCase) -> Option<Differing> {
    let paid = found.payment.state == PaymentState::Paid;
    let ours = if paid { found.payment.amount } else { Fen::ZERO };
    let theirs = found.said.map(|said| said.paid);
    let why = match (theirs, found.said) {
        (None, _) if paid && found.filed => Differs::NotInFile,
        (None, _) => return None,
        (Some(None), _) => Differs::NotKept,
        (Some(Some(theirs)), _) if theirs != ours && !paid => Differs::NotPaid,
        (Some(Some(Fen::ZERO)), _) if paid => Differs::SentBack,
        (Some(Some(theirs)), _) if theirs != ours => Differs::Amount,
        (_, Some(said)) if paid && said.found.asks() => Differs::Line,
        _ => return None,
    };
    Some(Differing { row: row(found)?, theirs: theirs.flatten(), why })
}
