//! The server's clock: the machine's, or in the demo the simulator's.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

/// What time it is. The one place of the product that reads the machine's clock.
#[derive(Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// Somebody else's, who says what time it is.
    Followed(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>),
}

impl Clock {
    /// Now, to the millisecond, as both databases keep it.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Self::System => Utc::now(),
            Self::Followed(clock) => clock(),
        };
        now.trunc_subsecs(3)
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "Clock(system)",
            Self::Followed(_) => "Clock(followed)",
        })
    }
}
