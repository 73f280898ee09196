//! The order of the queue.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// Who comes first when there is a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
pub enum Lane {
    /// Somebody is looking at the screen: answers of the bot.
    #[sea_orm(num_value = 0)]
    Urgent,
    /// A result somebody waits for, and what a process needs to go on.
    #[sea_orm(num_value = 1)]
    Normal,
    /// Reminders.
    #[sea_orm(num_value = 2)]
    Later,
    /// Greetings and digests for thousands.
    #[sea_orm(num_value = 3)]
    Bulk,
}
