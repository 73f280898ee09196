//! Roles, which the platform calls labels in events.

use dingtalk::UserId;

use crate::fields::Fields;

/// What happened to roles, which events call labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelMove {
    /// `label_user_change` with `add`
    Given,
    /// `label_user_change` with `remove`
    Taken,
    /// `label_conf_add`
    Created,
    /// `label_conf_modify`
    Changed,
    /// `label_conf_del`
    Removed,
}

/// A change of roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelChange {
    /// What happened.
    pub change: LabelMove,
    /// To which roles, by their ids.
    pub labels: Vec<i64>,
    /// To whom.
    pub users: Vec<UserId>,
    /// Where the role may be given, as the platform words it.
    pub scope: Option<String>,
}

impl LabelChange {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Option<Self> {
        let change = match kind {
            "label_user_change" => match fields.text("action")?.as_str() {
                "add" => LabelMove::Given,
                "remove" => LabelMove::Taken,
                _ => return None,
            },
            "label_conf_add" => LabelMove::Created,
            "label_conf_modify" => LabelMove::Changed,
            "label_conf_del" => LabelMove::Removed,
            _ => return None,
        };
        Some(Self {
            change,
            labels: fields.all_parsed("labelidlist"),
            users: fields.all_parsed("useridlist"),
            scope: fields.text("scope"),
        })
    }
}
