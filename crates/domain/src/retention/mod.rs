//! 保管期限: how long each class of data is kept, the monthly list of what is due, the second person who agrees, the erasing itself, the
//! tombstones that stay, and 冻结, which wins over everything. What no class names does not exist: a test holds the classes against the
//! tables. Elsewhere: `server/src/retention`, `notify/src/words/retention.rs`, `docs/retention.md`.

mod class;
mod classes;
mod kept;
mod of_cases;
mod of_office;
mod of_people;
mod period;

pub(crate) mod rule;
pub mod rules;

mod hold;
mod holding;
pub mod holds;

mod content;
mod due;
mod sql;

mod item;
mod list;
mod making;
mod proposing;

mod erase;
mod judge;
mod tombstone;
mod work;

pub mod check;
pub mod register;

mod forecast;
pub mod passing;
mod refusal;
pub mod store;
pub mod subjects;

pub use class::{Class, Fate, Floor, Ruled};
pub use classes::{all, find, ruled};
pub use forecast::{Kept, of_person};
pub use hold::{Model as Hold, Over};
pub use holding::{Holding, Touched};
pub(crate) use holding::{gate, is_held};
pub use item::{Model as Item, State as ItemState, Why};
pub use list::{Model as List, State as ListState};
pub use making::{Tally, begin, dry_run, make, monthly};
pub use period::{Counted, Period};
pub use proposing::{approve, propose, refuse};
pub use refusal::{RetentionError, RetentionRefusal};
pub use rule::Model as Rule;
pub use tombstone::Model as Tombstone;
pub use work::{Foreseen, Step, foresee, step};
