//! Standards of aid: written by one, agreed to by another, narrowed and never widened from above to below.

use domain::{
    aid::{
        AidError, Category, NewVisit, ProposalState, Refusal,
        commands::{
            standard::{NewStandard, decide, propose},
            visit::record_visit,
        },
        standard::{Field, standard},
        store,
    },
    authority::{Proof, held},
    calendar::local_date,
};
use ledger::Fen;

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, holder, region};

type Worker = Proof<held::Worker>;

/// From 1 October on.
fn new(code: &str, (least, most): (i64, i64), (notice_days, once_a_year): (i32, bool)) -> NewStandard {
    NewStandard {
        category: Category::Illness,
        region: region(code),
        valid_from: date(2026, 10, 1),
        least: Fen::yuan(least),
        most: Fen::yuan(most),
        notice_days,
        once_a_year,
        source: "示例〔2026〕3号".to_owned(),
    }
}

async fn agreed(office: &Office<'_>, (one, other): (&Worker, &Worker), new: NewStandard) {
    let it = propose(office.db, &office.cx, one, new, monday()).await.unwrap();
    let it = decide(office.db, &office.cx, other, (it.id, true), monday()).await.unwrap();
    assert_eq!(it.state, ProposalState::Agreed);
}

schema::both! {
    async fn a_standard_is_in_force_by_two_peoples_word_and_from_its_first_day(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let it = propose(db, &office.cx, &lead, new(COUNTY, (2000, 3000), (7, true)), monday()).await.unwrap();
        let own = decide(db, &office.cx, &lead, (it.id, true), monday()).await;
        assert_eq!(refusal(own), Refusal::OwnStandard);
        let most = async |day| {
            let rules = store::case::rules_of(db, Category::Illness).await.unwrap();
            standard(&rules, &region(COUNTY), day).unwrap().most.value
        };
        assert_eq!(most(date(2026, 10, 1)).await, Fen::yuan(5000), "not before it is decided");
        decide(db, &office.cx, &second, (it.id, true), monday()).await.unwrap();
        assert_eq!(most(date(2026, 9, 30)).await, Fen::yuan(5000));
        assert_eq!(most(date(2026, 10, 1)).await, Fen::yuan(3000));
        let again = decide(db, &office.cx, &second, (it.id, false), monday()).await;
        assert_eq!(refusal(again), Refusal::StandardDecided);
        let twice = propose(db, &office.cx, &lead, new(COUNTY, (2000, 2500), (7, true)), monday()).await.unwrap();
        let twice = decide(db, &office.cx, &second, (twice.id, true), monday()).await;
        assert_eq!(refusal(twice), Refusal::StandardExists);
        let late = propose(db, &office.cx, &lead, new(COUNTY, (2000, 2500), (7, true)), at(40, 9)).await;
        assert_eq!(refusal(late), Refusal::StandardInThePast);
        office.closes().await;
    }

    async fn who_is_below_is_told_which_row_above_forbids_it(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let city: Worker = holder(db, "city", "3301").await;
        let other: Worker = holder(db, "other", "3301").await;
        agreed(&office, (&city, &other), new("3301", (1500, 4000), (6, true))).await;
        let no = propose(db, &office.cx, &lead, new(COUNTY, (1500, 4500), (6, true)), monday()).await;
        match refusal(no) {
            Refusal::Contradicts { field, limit, region, since, source } => {
                assert_eq!((field, limit.as_str(), region.as_str()), (Field::Most, "¥4,000.00", "3301"));
                assert_eq!((since, source.as_str()), (date(2026, 10, 1), "示例〔2026〕3号"));
            }
            other => panic!("{other:?}"),
        }
        // Above one's own place nobody writes.
        let up = propose(db, &office.cx, &lead, new("3301", (1500, 4000), (6, true)), monday()).await;
        assert!(matches!(up, Err(AidError::NotFound)));
        agreed(&office, (&lead, &second), new(COUNTY, (1600, 3500), (8, true))).await;
        // What the city narrows later binds the county, whatever its row says.
        let later = NewStandard { valid_from: date(2026, 11, 1), ..new("3301", (1500, 2500), (6, true)) };
        agreed(&office, (&city, &other), later).await;
        let rules = store::case::rules_of(db, Category::Illness).await.unwrap();
        let it = standard(&rules, &region(COUNTY), date(2026, 11, 1)).unwrap();
        assert_eq!((it.least.value, it.least.region.as_str()), (Fen::yuan(1600), COUNTY));
        assert_eq!((it.most.value, it.most.region.as_str()), (Fen::yuan(2500), "3301"));
        office.closes().await;
    }

    async fn a_visit_proposes_what_every_layer_allows(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        agreed(&office, (&lead, &second), new(COUNTY, (2000, 2500), (7, true))).await;
        let now = at(40, 9);
        let case = office.submitted("wang", now).await;
        let registrar = office.worker("registrar").await;
        domain::aid::commands::accept::accept(db, &office.cx, &registrar, case.id, now).await.unwrap();
        let visit: NewVisit = Office::visit("lead", "second", local_date(now), 3000);
        let refused = record_visit(db, &office.cx, &lead, (case.id, visit), now).await;
        assert_eq!(refusal(refused), Refusal::Amount { least: Fen::yuan(2000), most: Fen::yuan(2500) });
        let visit = Office::visit("lead", "second", local_date(now), 2500);
        record_visit(db, &office.cx, &lead, (case.id, visit), now).await.unwrap();
        office.closes().await;
    }
}
