//! What is to be done with a case next: the button of a role, and where a worker goes from its page.

use domain::{
    aid::{Case, Status},
    authority::Role,
};

/// What is to be pressed, and the role that presses it. `agreed`: the approver has agreed, and the case still waits for its money.
pub(super) const fn button(case: &Case, agreed: bool) -> Option<(Role, &'static str, &'static str)> {
    match case.status {
        Status::Submitted => Some((Role::Worker, "accept", "受理")),
        Status::Visited => Some((Role::Worker, "ask", "送去审批")),
        Status::InApproval if agreed => Some((Role::Worker, "reserve", "经费到位，再预占")),
        Status::Approved => Some((Role::Publisher, "publish", "发布公示")),
        Status::ReadyToPay | Status::Urgent if case.account_checked => None,
        Status::ReadyToPay | Status::Urgent | Status::Returned | Status::UrgentReturned => {
            Some((Role::Worker, "account", "账户已核对"))
        }
        Status::PapersDue => Some((Role::Worker, "papers", "手续已经补齐")),
        _ => None,
    }
}

/// Where a worker goes from here: below the case's address, and the words.
pub(super) fn links(
    status: Status,
    (new_account, elsewhere, ahead, assesses): (bool, bool, bool, bool),
) -> Vec<(&'static str, &'static str)> {
    let next: &[(&str, &str)] = match status {
        Status::Submitted => {
            &[("supplement", "要求补正"), ("decision", "不予受理"), ("emergency", "先救后补")]
        }
        Status::Supplementing => &[("supplement", "记下补来的材料"), ("decision", "不予受理")],
        Status::Accepted if ahead => &[("visit", "记录家访")],
        Status::Accepted => &[("visit", "记录家访"), ("emergency", "先救后补")],
        Status::Visited => &[("visit", "记录家访"), ("council", "集体研究"), ("decision", "退回或不通过")],
        Status::ReadyToPay | Status::Returned | Status::Urgent | Status::UrgentReturned if new_account => {
            &[("account", "确认新账户")]
        }
        Status::OnNotice | Status::Objected => &[("objection", "记录异议")],
        Status::Paid => &[("receipt", "记录收到没有"), ("review", "定期复核"), ("close", "结案")],
        Status::Unreceived => &[("receipt", "记录收到没有")],
        Status::Received => &[("review", "定期复核"), ("close", "结案")],
        Status::Declined | Status::Refused => &[("appeal", "记录申诉")],
        _ => &[],
    };
    let note = (asks_for_papers(status) && elsewhere).then_some(("elsewhere", "说明别的帮扶"));
    let paid = status == Status::InBatch || status.is_paid() || status.is_over();
    let payee = (!paid).then_some(("payee", "代收人"));
    let assess = assesses.then_some(("assessment", "填家访评估"));
    let always = [("file", "看申请和家访"), ("papers", "材料"), ("rulings", "看补正、决定和申诉")];
    let over = matches!(status, Status::Closed | Status::Refused | Status::Final | Status::Terminated);
    let back = (ahead && (over || status.is_paid()) && status != Status::Unreceived)
        .then_some(("clawback", "提出追回"));
    let after = status.is_paid().then_some(("after", "看回访和复核"));
    let now = next.iter().copied().chain(assess).chain(note);
    now.chain(always).chain(payee).chain(after).chain(back).collect()
}

/// Has it not gone to its approver yet?
pub(super) const fn asks_for_papers(status: Status) -> bool {
    matches!(status, Status::Submitted | Status::Supplementing | Status::Accepted | Status::Visited)
}
