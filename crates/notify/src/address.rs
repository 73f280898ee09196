//! The one place where a login of ours becomes a user of the platform.

use dingtalk::UserId;
use domain::ids::AccountId;

/// How DingTalk calls this login. `None` for a login that no DingTalk tenant can have.
pub fn user(account: &AccountId) -> Option<UserId> {
    account.as_str().parse().ok()
}
