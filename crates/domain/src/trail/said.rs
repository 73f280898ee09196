//! How the office calls what was done and who did it, and what of it was a look at somebody.

use audit::Row;
use serde_json::Value;

use super::actions;
use crate::export;

/// What counts as having looked at somebody.
pub const LOOKS: [&str; 23] = [
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
    "aid.write_off_read",
    "grievance.read",
    "mandate.evidence_opened",
    "outreach.reason_read",
    "outreach.request_read",
    "wish.read",
];

/// What is done no more and stands in the chain.
const DONE_BEFORE: [(&str, &str); 1] = [("aid.household_cap_added", "登记家庭帮扶上限")];

/// An action as the office calls it.
pub fn action(code: &str) -> Option<&'static str> {
    let mut all = actions().chain(DONE_BEFORE);
    all.find(|(known, _)| *known == code).map(|(_, words)| words)
}

/// What somebody saw of a person, by a row of the chain.
pub fn look(row: &Row) -> &'static str {
    let detail = row.detail();
    match (row.action.as_str(), detail.get("what").and_then(Value::as_str)) {
        ("person.seen", Some("day")) => "看了某一天的档案",
        ("person.seen", Some("told")) => "看了通知台账",
        ("person.seen", Some("case")) => "看了帮扶申请",
        ("person.seen", Some("pair")) => "和另一份档案对照",
        ("person.seen", Some("merge")) => "看了合并前后的档案",
        ("person.seen", Some("change")) => "看了变更申请",
        ("person.seen", Some("death_undo")) => "看了更正去世登记的申请",
        ("person.seen", Some("family")) => "看了家人情况",
        ("person.seen", Some("kin")) => "在家人的档案里看到姓名",
        ("person.seen", Some("logins")) => "看了关联的账号",
        ("person.seen", Some("intake")) => "看了导入要改的内容",
        ("person.seen", Some("segment" | "segments")) => "看了分层分类的情况",
        ("export.taken", _) if detail.get("complete") == Some(&Value::Bool(true)) => "导出名册，带完整号码",
        ("export.taken", _) => "导出名册，号码遮住中间",
        (code, _) => action(code).unwrap_or("看了信息"),
    }
}

/// For what somebody looked, if it was said or stands to reason.
pub fn purpose(row: &Row) -> Option<&'static str> {
    let detail = row.detail();
    let field = |name| detail.get(name).and_then(Value::as_str);
    let code = field("purpose");
    if row.action == "export.taken" {
        return code.and_then(export::Purpose::parse).map(export::Purpose::label);
    }
    match (code, field("what")) {
        (Some("contact"), _) => Some("联系本人"),
        (Some("verification"), _) => Some("核对身份"),
        (Some("payment"), _) => Some("发放"),
        (_, Some("pair" | "merge")) => Some("查清是不是同一个人"),
        (_, Some("change" | "death_undo")) => Some("办理变更"),
        (_, Some("intake")) => Some("复核导入"),
        _ if detail.get("for").is_some() => Some("代办"),
        _ => None,
    }
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
