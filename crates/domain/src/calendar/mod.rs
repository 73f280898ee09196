//! Days: local dates, working days by the State Council's notices, the lunar calendar, and dates as people say them.

pub(crate) mod entity;
mod local;
mod lunar;
mod working;

pub mod reference;
pub mod say;

pub use entity::Model as CalendarDay;
pub use local::{local_date, local_time, month_of, utc};
pub use lunar::{Festival, LunarDate, NotInRange, birthday_in, nominal_age};
pub use working::{Calendar, Kind};
