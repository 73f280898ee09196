//! What the handlers of one port know.

use std::sync::Arc;

use crate::config::PhoneKind;
use crate::phone::Frame;
use crate::shared::Shared;

/// A phone: its number, what kind it is, and the tenant it belongs to.
pub(super) struct Phone {
    pub(super) shared: Arc<Shared>,
    pub(super) number: usize,
    pub(super) kind: PhoneKind,
}

impl Phone {
    pub(super) fn user(&self) -> String {
        self.shared
            .read(|state| state.frames.get(self.number).map(|frame| frame.user.clone()).unwrap_or_default())
    }

    pub(super) fn frame<R>(&self, step: impl FnOnce(&mut Frame) -> R) -> Option<R> {
        self.shared.change(|state, _now| state.frames.get_mut(self.number).map(step))
    }
}
