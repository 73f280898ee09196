//! Where a person is, for one class of data: of several places the one that counts.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{Person, entity, fact, fact::FactKind, leader, store};
use crate::{
    authority::{DataClass, Place, PlaceKind, Scope},
    branch::{self, MembershipKind},
    ids::{BranchId, PersonId},
};

/// The place on a day, as far as was known at a moment. `None`: there is none, and by places of this kind nobody sees it. A provincial
/// leader has no place but himself.
pub async fn of(
    db: &impl ConnectionTrait,
    class: DataClass,
    person: PersonId,
    (on, known): (NaiveDate, DateTime<Utc>),
) -> Result<Option<Place>, DbErr> {
    let Some(row) = store::find(db, person).await? else { return Ok(None) };
    if leader::is_guarded(&row) {
        let own = store::place_of(db, person).await?;
        return Ok(own.filter(|_| class.place() == PlaceKind::ManagingUnit));
    }
    let facts = fact::store::of_person_as_of(db, person, (on, known)).await?;
    let of = |kind| facts.iter().find(|fact| fact.kind == kind);
    Ok(match class.place() {
        PlaceKind::ManagingUnit => of(FactKind::ManagingUnit)
            .and_then(|fact| Some(Place::of_unit(fact.region.clone()?, fact.unit_id?))),
        PlaceKind::Residence => of(FactKind::Residence).and_then(|fact| fact.region.clone()).map(Place::from),
        PlaceKind::Branch => {
            let rows = branch::store::live_memberships_of(db, person, on).await?;
            let own = rows.into_iter().find(|row| row.kind == MembershipKind::Affiliation);
            match own {
                Some(row) => branch::store::find(db, row.branch_id).await?.map(|branch| branch.place()),
                None => None,
            }
        }
    })
}

/// Whom the scopes reach for a class of data today, by id, after `after`: the living and the dead, no merged records, no provincial
/// leaders. By managing unit and by residence it walks an index of persons, by branch one of memberships.
pub async fn people(
    db: &impl ConnectionTrait,
    class: DataClass,
    scopes: &[Scope],
    page: (NaiveDate, Option<PersonId>, u64),
) -> Result<Vec<Person>, DbErr> {
    people_among(db, class, (scopes, Condition::all()), page).await
}

/// The same of those of whom something else is so, too.
pub(crate) async fn people_among(
    db: &impl ConnectionTrait,
    class: DataClass,
    (scopes, also): (&[Scope], Condition),
    (on, after, limit): (NaiveDate, Option<PersonId>, u64),
) -> Result<Vec<Person>, DbErr> {
    let behind = after.map_or_else(Condition::all, |id| Condition::all().add(entity::Column::Id.gt(id)));
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(which(class, scopes, on))
        .filter(also)
        .filter(behind)
        .filter(entity::Column::MergedInto.is_null())
        .filter(entity::Column::UnitId.ne(leader::unit_id()))
        .order_by_asc(entity::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Scopes per statement.
const SOME: usize = 400;

/// How many of the living the scopes reach for a class of data, without provincial leaders. Scopes that overlap count twice.
pub async fn count(
    db: &impl ConnectionTrait,
    class: DataClass,
    scopes: &[Scope],
    on: NaiveDate,
) -> Result<u64, DbErr> {
    let mut count = 0;
    for some in scopes.chunks(SOME) {
        count += entity::Entity::find()
            .join(JoinType::InnerJoin, entity::Relation::Unit.def())
            .filter(which(class, some, on))
            .filter(entity::Column::MergedInto.is_null())
            .filter(entity::Column::DiedOn.is_null())
            .filter(entity::Column::UnitId.ne(leader::unit_id()))
            .count(db)
            .await?;
    }
    Ok(count)
}

/// Whom the scopes reach by the place that counts for the class.
fn which(class: DataClass, scopes: &[Scope], on: NaiveDate) -> Condition {
    let scopes: Vec<Scope> = scopes.iter().filter(|scope| class.place().meets(scope)).cloned().collect();
    match class.place() {
        PlaceKind::ManagingUnit => store::within(&scopes),
        PlaceKind::Residence => resident(&scopes),
        PlaceKind::Branch => member(&scopes, on),
    }
}

fn nobody() -> Condition {
    Condition::any().add(Expr::value(false))
}

fn resident(scopes: &[Scope]) -> Condition {
    scopes.iter().fold(nobody(), |any, scope| match scope {
        Scope::Region(code) => any.add(store::begins_with(entity::Column::Residence, code.as_str())),
        _ => any,
    })
}

fn member(scopes: &[Scope], on: NaiveDate) -> Condition {
    use branch::membership::Column;
    let branches: Vec<BranchId> = scopes
        .iter()
        .filter_map(|scope| match scope {
            Scope::Branch(branch) => Some(*branch),
            _ => None,
        })
        .collect();
    let where_it_is = scopes.iter().fold(nobody(), |any, scope| match scope {
        Scope::Region(code) => any.add(branch::store::in_region(code)),
        _ => any,
    });
    let column = |column: Column| Expr::col((branch::membership::Entity, column));
    let affiliated = Query::select()
        .column((branch::membership::Entity, Column::PersonId))
        .from(branch::membership::Entity)
        .inner_join(
            branch::entity::Entity,
            column(Column::BranchId).equals((branch::entity::Entity, branch::entity::Column::Id)),
        )
        .and_where(Column::Kind.eq(MembershipKind::Affiliation))
        .and_where(column(Column::FromOn).lte(on))
        .cond_where(Condition::any().add(column(Column::ToOn).is_null()).add(column(Column::ToOn).gt(on)))
        .cond_where(where_it_is.add(column(Column::BranchId).is_in(branches)))
        .to_owned();
    Condition::all().add(entity::Column::Id.in_subquery(affiliated))
}
