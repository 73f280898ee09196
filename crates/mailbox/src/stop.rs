//! Being told to stop between two items.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whoever works off a batch looks here between two items; once told, it gives the rest back untried. Clones are one.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Tells everybody who has a clone. There is no way back.
    pub fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that has been said.
    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
