//! Finding rows: who did what to whom, and when.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::Seq;
use crate::entity::{Column, Entity, Row};

/// Which rows. What is not said does not narrow; subjects, an actor or a time are what the indexes know.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// One of these subjects; any when empty.
    pub subjects: Vec<String>,
    /// Done by.
    pub actor: Option<String>,
    /// One of these actions; any when empty.
    pub actions: Vec<String>,
    /// From then on.
    pub from: Option<DateTime<Utc>>,
    /// Until then (exclusive).
    pub to: Option<DateTime<Utc>>,
}

impl Search {
    /// Does a row answer to it? The same as the database says.
    pub fn matches(&self, row: &Row) -> bool {
        (self.subjects.is_empty() || self.subjects.contains(&row.subject))
            && self.actor.as_ref().is_none_or(|actor| *actor == row.actor)
            && (self.actions.is_empty() || self.actions.contains(&row.action))
            && self.from.is_none_or(|from| row.at >= from)
            && self.to.is_none_or(|to| row.at < to)
    }

    pub(crate) fn select(&self) -> Select<Entity> {
        let mut find = Entity::find();
        if !self.subjects.is_empty() {
            find = find.filter(Column::Subject.is_in(&self.subjects));
        }
        if let Some(actor) = &self.actor {
            find = find.filter(Column::Actor.eq(actor));
        }
        if !self.actions.is_empty() {
            find = find.filter(Column::Action.is_in(&self.actions));
        }
        if let Some(from) = self.from {
            find = find.filter(Column::At.gte(from));
        }
        if let Some(to) = self.to {
            find = find.filter(Column::At.lt(to));
        }
        find
    }
}

/// The last rows of a search, latest first, before a row or at the end.
pub async fn search(
    db: &impl ConnectionTrait,
    search: &Search,
    before: Option<Seq>,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let mut find = search.select();
    if let Some(before) = before {
        find = find.filter(Column::Seq.lt(before));
    }
    find.order_by_desc(Column::At).order_by_desc(Column::Seq).limit(limit).all(db).await
}
