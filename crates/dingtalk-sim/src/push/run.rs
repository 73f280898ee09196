//! The loop that delivers what is due. It looks when something changed, and now and then because time passes.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::config::Transport;
use crate::gateway;
use crate::push::deliver;
use crate::push::queue::Push;
use crate::shared::Shared;

const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(crate) async fn run(shared: Arc<Shared>) {
    let mut changes = shared.changes();
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        while shared.read(|state| !state.faults.down && state.pushes.is_due(shared.clock.now())) {
            let Some(push) = shared.change(|state, now| state.pushes.take_due(now)) else { break };
            let attempt = attempt(Arc::clone(&shared), push);
            match shared.world.events.transport {
                Transport::Http => attempt.await,
                // On a connection, one that waits for its answer does not hold up the next.
                Transport::Stream => drop(tokio::spawn(attempt)),
            }
        }
        tokio::select! {
            outcome = changes.changed() => if outcome.is_err() { return },
            _ = tick.tick() => {}
        }
    }
}

async fn attempt(shared: Arc<Shared>, push: Push) {
    let arrived = match shared.world.events.transport {
        Transport::Http => deliver(&shared, &push.event, push.wrong_key).await.is_ok(),
        Transport::Stream => gateway::event(&shared, &push.event).await.is_ok(),
    };
    shared.change(|state, now| if arrived { state.pushes.arrived() } else { state.pushes.missed(push, now) });
}
