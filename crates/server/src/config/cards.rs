//! From the configuration to the card of an approver's task.

use anyhow::Context as _;
use dingtalk::card::CallbackType;
use notify::ApprovalCard;

use super::{Config, Incoming};

/// Under which key the address for presses is registered.
pub const ROUTE: &str = "yinling";

impl Config {
    /// Are presses on cards posted to us?
    pub fn posts_presses(&self) -> bool {
        self.dingtalk.incoming == Incoming::Http && !self.dingtalk.approval_card_template.is_empty()
    }

    /// The card, if there is a template.
    pub fn approval_card(&self) -> anyhow::Result<Option<ApprovalCard>> {
        let it = &self.dingtalk;
        if it.approval_card_template.is_empty() {
            return Ok(None);
        }
        let template = it.approval_card_template.parse().context("dingtalk.approval_card_template")?;
        let (callback, route) = match it.incoming {
            Incoming::Http => (CallbackType::Http, Some(ROUTE.to_owned())),
            Incoming::Stream => (CallbackType::Stream, None),
        };
        Ok(Some(ApprovalCard { template, callback, route }))
    }
}
