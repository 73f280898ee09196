//! Personal fields at rest and on screens: sealing, blind indexes for exact search, masks, and the few
//! values whose text must never be printed. The register of which field is what: `docs/privacy.md` names
//! this module.

mod blind;
mod check;
mod digits;
pub mod identity_number;
pub mod mask;
mod numbers;
mod seal;

pub use blind::{Blind, Searched};
pub use check::{KeyCheck, OtherKeys};
pub use identity_number::IdentityNumber;
pub use numbers::{NotAPhone, NotAnAccountNumber, PayoutNumber, Phone};
pub use seal::{BadKeys, CannotOpen, CannotSeal, Cell, Sealed, Sealer};
