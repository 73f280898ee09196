//! What the dispatcher must know of this installation.

use dingtalk::{CardTemplateId, ProcessCode, card::CallbackType};
use url::Url;

/// Settings of the dispatcher.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where our pages are; a message's path is put behind it.
    pub public_url: Url,
    /// The form template of the hardship aid approval.
    pub aid_process_code: ProcessCode,
    /// Whom to call, as a name and a number that can be read aloud.
    pub help_desk: String,
    /// How approvers are told of their tasks by cards; without it they are told by the platform alone.
    pub card: Option<ApprovalCard>,
}

/// The card of an approver's task.
#[derive(Clone, Debug)]
pub struct ApprovalCard {
    /// The published template.
    pub template: CardTemplateId,
    /// How presses come back.
    pub callback: CallbackType,
    /// Under which key the address is registered, when they are posted.
    pub route: Option<String>,
}

impl Settings {
    /// The address of one of our pages.
    pub fn page(&self, path: &str) -> String {
        self.public_url.join(path).map_or_else(|_| self.public_url.to_string(), |url| url.to_string())
    }
}
