//! Row: `attendance`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, AttendanceId, MeetingId, PersonId};

/// 出席情况.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum AttendanceState {
    /// 到会.
    Present,
    /// 线上.
    Online,
    /// 请假.
    OnLeave,
    /// 送学上门: the study was brought to the member. Closes the education duty, not the quorum.
    HomeStudy,
    /// 免到, approved for a period.
    Excused,
    /// 缺席.
    Absent,
}

impl AttendanceState {
    /// In the order of the roll call.
    pub const ALL: [Self; 6] =
        [Self::Present, Self::Online, Self::OnLeave, Self::HomeStudy, Self::Excused, Self::Absent];

    /// Took part: the evidence that a meeting was held.
    pub const fn took_part(self) -> bool {
        matches!(self, Self::Present | Self::Online)
    }

    /// The word in rows and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Online => "online",
            Self::OnLeave => "on_leave",
            Self::HomeStudy => "home_study",
            Self::Excused => "excused",
            Self::Absent => "absent",
        }
    }

    /// Reads what a form sends.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Present => "到会",
            Self::Online => "线上",
            Self::OnLeave => "请假",
            Self::HomeStudy => "送学上门",
            Self::Excused => "免到",
            Self::Absent => "缺席",
        }
    }
}

/// By what way somebody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Method {
    /// By the person, on the page.
    Own,
    /// By the person, with a word to the bot.
    Bot,
    /// 代办, by somebody with a mandate.
    Proxy,
    /// 点名, by the secretary.
    RollCall,
}

impl Method {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "本人签到",
            Self::Bot => "对机器人说签到",
            Self::Proxy => "代签",
            Self::RollCall => "书记点名",
        }
    }
}

/// 签到: the one row of a person at a meeting. Taking it back leaves the row, with the time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttendanceId,
    /// At which meeting.
    pub meeting_id: MeetingId,
    /// Who.
    pub person_id: PersonId,
    /// How.
    pub state: AttendanceState,
    /// By what way.
    pub method: Method,
    /// By which login.
    pub recorded_by: AccountId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// An attendance is a person's.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The meeting.
    #[sea_orm(
        belongs_to = "crate::branch::meeting::entity::Entity",
        from = "Column::MeetingId",
        to = "crate::branch::meeting::entity::Column::Id"
    )]
    Meeting,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Not taken back.
    pub fn is_live(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// Counts as having taken part.
    pub fn took_part(&self) -> bool {
        self.is_live() && self.state.took_part()
    }
}
