//! Money does not go twice.

use domain::{
    aid::{
        Case, Refusal,
        commands::{approval::submit_for_approval, draft, stop::note_elsewhere, submit::submit},
        draft::{Answer, Elsewhere},
        procedure::Limit,
        stop::{Near, near_misses},
        store,
    },
    authority::Scope,
    ids::PersonId,
    person::kin::{NewKin, Relationship, commands as kin},
};
use ledger::Fen;
use sea_orm::{ConnectionTrait, Statement};

use super::office::{COUNTY, Office, at, in_need, monday, refusal};
use crate::cast::{date, region, registered, unit};

/// A case of a person in a category, visited, with so much proposed.
async fn visited(office: &Office<'_>, login: &str, (category, elsewhere): (&str, &[Elsewhere])) -> Case {
    let (db, cx) = (office.db, &office.cx);
    let myself = office.myself(login).await;
    let draft = office.written(&myself, category, monday()).await;
    let answer = Answer::HelpElsewhere(elsewhere.to_vec());
    let draft = draft::answer(db, cx, &myself, (draft.id, answer), monday()).await.unwrap();
    let case = submit(db, cx, &myself, (draft.id, draft.version), monday()).await.unwrap();
    let registrar = office.worker("registrar").await;
    domain::aid::commands::accept::accept(db, cx, &registrar, case.id, monday()).await.unwrap();
    let visit = Office::visit("lead", "second", date(2026, 9, 21), 3000);
    let lead = office.worker("lead").await;
    domain::aid::commands::visit::record_visit(db, cx, &lead, (case.id, visit), monday()).await.unwrap()
}

async fn married(office: &Office<'_>, login: &str, name: &str) -> PersonId {
    let spouse = registered(office.db, in_need(office.wang.unit_id, name)).await;
    office.link(login, spouse.id).await;
    let new = NewKin {
        relation: Relationship::Spouse,
        name: name.to_owned(),
        relative: Some(spouse.id),
        from_on: Some(date(1968, 5, 1)),
    };
    let worker = office.worker("registrar").await;
    kin::add(office.db, &office.cx, &worker, (office.wang.id, new), monday()).await.unwrap();
    spouse.id
}

schema::both! {
    async fn one_person_asks_in_two_counties_in_the_same_second_and_has_one_case(db) {
        let office = Office::open(db).await;
        domain::region::reference::load(db).await.unwrap();
        let wang = office.myself("wang").await;
        let proxy = office.mandate("son", office.wang.id).await;
        let (one, other) = (
            office.written(&wang, "illness", monday()).await,
            office.written(&proxy, "illness", monday()).await,
        );
        let elsewhere = unit(db, "330205").await;
        // While she asks here, she is moved, and her son asks there.
        let moves = async {
            let sql = "UPDATE person SET unit_id = $1 WHERE id = $2";
            let values = [elsewhere.id.uuid().into(), office.wang.id.uuid().into()];
            let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
            db.execute_raw(statement).await.unwrap();
            submit(db, &office.cx, &proxy, (other.id, other.version), monday()).await
        };
        let (here, there) = tokio::join!(
            submit(db, &office.cx, &wang, (one.id, one.version), monday()),
            moves,
        );
        let (done, refused): (Vec<_>, Vec<_>) = [here, there].into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 1));
        let no = refusal(refused.into_iter().next().unwrap());
        assert!(matches!(no, Refusal::LiveCaseExists { .. }), "{no:?}");
        assert_eq!(store::case::of_person(db, office.wang.id).await.unwrap().len(), 1);
        office.closes().await;
    }

    async fn what_other_schemes_gave_is_looked_into_before_the_approver_is_asked(db) {
        let office = Office::open(db).await;
        let reviewer = office.worker("reviewer").await;
        let own = visited(&office, "wang", ("disaster", &[Elsewhere::Unit])).await;
        submit_for_approval(db, &office.cx, &reviewer, own.id, monday()).await.unwrap();
        let nothing = note_elsewhere(db, &office.cx, &reviewer, (own.id, "没有", "没有"), monday()).await;
        assert!(matches!(refusal(nothing), Refusal::NotNow { .. }));

        let case = visited(&office, "wang", ("illness", &[Elsewhere::Union, Elsewhere::CivilAffairs])).await;
        let asked = submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await;
        assert_eq!(refusal(asked), Refusal::HelpedElsewhere);
        for (why, evidence) in [("", "通知"), ("不同的事", " "), ("不同的事", &"长".repeat(301))] {
            let refused = note_elsewhere(db, &office.cx, &reviewer, (case.id, why, evidence), monday()).await;
            assert_eq!(refusal(refused), Refusal::Elsewhere);
        }
        let note = (case.id, "工会帮的是去年住院", "工会通知");
        note_elsewhere(db, &office.cx, &reviewer, note, monday()).await.unwrap();
        let notes = store::stop::notes(db, case.id).await.unwrap();
        assert!(!format!("{notes:?}").contains("工会"));
        submit_for_approval(db, &office.cx, &reviewer, case.id, monday()).await.unwrap();
        let scopes = [Scope::Region(region(COUNTY))];
        let near = near_misses(db, &scopes, monday()).await.unwrap();
        let found: Vec<_> = near.iter().map(|miss| (miss.near, miss.cases.len())).collect();
        assert_eq!(found, [(Near::Besides, 2), (Near::Elsewhere, 1)]);
        assert!(near_misses(db, &[Scope::Region(region("330205"))], monday()).await.unwrap().is_empty());
        office.closes().await;
    }

    async fn husband_and_wife_get_no_more_together_than_a_household_may(db) {
        let office = Office::open(db).await;
        let worker = office.worker("reviewer").await;
        // The county narrows the province, and does not widen it; what begins later does not count yet.
        let wide = office.sets((Limit::HouseholdCap, 50_000), date(2026, 9, 21)).await;
        let limit = Limit::HouseholdCap;
        assert!(matches!(refusal(wide), Refusal::ProcedureContradicts { limit: it, value: 10_000, .. } if it == limit));
        for (yuan, day) in [(5000, 21), (1000, 25)] {
            office.sets((limit, yuan), date(2026, 9, day)).await.unwrap();
        }
        let twice = office.sets((limit, 4000), date(2026, 9, 21)).await;
        assert_eq!(refusal(twice), Refusal::StandardExists);
        married(&office, "li", "李建国").await;
        let hers = visited(&office, "wang", ("illness", &[Elsewhere::Nobody])).await;
        let his = visited(&office, "li", ("illness", &[Elsewhere::Nobody])).await;
        let (one, other) = tokio::join!(
            submit_for_approval(db, &office.cx, &worker, hers.id, monday()),
            submit_for_approval(db, &office.cx, &worker, his.id, monday()),
        );
        let (done, refused): (Vec<_>, Vec<_>) = [one, other].into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1, "{refused:?}");
        let no = refusal(refused.into_iter().next().unwrap());
        let source = "示例〔2026〕7号".to_owned();
        assert_eq!(no, Refusal::HouseholdCap { most: Fen::yuan(5000), used: Fen::yuan(3000), source });
        office.closes().await;
    }

    async fn of_what_went_ahead_the_household_is_asked_for_the_whole_that_is_under_way(db) {
        let office = Office::with_budget(db, 20_000).await;
        office.sets((Limit::HouseholdCap, 5000), date(2026, 9, 21)).await.unwrap();
        married(&office, "li", "李建国").await;
        let hers = office.paid_ahead(1000, monday()).await;
        office.brings(hers, monday()).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 21), 3000);
        let lead = office.worker("lead").await;
        domain::aid::commands::visit::record_visit(db, &office.cx, &lead, (hers, visit), monday()).await.unwrap();
        let reviewer = office.worker("reviewer").await;
        submit_for_approval(db, &office.cx, &reviewer, hers, monday()).await.unwrap();
        let his = visited(&office, "li", ("illness", &[Elsewhere::Nobody])).await;
        let no = submit_for_approval(db, &office.cx, &reviewer, his.id, monday()).await;
        let source = "示例〔2026〕7号".to_owned();
        assert_eq!(refusal(no), Refusal::HouseholdCap { most: Fen::yuan(5000), used: Fen::yuan(3000), source });
        office.closes().await;
    }

    async fn what_comes_near_to_a_double_payment_is_named_with_its_cases(db) {
        let office = Office::with_budget(db, 20_000).await;
        married(&office, "li", "李建国").await;
        office.ready("wang", monday()).await;
        office.ready("li", monday()).await;
        office.sent(at(45, 9)).await;
        let near = near_misses(db, &[Scope::Region(region("33"))], at(46, 9)).await.unwrap();
        let found: Vec<_> = near.iter().map(|miss| (miss.near, miss.cases.len())).collect();
        assert_eq!(found, [(Near::Couple, 2), (Near::Account, 2)], "they have one account besides");
        let next_year = near_misses(db, &[Scope::Region(region("33"))], at(140, 9)).await.unwrap();
        assert!(next_year.is_empty());
        office.closes().await;
    }
}
