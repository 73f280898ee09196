//! May a subject of an approved list go now? Asked in the transaction in which it goes, and by whoever wants to know beforehand.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Item,
    class::{Class, Ruled},
    content::{Shapes, mark},
    due, find,
    holding::Holding,
    item::Why,
    making, rule,
};
use crate::{Context, ids::HoldId};

/// What is asked in one step.
pub(super) struct Judge<'a> {
    pub(super) cx: &'a Context,
    pub(super) holding: Holding,
    pub(super) shapes: Shapes,
    pub(super) today: NaiveDate,
}

/// The answer.
pub(super) enum Verdict {
    /// It goes.
    Goes(&'static Class, &'static Ruled),
    /// It stays.
    Stays(Why, Option<HoldId>),
}

impl Judge<'_> {
    pub(super) async fn of(&mut self, db: &impl ConnectionTrait, item: &Item) -> Result<Verdict, DbErr> {
        let stays = |why| Ok(Verdict::Stays(why, None));
        let Some((class, ruled)) = find(&item.class) else { return stays(Why::Gone) };
        // A hold wins over every other reason, so that the list says it.
        let (touched, _) = due::touched(db, ruled, item.subject).await?;
        if let Some(hold) = self.holding.over(class.code, &touched) {
            return Ok(Verdict::Stays(Why::Held, Some(hold)));
        }
        let Some(rule) = rule::in_force(db, class.code, self.today).await? else { return stays(Why::Rule) };
        if rule.id != item.rule_id {
            return stays(Why::Rule);
        }
        let Some(over) = due::one(db, (class, ruled), item.subject).await? else { return stays(Why::Gone) };
        if making::come(&rule, over.day, self.today).is_none() {
            return stays(Why::NotDue);
        }
        let now = mark(db, self.cx, &mut self.shapes, (class, ruled), item.subject).await?;
        if now.as_deref() != Some(item.content.as_str()) || over.day != item.counted_from {
            return stays(Why::Changed);
        }
        Ok(Verdict::Goes(class, ruled))
    }
}
