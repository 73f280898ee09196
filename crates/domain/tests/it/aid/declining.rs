//! 不予受理, 退回, 不通过: decided before the approver is asked, with the rule, the document and the way of appeal.

use domain::{
    aid::{
        Happened, Refusal, Status,
        commands::{
            approval::submit_for_approval,
            decline::{decline, fail, send_back},
            supplement,
            visit::record_visit,
        },
        progress,
        ruling::{Ground, Kind},
        store,
        view::Stage,
    },
    ids::SupplementId,
};

use super::office::{Office, at, monday, refusal};
use crate::cast::{date, login};

schema::both! {
    async fn what_is_not_received_names_the_rule_the_document_and_until_when_to_appeal(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let silent = decline(db, &office.cx, &registrar, (case, Ground::NotThisKind, ""), at(22, 9)).await;
        assert_eq!(refusal(silent), Refusal::Words);
        for ground in [Ground::NotSo, Ground::Approver, Ground::NotSupplied] {
            let other = decline(db, &office.cx, &registrar, (case, ground, "说明"), at(22, 9)).await;
            assert_eq!(refusal(other), Refusal::Ground, "{ground:?}");
        }
        let why = "这次是房屋维修，请找社区的惠老实事";
        decline(db, &office.cx, &registrar, (case, Ground::NotThisKind, why), at(22, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Declined);
        let ruling = store::paper::rulings(db, case).await.unwrap().pop().unwrap();
        assert_eq!((ruling.kind, ruling.ground), (Kind::Declined, Ground::NotThisKind));
        assert_eq!(ruling.appeal_until, Some(date(2026, 10, 20)));
        assert!(ruling.basis.starts_with("示例"), "{}", ruling.basis);
        assert!(!format!("{ruling:?}").contains("房屋"));
        assert_eq!(office.told("aid.declined").await, ["wang"]);
        let seen = progress::one(db, &login("wang"), case, at(22, 10)).await.unwrap().unwrap();
        assert_eq!(seen.stage, Stage::Declined);
        assert!(seen.refused.unwrap().may_appeal);
        // What is over is in nobody's way.
        office.submitted("wang", at(23, 9)).await;
        office.closes().await;
    }

    async fn what_does_not_come_in_time_need_not_be_received(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let id = SupplementId::new(monday());
        supplement::ask(db, &office.cx, &registrar, (case, id, "还差发票"), at(22, 9)).await.unwrap();
        let late = (case, Ground::NotSupplied, "到期没有补来，以后可以再申请");
        let early = decline(db, &office.cx, &registrar, late, at(50, 23)).await;
        assert_eq!(refusal(early), Refusal::StillTime { until: date(2026, 10, 20) });
        let other = decline(db, &office.cx, &registrar, (case, Ground::Helped, "说明"), at(51, 9)).await;
        assert_eq!(refusal(other), Refusal::Ground, "what is missing is what it waits for");
        decline(db, &office.cx, &registrar, late, at(51, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Declined);
        assert!(store::paper::supplements(db, case).await.unwrap().iter().all(|row| !row.is_open()));
        let came = supplement::handed_in(db, &office.cx, &registrar, (case, id, "发票"), at(52, 9)).await;
        assert!(matches!(refusal(came), Refusal::NotNow { status: Status::Declined, .. }));
        office.closes().await;
    }

    async fn who_is_not_satisfied_with_a_visit_has_it_made_again(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let own = send_back(db, &office.cx, &registrar, (case, "住址不清楚"), at(22, 9)).await;
        assert!(matches!(refusal(own), Refusal::Separation(_)), "who received it does not review it");
        let reviewer = office.worker("reviewer").await;
        let back = send_back(db, &office.cx, &reviewer, (case, "住址不清楚"), at(22, 9)).await.unwrap();
        assert_eq!((back.status, back.proposed), (Status::Accepted, None));
        let asked = submit_for_approval(db, &office.cx, &reviewer, case, at(22, 10)).await;
        assert!(matches!(refusal(asked), Refusal::NotNow { .. }), "what was proposed counts no more");
        assert!(office.told("aid.refused").await.is_empty(), "that is the office's own matter");
        let visit = Office::visit("lead", "second", date(2026, 9, 23), 2000);
        let lead = office.worker("lead").await;
        record_visit(db, &office.cx, &lead, (case, visit), at(23, 9)).await.unwrap();
        office.asked(case, at(23, 10)).await;
        office.closes().await;
    }

    async fn a_reviewer_who_does_not_send_it_on_says_why(db) {
        let office = Office::open(db).await;
        let case = office.visited("wang", monday()).await.id;
        let reviewer = office.worker("reviewer").await;
        let odd = fail(db, &office.cx, &reviewer, (case, Ground::NotSupplied, "说明"), at(22, 9)).await;
        assert_eq!(refusal(odd), Refusal::Ground);
        fail(db, &office.cx, &reviewer, (case, Ground::BelowStandard, "自负部分没有到标准"), at(22, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Refused);
        assert!(matches!(office.log(case).await.last(), Some(Happened::Failed { ground: Ground::BelowStandard, .. })));
        assert_eq!(office.told("aid.refused").await, ["wang"]);
        assert_eq!(office.pot().await, [10_000, 0, 0, 0]);
        office.closes().await;
    }
}
