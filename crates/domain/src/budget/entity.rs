//! Row: `budget_order`.

use chrono::{DateTime, Utc};
use ledger::{Envelope, Fen};
use sea_orm::entity::prelude::*;

use super::Purpose;
use crate::ids::{AccountId, BudgetOrderId, RegionCode};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum OrderKind {
    /// 拨款: money comes from outside.
    Appropriate,
    /// 收回拨款: what nobody was promised goes back there.
    TakeBack,
    /// 下拨: to regions below.
    Down,
    /// 上缴: to a region above.
    Up,
    /// 年终冻结.
    Freeze,
}

impl OrderKind {
    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Appropriate => "appropriate",
            Self::TakeBack => "take_back",
            Self::Down => "down",
            Self::Up => "up",
            Self::Freeze => "freeze",
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Appropriate => "拨款",
            Self::TakeBack => "收回拨款",
            Self::Down => "下拨",
            Self::Up => "上缴",
            Self::Freeze => "年终冻结",
        }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum OrderState {
    /// Waits for a second person.
    Proposed,
    /// Agreed to, and in the ledger.
    Posted,
    /// The second person said no.
    Refused,
    /// The first person took it back.
    Withdrawn,
}

impl OrderState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed => "待审核",
            Self::Posted => "已入账",
            Self::Refused => "不同意",
            Self::Withdrawn => "已撤回",
        }
    }
}

/// 经费单.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "budget_order")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BudgetOrderId,
    /// What.
    pub kind: OrderKind,
    /// Whose money it is before: of what is appropriated, whose it becomes. Where a freeze holds.
    pub region: RegionCode,
    /// The budget year.
    pub year: i32,
    /// For what; a freeze is for everything.
    pub category: Option<Purpose>,
    /// The sum of its lines.
    pub amount: Fen,
    /// The document.
    pub source: String,
    /// How far.
    pub state: OrderState,
    /// The first person.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The second person.
    pub decided_by: Option<AccountId>,
    /// When it was decided or taken back.
    pub decided_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// How audit rows and ledger entries name it.
    pub fn subject(&self) -> String {
        format!("budget_order/{}", self.id)
    }

    /// The envelope of a region that it is about; a freeze is about none in particular.
    pub fn envelope(&self, region: &RegionCode) -> Option<Envelope> {
        self.category.map(|purpose| Envelope::new(region.as_str(), self.year, purpose.code()))
    }
}
