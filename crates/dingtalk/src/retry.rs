//! Whether and when to try again, as a pure function.

use std::time::Duration;

use crate::error::{Advice, Error};

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Try again after this long.
    Again(Duration),
    /// The outcome is unknown: find out first.
    FindOut,
    /// Stop.
    Stop,
}

/// The decision after attempt number `attempt` (1 is the first) of at most `most` failed with `error`. Waiting doubles with
/// each attempt, as the platform advises, from what the error asks for.
pub fn after_failure(error: &Error, attempt: u32, most: u32) -> Attempt {
    match error.advice() {
        Advice::GiveUp => Attempt::Stop,
        Advice::FindOut => Attempt::FindOut,
        Advice::Retry(_) if attempt >= most => Attempt::Stop,
        Advice::Retry(after) => {
            Attempt::Again(after * 2_u32.saturating_pow(attempt.saturating_sub(1)).min(64))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Attempt, after_failure};
    use crate::error::Error;

    #[test]
    fn waiting_doubles_and_ends() {
        let busy = Error::Unavailable(None);
        let again = |s| Attempt::Again(Duration::from_secs(s));
        assert_eq!(after_failure(&busy, 1, 3), again(5));
        assert_eq!(after_failure(&busy, 2, 3), again(10));
        assert_eq!(after_failure(&busy, 3, 3), Attempt::Stop);
        assert_eq!(after_failure(&Error::Unknown(None), 1, 3), Attempt::FindOut);
        assert_eq!(after_failure(&Error::NotSent("x"), 1, 3), Attempt::Stop);
    }
}
