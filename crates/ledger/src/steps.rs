//! The steps money takes. Each is one entry from one account to another.
//!
//! A command that posts to several envelopes should do so in a fixed order, or two of them may wait for each other.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::figures::TRANSFER;
use crate::post::{LedgerError, Said, Step, post};
use crate::{Bucket, EntryId, Envelope, Fen};

/// What of a case goes over into another year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// What is reserved for it.
    Reserved,
    /// What is in a payment batch.
    Committed,
}

macro_rules! steps {
    ($($(#[doc = $doc:literal])* $name:ident: $from:ident -> $to:ident;)*) => {$(
        $(#[doc = $doc])*
        ///
        /// `reference` is what it is for; `key` makes it happen once.
        pub async fn $name(
            tx: &DatabaseTransaction,
            envelope: &Envelope,
            amount: Fen,
            reference: &str,
            key: &str,
            now: DateTime<Utc>,
        ) -> Result<EntryId, LedgerError> {
            let step = Step {
                kind: stringify!($name),
                from: (envelope, Bucket::$from),
                to: (envelope, Bucket::$to),
                over: false,
            };
            post(tx, &step, amount, &Said { reference, key }, now).await
        }
    )*};
}

steps! {
    /// Gives an envelope money.
    appropriate: Appropriated -> Available;
    /// Takes money out of an envelope that nobody has reserved.
    take_back: Available -> Appropriated;
    /// Keeps money for a case. [`LedgerError::Insufficient`] when others were faster.
    reserve: Available -> Reserved;
    /// Gives up what was kept.
    release: Reserved -> Available;
    /// Puts what was kept into a payment batch.
    commit: Reserved -> Committed;
    /// Takes it out of the batch again.
    uncommit: Committed -> Reserved;
    /// It is paid.
    pay: Committed -> Paid;
    /// The bank returned it.
    give_back: Paid -> Committed;
    /// 追回: who was paid gave it back, and it is for whoever comes next.
    claw_back: Paid -> Available;
    /// 坏账核销: it is asked back in vain, and the envelope that paid bears it for good.
    write_off: Paid -> WrittenOff;
    /// 核销后收回: what was written off came after all, and it is for whoever comes next.
    recover_lost: WrittenOff -> Available;
}

macro_rules! over {
    ($($(#[$doc:meta])* $name:ident $(($bucket:ident: $kind:ty))?: $from:expr => $to:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// From the envelope of a frozen year to that of a later one, of the same region and category;
        /// otherwise [`LedgerError::NotCarried`]. `reference` is what it is for; `key` makes it happen once.
        pub async fn $name(
            tx: &DatabaseTransaction,
            (from, to): (&Envelope, &Envelope),
            $($bucket: $kind,)?
            amount: Fen,
            (reference, key): (&str, &str),
            now: DateTime<Utc>,
        ) -> Result<EntryId, LedgerError> {
            let step = Step { kind: stringify!($name), from: (from, $from), to: (to, $to), over: true };
            post(tx, &step, amount, &Said { reference, key }, now).await
        }
    )*};
}

over! {
    /// 结转: what is bound for a case that is not yet paid stays bound for it, in the new year.
    carry(bucket: Carried): bucket.bucket() => bucket.bucket();
    /// The bank returned in the new year what it had been paid in the old one: it is reserved again, in the new one.
    bring_back: Bucket::Paid => Bucket::Reserved;
    /// 追回 after the year is frozen: it is for whoever comes next in the new one.
    recover: Bucket::Paid => Bucket::Available;
    /// 坏账核销 after the year is frozen: it stands in the books of the new one, whose money it does not touch.
    write_off_late: Bucket::Paid => Bucket::WrittenOff;
    /// 核销后收回 after the year is frozen in whose books it stood.
    recover_lost_late: Bucket::WrittenOff => Bucket::Available;
}

impl Carried {
    const fn bucket(self) -> Bucket {
        match self {
            Self::Reserved => Bucket::Reserved,
            Self::Committed => Bucket::Committed,
        }
    }
}

/// Moves available money to another envelope.
#[expect(clippy::too_many_arguments, reason = "a step with two envelopes")]
pub async fn transfer(
    tx: &DatabaseTransaction,
    from: &Envelope,
    to: &Envelope,
    amount: Fen,
    reference: &str,
    key: &str,
    now: DateTime<Utc>,
) -> Result<EntryId, LedgerError> {
    let step =
        Step { kind: TRANSFER, from: (from, Bucket::Available), to: (to, Bucket::Available), over: false };
    post(tx, &step, amount, &Said { reference, key }, now).await
}
