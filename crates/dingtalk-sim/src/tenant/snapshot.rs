//! The tenant's state in a file, so that a demo goes on where it stopped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio::time::MissedTickBehavior;

use crate::clock::Clock;
use crate::phone::Frames;
use crate::push::Queue;
use crate::shared::Shared;
use crate::world::Tenancy;

const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Why kept state is not taken up.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot be read.
    #[error("cannot read the kept state {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// It was written by another version, or by somebody else.
    #[error("the kept state {path} is not understood: remove the file to begin anew")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is not understood.
        source: serde_json::Error,
    },
}

/// What is kept. The wire log and planned faults are not: they belong to one run.
#[derive(Serialize, Deserialize)]
pub(super) struct Snapshot {
    time: Time,
    pub(super) tenancy: Tenancy,
    pub(super) pushes: Queue,
    pub(super) frames: Frames,
}

#[derive(Serialize, Deserialize)]
enum Time {
    OffsetSeconds(i64),
    Frozen(DateTime<Utc>),
}

impl Snapshot {
    fn of(shared: &Shared) -> Self {
        let time = if shared.clock.is_frozen() {
            Time::Frozen(shared.clock.now())
        } else {
            Time::OffsetSeconds(shared.clock.offset().num_seconds())
        };
        shared.read(|state| Self {
            time,
            tenancy: state.tenancy.clone(),
            pushes: state.pushes.clone(),
            frames: state.frames.clone(),
        })
    }

    pub(super) fn turn(&self, clock: &Clock) {
        match self.time {
            Time::OffsetSeconds(seconds) => clock.advance(TimeDelta::seconds(seconds) - clock.offset()),
            Time::Frozen(at) => clock.set(at),
        }
    }
}

pub(super) fn load(path: Option<&Path>) -> Result<Option<Snapshot>, SnapshotError> {
    let Some(path) = path.filter(|path| path.exists()) else { return Ok(None) };
    let text = std::fs::read(path).map_err(|source| SnapshotError::Read { path: path.to_owned(), source })?;
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|source| SnapshotError::Content { path: path.to_owned(), source })
}

/// Saves now and then, when something changed.
pub(super) async fn keep(shared: Arc<Shared>, path: PathBuf) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut saved = None;
    loop {
        tick.tick().await;
        let current = (shared.version(), shared.clock.offset().num_seconds());
        if saved != Some(current) {
            save(&shared, &path);
            saved = Some(current);
        }
    }
}

/// Written beside and moved over, so that a crash leaves the old state or the new one. Not async on purpose: a task
/// that is aborted must not leave half a write behind.
pub(super) fn save(shared: &Shared, path: &Path) {
    let beside = path.with_extension("writing");
    let write = || {
        let text = serde_json::to_vec(&Snapshot::of(shared))?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&beside, text)?;
        std::fs::rename(&beside, path)
    };
    if let Err(error) = write() {
        tracing::error!(%error, path = %path.display(), "cannot keep the simulator's state");
    }
}
