//! Which event says what.

use super::{
    CalendarChange, ChatChange, CheckIn, DirectoryChange, FormChange, InstanceChange, LabelChange,
    RobotChange, TaskChange, TodoChange, UrlCheck,
};
use crate::fields::{Fields, quota_used_up};

/// What an event says. All but `check_url` and the directory's are counted deliveries.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The console tries the address out.
    CheckUrl(UrlCheck),
    /// An approval instance began or ended.
    Instance(InstanceChange),
    /// A task of an approval began or ended.
    Task(TaskChange),
    /// An approval form was made, changed or taken away.
    Form(FormChange),
    /// Somebody, some department or the organisation itself came, went or changed.
    Directory(DirectoryChange),
    /// A role was made, changed, taken away, or given to somebody.
    Label(LabelChange),
    /// A group got or lost members, an owner, a name, or itself.
    Chat(ChatChange),
    /// Somebody checked in somewhere.
    CheckIn(CheckIn),
    /// An appointment came, went or changed.
    Calendar(CalendarChange),
    /// A to-do came, went or changed.
    Todo(TodoChange),
    /// Somebody read a message of the robot, or took one back.
    Robot(RobotChange),
    /// The month's deliveries are used up: this came without its content, and nothing counted comes until somebody buys more or the
    /// month ends.
    QuotaUsedUp,
    /// Anything else, and anything of the above without what makes it one; acknowledged and kept as it came.
    Other,
}

impl What {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Self {
        if quota_used_up(fields) {
            return Self::QuotaUsedUp;
        }
        let what = match kind {
            "check_url" | "check_create_suite_url" | "check_update_suite_url" => {
                Some(Self::CheckUrl(UrlCheck::read(kind, fields)))
            }
            "bpms_instance_change" => InstanceChange::read(fields).map(Self::Instance),
            "bpms_task_change" => TaskChange::read(fields).map(Self::Task),
            "workflow_form_change" => FormChange::read(fields).map(Self::Form),
            "check_in" => CheckIn::read(fields).map(Self::CheckIn),
            "calendar_event_change" => CalendarChange::read(fields).map(Self::Calendar),
            _ if kind.starts_with("label_") => LabelChange::read(kind, fields).map(Self::Label),
            _ if kind.starts_with("chat_") => ChatChange::read(kind, fields).map(Self::Chat),
            _ if kind.starts_with("todo_task_") => TodoChange::read(kind, fields).map(Self::Todo),
            _ if kind.starts_with("robot_msg_") => RobotChange::read(kind, fields).map(Self::Robot),
            _ => DirectoryChange::read(kind, fields).map(Self::Directory),
        };
        what.unwrap_or(Self::Other)
    }

    /// Facts that have a name of their own are known by it, so that an event that comes once by push and once from the failed list,
    /// where it has no event id, is still one event.
    pub(super) fn key(&self) -> Option<String> {
        match self {
            Self::Instance(change) => Some(change.key()),
            Self::Task(change) => Some(change.key()),
            Self::CheckUrl(_)
            | Self::Form(_)
            | Self::Directory(_)
            | Self::Label(_)
            | Self::Chat(_)
            | Self::CheckIn(_)
            | Self::Calendar(_)
            | Self::Todo(_)
            | Self::Robot(_)
            | Self::QuotaUsedUp
            | Self::Other => None,
        }
    }
}
