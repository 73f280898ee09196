//! 回避: who did one step of a case may not do certain others, and nobody on the applicant's side does any.
//!
//! The table follows 《行政事业单位内部控制规范（试行）》 (财会〔2012〕21号) art. 12 (1), 不相容岗位相互分离: registrar, visit lead,
//! reviewer, approver, payer, reconciler and auditor of one case are different people. It is judged over the
//! case's own log, so that a change of roles in between changes nothing. Who acts as a substitute has acted for two: the
//! log names both, and what the one is excluded from, so is the other. Who wrote the person's account into the register did so before or
//! beside the case: that part is asked of the register.

use serde::{Deserialize, Serialize};

use super::{CaseEvent, Happened, Refusal};
use crate::ids::AccountId;

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
        /// These pairs besides. The reconciler may be who confirmed, never who made the batch; an objection is judged by
        /// somebody who had no part in what it objects to; who vouches for an account touches no payment, and who wrote it
        /// into the register neither decides about the case nor pays it. Whoever
        /// handled a case or will decide on it may vote in a meeting, where others do, too; he does not pay.
        const PAIRS: [(Part, Part); 52] = [
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
        let outside = |part| matches!(part, Self::Applicant | Self::Relative | Self::Recused);
        (outside(self) && !outside(other))
            || (outside(other) && !outside(self))
            || judges(self) && other != Self::Clerk
            || judges(other) && self != Self::Clerk
            || (APART.contains(&self) && APART.contains(&other))
            || PAIRS.iter().any(|(one, two)| pair == (*one, *two) || pair == (*two, *one))
    }
}

/// Which part an entry of the log gave to whom.
pub fn parts(event: &CaseEvent) -> Vec<(Part, &AccountId)> {
    let actors = || event.actor.iter().chain(&event.stands_for);
    let actor = |part| actors().map(|actor| (part, actor)).collect();
    match &event.what {
        Happened::Submitted
        | Happened::Withdrawn
        | Happened::Supplied { by_hand: false, .. }
        | Happened::ReceiptSaid { by_hand: false, .. }
        | Happened::Appealed { by_hand: false, .. } => actor(Part::Applicant),
        Happened::Entered { .. }
        | Happened::Accepted
        | Happened::SupplementAsked { .. }
        | Happened::EmergencyAsked { .. }
        | Happened::PapersCame { .. }
        | Happened::Declined { .. } => actor(Part::Registrar),
        Happened::Visited { lead, second, lead_for, second_for, .. } => {
            let leads = [lead].into_iter().chain(lead_for).map(|who| (Part::VisitLead, who));
            leads.chain([second].into_iter().chain(second_for).map(|who| (Part::VisitSecond, who))).collect()
        }
        Happened::ApprovalAsked { .. } | Happened::SentBack { .. } | Happened::Failed { .. } => {
            actor(Part::Reviewer)
        }
        Happened::Discussed { members, recused, .. } => {
            let voted = members.iter().map(|member| (Part::Member, member));
            voted.chain(recused.iter().map(|member| (Part::Recused, member))).collect()
        }
        Happened::AppealUpheld { .. } | Happened::AppealDismissed { .. } => actor(Part::AppealJudge),
        // A word in passing is no part; to agree, to refuse, to pass on and to add somebody is.
        Happened::PlatformAct { by, .. } => vec![(Part::Approver, by)],
        Happened::Approved { .. }
        | Happened::BudgetShort { .. }
        | Happened::Refused { .. }
        | Happened::EmergencyBacked { .. }
        | Happened::EmergencyGranted { .. }
        | Happened::EmergencyRefused { .. }
        | Happened::EmergencyTakenBack { .. } => actor(Part::Approver),
        Happened::NoticePublished { .. } => actor(Part::Publisher),
        Happened::ClaimProposed { .. } => actor(Part::Claimer),
        Happened::ClaimDecided { .. } => actor(Part::ClaimJudge),
        Happened::ClaimReceived { .. } => actor(Part::Collector),
        Happened::FollowedUp { .. } | Happened::Reviewed { .. } => actor(Part::Verifier),
        Happened::ObjectionDismissed { .. } | Happened::ObjectionUpheld { .. } => actor(Part::Resolver),
        Happened::AccountChecked
        | Happened::PayeeProposed { .. }
        | Happened::PayeeDecided { .. }
        | Happened::PayeeVouched { .. }
        | Happened::PayeeEnded { .. } => actor(Part::AccountChecker),
        Happened::PutInBatch { .. } => actor(Part::Payer),
        Happened::BatchConfirmed { .. } => actor(Part::Confirmer),
        Happened::Paid { .. } | Happened::Returned { .. } => actor(Part::Reconciler),
        Happened::Assessed { .. }
        | Happened::EvidenceAdded { .. }
        | Happened::EvidenceRedacted { .. }
        | Happened::EvidenceMarked { .. }
        | Happened::Supplied { by_hand: true, .. }
        | Happened::ReceiptSaid { by_hand: true, .. }
        | Happened::Closed { .. }
        | Happened::GivenUp { .. }
        | Happened::Appealed { by_hand: true, .. }
        | Happened::ApprovalCreated { .. }
        | Happened::ApprovalPassed { .. }
        | Happened::ApprovalWithdrawn { .. }
        | Happened::DecisionVoid { .. }
        | Happened::DecisionTooLate { .. }
        | Happened::Objected { .. }
        | Happened::NoticeClosed { .. }
        | Happened::TakenOutOfBatch { .. }
        | Happened::BatchSent { .. }
        | Happened::CarriedOver { .. }
        | Happened::Confirmed { .. }
        | Happened::Terminated { .. } => Vec::new(),
    }
}

/// May `actor` play this part? `party` are the logins on the applicant's side: who asked, the person's own, and
/// those who hold a mandate for him.
pub fn check(log: &[CaseEvent], party: &[AccountId], actor: &AccountId, wants: Part) -> Result<(), Refusal> {
    let refuse = |did| Err(Refusal::Separation(Rule { did, wants }));
    if wants != Part::Applicant && party.contains(actor) {
        return refuse(Part::Applicant);
    }
    for (did, who) in log.iter().flat_map(parts) {
        if who == actor && did.excludes(wants) {
            return refuse(did);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use ledger::Fen;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Part, check, parts};
    use crate::{
        aid::{CaseEvent, Happened},
        ids::{
            AccountId, AppealId, BatchId, CaseEventId, CaseId, CouncilId, ObjectionId, PaymentId,
            PublicNoticeId, RulingId,
        },
    };

    const ALL: [Part; 23] = [
        Part::Claimer,
        Part::ClaimJudge,
        Part::Collector,
        Part::Verifier,
        Part::Applicant,
        Part::Relative,
        Part::Recused,
        Part::Registrar,
        Part::VisitLead,
        Part::VisitSecond,
        Part::Reviewer,
        Part::Member,
        Part::Approver,
        Part::Publisher,
        Part::Resolver,
        Part::AppealJudge,
        Part::AccountWriter,
        Part::AccountChecker,
        Part::Payer,
        Part::Confirmer,
        Part::Reconciler,
        Part::Auditor,
        Part::Clerk,
    ];

    #[test]
    fn the_table_reads_the_same_from_both_sides() {
        for one in ALL {
            assert!(!one.excludes(one), "a second round may have the same reviewer");
            for other in ALL {
                assert_eq!(one.excludes(other), other.excludes(one), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_applicants_side_and_the_auditor_stay_apart_from_everybody_who_judges() {
        assert!(
            !Part::Applicant.excludes(Part::Relative),
            "whoever acts for a relative asks, and judges nothing"
        );
        for part in
            ALL.into_iter().filter(|part| !matches!(part, Part::Applicant | Part::Relative | Part::Recused))
        {
            assert!(Part::Applicant.excludes(part) && Part::Relative.excludes(part));
            assert_eq!(Part::Auditor.excludes(part), !matches!(part, Part::Auditor | Part::Clerk));
        }
    }

    #[test]
    fn who_judges_an_appeal_has_no_other_part() {
        for part in ALL.into_iter().filter(|part| *part != Part::AppealJudge) {
            assert_eq!(Part::AppealJudge.excludes(part), part != Part::Clerk, "{part:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// However people and parts come by, a log into which each entry was let by the rule has nobody in two parts that exclude each
        /// other, whichever two are compared.
        #[test]
        fn who_is_let_in_one_by_one_is_apart_from_every_side(
            walk in prop::collection::vec((0_usize..5, prop::sample::select(STEPS.to_vec())), 0..30),
        ) {
            let people = ["a", "b", "c", "d", "e"].map(|name| AccountId::parse(name).unwrap());
            let mut log: Vec<CaseEvent> = Vec::new();
            for (who, part) in walk {
                let actor = &people[who];
                if check(&log, &[], actor, part).is_ok() {
                    log.push(entry(log.len(), actor, part));
                }
            }
            let all: Vec<_> = log.iter().flat_map(parts).collect();
            for (one, actor) in &all {
                for (other, who) in &all {
                    prop_assert!(actor != who || !one.excludes(*other), "{one:?} {other:?}");
                }
            }
        }
    }

    /// Parts that one entry of the log gives to its actor.
    const STEPS: [Part; 13] = [
        Part::Member,
        Part::Recused,
        Part::Registrar,
        Part::Reviewer,
        Part::Approver,
        Part::Publisher,
        Part::Resolver,
        Part::AppealJudge,
        Part::AccountChecker,
        Part::Payer,
        Part::Confirmer,
        Part::Reconciler,
        Part::Applicant,
    ];

    fn entry(at: usize, actor: &AccountId, part: Part) -> CaseEvent {
        let id = Uuid::from_u128(u128::try_from(at).unwrap());
        let (batch, payment) = (BatchId::from_uuid(id), PaymentId::from_uuid(id));
        let what = match part {
            Part::Registrar => Happened::Accepted,
            Part::Reviewer => Happened::SentBack { ruling: RulingId::from_uuid(id) },
            Part::Approver => Happened::Refused { round: 1 },
            Part::Member | Part::Recused => {
                let (members, recused) = (vec![actor.clone()], Vec::new());
                let (members, recused) =
                    if part == Part::Member { (members, recused) } else { (recused, members) };
                Happened::Discussed { council: CouncilId::from_uuid(id), supported: true, members, recused }
            }
            Part::Publisher => {
                Happened::NoticePublished { notice: PublicNoticeId::from_uuid(id), closes_on: NaiveDate::MIN }
            }
            Part::Resolver => Happened::ObjectionUpheld { objection: ObjectionId::from_uuid(id) },
            Part::AppealJudge => Happened::AppealDismissed { appeal: AppealId::from_uuid(id) },
            Part::AccountChecker => Happened::AccountChecked,
            Part::Payer => Happened::PutInBatch { batch, payment, amount: Fen::ZERO },
            Part::Confirmer => Happened::BatchConfirmed { batch },
            Part::Reconciler => Happened::Paid { payment, amount: Fen::ZERO },
            _ => Happened::Submitted,
        };
        CaseEvent {
            id: CaseEventId::from_uuid(id),
            case_id: CaseId::from_uuid(id),
            seq: i32::try_from(at).unwrap() + 1,
            actor: Some(actor.clone()),
            role: String::new(),
            what,
            at: DateTime::UNIX_EPOCH,
            stands_for: None,
        }
    }

    #[test]
    fn nobody_both_decides_and_pays() {
        for pays in [Part::Payer, Part::Confirmer, Part::Reconciler] {
            assert!(Part::Approver.excludes(pays));
        }
        assert!(Part::Payer.excludes(Part::Confirmer) && Part::Payer.excludes(Part::Reconciler));
        assert!(!Part::Confirmer.excludes(Part::Reconciler), "two payers suffice");
        assert!(!Part::Registrar.excludes(Part::VisitSecond), "who took the case may come along");
    }
}
