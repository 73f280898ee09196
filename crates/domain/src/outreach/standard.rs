//! Row: `outreach_standard`: what somebody gets on an occasion, in a place, from a day on, by two people's word.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::{Occasion, Who};
use crate::{
    aid::ProposalState,
    ids::{AccountId, OutreachStandardId, RegionCode},
};

/// 慰问标准, one layer of it: [`layers`](super::layers) puts the layers together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_standard")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachStandardId,
    /// Where, and below.
    pub region: RegionCode,
    /// On which occasion.
    pub occasion: Occasion,
    /// Whom.
    pub who: Who,
    /// First day.
    pub valid_from: NaiveDate,
    /// The first day on which it is no more.
    pub valid_to: Option<NaiveDate>,
    /// 慰问金.
    pub cash: Fen,
    /// 慰问品, as it is called.
    pub item: Option<String>,
    /// What it is worth at most.
    pub item_value: Fen,
    /// How many go there: one or two.
    pub visitors: i32,
    /// How many days before the day at the latest, or after it: [`Occasion::counts_back`].
    pub days: i32,
    /// Is the person told before?
    pub tells: bool,
    /// The document. What begins with 示例 is an example and must be replaced by the bureau's own.
    pub source: String,
    /// How far it is.
    pub state: ProposalState,
    /// The first person; `None` for what came with the program.
    pub proposed_by: Option<AccountId>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// 慰问金.
    pub cash: Fen,
    /// 慰问品.
    pub item: Option<String>,
    /// What it is worth at most.
    pub item_value: Fen,
    /// One or two.
    pub visitors: i32,
    /// Days before or after.
    pub days: i32,
    /// Is the person told before?
    pub tells: bool,
}

impl Terms {
    /// Cash and item together.
    pub fn worth(&self) -> Fen {
        [self.cash, self.item_value].into_iter().sum()
    }
}

impl Model {
    /// What it says.
    pub fn terms(&self) -> Terms {
        Terms {
            cash: self.cash,
            item: self.item.clone(),
            item_value: self.item_value,
            visitors: self.visitors,
            days: self.days,
            tells: self.tells,
        }
    }

    /// How audit rows name it.
    pub fn subject(&self) -> String {
        format!("outreach_standard/{}", self.id)
    }
}
