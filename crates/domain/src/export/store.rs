//! Every query on exports, and the people in them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::{Export, Seen, Status, entity};
use crate::{
    authority::{Grants, Role, Scope},
    branch::{self, Membership, MembershipKind},
    ids::{AccountId, BranchId, ExportId, PersonId},
    person::{self, Person, Unit},
    segment,
};

/// One export.
pub async fn find(db: &impl ConnectionTrait, id: ExportId) -> Result<Option<Export>, DbErr> {
    entity::Entity::find_by_id(id).one(db).await
}

/// One export, locked against other writers until the transaction ends.
pub(super) async fn locked(db: &impl ConnectionTrait, id: ExportId) -> Result<Option<Export>, DbErr> {
    entity::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Those of places that a worker's roles reach, and those over the nodes over which he has one.
fn reached(grants: &Grants) -> Condition {
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let mine = grants.all().iter().filter(|live| live.role == Role::Worker);
    let nodes: Vec<Scope> = mine.map(|live| live.scope.clone()).collect();
    let of_places = Condition::all().add(entity::Column::Reach.is_null()).add(person::store::reached(
        &scopes,
        entity::Column::Region,
        entity::Column::UnitId,
    ));
    Condition::any().add(of_places).add(entity::Column::Reach.is_in(nodes))
}

/// The exports that a worker may look at, latest first.
pub async fn latest(db: &impl ConnectionTrait, grants: &Grants, limit: u64) -> Result<Vec<Export>, DbErr> {
    let mine = entity::Entity::find().filter(reached(grants));
    mine.order_by_desc(entity::Column::Id).limit(limit).all(db).await
}

/// Exports that wait for the word of a second person, which this login may be.
pub async fn waiting(db: &impl ConnectionTrait, grants: &Grants, limit: u64) -> Result<u64, DbErr> {
    let waiting = entity::Entity::find()
        .filter(reached(grants))
        .filter(entity::Column::Status.eq(Status::Waiting))
        .filter(entity::Column::RequestedBy.ne(grants.account().clone()));
    Ok(waiting.limit(limit).all(db).await?.len() as u64)
}

/// How often somebody asked since then.
pub(super) async fn asked(
    db: &impl ConnectionTrait,
    account: &AccountId,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    entity::Entity::find()
        .filter(entity::Column::RequestedBy.eq(account.clone()))
        .filter(entity::Column::CreatedAt.gt(since))
        .count(db)
        .await
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: Export) -> Result<Export, DbErr> {
    row.into_active_model().reset_all().insert(db).await
}

/// Writes the whole row. The export is locked by whoever calls.
pub(super) async fn save(db: &impl ConnectionTrait, row: Export) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await?;
    Ok(())
}

fn wanted(export: &Export, seen: &Seen) -> Select<person::entity::Entity> {
    let from = export.region.as_str();
    let there = match export.reach {
        Some(_) => seen.people(),
        None => person::store::begins_with(person::unit::Column::Region, from),
    };
    let mut query = person::entity::Entity::find()
        .join(JoinType::InnerJoin, person::entity::Relation::Unit.def())
        // What was merged away is the kept record's by now, and would be the same human being twice.
        .filter(person::entity::Column::MergedInto.is_null())
        .filter(there);
    if let Some(unit) = export.unit_id {
        query = query.filter(person::entity::Column::UnitId.eq(unit));
    }
    if let Some(retirement) = export.filter.retirement {
        query = query.filter(person::entity::Column::Retirement.eq(retirement));
    }
    if export.filter.living_alone {
        query = query.filter(person::entity::Column::LivingAlone.eq(true));
    }
    if let Some(id) = export.filter.segment {
        let members = segment::store::member::now(id, segment::Standing::Member);
        query = query.filter(person::entity::Column::Id.in_subquery(members));
    }
    if !export.filter.dead {
        query = query.filter(person::entity::Column::DiedOn.is_null());
    }
    query
}

/// How many people an export has now.
pub async fn size(db: &impl ConnectionTrait, export: &Export, seen: &Seen) -> Result<u64, DbErr> {
    wanted(export, seen).count(db).await
}

/// Some people of an export after one of them, with their units.
pub(super) async fn people(
    db: &impl ConnectionTrait,
    (export, seen): (&Export, &Seen),
    after: Option<PersonId>,
    limit: u64,
) -> Result<Vec<(Person, Unit)>, DbErr> {
    let mut query = wanted(export, seen);
    if let Some(after) = after {
        query = query.filter(person::entity::Column::Id.gt(after));
    }
    let people = query.order_by_asc(person::entity::Column::Id).limit(limit).all(db).await?;
    let mut ids: Vec<_> = people.iter().map(|person| person.unit_id).collect();
    ids.sort();
    ids.dedup();
    let units = person::unit::Entity::find().filter(person::unit::Column::Id.is_in(ids)).all(db).await?;
    let units: HashMap<_, Unit> = units.into_iter().map(|unit| (unit.id, unit)).collect();
    let with_unit = |person: Person| units.get(&person.unit_id).cloned().map(|unit| (person, unit));
    Ok(people.into_iter().filter_map(with_unit).collect())
}

/// The branches to which people belong on a day, by name.
pub(super) async fn branches(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    on: NaiveDate,
) -> Result<HashMap<PersonId, String>, DbErr> {
    let members = branch::membership::Entity::find()
        .filter(branch::membership::Column::PersonId.is_in(people.iter().copied()))
        .filter(branch::membership::Column::Kind.eq(MembershipKind::Affiliation))
        .filter(branch::membership::Column::FromOn.lte(on))
        .filter(
            Condition::any()
                .add(branch::membership::Column::ToOn.is_null())
                .add(branch::membership::Column::ToOn.gt(on)),
        )
        .all(db)
        .await?;
    let mut ids: Vec<BranchId> = members.iter().map(|member| member.branch_id).collect();
    ids.sort();
    ids.dedup();
    let names: HashMap<BranchId, String> =
        branch::store::find_all(db, &ids).await?.into_iter().map(|branch| (branch.id, branch.name)).collect();
    let of_person =
        |member: &Membership| names.get(&member.branch_id).map(|name| (member.person_id, name.clone()));
    Ok(members.iter().filter_map(of_person).collect())
}
