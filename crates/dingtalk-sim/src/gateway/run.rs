//! The loop that closes what was told to go, and gives up on what is not answered. It looks when something changed, and now and then
//! because time passes.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::shared::Shared;

const LOOK_EVERY: Duration = Duration::from_millis(50);

pub(crate) async fn run(shared: Arc<Shared>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if shared.read(|state| state.gateway.is_due(shared.clock.now())) {
            shared.change(|state, now| state.gateway.pass_time(now));
        }
    }
}
