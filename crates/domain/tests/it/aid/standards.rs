//! Standards of aid: written by one, agreed to by another, narrowed and never widened from above to below.

use domain::{
    By,
    aid::{
        AidError, Category, Decision, Happened, NewVisit, ProposalState, Refusal, Status, Void,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            notice::close_due_notices,
            standard::{NewStandard, decide, propose},
            submit::submit,
            visit::record_visit,
        },
        envelope,
        payment::BankResult,
        standard::{Field, Level, Terms, standard},
        store,
    },
    authority::{
        Proof, Role, Scope,
        commands::{NewGrant, grant_in},
        held,
    },
    calendar::local_date,
    ids::VisitId,
};
use ledger::Fen;

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, holder, joined, region, write};

type Worker = Proof<held::Worker>;

/// From 1 October on.
pub(super) fn new(code: &str, (least, most): (i64, i64), notice_days: i32) -> NewStandard {
    NewStandard {
        category: Category::ILLNESS,
        region: region(code),
        valid_from: date(2026, 10, 1),
        terms: Terms { notice_days, ..Terms::band(Fen::yuan(least), Fen::yuan(most)) },
        source: "示例〔2026〕3号".to_owned(),
    }
}

pub(super) async fn agreed(office: &Office<'_>, (one, other): (&Worker, &Worker), new: NewStandard) {
    let it = propose(office.db, &office.cx, one, new, monday()).await.unwrap();
    let it = decide(office.db, &office.cx, other, (it.id, true), monday()).await.unwrap();
    assert_eq!(it.state, ProposalState::Agreed);
}

schema::both! {
    async fn a_standard_is_in_force_by_two_peoples_word_and_from_its_first_day(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let it = propose(db, &office.cx, &lead, new(COUNTY, (2000, 3000), 7), monday()).await.unwrap();
        let own = decide(db, &office.cx, &lead, (it.id, true), monday()).await;
        assert_eq!(refusal(own), Refusal::OwnStandard);
        let most = async |day| {
            let rules = store::case::rules_of(db, Category::ILLNESS).await.unwrap();
            standard(&rules, &region(COUNTY), day).unwrap().most.value
        };
        assert_eq!(most(date(2026, 10, 1)).await, Fen::yuan(5000), "not before it is decided");
        decide(db, &office.cx, &second, (it.id, true), monday()).await.unwrap();
        assert_eq!(most(date(2026, 9, 30)).await, Fen::yuan(5000));
        assert_eq!(most(date(2026, 10, 1)).await, Fen::yuan(3000));
        let again = decide(db, &office.cx, &second, (it.id, false), monday()).await;
        assert_eq!(refusal(again), Refusal::StandardDecided);
        let twice = propose(db, &office.cx, &lead, new(COUNTY, (2000, 2500), 7), monday()).await.unwrap();
        let twice = decide(db, &office.cx, &second, (twice.id, true), monday()).await;
        assert_eq!(refusal(twice), Refusal::StandardExists);
        let late = propose(db, &office.cx, &lead, new(COUNTY, (2000, 2500), 7), at(40, 9)).await;
        assert_eq!(refusal(late), Refusal::StandardInThePast);
        office.closes().await;
    }

    async fn who_is_below_is_told_which_row_above_forbids_it(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let city: Worker = holder(db, "city", "3301").await;
        let other: Worker = holder(db, "other", "3301").await;
        agreed(&office, (&city, &other), new("3301", (1500, 4000), 6)).await;
        let no = propose(db, &office.cx, &lead, new(COUNTY, (1500, 4500), 6), monday()).await;
        match refusal(no) {
            Refusal::Contradicts { field, limit, region, since, source } => {
                assert_eq!((field, limit.as_str(), region.as_str()), (Field::Most, "¥4,000.00", "3301"));
                assert_eq!((since, source.as_str()), (date(2026, 10, 1), "示例〔2026〕3号"));
            }
            other => panic!("{other:?}"),
        }
        // Above one's own place nobody writes.
        let up = propose(db, &office.cx, &lead, new("3301", (1500, 4000), 6), monday()).await;
        assert!(matches!(up, Err(AidError::NotFound)));
        agreed(&office, (&lead, &second), new(COUNTY, (1600, 3500), 8)).await;
        // What the city narrows later binds the county, whatever its row says.
        let later = NewStandard { valid_from: date(2026, 11, 1), ..new("3301", (1500, 2500), 6) };
        agreed(&office, (&city, &other), later).await;
        let rules = store::case::rules_of(db, Category::ILLNESS).await.unwrap();
        let it = standard(&rules, &region(COUNTY), date(2026, 11, 1)).unwrap();
        assert_eq!((it.least.value, it.least.region.as_str()), (Fen::yuan(1600), COUNTY));
        assert_eq!((it.most.value, it.most.region.as_str()), (Fen::yuan(2500), "3301"));
        office.closes().await;
    }

    async fn a_visit_proposes_what_every_layer_allows(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        agreed(&office, (&lead, &second), new(COUNTY, (2000, 2500), 7)).await;
        let now = at(40, 9);
        let case = office.submitted("wang", now).await;
        let registrar = office.worker("registrar").await;
        accept(db, &office.cx, &registrar, case.id, now).await.unwrap();
        let visit: NewVisit = Office::visit("lead", "second", local_date(now), 3000);
        let refused = record_visit(db, &office.cx, &lead, (case.id, visit), now).await;
        assert_eq!(refusal(refused), Refusal::Amount { least: Fen::yuan(2000), most: Fen::yuan(2500) });
        let visit = Office::visit("lead", "second", local_date(now), 2500);
        record_visit(db, &office.cx, &lead, (case.id, visit), now).await.unwrap();
        office.closes().await;
    }

    async fn an_amount_beyond_a_countys_needs_somebody_higher(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let mut low = new(COUNTY, (1000, 5000), 7);
        low.terms.county_most = Some(Fen::yuan(2999));
        agreed(&office, (&lead, &second), low).await;
        let (case, instance) = office.in_approval("wang", at(40, 9)).await;
        assert_eq!(store::approval::of_case(db, case).await.unwrap()[0].level, Level::City);
        office.decides("approver", Decision::Agree, &instance, at(40, 10)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Visited);
        let not = Happened::DecisionVoid { round: 1, why: Void::TooLow(Level::City) };
        assert_eq!(office.log(case).await.last(), Some(&not));
        let (account, scope) = (joined(db, "chief").await, Scope::Region(region("3301")));
        let chief = NewGrant { account, role: Role::Approver, scope, from: at(1, 0), to: None, reason: None };
        let tx = write(db).await;
        grant_in(&tx, &office.cx, By::INSTALLER, None, chief, at(1, 0)).await.unwrap();
        tx.commit().await.unwrap();
        let instance = office.asked(case, at(41, 9)).await;
        office.decides("chief", Decision::Agree, &instance, at(41, 10)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Approved);
        office.closes().await;
    }

    async fn somebody_of_the_county_may_refuse_whatever_the_amount(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let mut low = new(COUNTY, (1000, 5000), 7);
        low.terms.county_most = Some(Fen::ZERO);
        agreed(&office, (&lead, &second), low).await;
        let (case, instance) = office.in_approval("wang", at(40, 9)).await;
        office.decides("approver", Decision::Refuse, &instance, at(40, 10)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Refused);
        office.closes().await;
    }

    async fn what_helps_once_for_one_thing_helps_again_when_the_help_before_it_is_over(db) {
        let office = Office::open(db).await;
        let myself = office.myself("wang").await;
        let visited = async |now| {
            let draft = office.written(&myself, "accident", now).await;
            let case = submit(db, &office.cx, &myself, (draft.id, draft.version), now).await.unwrap();
            accept(db, &office.cx, &office.worker("registrar").await, case.id, now).await.unwrap();
            let visit = Office::visit("lead", "second", local_date(now), 3000);
            let visit = NewVisit { id: VisitId::new(now), ..visit };
            record_visit(db, &office.cx, &office.worker("lead").await, (case.id, visit), now).await.unwrap()
        };
        let tx = write(db).await;
        let pot = envelope(&region(COUNTY), 2026, Category::ACCIDENT);
        ledger::appropriate(&tx, &pot, Fen::yuan(9000), "test", "accident", at(1, 0)).await.unwrap();
        tx.commit().await.unwrap();
        let first = visited(monday()).await;
        let instance = office.asked(first.id, monday()).await;
        office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
        office.published(first.id, monday()).await;
        close_due_notices(db, &office.cx, at(38, 9)).await.unwrap();
        let (_, payments) = office.sent(at(38, 10)).await;
        office.bank(&payments[0], BankResult::Paid, at(39, 9)).await;
        let again = visited(at(40, 9)).await;
        let reviewer = office.worker("reviewer").await;
        let refused = submit_for_approval(db, &office.cx, &reviewer, again.id, at(50, 10)).await;
        // The example says half a year.
        let until = local_date(monday()).checked_add_months(chrono::Months::new(6)).unwrap();
        assert_eq!(refusal(refused), Refusal::StillHelped { number: first.number, until });
        let later = until.and_hms_opt(9, 0, 0).unwrap().and_utc();
        submit_for_approval(db, &office.cx, &reviewer, again.id, later).await.unwrap();
        office.closes().await;
    }

    async fn an_amount_that_is_worked_out_is_that_and_no_other(db) {
        let office = Office::open(db).await;
        let myself = office.myself("wang").await;
        let draft = office.written(&myself, "medical_cost", monday()).await;
        let case = submit(db, &office.cx, &myself, (draft.id, draft.version), monday()).await.unwrap();
        accept(db, &office.cx, &office.worker("registrar").await, case.id, monday()).await.unwrap();
        let lead = office.worker("lead").await;
        let visits = async |paid: Option<i64>, yuan| {
            let visit = Office::visit("lead", "second", local_date(monday()), yuan);
            let visit = NewVisit { self_paid: paid.map(Fen), ..visit };
            record_visit(db, &office.cx, &lead, (case.id, visit), monday()).await
        };
        // The example: half of what is above 10,000 yuan, in tens of yuan.
        assert_eq!(refusal(visits(None, 3000).await), Refusal::SelfPaid);
        let right = Refusal::WorkedOut { amount: Fen::yuan(3880) };
        assert_eq!(refusal(visits(Some(1_777_777), 3000).await), right);
        let below = Refusal::BelowLeast { amount: Fen::yuan(500), least: Fen::yuan(1000) };
        assert_eq!(refusal(visits(Some(1_100_000), 1000).await), below);
        let case = visits(Some(1_777_777), 3880).await.unwrap();
        assert_eq!(case.proposed, Some(Fen::yuan(3880)));
        office.asked(case.id, monday()).await;
        office.closes().await;
    }
}
