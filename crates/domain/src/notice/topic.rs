//! What one can stop by a word.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// What a message is about, as people would say it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Everything that may be stopped.
    All,
    /// Meetings of the branch.
    Meeting,
    /// What a branch owes.
    Digest,
    /// Greetings.
    Greeting,
}

impl Topic {
    /// All of them, the one that contains the others first.
    pub const ALL: [Self; 4] = [Self::All, Self::Meeting, Self::Digest, Self::Greeting];

    /// The words on screens and in the chat.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "提醒",
            Self::Meeting => "活动提醒",
            Self::Digest => "工作提醒",
            Self::Greeting => "问候",
        }
    }
}
