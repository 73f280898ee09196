//! Row: `outreach_plan`.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::{Envelope, Fen};
use sea_orm::entity::prelude::*;

use super::Occasion;
use crate::{
    authority::Place,
    ids::{AccountId, OutreachPlanId, RegionCode, UnitId},
};

/// How far a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum PlanState {
    /// Its list is being made.
    Draft,
    /// Waits for the approver.
    Proposed,
    /// Agreed to; the money is reserved, people are visited.
    Approved,
    /// What was given is paid, what was not is free again.
    Settled,
    /// Taken back before it was agreed to.
    Withdrawn,
}

impl PlanState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "拟名单",
            Self::Proposed => "待审批",
            Self::Approved => "走访中",
            Self::Settled => "已结清",
            Self::Withdrawn => "已撤回",
        }
    }
}

/// 慰问计划: whom to visit on an occasion, in a region or a unit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_plan")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutreachPlanId,
    /// On which occasion.
    pub occasion: Occasion,
    /// Where; of a unit, its region. Whose envelope bears it.
    pub region: RegionCode,
    /// Of which unit, if not of the region's all.
    pub unit_id: Option<UnitId>,
    /// Of which year.
    pub year: i32,
    /// The day as of which the standard counts, or the first of the days.
    pub on_day: NaiveDate,
    /// The last of the days.
    pub to_day: NaiveDate,
    /// Whose year's budget bears it; another one when that year is frozen.
    pub budget_year: i32,
    /// How far.
    pub state: PlanState,
    /// What is reserved for it now.
    pub reserved: Fen,
    /// What was paid.
    pub paid: Fen,
    /// Who began it.
    pub made_by: AccountId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Who asked for the approval.
    pub proposed_by: Option<AccountId>,
    /// When.
    pub proposed_at: Option<DateTime<Utc>>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who settled.
    pub settled_by: Option<AccountId>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The category of envelopes out of which people are visited.
pub const CATEGORY: &str = "outreach";

impl Model {
    /// By which permission is judged.
    pub fn place(&self) -> Place {
        match self.unit_id {
            Some(unit) => Place::of_unit(self.region.clone(), unit),
            None => Place::from(&self.region),
        }
    }

    /// How audit rows and ledger entries name it.
    pub fn subject(&self) -> String {
        format!("outreach_plan/{}", self.id)
    }

    /// Out of which money it is borne.
    pub fn envelope(&self) -> Envelope {
        Envelope::new(self.region.as_str(), self.budget_year, CATEGORY)
    }

    /// 2026年重阳慰问.
    pub fn title(&self) -> String {
        use chrono::Datelike;
        let month = match self.occasion {
            Occasion::Birthday | Occasion::Hospital => format!("{}月", self.on_day.month()),
            _ => String::new(),
        };
        format!("{}年{month}{}", self.year, self.occasion.label())
    }
}
