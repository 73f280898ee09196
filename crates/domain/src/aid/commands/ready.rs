//! What must be there before a case goes to its approver: the papers that are needed, and what the visitors were asked.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::assessment::is_open;
use crate::{
    aid::{
        AidError, Case, Category, Refusal,
        setting::{
            Kind,
            papers::{Wanted, missing, wanted},
        },
        store,
    },
    calendar::local_date,
    evidence::{self, Evidence, Item, State},
    ids::RegionCode,
};

/// Which papers a category wants in a place today.
pub async fn papers(
    db: &impl ConnectionTrait,
    category: Category,
    region: &RegionCode,
    now: DateTime<Utc>,
) -> Result<Vec<Wanted>, DbErr> {
    let rows = store::setting::of_category(db, Kind::Papers, category).await?;
    Ok(wanted(&rows, category, region, local_date(now)))
}

/// What these papers show, without those that somebody says do not count.
pub fn shown_by(papers: &[Evidence]) -> Vec<Item> {
    papers.iter().filter(|paper| paper.state == State::Counts).map(|paper| paper.item).collect()
}

/// Which papers of a case are missing today.
pub async fn lacking(
    db: &impl ConnectionTrait,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<Vec<Wanted>, DbErr> {
    let wanted = papers(db, case.category, &case.region, now).await?;
    let have = shown_by(&evidence::store::of_case(db, case.id).await?);
    Ok(missing(&wanted, &have).into_iter().cloned().collect())
}

/// May it go?
pub(super) async fn everything_is_there(
    tx: &DatabaseTransaction,
    case: &Case,
    now: DateTime<Utc>,
) -> Result<(), AidError> {
    let lacking = lacking(tx, case, now).await?;
    if let Some(first) = lacking.iter().find(|wanted| wanted.demand.needed) {
        return Err(Refusal::PaperFirst { paper: first.demand.label() }.into());
    }
    if is_open(tx, case).await? {
        return Err(Refusal::AssessmentFirst.into());
    }
    Ok(())
}
