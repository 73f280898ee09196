//! What was found and said after earlier help, beside a new request of the same person: on which day and of which kind, and no words.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

use super::Outcome;
use crate::{
    aid::{Case, store},
    calendar::local_date,
};

/// Something that was seen or said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// In which case.
    pub case: Case,
    /// On which day.
    pub on: NaiveDate,
    /// What.
    pub said: Said,
}

/// Of which kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// 回访: is something different from what is on record?
    Visited {
        /// Yes.
        differs: bool,
    },
    /// 回访: somebody was drawn, and nobody has gone there yet.
    Due,
    /// 定期复核.
    Reviewed(Outcome),
}

impl Said {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Visited { differs: false } => "回访，和记录的一样",
            Self::Visited { differs: true } => "回访，有不一样的",
            Self::Due => "抽中回访，还没有去",
            Self::Reviewed(Outcome::Continue) => "定期复核，继续帮扶",
            Self::Reviewed(Outcome::Change) => "定期复核，调整帮扶",
            Self::Reviewed(Outcome::Exit) => "定期复核，退出帮扶",
        }
    }
}

/// Of every other case of the person, latest first.
pub async fn before(db: &impl ConnectionTrait, case: &Case) -> Result<Vec<Before>, DbErr> {
    let mut all = Vec::new();
    for other in store::case::of_person(db, case.person_id).await? {
        if other.id == case.id {
            continue;
        }
        for row in store::after::follow_ups(db, other.id).await? {
            let said = row.differs.map_or(Said::Due, |differs| Said::Visited { differs });
            let on = row.visited_on.or(row.due_on);
            all.extend(on.map(|on| Before { case: other.clone(), on, said }));
        }
        for row in store::after::reviews(db, other.id).await? {
            let (on, said) = (local_date(row.reviewed_at), Said::Reviewed(row.outcome));
            all.push(Before { case: other.clone(), on, said });
        }
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.on));
    Ok(all)
}
