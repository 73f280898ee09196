//! How far the visits of a year are: planned, visited, missed, late, never tried, and the money, by plan and by unit.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QuerySelect, RelationTrait, sea_query::ExprTrait,
};
use serde_json::json;

use super::{EntryState, Occasion, PlanState, entry, plan};
use crate::{
    Act, By, Context,
    authority::Scope,
    ids::{OutreachPlanId, RegionCode, UnitId},
    person::store::reached,
};

/// Counts and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// To be visited, whatever became of it; without whom somebody left out.
    pub planned: i64,
    /// Visited.
    pub visited: i64,
    /// Did not want to be, or has died.
    pub fell_away: i64,
    /// Not visited when the plan was settled.
    pub missed: i64,
    /// To be visited still.
    pub open: i64,
    /// Of these, those whose day has gone by.
    pub late: i64,
    /// Of the late ones, those to whom nobody has ever gone.
    pub never: i64,
    /// 慰问金 that the list says.
    pub cash: Fen,
    /// 慰问金 of those who were visited, by the list.
    pub given: Fen,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.planned += other.planned;
        self.visited += other.visited;
        self.fell_away += other.fell_away;
        self.missed += other.missed;
        self.open += other.open;
        self.late += other.late;
        self.never += other.never;
        self.cash = [self.cash, other.cash].into_iter().sum();
        self.given = [self.given, other.given].into_iter().sum();
    }

    /// Everybody planned has one fate.
    pub fn is_level(&self) -> bool {
        self.planned == self.visited + self.fell_away + self.missed + self.open
    }
}

/// Of one unit on one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// On which plan.
    pub plan: OutreachPlanId,
    /// On which occasion.
    pub occasion: Occasion,
    /// Whose plan.
    pub region: RegionCode,
    /// Of which unit when the list was made.
    pub unit: UnitId,
    /// How far.
    pub sum: Sum,
}

#[derive(FromQueryResult)]
struct Group {
    plan_id: OutreachPlanId,
    occasion: Occasion,
    region: RegionCode,
    unit_id: UnitId,
    state: EntryState,
    due_on: NaiveDate,
    tries: i32,
    many: i64,
    cash: Fen,
}

/// The plans of a year that were agreed to, in these places; without a year those that still run.
pub async fn rows(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    (year, today): (Option<i32>, NaiveDate),
) -> Result<Vec<Row>, DbErr> {
    let states: &[PlanState] =
        if year.is_some() { &[PlanState::Approved, PlanState::Settled] } else { &[PlanState::Approved] };
    let mut find = entry::Entity::find()
        .select_only()
        .column(entry::Column::PlanId)
        .column(plan::Column::Occasion)
        .column(plan::Column::Region)
        .column(entry::Column::UnitId)
        .column(entry::Column::State)
        .column(entry::Column::DueOn)
        .column(entry::Column::Tries)
        .column_as(entry::Column::Id.count(), "many")
        .column_as(entry::Column::Cash.sum().cast_as("bigint"), "cash")
        .join(JoinType::InnerJoin, entry::Relation::Plan.def())
        .filter(reached(scopes, plan::Column::Region, plan::Column::UnitId))
        .filter(plan::Column::State.is_in(states.iter().copied()))
        .filter(entry::Column::State.ne(EntryState::LeftOut));
    if let Some(year) = year {
        find = find.filter(plan::Column::Year.eq(year));
    }
    for column in [entry::Column::PlanId, entry::Column::UnitId, entry::Column::State] {
        find = find.group_by(column);
    }
    find = find.group_by(entry::Column::DueOn).group_by(entry::Column::Tries);
    find = find.group_by(plan::Column::Occasion).group_by(plan::Column::Region);
    let groups: Vec<Group> = find.into_model().all(db).await?;
    let mut found: BTreeMap<(OutreachPlanId, UnitId), Row> = BTreeMap::new();
    for group in groups {
        let row = found.entry((group.plan_id, group.unit_id)).or_insert_with(|| Row {
            plan: group.plan_id,
            occasion: group.occasion,
            region: group.region.clone(),
            unit: group.unit_id,
            sum: Sum::default(),
        });
        row.sum.add(&of(&group, today));
    }
    Ok(found.into_values().collect())
}

fn of(group: &Group, today: NaiveDate) -> Sum {
    let if_so = |so: bool| if so { group.many } else { 0 };
    let open = group.state == EntryState::Listed;
    let late = open && group.due_on < today;
    let visited = group.state == EntryState::Given;
    Sum {
        planned: group.many,
        visited: if_so(visited),
        fell_away: if_so(matches!(group.state, EntryState::Declined | EntryState::Died)),
        missed: if_so(group.state == EntryState::Missed),
        open: if_so(open),
        late: if_so(late),
        never: if_so(late && group.tries == 0),
        cash: group.cash,
        given: if visited { group.cash } else { Fen::ZERO },
    }
}

/// All of them.
pub fn total<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Sum {
    let mut sum = Sum::default();
    for row in rows {
        sum.add(&row.sum);
    }
    sum
}

/// Writes down that somebody took the figures out as a file.
pub async fn taken(
    db: &DatabaseConnection,
    cx: &Context,
    by: By<'_>,
    (year, rows, sha256): (i32, usize, &str),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let act = Act {
        by,
        action: "outreach.figures_taken",
        subject: format!("outreach_year/{year}"),
        detail: json!({ "rows": rows, "sha256": sha256 }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await
}
