//! Changing regions by hand, between two lists of the state. A region's code says below what it lies, so a region that lies elsewhere is one
//! with another code, and what was in the old one is in the new one from that day on.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Region, RegionCode, recode, store};
use crate::{
    Context,
    calendar::local_date,
    context::{Act, By},
    tree::{About, TreeError, TreeRefusal, hanging},
};

/// A new region.
pub async fn found_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (code, name, on): (&RegionCode, &str, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let name = named(name)?;
    let above = code.above().ok_or(TreeRefusal::Code)?;
    let above = store::find_on(tx, &above, on).await?.ok_or(TreeRefusal::Code)?;
    free(tx, code, on).await?;
    let row = Region {
        code: code.clone(),
        valid_from: on,
        name: name.to_owned(),
        parent: Some(above.code),
        level: above.level + 1,
        valid_to: None,
        successors: String::new(),
        changed_here: true,
    };
    store::insert(tx, row).await?;
    Ok(record(tx, cx, by, ("region.founded", code), now).await?)
}

/// Another name from a day on.
pub async fn rename_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (code, name, on): (&RegionCode, &str, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let name = named(name)?;
    let row = open(tx, code, on).await?;
    if row.valid_from == on {
        store::call(tx, &row, name).await?;
    } else {
        store::end(tx, &row, (on, code.as_str())).await?;
        store::insert(tx, Region { name: name.to_owned(), valid_from: on, ..row }).await?;
    }
    Ok(record(tx, cx, by, ("region.renamed", code), now).await?)
}

/// Another code, which lies below another region. Units, branches and people go along at once, so the day is not still to come; the past
/// keeps the old code.
pub async fn move_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (code, to, on): (&RegionCode, &RegionCode, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let row = open(tx, code, on).await?;
    if on > local_date(now) {
        return Err(TreeRefusal::NotYet.into());
    }
    let above = to.above().filter(|above| Some(above) != row.parent.as_ref()).ok_or(TreeRefusal::Code)?;
    let above = store::find_on(tx, &above, on).await?.ok_or(TreeRefusal::Code)?;
    if above.level + 1 != row.level {
        return Err(TreeRefusal::Code.into());
    }
    free(tx, to, on).await?;
    if hanging(tx, &About::Region(code.clone()), (on, now)).await?.holds_a_move() {
        return Err(TreeRefusal::Hangs.into());
    }
    store::end(tx, &row, (on, to.as_str())).await?;
    let next = Region {
        code: to.clone(),
        valid_from: on,
        parent: Some(above.code),
        successors: String::new(),
        ..row
    };
    store::insert(tx, next).await?;
    recode::carry(tx, (code, to), (on, now)).await?;
    Ok(record(tx, cx, by, ("region.moved", code), now).await?)
}

/// Ends a region on which nothing hangs.
pub async fn close_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (code, on): (&RegionCode, NaiveDate),
    now: DateTime<Utc>,
) -> Result<(), TreeError> {
    let row = open(tx, code, on).await?;
    if row.parent.is_none() || !hanging(tx, &About::Region(code.clone()), (on, now)).await?.is_empty() {
        return Err(TreeRefusal::Hangs.into());
    }
    if on == row.valid_from {
        return Err(TreeRefusal::Day.into());
    }
    store::end(tx, &row, (on, "")).await?;
    Ok(record(tx, cx, by, ("region.closed", code), now).await?)
}

fn named(name: &str) -> Result<&str, TreeRefusal> {
    let name = name.trim();
    // Codes and names stand beside each other in lists.
    if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TreeRefusal::NoName);
    }
    Ok(name)
}

/// The region as it is from that day on without end.
async fn open(tx: &DatabaseTransaction, code: &RegionCode, on: NaiveDate) -> Result<Region, TreeError> {
    let row = store::find_on(tx, code, on).await?.ok_or(TreeError::NotFound)?;
    if row.valid_to.is_some() {
        return Err(TreeRefusal::Day.into());
    }
    Ok(row)
}

/// Nothing has the code on the day or later.
async fn free(tx: &DatabaseTransaction, code: &RegionCode, on: NaiveDate) -> Result<(), TreeError> {
    let taken = |row: &Region| row.valid_from >= on || row.valid_to.is_none_or(|end| end > on);
    if store::of_code(tx, code).await?.iter().any(taken) {
        return Err(TreeRefusal::Exists.into());
    }
    Ok(())
}

async fn record(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    (action, code): (&'static str, &RegionCode),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    cx.record(tx, Act { by, action, subject: format!("region/{code}"), detail: json!({}) }, now).await
}
