//! 名册: everybody of a place in the order in which the names sound, page by page.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    Person, entity,
    name::{self, search::of_unit},
    store, unit,
};
use crate::{authority::Scope, ids::PersonId};

/// Up to so many people are sorted; among more the index of sounds is walked until a page is full.
const SORTED: u64 = 8_000;

/// Which page.
#[derive(Clone, Copy, Debug)]
pub struct Roster<'a> {
    /// Whom the reader may see.
    pub scopes: &'a [Scope],
    /// A part of the unit's name; empty for all.
    pub unit: &'a str,
    /// Whoever was last on the page before.
    pub after: Option<PersonId>,
    /// How many on a page.
    pub limit: u64,
}

/// One page.
pub async fn page(db: &impl ConnectionTrait, it: &Roster<'_>) -> Result<Vec<Person>, DbErr> {
    let ours = people(it).select_only().column(entity::Column::Id);
    let few = ours.clone().limit(SORTED + 1).count(db).await? <= SORTED;
    let mut names = name::entity::Entity::find().filter(in_order());
    if let Some(after) = it.after {
        let last = names.clone().filter(name::entity::Column::PersonId.eq(after)).one(db).await?;
        names = names.filter(last.map_or(Condition::all(), |last| behind(&last)));
    }
    names = if few {
        names.filter(name::entity::Column::PersonId.in_subquery(ours.into_query()))
    } else {
        names
            .join(JoinType::InnerJoin, name::entity::Relation::Person.def())
            .join(JoinType::InnerJoin, entity::Relation::Unit.def())
            .filter(entity::Column::MergedInto.is_null())
            .filter(store::within(it.scopes))
            .filter(of_unit(it.unit))
    };
    let ids: Vec<PersonId> = names
        .select_only()
        .column(name::entity::Column::PersonId)
        .order_by_asc(name::entity::Column::Sound)
        .order_by_asc(name::entity::Column::Name)
        .order_by_asc(name::entity::Column::PersonId)
        .limit(it.limit)
        .into_tuple()
        .all(db)
        .await?;
    let mut rows = store::find_all(db, &ids).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// By the units of the scopes, so that the index of managing units finds them.
fn people(it: &Roster<'_>) -> Select<entity::Entity> {
    let units = Query::select()
        .column((unit::Entity, unit::Column::Id))
        .from(unit::Entity)
        .cond_where(store::units_within(it.scopes))
        .cond_where(of_unit(it.unit))
        .to_owned();
    entity::Entity::find()
        .filter(entity::Column::MergedInto.is_null())
        .filter(entity::Column::UnitId.in_subquery(units))
}

/// The name in use, in its usual reading: one row for each person.
fn in_order() -> Condition {
    Condition::all().add(name::entity::Column::Used.eq(true)).add(name::entity::Column::Reading.eq(0))
}

fn behind(last: &name::PersonName) -> Condition {
    let columns = [name::entity::Column::Sound, name::entity::Column::Name, name::entity::Column::PersonId]
        .map(|column| Expr::col((name::entity::Entity, column)));
    let values = [last.sound.clone().into(), last.name.clone().into(), last.person_id.into()]
        .map(|value: sea_orm::Value| Expr::value(value));
    Condition::all().add(Expr::tuple(columns).gt(Expr::tuple(values)))
}
