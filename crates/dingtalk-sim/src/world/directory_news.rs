//! What the app is told of the directory beside people who come, go and change.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::config::Spelling;

/// Every one of these is free of the month's deliveries.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum DirectoryNews {
    DepartmentMade(i64),
    DepartmentChanged(i64),
    DepartmentGone(i64),
    /// Opened DingTalk for the first time.
    Activated(String),
    AdminMade(String),
    AdminGone(String),
    /// A role, or a group of them.
    RoleMade(i64),
    RoleRenamed {
        id: i64,
        group: i64,
        before: String,
        after: String,
    },
    RoleGone(i64),
    RolesGiven {
        roles: Vec<i64>,
        people: Vec<String>,
    },
    RolesTaken {
        roles: Vec<i64>,
        people: Vec<String>,
    },
}

impl DirectoryNews {
    /// The platform's name of this kind of event.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::DepartmentMade(_) => "org_dept_create",
            Self::DepartmentChanged(_) => "org_dept_modify",
            Self::DepartmentGone(_) => "org_dept_remove",
            Self::Activated(_) => "user_active_org",
            Self::AdminMade(_) => "org_admin_add",
            Self::AdminGone(_) => "org_admin_remove",
            Self::RoleMade(_) => "label_conf_add",
            Self::RoleRenamed { .. } => "label_conf_modify",
            Self::RoleGone(_) => "label_conf_del",
            Self::RolesGiven { .. } | Self::RolesTaken { .. } => "label_user_change",
        }
    }

    pub(crate) fn fields(&self, at: DateTime<Utc>, spelling: Spelling) -> Value {
        let at = at.timestamp_millis().to_string();
        match (self, spelling) {
            (
                Self::DepartmentMade(id) | Self::DepartmentChanged(id) | Self::DepartmentGone(id),
                Spelling::New,
            ) => {
                json!({ "deptId": [id] })
            }
            (
                Self::DepartmentMade(id) | Self::DepartmentChanged(id) | Self::DepartmentGone(id),
                Spelling::Old,
            ) => {
                json!({"TimeStamp": at, "DeptId": [id]})
            }
            (Self::Activated(who), Spelling::New) => json!({ "userId": [who] }),
            (Self::AdminMade(who) | Self::AdminGone(who), Spelling::New) => {
                json!({"timeStamp": at, "userId": [who]})
            }
            (Self::Activated(who) | Self::AdminMade(who) | Self::AdminGone(who), Spelling::Old) => {
                json!({"TimeStamp": at, "UserId": [who]})
            }
            (Self::RoleMade(id), _) => json!({"scope": "1", "labelIdList": [id]}),
            (Self::RoleGone(id), _) => json!({ "labelIdList": [id] }),
            (Self::RoleRenamed { id, group, before, after }, _) => {
                // A label is an object inside a text.
                let label = |name: &str| {
                    json!({"id": id, "name": name, "parentId": group, "scope": 1, "hidden": false, "deleted": false})
                        .to_string()
                };
                json!({
                    "scope": "1", "labelIdList": [id],
                    "preLabelList": [label(before)], "postLabelList": [label(after)],
                })
            }
            (Self::RolesGiven { roles, people }, _) => {
                json!({"userIdList": people, "labelIdList": roles, "action": "add"})
            }
            (Self::RolesTaken { roles, people }, _) => {
                json!({"userIdList": people, "labelIdList": roles, "action": "remove"})
            }
        }
    }
}
