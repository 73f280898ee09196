//! Row: `aid_rule_proposal`: a standard to be, until a second person says yes.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::entity::prelude::*;

use super::{
    Category, Rule,
    standard::{Frequency, Terms},
};
use crate::ids::{AccountId, AidRuleId, RegionCode};

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum ProposalState {
    /// Waits for a second person.
    Proposed,
    /// Agreed to: it stands among the rules, under the same id.
    Agreed,
    /// The second person said no.
    Refused,
}

impl ProposalState {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed => "待审核",
            Self::Agreed => "已生效",
            Self::Refused => "不同意",
        }
    }
}

/// 待定的标准.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_rule_proposal")]
pub struct Model {
    /// Id, which the rule will have.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AidRuleId,
    /// For what.
    pub category: Category,
    /// Where.
    pub region: RegionCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// At least.
    pub least: Fen,
    /// At most.
    pub most: Fen,
    /// How many working days the notice hangs.
    pub notice_days: i32,
    /// How often it helps a person.
    pub frequency: Frequency,
    /// For how many months the help is meant.
    pub validity_months: i32,
    /// The amount is so many hundredths of what somebody paid himself …
    pub percent: Option<i32>,
    /// … above this.
    pub above: Option<Fen>,
    /// What is worked out is rounded down to a multiple of this.
    pub round_to: Fen,
    /// Up to here a county approves.
    pub county_most: Option<Fen>,
    /// Up to here a city approves.
    pub city_most: Option<Fen>,
    /// The document.
    pub source: String,
    /// How far.
    pub state: ProposalState,
    /// The first person.
    pub proposed_by: AccountId,
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

impl Model {
    /// The rule that it becomes.
    pub fn rule(&self) -> Rule {
        let terms = Terms {
            least: self.least,
            most: self.most,
            notice_days: self.notice_days,
            frequency: self.frequency,
            validity_months: self.validity_months,
            percent: self.percent,
            above: self.above,
            round_to: self.round_to,
            county_most: self.county_most,
            city_most: self.city_most,
        };
        let what = (self.category, self.region.clone(), self.valid_from);
        Rule::new(self.id, what, &terms, self.source.clone())
    }
}
