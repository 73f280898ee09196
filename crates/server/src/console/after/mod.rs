//! After the money: whether it came, who is visited once more, whether the help goes on, and why it ends.

mod closing;
mod follow_up;
mod follow_ups;
mod receipt;
mod review;
mod reviews;
mod sample;

pub(super) use closing::{form as closing_form, submit as closing_submit};
pub(super) use follow_up::{form as follow_up_form, page as read, submit as follow_up_submit};
pub(super) use follow_ups::list as follow_ups;
pub(super) use receipt::{form as receipt_form, submit as receipt_submit};
pub(super) use review::{form as review_form, submit as review_submit};
pub(super) use reviews::list as reviews;
pub(super) use sample::page as sample;
