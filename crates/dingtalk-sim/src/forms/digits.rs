//! Numbers that travel as texts.

use crate::forms::Strict;
use crate::world::Refusal;

/// A whole number of at least 1, written as a text.
pub(super) fn digits(fields: &mut Strict, name: &str) -> Result<u32, Refusal> {
    let text = fields.text(name)?;
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(fields.complaint(name, "must be a whole number above 0")),
    }
}
