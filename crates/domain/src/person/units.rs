//! Founding managing units. The list of units comes from the organisation's own tree: an import or the
//! installer writes it.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::json;

use super::{Unit, UnitKind, store};
use crate::{
    Context,
    context::{Act, By},
    ids::{RegionCode, UnitId},
};

/// A unit, not yet founded.
#[derive(Clone, Debug)]
pub struct NewUnit {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// The region whose bureau is responsible.
    pub region: RegionCode,
    /// The unit above.
    pub parent: Option<UnitId>,
}

/// Founds a unit inside a caller's transaction.
pub async fn found_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    by: By<'_>,
    new: NewUnit,
    now: DateTime<Utc>,
) -> Result<Unit, DbErr> {
    let unit = Unit {
        id: UnitId::new(now),
        name: new.name,
        kind: new.kind,
        region: new.region,
        parent_id: new.parent,
        closed_on: None,
    };
    let unit = store::insert_unit(tx, unit).await?;
    let act = Act {
        by,
        action: "unit.founded",
        subject: format!("unit/{}", unit.id),
        detail: json!({ "region": unit.region }),
    };
    cx.record(tx, act, now).await?;
    Ok(unit)
}
