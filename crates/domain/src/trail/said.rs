//! How the office calls what was done, and who did it.

use super::ACTIONS;

/// An action as the office calls it.
pub fn action(code: &str) -> Option<&'static str> {
    ACTIONS.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

/// A role in an audit row, as the person who was looked at reads it.
pub fn bureau(role: &str) -> &'static str {
    match role {
        "worker" => "老干部工作人员",
        "approver" => "审批人员",
        "payer" => "发放人员",
        "publisher" => "公示人员",
        "audit_admin" => "审计人员",
        "secretary" => "支部书记",
        "installer" => "系统维护人员",
        _ => "系统",
    }
}
