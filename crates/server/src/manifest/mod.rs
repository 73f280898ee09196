//! The app as its administrator configures it (`dingtalk-manifest/`), compared with a tenant: what is missing, and what to click
//! where; and what an API can make is made.

mod back;
mod deliver;
mod differences;
mod form;
mod manual;
mod merge;
mod probe;
mod read;

pub use deliver::delivery;
pub use differences::Difference;
pub use form::{Applied, apply, register_cards, template};
pub use manual::{by_hand, trusted_domain};
pub use probe::{Depth, permissions};
pub use read::{FORM, Manifest};
