//! How an amount follows from what somebody paid himself, step by step, so that a page can show it.

use ledger::Fen;

use super::Standard;
use crate::aid::Refusal;

/// An amount that was worked out, with every number that it was worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worked {
    /// What was paid by the person.
    pub self_paid: Fen,
    /// What of it does not count.
    pub above: Fen,
    /// How many hundredths of the rest.
    pub percent: i32,
    /// That, with fractions of a fen cut off.
    pub share: Fen,
    /// Rounded down to a multiple of this.
    pub round_to: Fen,
    /// The rounded share.
    pub rounded: Fen,
    /// The most that there is.
    pub most: Fen,
    /// What is given: the rounded share, and never more than the most.
    pub amount: Fen,
}

impl Standard {
    /// What the standard gives for what somebody paid himself. `None`: its amount is not worked out but judged, within the band.
    ///
    /// # Errors
    ///
    /// [`Refusal::BelowLeast`] when less than the least comes out.
    pub fn worked(&self, self_paid: Fen) -> Result<Option<Worked>, Refusal> {
        let (Some(percent), Some(above)) = (&self.percent, &self.above) else { return Ok(None) };
        let (percent, above, round_to) = (percent.value, above.value, self.round_to.value);
        let counts = i128::from(self_paid.fen().saturating_sub(above.fen()).max(0));
        let share = i64::try_from(counts * i128::from(percent) / 100).unwrap_or(i64::MAX);
        let rounded = share - share % round_to.fen().max(1);
        let (least, most) = (self.least.value, self.most.value);
        let amount = Fen(rounded).min(most);
        if amount < least {
            return Err(Refusal::BelowLeast { amount, least });
        }
        let (share, rounded) = (Fen(share), Fen(rounded));
        Ok(Some(Worked { self_paid, above, percent, share, round_to, rounded, most, amount }))
    }

    /// Does the standard give this amount? Where it is worked out, it is that and no other.
    ///
    /// # Errors
    ///
    /// [`Refusal::SelfPaid`] without what was paid by the person, [`Refusal::WorkedOut`] with the right amount, and those of
    /// [`Self::worked`] and [`Self::allows`].
    pub fn gives(&self, self_paid: Option<Fen>, amount: Fen) -> Result<(), Refusal> {
        if self.percent.is_none() || self.above.is_none() {
            return self.allows(amount);
        }
        match self.worked(self_paid.ok_or(Refusal::SelfPaid)?)? {
            Some(worked) if worked.amount != amount => Err(Refusal::WorkedOut { amount: worked.amount }),
            _ => self.allows(amount),
        }
    }

    /// Which level must agree to an amount.
    pub fn level(&self, amount: Fen) -> super::Level {
        let within = |most: &Option<super::Value<Fen>>| most.as_ref().is_none_or(|most| amount <= most.value);
        if within(&self.county_most) {
            super::Level::County
        } else if within(&self.city_most) {
            super::Level::City
        } else {
            super::Level::Province
        }
    }
}
