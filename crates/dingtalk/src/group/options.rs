//! What may be done in a group, as switches; what is absent stays as it is.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// 0 or 1, as a number or (in some answers) as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "i64", from = "Number")]
pub enum Switch {
    /// 0
    Off,
    /// 1
    On,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Number(#[serde(deserialize_with = "lenient::number")] i64);

impl From<Switch> for i64 {
    fn from(switch: Switch) -> Self {
        Self::from(switch == Switch::On)
    }
}

impl From<Number> for Switch {
    fn from(number: Number) -> Self {
        if number.0 == 0 { Self::Off } else { Self::On }
    }
}

/// Switches of a plain group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GroupOptions {
    /// On: the owner alone may mention everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_all_authority: Option<Switch>,
    /// On: who joins sees the last 100 messages. Absent is off, also in a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_history_type: Option<Switch>,
    /// On: joining needs an approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_type: Option<Switch>,
    /// On: the group can be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searchable: Option<Switch>,
    /// On: nobody may write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_banned_type: Option<Switch>,
    /// On: the owner alone may change the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_type: Option<Switch>,
}

/// Switches of a scene group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SceneOptions {
    /// On: the owner alone may mention everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_all_authority: Option<Switch>,
    /// On: who joins sees what was said before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_history_type: Option<Switch>,
    /// On: joining needs an approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_type: Option<Switch>,
    /// On: the group can be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searchable: Option<Switch>,
    /// On: nobody may write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_banned_type: Option<Switch>,
    /// On: the owner alone may change the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_type: Option<Switch>,
    /// On: owner and administrators alone may send DINGs in the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_admin_can_ding: Option<Switch>,
    /// Off: owner and administrators alone may start a conference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_members_can_create_mcs_conf: Option<Switch>,
    /// On: members who are neither friends nor colleagues may invite each other to dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_members_can_create_calendar: Option<Switch>,
    /// On: nobody may send mail to the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_email_disabled: Option<Switch>,
    /// On: owner and administrators alone may pin messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_admin_can_set_msg_top: Option<Switch>,
    /// On: ordinary members cannot talk to each other outside the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add_friend_forbidden: Option<Switch>,
    /// Off: owner and administrators alone may go live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_live_switch: Option<Switch>,
    /// On: ordinary members cannot write to administrators alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members_to_admin_chat: Option<Switch>,
    /// On: owner and administrators alone may bring people in. Works only with `management_type` on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_admin_can_add_mem: Option<Switch>,
}
