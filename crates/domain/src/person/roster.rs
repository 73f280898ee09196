//! 名册: everybody of a place in the order in which the names sound, page by page.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Person, entity as person,
    name::{self, search::units},
    sight::Sight,
    store,
};
use crate::{authority::Scope, ids::PersonId};

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

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Who is on it; one or two fewer than asked for where records were merged.
    pub people: Vec<Person>,
    /// After whom the next page begins; `None`: there is none.
    pub next: Option<PersonId>,
}

/// One page: the index of sounds is walked until it is full.
pub async fn page(db: &impl ConnectionTrait, it: &Roster<'_>) -> Result<Page, DbErr> {
    whose(db, it, Condition::all().add(wholly(it))).await
}

/// The same with those of whom the reader sees a part.
pub async fn page_with(db: &impl ConnectionTrait, it: &Roster<'_>, sight: &Sight) -> Result<Page, DbErr> {
    if sight.is_empty() {
        return page(db, it).await;
    }
    let partly = name::entity::Column::PersonId.in_subquery(sight.ids(it.unit));
    whose(db, it, Condition::any().add(wholly(it)).add(partly)).await
}

/// How many there are on all pages together.
pub async fn count_with(db: &impl ConnectionTrait, it: &Roster<'_>, sight: &Sight) -> Result<u64, DbErr> {
    let mut seen = Condition::any().add(wholly(it));
    if !sight.is_empty() {
        seen = seen.add(name::entity::Column::PersonId.in_subquery(sight.ids(it.unit)));
    }
    let kept = person::Entity::find().select_only().column(person::Column::Id);
    let kept = kept.filter(person::Column::MergedInto.is_null()).into_query();
    name::entity::Entity::find()
        .filter(in_order())
        .filter(seen)
        .filter(name::entity::Column::PersonId.in_subquery(kept))
        .count(db)
        .await
}

/// Those of them of whom something is so.
pub(crate) async fn page_of(db: &impl ConnectionTrait, it: &Roster<'_>, named: Expr) -> Result<Page, DbErr> {
    whose(db, it, Condition::all().add(wholly(it)).add(named)).await
}

fn wholly(it: &Roster<'_>) -> Expr {
    name::entity::Column::UnitId.in_subquery(units(it.scopes, it.unit))
}

async fn whose(db: &impl ConnectionTrait, it: &Roster<'_>, seen: Condition) -> Result<Page, DbErr> {
    let mut names = name::entity::Entity::find().filter(in_order());
    if let Some(after) = it.after {
        let last = names.clone().filter(name::entity::Column::PersonId.eq(after)).one(db).await?;
        names = names.filter(last.map_or(Condition::all(), |last| behind(&last)));
    }
    let mut ids: Vec<PersonId> = names
        .select_only()
        .column(name::entity::Column::PersonId)
        .filter(seen)
        .order_by_asc(name::entity::Column::Sound)
        .order_by_asc(name::entity::Column::Name)
        .order_by_asc(name::entity::Column::PersonId)
        .limit(it.limit + 1)
        .into_tuple()
        .all(db)
        .await?;
    let more = ids.len() as u64 > it.limit;
    ids.truncate(usize::try_from(it.limit).unwrap_or(usize::MAX));
    let next = ids.last().copied().filter(|_| more);
    let mut people = store::find_all(db, &ids).await?;
    people.retain(|person| person.merged_into.is_none());
    people.sort_by_key(|person| ids.iter().position(|id| *id == person.id));
    Ok(Page { people, next })
}

/// The name in use, in its usual reading: one row for each person. In the words of the index, or it is not used.
fn in_order() -> Condition {
    Condition::all().add(Expr::cust("person_name.used AND person_name.reading = 0"))
}

fn behind(last: &name::PersonName) -> Condition {
    let columns = [name::entity::Column::Sound, name::entity::Column::Name, name::entity::Column::PersonId]
        .map(|column| Expr::col((name::entity::Entity, column)));
    let values = [last.sound.clone().into(), last.name.clone().into(), last.person_id.into()]
        .map(|value: sea_orm::Value| Expr::value(value));
    Condition::all().add(Expr::tuple(columns).gt(Expr::tuple(values)))
}
