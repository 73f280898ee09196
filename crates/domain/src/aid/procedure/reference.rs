//! The values that come with the program. All are examples (示例), about what comparable matters are given; a bureau puts its own
//! document beside them.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Limit, Procedure};
use crate::{
    aid::{ProposalState, store},
    ids::{ProcedureId, RegionCode},
};

const SOURCE: &str = "示例：离退休干部特殊困难帮扶办理期限（以本单位文件为准）";

/// `None`: a bureau that wants it writes it.
const fn value(limit: Limit) -> Option<i32> {
    Some(match limit {
        Limit::CouncilAbove => return None,
        Limit::Quorum => 3,
        Limit::EmergencyCap => 2000,
        Limit::HouseholdCap => 10_000,
        Limit::FollowUpAbove => 4000,
        Limit::FollowUp => 20,
        Limit::ReviewMonths => 12,
        Limit::Accept
        | Limit::Visit
        | Limit::Review
        | Limit::Approve
        | Limit::Publish
        | Limit::Pay
        | Limit::Account
        | Limit::FollowUpShare => 5,
        Limit::GrievanceDelay | Limit::GrievancePayment => 7,
        Limit::Resolve
        | Limit::Settle
        | Limit::Papers
        | Limit::GrievanceAttitude
        | Limit::GrievancePrivacy
        | Limit::GrievanceExtended => 10,
        Limit::Supply | Limit::Appeal | Limit::JudgeAppeal | Limit::GrievanceOther => 15,
        Limit::GrievanceFavour => 30,
    })
}

/// Adds the example rows of what no row says anything about yet. Safe to repeat.
pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (Some(region), Some(valid_from)) = (RegionCode::parse("33"), NaiveDate::from_ymd_opt(2020, 1, 1))
    else {
        return Ok(());
    };
    let known = store::procedure::all(db).await?;
    for limit_of in Limit::all().filter(|limit| known.iter().all(|row| row.limit_of != *limit)) {
        let Some(value) = value(limit_of) else { continue };
        let row = Procedure {
            id: ProcedureId::new(now),
            region: region.clone(),
            limit_of,
            valid_from,
            value,
            source: SOURCE.to_owned(),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: now,
            decided_by: None,
            decided_at: None,
        };
        store::procedure::insert(db, row).await?;
    }
    Ok(())
}
