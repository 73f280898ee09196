//! What the dispatcher must know of this installation.

use dingtalk::ProcessCode;
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
}

impl Settings {
    /// The address of one of our pages.
    pub fn page(&self, path: &str) -> String {
        self.public_url.join(path).map_or_else(|_| self.public_url.to_string(), |url| url.to_string())
    }
}
