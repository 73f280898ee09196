//! 代理 in aid: a substitute has acted for two, and a declared relation bars both.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    aid::{
        Decision, Refusal, Status, Void,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            batch::open_batch,
            confirm::confirm_batch,
            decide::Became,
            notice::{close_due_notices, publish_notice},
            passing::{self, Pair},
            visit::record_visit,
        },
        separation::{Part, Rule},
        store,
    },
    authority::{
        Grants, Role,
        substitution::commands::{NewSubstitution, arrange, end},
    },
    calendar::local_date,
    declaration::{self, RelationKind, commands::declare},
    ids::{AccountId, SubstitutionId},
};

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{login, region};

/// `away` names `substitute` for his first grant of the role, for three months.
async fn stands_in(office: &Office<'_>, substitute: &str, away: &str, role: Role) -> SubstitutionId {
    let grants = Grants::of(office.db, &login(away), monday()).await.unwrap();
    let grant = grants.all().iter().find(|live| live.role == role).expect("the role").grant;
    let new = NewSubstitution {
        grant,
        substitute: login(substitute),
        from: monday(),
        to: monday() + TimeDelta::days(90),
        reason: "出差".to_owned(),
    };
    arrange(office.db, &office.cx, &grants, new, monday()).await.unwrap().id
}

fn rule(did: Part, wants: Part) -> Refusal {
    Refusal::Separation(Rule { did, wants })
}

async fn last(office: &Office<'_>, case: domain::ids::CaseId) -> (Option<AccountId>, Option<AccountId>) {
    let log = store::case::log(office.db, case).await.unwrap();
    log.into_iter().last().map(|entry| (entry.actor, entry.stands_for)).unwrap()
}

fn soon() -> DateTime<Utc> {
    monday() + TimeDelta::hours(1)
}

schema::both! {
    async fn a_substitute_decides_and_the_log_names_both(db) {
        let office = Office::open(db).await;
        // Has a role at the desk, and no part in any case.
        office.hire("spare", Role::Publisher).await;
        stands_in(&office, "spare", "approver", Role::Approver).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        let became = office.decides("spare", Decision::Agree, &instance, monday()).await.unwrap();
        assert_eq!(became, Became::Now(Status::Approved));
        let log = store::case::log(db, case).await.unwrap();
        let approved = log.iter().find(|entry| entry.role == "approver").unwrap();
        assert_eq!(approved.actor.as_ref(), Some(&login("spare")));
        assert_eq!(approved.stands_for.as_ref(), Some(&login("approver")));
        office.closes().await;
    }

    // The platform's form names who is away: his task goes to whoever stands in, once, and back when he is.
    async fn a_task_of_whoever_is_away_is_passed_on_and_comes_back(db) {
        let office = Office::open(db).await;
        office.hire("spare", Role::Publisher).await;
        let (case, _) = office.in_approval("wang", monday()).await;
        let asks = async |now| passing::ask_due(db, &office.cx, now).await.unwrap();
        assert_eq!(asks(soon()).await, 0, "nobody is away");
        let arranged = stands_in(&office, "spare", "approver", Role::Approver).await;
        assert_eq!((asks(soon()).await, asks(soon()).await), (1, 0));
        let (away, substitute) = (login("approver"), login("spare"));
        let there = Pair { away: &away, substitute: &substitute };
        let back = Pair { away: &substitute, substitute: &away };
        let due = async |pair, now| passing::is_due(db, (case, 1), pair, now).await.unwrap();
        assert!(due(there, soon()).await && !due(back, soon()).await);
        for _ in 0..2 {
            passing::passed(db, &office.cx, (case, 1), there, soon()).await.unwrap();
        }
        let passed = |back| domain::aid::Happened::ApprovalPassed {
            round: 1,
            to: login(if back { "approver" } else { "spare" }),
            away: login(if back { "spare" } else { "approver" }),
            back,
        };
        let times = async |what| office.log(case).await.into_iter().filter(|one| *one == what).count();
        assert_eq!(times(passed(false)).await, 1);

        let later = soon() + TimeDelta::hours(1);
        end(db, &office.cx, &login("approver"), arranged, later).await.unwrap();
        let later = later + TimeDelta::minutes(1);
        assert_eq!((asks(later).await, asks(later).await), (1, 0));
        assert!(due(back, later).await && !due(there, later).await);
        passing::passed(db, &office.cx, (case, 1), back, later).await.unwrap();
        assert_eq!(times(passed(true)).await, 1);
        assert_eq!(office.letters("approval.pass").await, 2);
        office.closes().await;
    }

    async fn a_task_is_passed_to_nobody_whom_the_case_bars(db) {
        let office = Office::open(db).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        // The registrar took the case.
        let arranged = stands_in(&office, "registrar", "approver", Role::Approver).await;
        assert_eq!(passing::ask_due(db, &office.cx, soon()).await.unwrap(), 0);
        end(db, &office.cx, &login("approver"), arranged, soon()).await.unwrap();
        office.hire("spare", Role::Publisher).await;
        let grants = Grants::of(db, &login("spare"), monday()).await.unwrap();
        declare(db, &office.cx, &grants, (office.wang.id, RelationKind::Kin, local_date(monday())), monday())
            .await
            .unwrap();
        let grants = Grants::of(db, &login("approver"), soon()).await.unwrap();
        let new = NewSubstitution {
            grant: grants.all()[0].grant,
            substitute: login("spare"),
            from: soon(),
            to: soon() + TimeDelta::days(9),
            reason: "出差".to_owned(),
        };
        arrange(db, &office.cx, &grants, new, soon()).await.unwrap();
        assert_eq!(passing::ask_due(db, &office.cx, soon()).await.unwrap(), 0);
        // Nor when there is nothing to decide any more.
        office.decides("approver", Decision::Refuse, &instance, soon()).await.unwrap();
        let pair = Pair { away: &login("approver"), substitute: &login("spare") };
        assert!(!passing::is_due(db, (case, 1), pair, soon()).await.unwrap());
        office.closes().await;
    }

    // Invariant 13: nobody does two steps that exclude each other, also not by a substitute or as one.
    async fn a_substitute_is_excluded_from_what_the_other_is_excluded_from(db) {
        let office = Office::open(db).await;
        office.hire("spare", Role::Publisher).await;
        // The registrar took the case, and somebody stands in for him who also approves in his own right.
        office.grant(&login("spare"), Role::Approver).await;
        let case = office.submitted("wang", monday()).await;
        accept(db, &office.cx, &office.worker("registrar").await, case.id, monday()).await.unwrap();
        let arranged = stands_in(&office, "spare", "registrar", Role::Worker).await;
        let visit = Office::visit("lead", "second", local_date(monday()), 3000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case.id, visit), monday()).await.unwrap();
        let instance = office.asked(case.id, monday()).await;
        office.decides("spare", Decision::Agree, &instance, monday()).await.unwrap();
        assert_eq!(office.status(case.id).await, Status::Visited, "the round is void");
        let why = Void::Separation(Rule { did: Part::Registrar, wants: Part::Approver });
        let log = office.log(case.id).await;
        assert!(log.contains(&domain::aid::Happened::DecisionVoid { round: 1, why }));

        // Back from his journey, the one ends it; from then on the other acts for himself alone.
        end(db, &office.cx, &login("registrar"), arranged, soon()).await.unwrap();
        let reviewer = office.worker("reviewer").await;
        submit_for_approval(db, &office.cx, &reviewer, case.id, soon()).await.unwrap();
        office.closes().await;
    }

    async fn what_a_substitute_did_counts_for_the_one_who_was_away(db) {
        let office = Office::open(db).await;
        office.hire("spare", Role::Publisher).await;
        office.grant(&login("approver"), Role::Payer).await;
        stands_in(&office, "spare", "approver", Role::Approver).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        office.decides("spare", Decision::Agree, &instance, monday()).await.unwrap();
        // His substitute approved: he does not pay, and the substitute does not publish.
        let publisher = office.proof("spare").await;
        let own = publish_notice(db, &office.cx, &publisher, case, monday()).await;
        assert_eq!(refusal(own), rule(Part::Approver, Part::Publisher));
        office.published(case, monday()).await;
        close_due_notices(db, &office.cx, at(60, 9)).await.unwrap();
        let payer = office.payer("approver").await;
        let batch = open_batch(db, &office.cx, &payer, (&region(COUNTY), None), at(60, 10)).await;
        assert_eq!(refusal(batch), Refusal::NothingToPay);
        office.closes().await;
    }

    async fn who_made_a_batch_does_not_confirm_it_by_a_substitute(db) {
        let office = Office::open(db).await;
        office.hire("spare", Role::Publisher).await;
        stands_in(&office, "spare", "payer", Role::Payer).await;
        office.ready("wang", monday()).await;
        let batch = office.batch(at(60, 9)).await.unwrap().batch;
        let spare = office.payer("spare").await;
        assert_eq!(spare.stands_for(), Some(&login("payer")));
        let own = confirm_batch(db, &office.cx, &spare, (batch.id, batch.version), at(60, 10)).await;
        assert_eq!(refusal(own), Refusal::OwnBatch);
        let confirmer = office.payer("confirmer").await;
        confirm_batch(db, &office.cx, &confirmer, (batch.id, batch.version), at(60, 10)).await.unwrap();
        office.closes().await;
    }

    async fn one_visitor_and_his_substitute_are_not_two(db) {
        let office = Office::open(db).await;
        office.hire("spare", Role::Publisher).await;
        stands_in(&office, "spare", "lead", Role::Worker).await;
        let case = office.submitted("wang", monday()).await;
        accept(db, &office.cx, &office.worker("registrar").await, case.id, monday()).await.unwrap();
        let lead = office.worker("lead").await;
        let visit = Office::visit("lead", "spare", local_date(monday()), 3000);
        let alone = record_visit(db, &office.cx, &lead, (case.id, visit), monday()).await;
        assert_eq!(refusal(alone), Refusal::OneVisitor);
        let spare = office.worker("spare").await;
        let visit = Office::visit("spare", "second", local_date(monday()), 3000);
        record_visit(db, &office.cx, &spare, (case.id, visit), monday()).await.unwrap();
        assert_eq!(last(&office, case.id).await, (Some(login("spare")), Some(login("lead"))));
        // And the one who was away counts as having been there.
        let asks = submit_for_approval(db, &office.cx, &lead, case.id, monday()).await;
        assert_eq!(refusal(asks), rule(Part::VisitLead, Part::Reviewer));
        office.closes().await;
    }

    async fn a_declared_relation_bars_every_step_and_the_rule_is_named(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        let grants = Grants::of(db, &login("registrar"), monday()).await.unwrap();
        let kin = (office.wang.id, RelationKind::Kin, local_date(monday()));
        let relation = declare(db, &office.cx, &grants, kin, monday()).await.unwrap();
        let registrar = office.worker("registrar").await;
        let refused = accept(db, &office.cx, &registrar, case.id, monday()).await;
        assert_eq!(refusal(refused), rule(Part::Relative, Part::Registrar));

        // Neither does his substitute.
        office.hire("spare", Role::Publisher).await;
        let arranged = stands_in(&office, "spare", "registrar", Role::Worker).await;
        let refused = accept(db, &office.cx, &office.worker("spare").await, case.id, monday()).await;
        assert_eq!(refusal(refused), rule(Part::Relative, Part::Registrar));
        end(db, &office.cx, &login("spare"), arranged, soon()).await.unwrap();

        let tomorrow = monday() + TimeDelta::days(1);
        let over = (relation.id, local_date(tomorrow));
        declaration::commands::end(db, &office.cx, &login("registrar"), over, tomorrow).await.unwrap();
        accept(db, &office.cx, &registrar, case.id, tomorrow).await.unwrap();
        office.closes().await;
    }

    async fn a_relative_approves_nothing_in_the_platform_either(db) {
        let office = Office::open(db).await;
        let (case, instance) = office.in_approval("wang", monday()).await;
        let grants = Grants::of(db, &login("approver"), monday()).await.unwrap();
        let kin = (office.wang.id, RelationKind::Household, local_date(monday()));
        declare(db, &office.cx, &grants, kin, monday()).await.unwrap();
        office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
        assert_eq!(office.status(case).await, Status::Visited);
        let why = Void::Separation(Rule { did: Part::Relative, wants: Part::Approver });
        let log = office.log(case).await;
        assert!(log.contains(&domain::aid::Happened::DecisionVoid { round: 1, why }));
        office.closes().await;
    }
}
