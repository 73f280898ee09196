//! A phone, as a test takes it in hand.

use std::sync::Arc;

use crate::phone::Frame;
use crate::shared::Shared;
use crate::world::Refusal;

/// A phone of the world file, by its number.
pub struct PhoneHandle {
    shared: Arc<Shared>,
    number: usize,
}

impl PhoneHandle {
    pub(crate) fn new(shared: &Arc<Shared>, number: usize) -> Self {
        Self { shared: Arc::clone(shared), number }
    }

    /// Origin of the phone; empty when there is no such phone.
    pub fn url(&self) -> &str {
        self.shared.addresses.phones.get(self.number).map_or("", String::as_str)
    }

    /// Who holds it; nobody when there is no such phone.
    pub fn user(&self) -> Option<String> {
        self.shared.read(|state| state.frames.get(self.number).map(|frame| frame.user.clone()))
    }

    /// Hands it to somebody of the tenant; their cookies are as they left them.
    pub fn hand_to(&self, userid: &str) -> Result<(), Refusal> {
        self.shared.change(|state, _now| {
            state.tenancy.directory.person(userid)?;
            if let Some(frame) = state.frames.get_mut(self.number) {
                frame.hold(userid);
            }
            Ok(())
        })
    }

    /// What the camera sees next.
    pub fn will_scan(&self, content: &str) {
        self.frame(|frame| frame.scan = Some(content.to_owned()));
    }

    /// What the next dictation hears.
    pub fn will_hear(&self, speech: &str) {
        self.frame(|frame| frame.speech = Some(speech.to_owned()));
    }

    pub(crate) fn hang_up(&self) {
        self.frame(|frame| frame.calling = None);
    }

    /// Forgets the cookies of whoever holds it.
    pub fn forget_cookies(&self) {
        self.frame(Frame::empty_jar);
    }

    fn frame(&self, step: impl FnOnce(&mut Frame)) {
        self.shared.change(|state, _now| state.frames.get_mut(self.number).map(step));
    }
}
