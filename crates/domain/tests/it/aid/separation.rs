use domain::{
    aid::{
        Refusal,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            batch::open_batch,
            notice::{close_due_notices, publish_notice},
            visit::record_visit,
        },
        separation::{Part, Rule},
    },
    authority::Role,
    calendar::local_date,
};

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{login, region};

fn rule(did: Part, wants: Part) -> Refusal {
    Refusal::Separation(Rule { did, wants })
}

schema::both! {
    async fn nobody_on_the_applicants_side_touches_the_case(db) {
        let office = Office::open(db).await;
        // The daughter works in the office, and so does 王秀英's own login, by some mistake.
        office.mandate("daughter", office.wang.id).await;
        for name in ["daughter", "wang"] {
            office.grant(&login(name), Role::Worker).await;
        }
        let case = office.submitted("wang", monday()).await;
        for name in ["daughter", "wang"] {
            let refused = accept(db, &office.cx, &office.worker(name).await, case.id, monday()).await;
            assert_eq!(refusal(refused), rule(Part::Applicant, Part::Registrar));
        }
        accept(db, &office.cx, &office.worker("registrar").await, case.id, monday()).await.unwrap();
        let visit = Office::visit("lead", "daughter", local_date(monday()), 3000);
        let refused =
            record_visit(db, &office.cx, &office.worker("lead").await, (case.id, visit), monday()).await;
        assert_eq!(refusal(refused), rule(Part::Applicant, Part::VisitSecond));
        office.closes().await;
    }

    async fn who_did_one_step_does_not_do_the_next(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        let registrar = office.worker("registrar").await;
        accept(db, &office.cx, &registrar, case.id, monday()).await.unwrap();
        let day = local_date(monday());
        let visit = Office::visit("registrar", "second", day, 3000);
        let led = record_visit(db, &office.cx, &registrar, (case.id, visit), monday()).await;
        assert_eq!(refusal(led), rule(Part::Registrar, Part::VisitLead));
        // To come along is allowed.
        let visit = Office::visit("lead", "registrar", day, 3000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case.id, visit), monday()).await.unwrap();
        for (name, did) in [("registrar", Part::Registrar), ("lead", Part::VisitLead)] {
            let asked = submit_for_approval(db, &office.cx, &office.worker(name).await, case.id, monday()).await;
            assert_eq!(refusal(asked), rule(did, Part::Reviewer));
        }
    }

    async fn the_approver_does_not_publish_and_the_visitor_does_not_pay(db) {
        let office = Office::open(db).await;
        office.grant(&login("approver"), Role::Publisher).await;
        office.grant(&login("lead"), Role::Payer).await;
        let case = office.approved("wang", monday()).await;
        let own = publish_notice(db, &office.cx, &office.proof("approver").await, case, monday()).await;
        assert_eq!(refusal(own), rule(Part::Approver, Part::Publisher));
        office.published(case, monday()).await;
        close_due_notices(db, &office.cx, at(60, 9)).await.unwrap();
        let payer = office.payer("lead").await;
        let county = region(COUNTY);
        let batch =
            open_batch(db, &office.cx, &payer, (&county, None), at(60, 10)).await;
        assert_eq!(refusal(batch), Refusal::NothingToPay);
        office.closes().await;
    }
}
