//! How many are in which segment.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    run,
    scoped::{listed, reached},
};
use crate::{
    authority::Scope,
    ids::{RegionCode, SegmentId},
    person::{self, store as people},
    segment::{
        Counted, Standing, Tally,
        member::{Column, Entity},
    },
};

/// How many there are of each segment among the people of these scopes: of regions when it was last computed, of units now.
pub async fn counts(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
) -> Result<HashMap<(SegmentId, Standing), i64>, DbErr> {
    let (mut regions, mut units) = (Vec::new(), HashSet::new());
    for scope in scopes {
        match scope {
            Scope::Region(region) => regions.push(region.clone()),
            Scope::Unit(unit) => _ = units.insert(*unit),
            _ => {}
        }
    }
    let mut counts = HashMap::new();
    for (segment, tally) in run::tallies(db).await? {
        for standing in Standing::ALL {
            counts.insert((segment, standing), tally.of(&regions, standing));
        }
    }
    // A unit of these regions has been counted with them.
    let units = people::find_units(db, &units).await?.into_iter();
    let apart = units.filter(|unit| !regions.iter().any(|region| region.covers(&unit.region)));
    let apart: Vec<Scope> = apart.map(|unit| Scope::Unit(unit.id)).collect();
    if !apart.is_empty() {
        for (segment, standing, people) in counted(db, &apart).await? {
            *counts.entry((segment, standing)).or_default() += people;
        }
    }
    Ok(counts)
}

async fn counted(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
) -> Result<Vec<(SegmentId, Standing, i64)>, DbErr> {
    reached(db, Entity::find(), scopes)
        .await?
        .select_only()
        .column(Column::SegmentId)
        .column(Column::Standing)
        .column_as(Column::Id.count(), "people")
        .filter(Column::UntilOn.is_null())
        .group_by(Column::SegmentId)
        .group_by(Column::Standing)
        .into_tuple()
        .all(db)
        .await
}

/// How many there are of one segment, by the region of their units.
pub(in crate::segment) async fn tally(db: &impl ConnectionTrait, segment: SegmentId) -> Result<Tally, DbErr> {
    let rows: Vec<(RegionCode, Standing, i64)> = listed(Entity::find())
        .select_only()
        .column(person::unit::Column::Region)
        .column(Column::Standing)
        .column_as(Column::Id.count(), "people")
        .filter(Column::SegmentId.eq(segment))
        .filter(Column::UntilOn.is_null())
        .group_by(person::unit::Column::Region)
        .group_by(Column::Standing)
        .order_by_asc(person::unit::Column::Region)
        .order_by_asc(Column::Standing)
        .into_tuple()
        .all(db)
        .await?;
    let counted = |(region, standing, people)| Counted { region, standing, people };
    Ok(Tally(rows.into_iter().map(counted).collect()))
}
