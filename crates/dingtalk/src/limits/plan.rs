//! What an organisation has bought, what one egress address may do, and which deliveries are counted.

use std::time::Duration;

/// Calls that one egress address may make within [`ADDRESS_WINDOW`], over all APIs.
pub const ADDRESS_CALLS: u32 = 10_000;

/// See [`ADDRESS_CALLS`].
pub const ADDRESS_WINDOW: Duration = Duration::from_secs(20);

/// How long an address that called more is turned away, with a page or a body that names no error code.
pub const ADDRESS_BAN: Duration = Duration::from_mins(5);

/// The quotas of an organisation, over all its internal apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Counted calls in a calendar month.
    pub calls_per_month: u64,
    /// Counted deliveries (events, robot messages, card presses; pushed or by stream) in a calendar month.
    pub deliveries_per_month: u64,
    /// Calls of one app to one API in a second.
    pub per_second: u32,
}

impl Plan {
    /// 标准版 since 19 November 2025.
    pub const STANDARD: Self = Self { calls_per_month: 5_000, deliveries_per_month: 3_000, per_second: 20 };

    /// 专业版, one set of it put into 应用开发.
    pub const PROFESSIONAL: Self =
        Self { calls_per_month: 200_000, deliveries_per_month: 50_000, per_second: 20 };

    /// With one 应用开发增购包 more. It raises the calls in a second to 60, several packs do not raise them further.
    #[must_use]
    pub const fn with_pack(self) -> Self {
        Self {
            calls_per_month: self.calls_per_month + 5_000_000,
            deliveries_per_month: self.deliveries_per_month + 500_000,
            per_second: 60,
        }
    }
}

/// Events that are never counted: those of the directory.
const FREE_EVENTS: [&str; 16] = [
    "check_url",
    "user_add_org",
    "user_modify_org",
    "user_leave_org",
    "user_active_org",
    "org_dept_create",
    "org_dept_modify",
    "org_dept_remove",
    "org_change",
    "label_user_change",
    "label_conf_add",
    "label_conf_del",
    "label_conf_modify",
    "org_admin_add",
    "org_admin_remove",
    "org_annual_certification_submission",
];

/// Is the delivery of this kind of event taken off the month's quota?
pub fn event_is_counted(kind: &str) -> bool {
    !FREE_EVENTS.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::{Plan, event_is_counted};

    #[test]
    fn the_directory_is_free_and_the_rest_is_not() {
        for (kind, counted) in [
            ("user_leave_org", false),
            ("label_conf_modify", false),
            ("bpms_instance_change", true),
            ("chat_disband", true),
        ] {
            assert_eq!(event_is_counted(kind), counted, "{kind}");
        }
    }

    #[test]
    fn a_pack_adds_to_what_there_is() {
        let plan = Plan::STANDARD.with_pack().with_pack();
        assert_eq!((plan.calls_per_month, plan.per_second), (10_005_000, 60));
    }
}
