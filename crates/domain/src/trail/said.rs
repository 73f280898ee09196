//! How the office calls what was done and who did it, and what of it was a look at somebody.

use super::ACTIONS;

/// What counts as having looked at somebody.
pub const LOOKS: [&str; 21] = [
    "person.seen",
    "leader.read",
    "person.found_by_number",
    "person.revealed",
    "person.contact_revealed",
    "aid.after_read",
    "aid.answers_read",
    "aid.claim_read",
    "aid.emergency_read",
    "aid.evidence_listed",
    "aid.evidence_opened",
    "aid.findings_read",
    "aid.history_file_fetched",
    "aid.history_read",
    "aid.objection_read",
    "aid.papers_read",
    "aid.proved",
    "mandate.evidence_opened",
    "outreach.reason_read",
    "outreach.request_read",
    "wish.read",
];

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
