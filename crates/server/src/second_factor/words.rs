//! Refusals as pages.

use domain::second_factor::SecondFactorError;
use notify::words::second_factor as say;

use crate::{page::PageError, session::SignedIn};

pub(super) fn page_error(error: SecondFactorError) -> PageError {
    match error {
        SecondFactorError::NotFound => PageError::NotFound,
        SecondFactorError::Refused(refusal) => PageError::Refused(say::refusal(refusal)),
        SecondFactorError::CannotOpen(error) => PageError::Broken(error.into()),
        SecondFactorError::CannotSeal(error) => PageError::Broken(error.into()),
        SecondFactorError::Db(error) => error.into(),
    }
}

/// These pages are for those who work at the desk.
pub(super) async fn staff(by: &SignedIn) -> Result<(), PageError> {
    if by.grants().await?.is_empty() { Err(PageError::NotFound) } else { Ok(()) }
}
