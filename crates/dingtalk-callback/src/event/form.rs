//! `workflow_form_change`: the forms of approvals.

use chrono::{DateTime, Utc};
use dingtalk::{ProcessCode, UserId};

use crate::fields::Fields;

/// What happened to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormMove {
    /// `create`
    Created,
    /// `update`
    Changed,
    /// `published`
    Published,
    /// `invalid`: can no longer be used for new approvals.
    Disabled,
    /// `delete`
    Deleted,
    /// `sort`: only its place in the list is another.
    Moved,
}

/// A change of an approval form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormChange {
    /// Which form.
    pub form: ProcessCode,
    /// What happened.
    pub change: FormMove,
    /// What people call it.
    pub name: Option<String>,
    /// In which category.
    pub category: Option<String>,
    /// Who made it.
    pub creator: Option<UserId>,
    /// Who changed it.
    pub modifier: Option<UserId>,
    /// When it was changed.
    pub changed_at: Option<DateTime<Utc>>,
}

impl FormChange {
    pub(super) fn read(fields: Fields<'_>) -> Option<Self> {
        let change = match fields.text("type")?.as_str() {
            "create" => FormMove::Created,
            "update" => FormMove::Changed,
            "published" => FormMove::Published,
            "invalid" => FormMove::Disabled,
            "delete" => FormMove::Deleted,
            "sort" => FormMove::Moved,
            _ => return None,
        };
        Some(Self {
            form: fields.parsed("formcode")?,
            change,
            name: fields.text("name"),
            category: fields.text("bizcategoryid"),
            creator: fields.parsed("creatoruserid"),
            modifier: fields.parsed("modifieruserid"),
            changed_at: fields.time("modifytime"),
        })
    }
}
