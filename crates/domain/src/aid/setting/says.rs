//! What a row says.

use ledger::Fen;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{
    Kind,
    assessment::{QUESTIONS, Question},
    papers::{DEMANDS, Demand},
};
use crate::aid::{Category, Refusal};

/// The largest sum that is no slip of the finger, in yuan.
const MOST_YUAN: i64 = 1_000_000;

/// What a row says, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// These papers. None: none of this place's own any more.
    Papers {
        /// At most [`DEMANDS`].
        demands: Vec<Demand>,
    },
    /// These questions. None: none of this place's own any more.
    Assessment {
        /// At most [`QUESTIONS`].
        questions: Vec<Question>,
    },
    /// A meeting above this.
    CouncilAbove {
        /// In fen; 1 yuan to 1,000,000.
        above: i64,
    },
    /// These others. None: none of this place's own any more.
    SameNeed {
        /// Each once, and not the category itself.
        with: Vec<Category>,
    },
}

impl Says {
    /// About what.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Papers { .. } => Kind::Papers,
            Self::Assessment { .. } => Kind::Assessment,
            Self::CouncilAbove { .. } => Kind::CouncilAbove,
            Self::SameNeed { .. } => Kind::SameNeed,
        }
    }

    /// The sum above which a meeting is asked, if it is about that.
    pub const fn council_above(&self) -> Option<Fen> {
        match self {
            Self::CouncilAbove { above } => Some(Fen(*above)),
            _ => None,
        }
    }

    /// Can a row about this category be like this at all?
    pub(in crate::aid) fn check(&self, category: Category) -> Result<(), Refusal> {
        let good = match self {
            Self::Papers { demands } => demands.len() <= DEMANDS && demands.iter().all(Demand::is_possible),
            Self::Assessment { questions } => {
                questions.len() <= QUESTIONS && questions.iter().all(Question::is_possible)
            }
            Self::CouncilAbove { above } => (100..=MOST_YUAN * 100).contains(above),
            Self::SameNeed { with } => {
                let once = |(at, one): (usize, &Category)| !with.iter().take(at).any(|before| before == one);
                !with.contains(&category) && with.iter().enumerate().all(once)
            }
        };
        if good { Ok(()) } else { Err(Refusal::Setting) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Demand, Question, Says};
    use crate::{
        aid::{
            Category,
            setting::assessment::{Choice, Kind},
        },
        evidence::Item,
    };

    #[test]
    fn what_makes_no_sense_is_refused() {
        let demand = |any_of: &[Item]| Demand { needed: true, any_of: any_of.to_vec() };
        let choice = |label: &str, points| Choice { label: label.to_owned(), points };
        let asks = |choices| Question { text: "能自己走路吗".to_owned(), kind: Kind::One { choices } };
        let two = vec![choice("能", 0), choice("不能", 10)];
        for good in [
            Says::Papers { demands: vec![] },
            Says::Papers { demands: vec![demand(&[Item::Bills, Item::Income])] },
            Says::Assessment { questions: vec![asks(two.clone())] },
            Says::CouncilAbove { above: 200_000 },
            Says::SameNeed { with: vec![Category::MEDICAL_COST] },
        ] {
            assert!(good.check(Category::ILLNESS).is_ok(), "{good:?}");
        }
        for bad in [
            Says::Papers { demands: vec![demand(&[])] },
            Says::Papers { demands: vec![demand(&[Item::Other])] },
            Says::Papers { demands: vec![demand(&[Item::Bills, Item::Bills])] },
            Says::Papers { demands: vec![demand(&[Item::Bills]); 13] },
            Says::Assessment { questions: vec![asks(vec![choice("能", 0)])] },
            Says::Assessment { questions: vec![asks(vec![choice("能", 0), choice("", 1)])] },
            Says::Assessment { questions: vec![asks(vec![choice("能", 0), choice("能", 1)])] },
            Says::Assessment { questions: vec![asks(vec![choice("能", 0), choice("不能", 101)])] },
            Says::Assessment { questions: vec![asks(two); 21] },
            Says::CouncilAbove { above: 99 },
            Says::CouncilAbove { above: 100_000_100 },
            Says::SameNeed { with: vec![Category::ILLNESS] },
            Says::SameNeed { with: vec![Category::OTHER, Category::OTHER] },
        ] {
            assert!(bad.check(Category::ILLNESS).is_err(), "{bad:?}");
        }
    }
}
