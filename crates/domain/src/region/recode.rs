//! What goes along when a region gets another code: units, branches, where people live, and the facts that name it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    branch,
    ids::RegionCode,
    person::{self, fact, store::begins_with, unit},
    tree,
};

/// Carries all of it over. Facts of before stay what they were; from the day on they say the new code.
pub(super) async fn carry(
    tx: &DatabaseTransaction,
    (old, new): (&RegionCode, &RegionCode),
    (on, now): (NaiveDate, DateTime<Utc>),
) -> Result<(), DbErr> {
    for code in codes::<unit::Entity>(tx, unit::Column::Region, old).await? {
        let Some(to) = code.carried(old, new) else { continue };
        unit::Entity::update_many()
            .set(unit::ActiveModel { region: Set(to), ..Default::default() })
            .filter(unit::Column::Region.eq(code.as_str()))
            .exec(tx)
            .await?;
    }
    for code in codes::<branch::entity::Entity>(tx, branch::entity::Column::RegionCode, old).await? {
        let Some(to) = code.carried(old, new) else { continue };
        branch::entity::Entity::update_many()
            .set(branch::entity::ActiveModel { region_code: Set(to), ..Default::default() })
            .filter(branch::entity::Column::RegionCode.eq(code.as_str()))
            .exec(tx)
            .await?;
    }
    for code in codes::<person::entity::Entity>(tx, person::entity::Column::Residence, old).await? {
        let Some(to) = code.carried(old, new) else { continue };
        let next = person::entity::ActiveModel {
            residence: Set(Some(to)),
            updated_at: Set(now),
            ..Default::default()
        };
        person::entity::Entity::update_many()
            .set(next)
            .col_expr(person::entity::Column::Version, Expr::col(person::entity::Column::Version).add(1))
            .filter(person::entity::Column::Residence.eq(code.as_str()))
            .exec(tx)
            .await?;
    }
    fact::store::recode(tx, (old, new), (on, now)).await?;
    tree::write::recode_joins(tx, (old, new), (on, now)).await
}

/// The codes that stand in a column, of a region and what lies below it: few, however many rows there are.
async fn codes<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    region: &RegionCode,
) -> Result<Vec<RegionCode>, DbErr> {
    E::find()
        .select_only()
        .column(column)
        .distinct()
        .filter(begins_with(column, region.as_str()))
        .into_tuple()
        .all(db)
        .await
}
