//! Row: `notice`, the delivery ledger.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::Occasion;
use crate::ids::{AccountId, NoticeId, OccurrenceId, PersonId};

/// What became of telling somebody something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    /// A letter waits in the outbox.
    Queued,
    /// Taken for sending. If the server stops here, nobody knows whether it was sent, and it is not sent again.
    Sending,
    /// The platform took it and gave a key to ask by.
    Accepted,
    /// The platform holds this reader back; it is tried again later.
    FlowControlled,
    /// The platform does not know the login.
    Invalid,
    /// The platform took it and did not deliver it: the same words on the same day, or a reader who blocks the robot.
    Filtered,
    /// The reader has opened it. The only proof there is.
    Read,
    /// No answer came: it may have been sent. It is not sent again, because twice is worse than once too few.
    Unknown,
    /// Given up; a person must look.
    Failed,
    /// Not sent, for a reason of ours.
    Suppressed,
}

impl Status {
    /// In the order of a notice's life.
    pub const ALL: [Self; 10] = [
        Self::Queued,
        Self::Sending,
        Self::Accepted,
        Self::FlowControlled,
        Self::Invalid,
        Self::Filtered,
        Self::Read,
        Self::Unknown,
        Self::Failed,
        Self::Suppressed,
    ];

    /// May a notice go from here to there? What was accepted, or may have been, never waits again.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Queued | Self::FlowControlled => {
                matches!(next, Self::Queued | Self::Sending | Self::Suppressed | Self::Failed)
            }
            Self::Sending => !matches!(next, Self::Sending | Self::Suppressed | Self::Read | Self::Filtered),
            // The result can still be asked for, and is then known.
            Self::Unknown => {
                matches!(next, Self::Accepted | Self::Invalid | Self::Failed | Self::Filtered | Self::Read)
            }
            Self::Accepted => matches!(next, Self::Read | Self::Filtered),
            Self::Invalid | Self::Filtered | Self::Read | Self::Failed | Self::Suppressed => false,
        }
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "等待发送",
            Self::Sending => "正在发送",
            Self::Accepted => "已送达平台",
            Self::FlowControlled => "平台限流，稍后再发",
            Self::Invalid => "账号无效",
            Self::Filtered => "平台没有送到",
            Self::Read => "已读",
            Self::Unknown => "结果不明",
            Self::Failed => "发送失败",
            Self::Suppressed => "不发送",
        }
    }
}

/// Why somebody was not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Reason {
    /// 已去世.
    Dead,
    /// No login: somebody telephones.
    NoAccount,
    /// The login has left the tenant.
    LeftTenant,
    /// Not a member of the branch any more.
    NotMember,
    /// Not the secretary any more.
    NotSecretary,
    /// Has signed in already.
    SignedIn,
    /// On leave, excused, or the study is brought home.
    Excused,
    /// The meeting does not take place.
    Cancelled,
    /// The time for it has passed.
    TooLate,
    /// Nothing is owed and nothing is on today.
    NothingToSay,
    /// Has said 退订.
    Stopped,
    /// Has been reminded today.
    EnoughToday,
    /// Has been reminded three times this week.
    EnoughThisWeek,
}

impl Reason {
    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Dead => "已去世",
            Self::NoAccount => "没有钉钉账号，请电话告知",
            Self::LeftTenant => "账号已离开组织",
            Self::NotMember => "已不在本支部",
            Self::NotSecretary => "已不担任书记",
            Self::SignedIn => "已经签到",
            Self::Excused => "请假、免到或送学上门",
            Self::Cancelled => "活动已取消",
            Self::TooLate => "时间已过",
            Self::NothingToSay => "没有要提醒的事",
            Self::Stopped => "本人已退订",
            Self::EnoughToday => "当天已经提醒过",
            Self::EnoughThisWeek => "本周已经提醒过三次",
        }
    }
}

/// By which way somebody is told, in the order of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Channel {
    /// A message of the robot.
    Robot,
    /// DING: the platform rings.
    Ding,
    /// A text message to the telephone on file.
    Sms,
    /// A worker telephones.
    Call,
}

impl Channel {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Robot => "钉钉消息",
            Self::Ding => "DING",
            Self::Sms => "短信",
            Self::Call => "打电话",
        }
    }
}

/// 通知台账: one thing told to one login on one occasion, or why not.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoticeId,
    /// By which firing of a plan.
    pub occurrence_id: Option<OccurrenceId>,
    /// To whom; a login without a person has none.
    pub person_id: Option<PersonId>,
    /// To which login; `None` when there is none.
    pub account_id: Option<AccountId>,
    /// What about.
    pub occasion: Occasion,
    /// What became of it.
    pub status: Status,
    /// Why it was not sent.
    pub reason: Option<Reason>,
    /// By which the platform can be asked what became of it.
    pub process_query_key: Option<String>,
    /// Not before then.
    pub due_at: DateTime<Utc>,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// When it changed last.
    pub updated_at: DateTime<Utc>,
    /// When the platform took it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// By which way it goes now.
    pub channel: Channel,
    /// When it was last taken for sending.
    pub sent_at: Option<DateTime<Utc>>,
    /// When the platform last held its reader back.
    pub flow_controlled_at: Option<DateTime<Utc>>,
    /// When its reader was found to have opened it.
    pub read_at: Option<DateTime<Utc>>,
    /// When the platform is asked next whether it was read.
    pub proof_at: Option<DateTime<Utc>>,
    /// When the next way is tried.
    pub climb_at: Option<DateTime<Utc>>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn what_may_have_gone_is_never_taken_for_sending_again() {
        for gone in [Status::Sending, Status::Accepted, Status::Unknown, Status::Invalid, Status::Suppressed]
        {
            assert!(!gone.may_become(Status::Sending), "{gone:?}");
        }
        // The one way back is the platform's own word that it did not take it.
        let again: Vec<Status> =
            Status::ALL.into_iter().filter(|status| status.may_become(Status::Queued)).collect();
        assert_eq!(again, [Status::Queued, Status::Sending, Status::FlowControlled]);
        let proof: Vec<Status> =
            Status::ALL.into_iter().filter(|next| Status::Accepted.may_become(*next)).collect();
        assert_eq!(proof, [Status::Filtered, Status::Read]);
        for settled in [Status::Invalid, Status::Filtered, Status::Read, Status::Failed, Status::Suppressed] {
            assert!(Status::ALL.into_iter().all(|next| !settled.may_become(next)), "{settled:?}");
        }
    }
}
