//! The words of the desk.

use domain::{
    aid::{Acted, Happened},
    evidence::State,
};

/// What happened to a case, with the sum that is missing if one is.
pub(super) fn told(what: &Happened) -> String {
    match what {
        Happened::BudgetShort { missing: Some(missing), .. } => format!("{}，还差{missing}", label(what)),
        _ => label(what).to_owned(),
    }
}

const fn label(what: &Happened) -> &'static str {
    match what {
        Happened::Submitted => "申请人提交",
        Happened::SupplementAsked { .. } => "要求补正，时限暂停",
        Happened::Supplied { by_hand: false, .. } => "申请人补正",
        Happened::Supplied { by_hand: true, .. } => "补正材料送到",
        Happened::Declined { .. } => "不予受理",
        Happened::Entered { .. } => "工作人员登记",
        Happened::Accepted => "受理",
        Happened::Visited { .. } => "家访",
        Happened::SentBack { .. } => "退回，再家访一次",
        Happened::Failed { .. } => "初审不通过",
        Happened::Discussed { supported: true, .. } => "集体研究，同意送审",
        Happened::Discussed { supported: false, .. } => "集体研究，没有同意",
        Happened::EvidenceAdded { .. } => "收到材料",
        Happened::EvidenceRedacted { .. } => "材料做了涂黑件",
        Happened::EvidenceMarked { state: State::Void, .. } => "材料作废",
        Happened::EvidenceMarked { .. } => "材料原件已核",
        Happened::ApprovalAsked { .. } => "送审",
        Happened::ApprovalCreated { .. } => "审批已建立",
        Happened::ApprovalPassed { back: true, .. } => "代理结束，审批转回",
        Happened::ApprovalPassed { .. } => "审批人外出，转给代理人",
        Happened::PlatformAct { act: Acted::Agreed, .. } => "钉钉上这一步同意",
        Happened::PlatformAct { act: Acted::Refused, .. } => "钉钉上这一步不同意",
        Happened::PlatformAct { act: Acted::PassedOn, .. } => "钉钉上转交",
        Happened::PlatformAct { act: Acted::AddedSign, .. } => "钉钉上加签",
        Happened::Approved { .. } => "审批同意，经费已预占",
        Happened::BudgetShort { .. } => "审批同意，经费不足",
        Happened::Refused { .. } => "审批不同意",
        Happened::ApprovalWithdrawn { .. } => "审批撤回，回到经办人",
        Happened::DecisionVoid { .. } => "审批无效，回到经办人",
        Happened::DecisionTooLate { .. } => "审批来迟，不再改变",
        Happened::Withdrawn => "申请人撤回",
        Happened::NoticePublished { .. } => "公示",
        Happened::Objected { .. } => "有异议，公示暂停",
        Happened::ObjectionDismissed { .. } => "异议不成立，继续公示",
        Happened::ObjectionUpheld { .. } => "异议成立",
        Happened::Appealed { by_hand: false, .. } => "申请人申诉",
        Happened::Appealed { by_hand: true, .. } => "记录申请人的申诉",
        Happened::AppealUpheld { .. } => "申诉成立，接着办",
        Happened::AppealDismissed { .. } => "申诉不成立，维持原决定",
        Happened::NoticeClosed { .. } => "公示期满",
        Happened::PutInBatch { .. } => "列入发放批次",
        Happened::TakenOutOfBatch { .. } => "移出发放批次",
        Happened::BatchConfirmed { .. } => "批次复核",
        Happened::BatchSent { .. } => "送银行",
        Happened::Paid { .. } => "已发放",
        Happened::Returned { .. } => "银行退汇",
        Happened::AccountChecked => "账户已核对",
        Happened::CarriedOver { .. } => "结转到新的一年",
        Happened::Terminated { .. } => "终止",
    }
}
