//! The queries of a part.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::Sight;
use crate::{
    branch::{self, MembershipKind},
    ids::PersonId,
    person::{
        entity,
        fact::{self, FactKind},
        leader, store,
    },
};

pub(super) async fn is_there(
    db: &impl ConnectionTrait,
    person: PersonId,
    which: Condition,
) -> Result<bool, DbErr> {
    let there = entity::Entity::find().filter(entity::Column::Id.eq(person)).filter(which).count(db).await?;
    Ok(there > 0)
}

/// Which of these.
pub(super) async fn which(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    which: Condition,
) -> Result<Vec<PersonId>, DbErr> {
    entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::Id.is_in(people.iter().copied()))
        .filter(which)
        .into_tuple()
        .all(db)
        .await
}

impl Sight {
    /// Who is seen in part; of a query over persons. `place`: a part of the branch's name, empty for all.
    pub(crate) fn people(&self, place: &str) -> Condition {
        let any = Condition::any().add(self.members(place));
        // Volunteers are of no branch and, here, of no unit.
        if place.trim().is_empty() { any.add(self.volunteers()) } else { any }
    }

    /// The same, as ids.
    pub(in crate::person) fn ids(&self, place: &str) -> SelectStatement {
        Query::select()
            .column((entity::Entity, entity::Column::Id))
            .from(entity::Entity)
            .cond_where(self.people(place))
            .to_owned()
    }

    pub(super) fn members(&self, name: &str) -> Condition {
        use branch::membership::Column;
        if self.branches.is_empty() {
            return nobody();
        }
        let column = |column: Column| Expr::col((branch::membership::Entity, column));
        let name: String = name.trim().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
        let mut affiliated = Query::select();
        affiliated
            .column((branch::membership::Entity, Column::PersonId))
            .from(branch::membership::Entity)
            .and_where(Column::Kind.eq(MembershipKind::Affiliation))
            .and_where(column(Column::FromOn).lte(self.on))
            .cond_where(
                Condition::any().add(column(Column::ToOn).is_null()).add(column(Column::ToOn).gt(self.on)),
            )
            .and_where(column(Column::BranchId).is_in(self.branches.iter().copied()));
        if !name.is_empty() {
            let called = Query::select()
                .column((branch::entity::Entity, branch::entity::Column::Id))
                .from(branch::entity::Entity)
                .and_where(branch::entity::Column::Name.contains(name))
                .to_owned();
            affiliated.and_where(column(Column::BranchId).in_subquery(called));
        }
        here().add(entity::Column::Id.in_subquery(affiliated))
    }

    pub(super) fn volunteers(&self) -> Condition {
        use fact::entity::Column;
        if self.corps.is_empty() {
            return nobody();
        }
        let column = |column: Column| Expr::col((fact::entity::Entity, column));
        let willing = Query::select()
            .column((fact::entity::Entity, Column::PersonId))
            .from(fact::entity::Entity)
            .and_where(Column::Kind.eq(FactKind::Volunteer))
            .and_where(column(Column::SupersededAt).is_null())
            .and_where(column(Column::FromOn).lte(self.on))
            .cond_where(
                Condition::any().add(column(Column::ToOn).is_null()).add(column(Column::ToOn).gt(self.on)),
            )
            .to_owned();
        let lives = self.corps.iter().fold(Condition::any(), |any, code| {
            any.add(store::begins_with(entity::Column::Residence, code.as_str()))
        });
        here().add(entity::Column::DiedOn.is_null()).add(lives).add(entity::Column::Id.in_subquery(willing))
    }
}

/// Provincial leaders are seen by name or not at all; a merged record is the kept one's by now.
fn here() -> Condition {
    Condition::all()
        .add(entity::Column::UnitId.ne(leader::unit_id()))
        .add(entity::Column::MergedInto.is_null())
}

fn nobody() -> Condition {
    Condition::all().add(Expr::value(false))
}
