//! Which parts the log of a case gave to whom, and may somebody play another? Pure.

use super::{
    super::{CaseEvent, Happened, Refusal},
    Part, Rule,
};
use crate::ids::AccountId;

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
        Happened::WriteOffProposed { .. } => actor(Part::LossProposer),
        Happened::WriteOffDecided { .. } => actor(Part::LossJudge),
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
        | Happened::ReceiptShown { .. }
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

    use super::{super::Part, check, parts};
    use crate::{
        aid::{CaseEvent, Happened, clawback::Loss},
        ids::{
            AccountId, AppealId, BatchId, CaseEventId, CaseId, ClawbackId, CouncilId, EvidenceId,
            ObjectionId, PaymentId, PublicNoticeId, RulingId, WriteOffId,
        },
    };

    const ALL: [Part; 25] = [
        Part::LossProposer,
        Part::LossJudge,
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
    const STEPS: [Part; 15] = [
        Part::LossProposer,
        Part::LossJudge,
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
            Part::LossProposer => Happened::WriteOffProposed {
                write_off: WriteOffId::from_uuid(id),
                clawback: ClawbackId::from_uuid(id),
                amount: Fen::ZERO,
                loss: Loss::Unable,
                evidence: EvidenceId::from_uuid(id),
            },
            Part::LossJudge => Happened::WriteOffDecided {
                write_off: WriteOffId::from_uuid(id),
                clawback: ClawbackId::from_uuid(id),
                agreed: true,
                amount: Fen::ZERO,
            },
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

    #[test]
    fn nobody_who_had_a_hand_on_the_money_says_that_it_is_lost() {
        for says in [Part::LossProposer, Part::LossJudge] {
            for hand in
                [Part::AccountChecker, Part::Payer, Part::Confirmer, Part::Reconciler, Part::Collector]
            {
                assert!(says.excludes(hand), "{says:?} {hand:?}");
            }
        }
        assert!(Part::LossProposer.excludes(Part::LossJudge) && Part::Claimer.excludes(Part::LossJudge));
        assert!(!Part::Claimer.excludes(Part::LossProposer) && !Part::ClaimJudge.excludes(Part::LossJudge));
    }
}
