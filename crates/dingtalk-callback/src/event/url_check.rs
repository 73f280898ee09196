//! The platform tries an address out. Page:
//! [验证和更新回调URL事件](https://open.dingtalk.com/document/development/validating-and-updating-callback-url-events).

use crate::fields::Fields;

/// `check_url`; for third-party apps `check_create_suite_url`, `check_update_suite_url`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlCheck {
    /// The random word of a third-party app's check. The platform's pages differ in whether it or `success` is to be answered, see
    /// [`Receiver::suite_checks`](crate::Receiver::suite_checks).
    pub random: Option<String>,
}

impl UrlCheck {
    pub(super) fn read(kind: &str, fields: Fields<'_>) -> Self {
        Self { random: fields.text("random").filter(|_| kind != "check_url") }
    }
}
