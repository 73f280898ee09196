//! Year-end. From the moment a year is frozen in a region, nothing is posted to its envelopes there and below but what carries
//! over into a later year.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::Envelope;
use crate::entity::{freeze as row, year};

pub use row::Model as Freeze;

/// The farthest year anybody is sent on to: a ledger with so many frozen years is no ledger.
const FARTHEST: i32 = 50;

/// Freezes a year in a region and everything below it, for good; `false` when it was frozen there already. Waits for whoever is
/// posting to the year, and whoever posts next sees it.
pub async fn freeze(
    tx: &DatabaseTransaction,
    (region, of_year): (&str, i32),
    reference: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    begin(tx, of_year).await?;
    year::Entity::update_many()
        .col_expr(year::Column::Freezes, Expr::col(year::Column::Freezes).add(1))
        .filter(year::Column::Year.eq(of_year))
        .exec(tx)
        .await?;
    if is_frozen(tx, region, of_year).await? {
        return Ok(false);
    }
    let freeze = row::ActiveModel {
        year: Set(of_year),
        region: Set(region.to_owned()),
        reference: Set(reference.to_owned()),
        frozen_at: Set(now.trunc_subsecs(6)),
    };
    row::Entity::insert(freeze).exec_without_returning(tx).await?;
    Ok(true)
}

/// Is the year frozen in a region? For pages: it may be frozen in the next moment.
pub async fn is_frozen(db: &impl ConnectionTrait, region: &str, of_year: i32) -> Result<bool, DbErr> {
    let above = region.char_indices().filter_map(|(at, one)| region.get(..at + one.len_utf8()));
    let of = row::Entity::find().filter(row::Column::Year.eq(of_year));
    Ok(of.filter(row::Column::Region.is_in(above)).count(db).await? > 0)
}

/// The same, and it stays so until the transaction ends.
pub async fn hold(tx: &DatabaseTransaction, envelope: &Envelope) -> Result<bool, DbErr> {
    let shared = || year::Entity::find_by_id(envelope.year).lock_shared().one(tx);
    if shared().await?.is_none() {
        begin(tx, envelope.year).await?;
        shared().await?;
    }
    is_frozen(tx, &envelope.region, envelope.year).await
}

/// The envelope itself, or that of the first later year that is not frozen; it stays so until the transaction ends.
pub async fn open_from(tx: &DatabaseTransaction, envelope: &Envelope) -> Result<Envelope, DbErr> {
    for ahead in 0..FARTHEST {
        let later = Envelope { year: envelope.year.saturating_add(ahead), ..envelope.clone() };
        if !hold(tx, &later).await? {
            return Ok(later);
        }
    }
    Err(DbErr::RecordNotFound("no year that is open".to_owned()))
}

/// Where and since when a year is frozen.
pub async fn freezes(db: &impl ConnectionTrait, of_year: i32) -> Result<Vec<Freeze>, DbErr> {
    let of = row::Column::Year.eq(of_year);
    row::Entity::find().filter(of).order_by_asc(row::Column::Region).all(db).await
}

async fn begin(tx: &DatabaseTransaction, of_year: i32) -> Result<(), DbErr> {
    let first = year::ActiveModel { year: Set(of_year), freezes: Set(0) };
    let there = OnConflict::column(year::Column::Year).do_nothing().to_owned();
    year::Entity::insert(first).on_conflict(there).exec_without_returning(tx).await?;
    Ok(())
}
