//! Queries on what was missing, what was decided, and what was said against that.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use crate::{
    aid::{
        appeal::{self, Model as Appeal},
        ruling::{self, Model as Ruling},
        supplement::{self, Model as Supplement},
    },
    ids::{AppealId, CaseId, ClawbackId, EmergencyId, RulingId, SupplementId},
    notice::Told,
};

/// What was missing in a case, oldest first.
pub async fn supplements(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Supplement>, DbErr> {
    let of = supplement::Column::CaseId.eq(case);
    supplement::Entity::find().filter(of).order_by_asc(supplement::Column::Id).all(db).await
}

/// What was decided in a case, oldest first.
pub async fn rulings(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Ruling>, DbErr> {
    let of = ruling::Column::CaseId.eq(case);
    ruling::Entity::find().filter(of).order_by_asc(ruling::Column::Id).all(db).await
}

/// The appeals in a case, oldest first.
pub async fn appeals(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Appeal>, DbErr> {
    let of = appeal::Column::CaseId.eq(case);
    appeal::Entity::find()
        .filter(of)
        .order_by_asc(appeal::Column::FiledAt)
        .order_by_asc(appeal::Column::Id)
        .all(db)
        .await
}

/// One appeal.
pub async fn appeal(db: &impl ConnectionTrait, id: AppealId) -> Result<Option<Appeal>, DbErr> {
    appeal::Entity::find_by_id(id).one(db).await
}

pub(in crate::aid) async fn insert_supplement(
    db: &impl ConnectionTrait,
    row: Supplement,
) -> Result<Supplement, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save_supplement(db: &impl ConnectionTrait, row: Supplement) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

pub(in crate::aid) async fn insert_ruling(db: &impl ConnectionTrait, row: Ruling) -> Result<Ruling, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

pub(in crate::aid) async fn insert_appeal(db: &impl ConnectionTrait, row: Appeal) -> Result<Appeal, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The case is locked by whoever calls.
pub(in crate::aid) async fn save_appeal(db: &impl ConnectionTrait, row: Appeal) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Of which case somebody is told: what an occasion names besides a payment.
pub async fn case_of(db: &impl ConnectionTrait, told: Told, of: Uuid) -> Result<Option<CaseId>, DbErr> {
    Ok(match told {
        Told::Supplement => {
            let row = supplement::Entity::find_by_id(SupplementId::from_uuid(of)).one(db).await?;
            row.map(|row| row.case_id)
        }
        Told::Declined => {
            let row = ruling::Entity::find_by_id(RulingId::from_uuid(of)).one(db).await?;
            row.map(|row| row.case_id)
        }
        Told::Appealed
        | Told::AppealUpheld
        | Told::AppealDismissed
        | Told::ApprovedAgain
        | Told::RefusedAgain => appeal(db, AppealId::from_uuid(of)).await?.map(|row| row.case_id),
        Told::Received
        | Told::Accepted
        | Told::Approved
        | Told::Refused
        | Told::Confirmed
        | Told::Closed
        | Told::Withdrawn => Some(CaseId::from_uuid(of)),
        Told::AskedBack => {
            let claim = super::clawback::find(db, ClawbackId::from_uuid(of)).await?;
            claim.map(|claim| claim.case_id)
        }
        // A grant was told by its case before it had a name of its own.
        Told::Granted => {
            let emergency = super::emergency::find(db, EmergencyId::from_uuid(of)).await?;
            Some(emergency.map_or(CaseId::from_uuid(of), |emergency| emergency.case_id))
        }
        Told::TakenBack => {
            let emergency = super::emergency::find(db, EmergencyId::from_uuid(of)).await?;
            emergency.map(|emergency| emergency.case_id)
        }
        Told::Paid | Told::PaidAhead | Told::Returned => None,
    })
}
