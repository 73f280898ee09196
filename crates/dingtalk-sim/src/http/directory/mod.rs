//! The directory as the app may read and change it.

mod table;

mod departments;
mod edit_departments;
mod edit_people;
mod edit_roles;
mod find_people;
mod people;
mod roles;
mod search;

pub(super) use people::sys_level;
pub(super) use table::CALLS;
