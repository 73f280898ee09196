//! What an installation may use, from its configuration.

use chrono::TimeDelta;

use super::Budget;

/// So many calls in any period of this length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Whose: two rates of one name are one.
    pub bucket: String,
    /// At least 1.
    pub calls: i32,
    /// How long.
    pub per: TimeDelta,
}

/// By what a call leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// The robot says something.
    Robot,
    /// The app asks for something, and nobody hears it.
    App,
}

/// Everything that limits sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The organisation whose quota it is.
    pub tenant: String,
    /// Of a month.
    pub budget: Budget,
    /// Of the robot, whose calls are the app's as well.
    pub robot: Rate,
    /// Of the app.
    pub app: Rate,
}

impl Limits {
    /// The robot's calls in a minute and the app's in a second.
    pub fn new(tenant: &str, budget: Budget, (robot, per_minute): (&str, i32), per_second: i32) -> Self {
        let rate = |bucket, calls: i32, per| Rate { bucket, calls: calls.max(1), per };
        let robot = rate(format!("robot/{robot}"), per_minute, TimeDelta::minutes(1));
        let app = rate(format!("app/{tenant}"), per_second, TimeDelta::seconds(1));
        Self { tenant: tenant.to_owned(), budget, robot, app }
    }

    /// Which hold for such a call, all at once.
    pub fn rates(&self, via: Via) -> impl Iterator<Item = &Rate> {
        let robot = (via == Via::Robot).then_some(&self.robot);
        robot.into_iter().chain([&self.app])
    }
}
