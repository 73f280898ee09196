//! What came in, reduced to what its handler needs. This is the payload of the inbox, whatever the transport.

use chrono::{DateTime, Utc};
use dingtalk::{InstanceId, ProcessCode, UserId};
use dingtalk_callback::{
    Event,
    event::{DirectoryMove, InstanceMove, RobotMove, What},
    robot::RobotMessage,
};
use domain::{ids::AccountId, notice::Topic};
use mailbox::{Lane, inbox::NewItem};
use notify::bot::Command;
use serde::{Deserialize, Serialize};

/// Something that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Incoming {
    /// An approval instance ended. How, the handler asks the platform.
    Ended {
        /// Which.
        instance: InstanceId,
    },
    /// Something happened to an approval instance that need not be its end. What, the handler asks the platform.
    Moved {
        /// Which.
        instance: InstanceId,
        /// Of which form, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<ProcessCode>,
    },
    /// People joined the tenant, or changed: they are read again.
    Joined {
        /// Who.
        users: Vec<UserId>,
        /// When, says the platform.
        at: DateTime<Utc>,
    },
    /// People left the tenant.
    Left {
        /// Who.
        users: Vec<UserId>,
        /// When, says the platform.
        at: DateTime<Utc>,
    },
    /// Somebody read a message of the robot, or it was taken back.
    Seen {
        /// By which the sending is known.
        key: String,
        /// Who.
        account: AccountId,
        /// Or taken back.
        read: bool,
    },
    /// Somebody spoke to the bot.
    Said {
        /// Who.
        account: AccountId,
        /// What was understood; the words themselves are not kept.
        command: Option<Spoken>,
        /// The platform's id of the message.
        message: String,
        /// Where an answer may go without being counted, and until when.
        session: Option<(String, DateTime<Utc>)>,
    },
}

/// A command of the bot in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spoken {
    /// 帮助
    Help,
    /// 签到
    SignIn,
    /// 进度
    Progress,
    /// 退订
    Stop(Topic),
    /// 恢复
    Resume(Topic),
}

impl From<Command> for Spoken {
    fn from(command: Command) -> Self {
        match command {
            Command::Help => Self::Help,
            Command::SignIn => Self::SignIn,
            Command::Progress => Self::Progress,
            Command::Stop(topic) => Self::Stop(topic),
            Command::Resume(topic) => Self::Resume(topic),
        }
    }
}

impl From<Spoken> for Command {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Help => Self::Help,
            Spoken::SignIn => Self::SignIn,
            Spoken::Progress => Self::Progress,
            Spoken::Stop(topic) => Self::Stop(topic),
            Spoken::Resume(topic) => Self::Resume(topic),
        }
    }
}

impl Incoming {
    /// What an event asks of us; `None` for those that are only acknowledged.
    pub fn of_event(event: &Event, now: DateTime<Utc>) -> Option<Self> {
        // An event without a time counts from its arrival.
        let at = event.at.unwrap_or(now);
        match &event.what {
            What::Instance(change) => match change.change {
                InstanceMove::Started => None,
                InstanceMove::Finished(_) | InstanceMove::Terminated | InstanceMove::Deleted => {
                    Some(Self::Ended { instance: change.instance.clone() })
                }
            },
            What::Directory(change) => match change.change {
                DirectoryMove::Joined | DirectoryMove::Changed | DirectoryMove::Activated => {
                    Some(Self::Joined { users: change.users.clone(), at })
                }
                DirectoryMove::Left => Some(Self::Left { users: change.users.clone(), at }),
                DirectoryMove::AdminsAdded
                | DirectoryMove::AdminsRemoved
                | DirectoryMove::DepartmentsCreated
                | DirectoryMove::DepartmentsChanged
                | DirectoryMove::DepartmentsRemoved
                | DirectoryMove::OrganisationChanged
                | DirectoryMove::OrganisationRemoved => None,
            },
            What::Robot(change) => Some(Self::Seen {
                key: change.process_query_key.clone(),
                account: AccountId::parse(change.user.as_ref()?.as_str())?,
                read: change.change == RobotMove::Read,
            }),
            What::Task(change) => {
                Some(Self::Moved { instance: change.instance.clone(), form: change.process_code.clone() })
            }
            What::CheckUrl(_)
            | What::Form(_)
            | What::Label(_)
            | What::Chat(_)
            | What::CheckIn(_)
            | What::Calendar(_)
            | What::Todo(_)
            | What::QuotaUsedUp
            | What::Other => None,
        }
    }

    /// What somebody said; `None` for outsiders.
    pub fn of_message(message: &RobotMessage) -> Option<Self> {
        let account = AccountId::parse(message.sender_staff_id.as_ref()?.as_str())?;
        let session = message.answer_until().map(|until| (message.session_webhook.clone(), until));
        let command = Command::read(message.words()).map(Spoken::from);
        Some(Self::Said { account, command, message: message.msg_id.clone(), session })
    }

    /// What it is about: of one thing, what came first is worked off first. Comings and goings are one, because an event may name many.
    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Ended { instance } | Self::Moved { instance, .. } => instance.as_str(),
            Self::Seen { account, .. } | Self::Said { account, .. } => account.as_str(),
            Self::Joined { .. } | Self::Left { .. } => "people",
        }
    }

    /// The inbox item. `key` tells repetitions.
    pub fn item(&self, source: &str, key: String) -> Result<NewItem, serde_json::Error> {
        let kind = match self {
            Self::Ended { .. } => "approval.ended",
            Self::Moved { .. } => "approval.moved",
            Self::Joined { .. } => "account.joined",
            Self::Left { .. } => "account.left",
            Self::Seen { .. } => "bot.seen",
            Self::Said { .. } => "bot.said",
        };
        // An answer is waited for, on a page or in a talk; that an instance moved, or a message was read, is not.
        let lane = match self {
            Self::Ended { .. } | Self::Said { .. } | Self::Joined { .. } | Self::Left { .. } => Lane::Result,
            Self::Moved { .. } => Lane::Reminder,
            Self::Seen { .. } => Lane::Digest,
        };
        let payload = serde_json::to_value(self)?;
        Ok(NewItem { key, lane, source: source.to_owned(), kind: kind.to_owned(), payload })
    }
}
