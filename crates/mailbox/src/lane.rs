//! The order of the queue.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Who comes first when there is a queue; also who waits first when little may be sent. The numbers in the rows are in this
/// order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Lane {
    /// A human has said that it cannot wait.
    #[sea_orm(num_value = 0)]
    Emergency,
    /// What somebody waits for: one's own result, an answer of the bot, and what a process needs to go on.
    #[sea_orm(num_value = 1)]
    Result,
    /// Reminders, and news that nobody waits for.
    #[sea_orm(num_value = 2)]
    Reminder,
    /// What is owed and what has happened, once a day.
    #[sea_orm(num_value = 3)]
    Digest,
    /// Greetings and welcomes.
    #[sea_orm(num_value = 4)]
    Greeting,
}

impl Lane {
    /// First the first.
    pub const ALL: [Self; 5] = [Self::Emergency, Self::Result, Self::Reminder, Self::Digest, Self::Greeting];

    /// A word for figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Result => "result",
            Self::Reminder => "reminder",
            Self::Digest => "digest",
            Self::Greeting => "greeting",
        }
    }
}
