//! Where a street or a village lies.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use serde_json::json;

use crate::{
    Act, By, Context,
    authority::Worker,
    calendar::local_date,
    ids::RegionCode,
    outreach::{OutreachError, Place, Refusal, route::Point, store},
    region::Regions,
};

/// Writes it down, or writes it better.
pub async fn note(
    db: &DatabaseConnection,
    cx: &Context,
    worker: &Worker,
    (region, point): (RegionCode, Point),
    now: DateTime<Utc>,
) -> Result<(), OutreachError> {
    let there = (-90_000_000..=90_000_000).contains(&point.latitude)
        && (-180_000_000..=180_000_000).contains(&point.longitude);
    if !there {
        return Err(Refusal::Point.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let known = Regions::load(&tx).await?.find(&region, local_date(now)).is_some();
    if !known || region.as_str().len() < 9 || !worker.covers(&region) {
        return Err(OutreachError::NotFound);
    }
    let row = Place {
        region: region.clone(),
        latitude: point.latitude,
        longitude: point.longitude,
        noted_by: worker.account().clone(),
        noted_at: now,
    };
    store::point::put(&tx, row).await?;
    let act = Act {
        by: By::from(worker),
        action: "outreach.point_noted",
        subject: format!("region/{region}"),
        detail: json!({}),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(())
}
