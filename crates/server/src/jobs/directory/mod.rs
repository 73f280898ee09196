//! Who is in the tenant: read as a whole each night, and looked at all day for those who left without our hearing of it.

mod job;
mod leavers;
mod walk;

pub use job::Directory;
pub use walk::walk;
