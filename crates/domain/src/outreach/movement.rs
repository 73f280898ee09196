//! Row: `outreach_movement`: what happened to some pieces of an item. Written once.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, OutreachItemId, OutreachMovementId, OutreachPurchaseId, OutreachVisitId};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Moved {
    /// 购入.
    Bought,
    /// 领出: to somebody who goes to people.
    Handed,
    /// 发出.
    Given,
    /// 退回, by who had them.
    Returned,
    /// 盘盈: more were counted.
    Found,
    /// 盘亏: fewer were counted.
    Lost,
}

impl Moved {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Bought, Self::Handed, Self::Given, Self::Returned, Self::Found, Self::Lost];

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bought => "购入",
            Self::Handed => "领出",
            Self::Given => "发出",
            Self::Returned => "退回",
            Self::Found => "盘盈",
            Self::Lost => "盘亏",
        }
    }
}

/// 出入库.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_movement")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachMovementId,
    /// Of what.
    pub item_id: OutreachItemId,
    /// What.
    pub kind: Moved,
    /// How many.
    pub quantity: i32,
    /// Whose hands, for what goes through hands.
    pub hand: Option<AccountId>,
    /// At which visit it was given.
    pub visit_id: Option<OutreachVisitId>,
    /// By which purchase it came.
    pub purchase_id: Option<OutreachPurchaseId>,
    /// Who wrote it.
    pub moved_by: AccountId,
    /// Who counted, too.
    pub witness: Option<AccountId>,
    /// When.
    pub moved_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
