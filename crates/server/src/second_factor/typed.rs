//! A code, and the act that it is for: where its form goes, what was typed there, and from which page it came.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::{
    page::{PageError, see_other},
    session::{SignedIn, is_ours, resumed},
};

/// No `Debug`: what was typed is in no log.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) code: String,
    pub(super) to: String,
    pub(super) kept: String,
    pub(super) from: String,
}

impl Typed {
    /// Does an act wait?
    pub(super) fn waits(&self) -> bool {
        is_ours(&self.to) && !self.kept.is_empty()
    }

    /// The way back to where the act came from.
    pub(super) fn back(&self) -> &str {
        if is_ours(&self.from) { &self.from } else { "/console" }
    }

    /// The act goes on; without one, back.
    pub(super) fn go_on(self, by: &SignedIn) -> Result<HttpResponse, PageError> {
        if self.waits() {
            resumed(by.frame().console(), (self.to.clone(), self.back()), &self.kept)
        } else {
            Ok(see_other(self.back()))
        }
    }
}
