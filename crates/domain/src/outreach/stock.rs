//! How many pieces of an item are where. Pure: what came in is what went out and what is there, at any time.

use std::collections::BTreeMap;

use super::Moved;
use crate::ids::AccountId;

/// There are not so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// How many are there.
    pub there: i64,
}

/// Of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    store: i64,
    hands: BTreeMap<AccountId, i64>,
    came: i64,
    given: i64,
    lost: i64,
}

impl Stock {
    /// In the store.
    pub fn store(&self) -> i64 {
        self.store
    }

    /// In somebody's hands.
    pub fn in_hands_of(&self, who: &AccountId) -> i64 {
        self.hands.get(who).copied().unwrap_or_default()
    }

    /// Who has some.
    pub fn hands(&self) -> impl Iterator<Item = (&AccountId, i64)> {
        self.hands.iter().map(|(who, many)| (who, *many)).filter(|(_, many)| *many > 0)
    }

    /// Bought or found.
    pub fn came(&self) -> i64 {
        self.came
    }

    /// Given to people.
    pub fn given(&self) -> i64 {
        self.given
    }

    /// Not found when it was counted.
    pub fn lost(&self) -> i64 {
        self.lost
    }

    /// In = out + what is there.
    pub fn is_level(&self) -> bool {
        let hands: i64 = self.hands.values().sum();
        self.came == self.store + hands + self.given + self.lost
    }

    /// Moves some pieces; nothing is moved that is not there. Whoever has no hands in it is `None`.
    pub fn moves(&mut self, kind: Moved, hand: Option<&AccountId>, many: i64) -> Result<(), Short> {
        let held = hand.map_or(0, |who| self.in_hands_of(who));
        let there = match kind {
            Moved::Bought | Moved::Found => many,
            Moved::Handed | Moved::Lost => self.store,
            Moved::Given | Moved::Returned => held,
        };
        if many <= 0 || there < many {
            return Err(Short { there });
        }
        let (store, hands) = match kind {
            Moved::Bought | Moved::Found => (many, 0),
            Moved::Handed => (-many, many),
            Moved::Given => (0, -many),
            Moved::Returned => (many, -many),
            Moved::Lost => (-many, 0),
        };
        match (hand, hands) {
            (_, 0) => {}
            (Some(who), moved) => {
                self.hands.insert(who.clone(), held + moved);
            }
            (None, _) => return Err(Short { there: 0 }),
        }
        self.store += store;
        match kind {
            Moved::Bought | Moved::Found => self.came += many,
            Moved::Given => self.given += many,
            Moved::Lost => self.lost += many,
            Moved::Handed | Moved::Returned => {}
        }
        Ok(())
    }

    /// From the sums of what was written down.
    pub(super) fn of(sums: &[(Moved, Option<AccountId>, i64)]) -> Self {
        let mut stock = Self::default();
        for (kind, hand, many) in sums {
            let (store, hands) = match kind {
                Moved::Bought | Moved::Found => (*many, 0),
                Moved::Handed => (-many, *many),
                Moved::Given => (0, -many),
                Moved::Returned => (*many, -many),
                Moved::Lost => (-many, 0),
            };
            stock.store += store;
            if let Some(who) = hand {
                *stock.hands.entry(who.clone()).or_default() += hands;
            }
            match kind {
                Moved::Bought | Moved::Found => stock.came += many,
                Moved::Given => stock.given += many,
                Moved::Lost => stock.lost += many,
                Moved::Handed | Moved::Returned => {}
            }
        }
        stock
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AccountId, Moved, Short, Stock};

    fn who(name: &str) -> AccountId {
        AccountId::parse(name).unwrap()
    }

    #[test]
    fn nothing_is_moved_that_is_not_there() {
        let (li, mut stock) = (who("li"), Stock::default());
        assert_eq!(stock.moves(Moved::Handed, Some(&li), 1), Err(Short { there: 0 }));
        stock.moves(Moved::Bought, None, 10).unwrap();
        stock.moves(Moved::Handed, Some(&li), 4).unwrap();
        assert_eq!(stock.moves(Moved::Given, Some(&who("xu")), 1), Err(Short { there: 0 }));
        assert_eq!(stock.moves(Moved::Given, Some(&li), 5), Err(Short { there: 4 }));
        stock.moves(Moved::Given, Some(&li), 3).unwrap();
        stock.moves(Moved::Returned, Some(&li), 1).unwrap();
        assert_eq!(stock.moves(Moved::Lost, None, 8), Err(Short { there: 7 }));
        assert_eq!(stock.moves(Moved::Given, None, 1), Err(Short { there: 0 }));
        assert_eq!((stock.store(), stock.in_hands_of(&li), stock.given()), (7, 0, 3));
    }

    /// A hundred ways of a hundred and twenty steps each.
    #[test]
    fn ten_thousand_steps_lose_no_piece() {
        let names = ["li", "xu", "he"].map(who);
        let step = (0..6_usize, 0..3_usize, -1..40_i64);
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(100));
        runner
            .run(&prop::collection::vec(step, 120), |steps| {
                let (mut stock, mut written) = (Stock::default(), Vec::new());
                for (kind, hand, many) in steps {
                    let kind = Moved::ALL[kind];
                    let through = matches!(kind, Moved::Handed | Moved::Given | Moved::Returned);
                    let hand = through.then(|| &names[hand]);
                    let before = stock.clone();
                    if stock.moves(kind, hand, many).is_ok() {
                        written.push((kind, hand.cloned(), many));
                    } else {
                        prop_assert_eq!(&stock, &before, "what is refused moves nothing");
                    }
                    prop_assert!(stock.is_level());
                    prop_assert!(stock.store() >= 0 && stock.hands.values().all(|many| *many >= 0));
                }
                prop_assert_eq!(Stock::of(&written), stock, "the rows say the same");
                Ok(())
            })
            .unwrap();
    }
}
