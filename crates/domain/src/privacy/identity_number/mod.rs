//! 公民身份号码.

mod number;
#[cfg(test)]
mod tests;

pub use number::{IdentityNumber, NotAnIdentityNumber};
