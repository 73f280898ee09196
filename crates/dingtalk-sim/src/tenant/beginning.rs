//! How a tenant begins, and begins again.

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::config::{AppEndpoints, World};
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::phone::Frames;
use crate::push::Queue;
use crate::shared::{Shared, State};
use crate::tenant::snapshot::Snapshot;
use crate::wire_log::WireLog;
use crate::world::{Tenancy, Throttle};

pub(super) fn clock(world: &World, kept: Option<&Snapshot>) -> Clock {
    let clock = match world.clock.start {
        Some(start) if world.clock.frozen => Clock::frozen(start),
        None if world.clock.frozen => Clock::frozen(Clock::running().now()),
        _ => Clock::running(),
    };
    turn_back(&clock, world);
    if let Some(kept) = kept {
        kept.turn(&clock);
    }
    clock
}

/// To the time of the world file; to the machine's when it names none. One that stands still at no named time stays.
fn turn_back(clock: &Clock, world: &World) {
    match world.clock.start {
        Some(start) => clock.set(start),
        None => clock.advance(-clock.offset()),
    }
}

pub(super) fn state(world: &World, kept: Option<Snapshot>, now: DateTime<Utc>) -> State {
    let (tenancy, pushes, frames) = match kept {
        Some(Snapshot { mut tenancy, pushes, mut frames, .. }) => {
            tenancy.refresh(world, now);
            frames.refresh(world);
            (tenancy, pushes, frames)
        }
        None => (Tenancy::new(world, now), Queue::default(), Frames::new(world)),
    };
    let app = world.endpoints.clone().map(AppEndpoints::trimmed);
    let (gateway, faults) = (Gateway::default(), Faults::default());
    let (throttle, wire) = (Throttle::default(), WireLog::default());
    State { tenancy, pushes, gateway, faults, throttle, frames, wire, app }
}

/// Everything is as the world file says: people, chats, tokens, faults, the log and the clock. Where the app listens stays known;
/// its Stream connections are cut.
pub(crate) fn reset(shared: &Shared) {
    turn_back(&shared.clock, &shared.world);
    shared.change(|state, now| {
        state.gateway.cut_all();
        let (app, endpoint) = (state.app.take(), state.gateway.endpoint.clone());
        *state = self::state(&shared.world, None, now);
        state.app = app;
        state.gateway.endpoint = endpoint;
    });
}
