//! The three forms in which a message travels, read strictly: an unknown field is our mistake.

mod digits;
mod notice;
mod strict;
mod template;
mod webhook;

pub(crate) use notice::{LARGEST as LARGEST_NOTICE, read as read_notice};
pub(crate) use strict::Strict;
pub(crate) use template::read as read_template;
pub(crate) use webhook::{Webhook, read as read_webhook};
