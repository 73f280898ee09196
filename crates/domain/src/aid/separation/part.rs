//! The parts, and which two of them one person may not play in one case. Pure.

use serde::{Deserialize, Serialize};

/// A part somebody plays in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Asked for help, or is the person, or acts for him.
    Applicant,
    /// 申报过的关系: has declared that he is close to the person.
    Relative,
    /// 回避: stepped aside in a meeting on the case.
    Recused,
    /// 受理.
    Registrar,
    /// 家访 (lead).
    VisitLead,
    /// 家访 (second).
    VisitSecond,
    /// 初审: sent it to the approver.
    Reviewer,
    /// 集体研究: voted on it.
    Member,
    /// 审批.
    Approver,
    /// 公示.
    Publisher,
    /// 异议处理.
    Resolver,
    /// 申诉处理: had no part in the case before, and has none after.
    AppealJudge,
    /// 登记收款账户: wrote the person's account into the register, by a list or by a request, or agreed to it.
    AccountWriter,
    /// 核对账户.
    AccountChecker,
    /// 制单.
    Payer,
    /// 复核.
    Confirmer,
    /// 回访、定期复核: looked again after the money had come; had no part in it before.
    Verifier,
    /// 追回 (提出).
    Claimer,
    /// 追回 (决定).
    ClaimJudge,
    /// 追回 (收款): wrote down what came.
    Collector,
    /// 核销 (提出): never had a hand on the money.
    LossProposer,
    /// 核销 (决定): nor had he.
    LossJudge,
    /// 对账: wrote down what the bank did.
    Reconciler,
    /// 审计.
    Auditor,
    /// 经办: writes down or passes on, and judges nothing.
    Clerk,
}

/// The two parts that one person may not play in one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What the actor did.
    pub did: Part,
    /// What he wanted to do.
    pub wants: Part,
}

impl Part {
    /// The word on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Applicant => "申请人一方",
            Self::Relative => "申报过的亲近关系",
            Self::Recused => "集体研究时的回避",
            Self::Registrar => "受理",
            Self::VisitLead => "家访（主）",
            Self::VisitSecond => "家访",
            Self::Reviewer => "初审",
            Self::Member => "集体研究",
            Self::Approver => "审批",
            Self::Publisher => "公示",
            Self::Resolver => "异议处理",
            Self::AppealJudge => "申诉处理",
            Self::AccountWriter => "登记收款账户",
            Self::AccountChecker => "核对账户",
            Self::Payer => "制单",
            Self::Confirmer => "复核",
            Self::Verifier => "回访复核",
            Self::Claimer => "提出追回",
            Self::ClaimJudge => "决定追回",
            Self::Collector => "追回收款",
            Self::LossProposer => "提出核销",
            Self::LossJudge => "决定核销",
            Self::Reconciler => "对账",
            Self::Auditor => "审计",
            Self::Clerk => "经办",
        }
    }

    /// May one person not play both? Symmetric.
    pub fn excludes(self, other: Self) -> bool {
        /// Every two of these.
        const APART: [Part; 7] = [
            Part::Registrar,
            Part::VisitLead,
            Part::Reviewer,
            Part::Approver,
            Part::Payer,
            Part::Confirmer,
            Part::Auditor,
        ];
        /// Whoever had a hand on the money; none of them says that it is lost, nor does the auditor.
        const HANDS: [Part; 7] = [
            Part::AccountWriter,
            Part::AccountChecker,
            Part::Payer,
            Part::Confirmer,
            Part::Reconciler,
            Part::Collector,
            Part::Auditor,
        ];
        /// These pairs besides. The reconciler may be who confirmed, never who made the batch; an objection is judged by
        /// somebody who had no part in what it objects to; who vouches for an account touches no payment, and who wrote it
        /// into the register neither decides about the case nor pays it. Whoever
        /// handled a case or will decide on it may vote in a meeting, where others do, too; he does not pay.
        const PAIRS: [(Part, Part); 57] = [
            (Part::Claimer, Part::ClaimJudge),
            (Part::Claimer, Part::Collector),
            (Part::Claimer, Part::Auditor),
            (Part::ClaimJudge, Part::Collector),
            (Part::ClaimJudge, Part::Registrar),
            (Part::ClaimJudge, Part::VisitLead),
            (Part::ClaimJudge, Part::Reviewer),
            (Part::ClaimJudge, Part::Payer),
            (Part::ClaimJudge, Part::Confirmer),
            (Part::ClaimJudge, Part::Reconciler),
            (Part::ClaimJudge, Part::Auditor),
            (Part::Collector, Part::Approver),
            (Part::Collector, Part::Auditor),
            (Part::LossJudge, Part::LossProposer),
            (Part::LossJudge, Part::Claimer),
            (Part::LossJudge, Part::Registrar),
            (Part::LossJudge, Part::VisitLead),
            (Part::LossJudge, Part::Reviewer),
            (Part::Verifier, Part::Registrar),
            (Part::Verifier, Part::VisitLead),
            (Part::Verifier, Part::VisitSecond),
            (Part::Verifier, Part::Reviewer),
            (Part::Verifier, Part::Approver),
            (Part::Verifier, Part::Payer),
            (Part::Verifier, Part::Confirmer),
            (Part::Verifier, Part::Reconciler),
            (Part::Verifier, Part::Auditor),
            (Part::Member, Part::Resolver),
            (Part::Member, Part::Payer),
            (Part::Member, Part::Confirmer),
            (Part::Member, Part::Auditor),
            (Part::VisitSecond, Part::Reviewer),
            (Part::VisitSecond, Part::Approver),
            (Part::VisitSecond, Part::Auditor),
            (Part::Publisher, Part::Approver),
            (Part::Publisher, Part::Auditor),
            (Part::Resolver, Part::VisitLead),
            (Part::Resolver, Part::VisitSecond),
            (Part::Resolver, Part::Reviewer),
            (Part::Resolver, Part::Approver),
            (Part::Resolver, Part::Auditor),
            (Part::AccountWriter, Part::AccountChecker),
            (Part::AccountWriter, Part::Approver),
            (Part::AccountWriter, Part::Payer),
            (Part::AccountWriter, Part::Confirmer),
            (Part::AccountWriter, Part::Reconciler),
            (Part::AccountWriter, Part::Auditor),
            (Part::AccountChecker, Part::Payer),
            (Part::AccountChecker, Part::Confirmer),
            (Part::AccountChecker, Part::Reconciler),
            (Part::AccountChecker, Part::Auditor),
            (Part::Reconciler, Part::Registrar),
            (Part::Reconciler, Part::VisitLead),
            (Part::Reconciler, Part::Reviewer),
            (Part::Reconciler, Part::Approver),
            (Part::Reconciler, Part::Payer),
            (Part::Reconciler, Part::Auditor),
        ];
        let pair = (self, other);
        if self == other {
            return false;
        }
        let judges = |part| part == Self::AppealJudge;
        let loses = |part| matches!(part, Self::LossProposer | Self::LossJudge);
        let outside = |part| matches!(part, Self::Applicant | Self::Relative | Self::Recused);
        (outside(self) && !outside(other))
            || (outside(other) && !outside(self))
            || judges(self) && other != Self::Clerk
            || judges(other) && self != Self::Clerk
            || (APART.contains(&self) && APART.contains(&other))
            || (loses(self) && HANDS.contains(&other))
            || (loses(other) && HANDS.contains(&self))
            || PAIRS.iter().any(|(one, two)| pair == (*one, *two) || pair == (*two, *one))
    }
}
