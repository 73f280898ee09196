//! Row: `aid_category`: what one place says a category is, from a day on, by two people's word.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;

use super::{Category, Group, NoCategory};
use crate::{
    aid::{ProposalState, public_notice},
    ids::{AccountId, CategoryRowId, RegionCode},
};

/// Characters of a name.
pub const LABEL: usize = 12;
/// The last place on a form.
pub const LAST: i32 = 99;

/// 帮扶类别的规定, one layer of it. Nothing of it is ever deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aid_category")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CategoryRowId,
    /// Which.
    pub category: Category,
    /// Where, and below.
    pub region: RegionCode,
    /// First day.
    pub valid_from: NaiveDate,
    /// The word on screens, 1 to [`LABEL`] characters.
    pub label: String,
    /// What the public is told. The same in every row of a category.
    pub of_group: Group,
    /// Where it stands on a form, 1 to [`LAST`]. What is said above counts.
    pub position: i32,
    /// May it be asked for?
    pub offered: bool,
    /// Must whoever asks say why, in words?
    pub reason_needed: bool,
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

impl Model {
    /// Can a row be like this at all? A notice says the group and no more: a name that would stand in one by chance is none.
    pub(in crate::aid) fn check(&self) -> Result<(), NoCategory> {
        let label = self.label.as_str();
        let short = (1..=LABEL).contains(&label.chars().count()) && label.trim() == label;
        let plain = !label.chars().any(|letter| letter.is_control() || letter.is_numeric());
        if !short || !plain {
            return Err(NoCategory::Name);
        }
        if public_notice::says_anyway(label, self.of_group) {
            return Err(NoCategory::InNotices);
        }
        if self.source.is_empty() || !(1..=LAST).contains(&self.position) {
            return Err(NoCategory::Row);
        }
        Ok(())
    }
}
