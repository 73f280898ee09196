//! Standards of places, by two people's word.

use domain::{
    aid::ProposalState,
    outreach::{
        Occasion, OutreachError, Refusal, Terms,
        commands::standard::{NewStandard, decide, propose},
        reference, store,
    },
};
use ledger::Fen;

use super::scene::refused;
use crate::cast::{audited, context, date, now, region, worker};

fn new(code: &str, who: &str, yuan: i64) -> NewStandard {
    NewStandard {
        region: region(code),
        occasion: Occasion::SpringFestival,
        who: who.parse().unwrap(),
        valid_from: date(2026, 12, 1),
        valid_to: None,
        terms: Terms {
            cash: Fen::yuan(yuan),
            item: Some("慰问品".to_owned()),
            item_value: Fen::yuan(200),
            visitors: 2,
            days: 3,
            tells: true,
        },
        source: "示例〔2026〕1号".to_owned(),
    }
}

schema::both! {
    async fn a_standard_is_two_peoples_and_nothing_above_is_contradicted(db) {
        let cx = context();
        reference::load(db, now()).await.unwrap();
        reference::load(db, now()).await.unwrap();
        let (one, other) = (worker(db, "one", "330106").await, worker(db, "other", "330106").await);
        for (code, who, yuan) in [("330106", "veteran", 1001), ("330106", "alone", 1001)] {
            let no = refused(propose(db, &cx, &one, new(code, who, yuan), now()).await);
            assert!(matches!(no, Refusal::Contradicts { .. }), "{no:?}");
        }
        let weaker = NewStandard { terms: Terms { visitors: 1, ..new("330106", "veteran", 1).terms }, ..new("330106", "veteran", 1) };
        assert!(matches!(refused(propose(db, &cx, &one, weaker, now()).await), Refusal::Contradicts { .. }));
        let theirs = propose(db, &cx, &one, new("330108", "veteran", 900), now()).await;
        assert!(matches!(theirs, Err(OutreachError::NotFound)), "not of the own place");
        let past = NewStandard { valid_from: date(2026, 11, 1), ..new("330106", "veteran", 900) };
        assert_eq!(refused(propose(db, &cx, &one, past, now()).await), Refusal::InThePast);
        let birthday = NewStandard { who: "tens".parse().unwrap(), ..new("330106", "veteran", 900) };
        assert_eq!(refused(propose(db, &cx, &one, birthday, now()).await), Refusal::Standard);
        let row = propose(db, &cx, &one, new("330106", "veteran", 900), now()).await.unwrap();
        assert_eq!(refused(decide(db, &cx, &one, (row.id, true), now()).await), Refusal::SamePerson);
        let row = decide(db, &cx, &other, (row.id, true), now()).await.unwrap();
        assert_eq!(row.state, ProposalState::Agreed);
        assert_eq!(refused(decide(db, &cx, &other, (row.id, true), now()).await), Refusal::NotNow);
        let again = propose(db, &cx, &one, new("330106", "veteran", 800), now()).await.unwrap();
        assert_eq!(refused(decide(db, &cx, &other, (again.id, true), now()).await), Refusal::Exists, "of one day one row");
        assert_eq!(store::standard::written(db, &region("3301"), 9).await.unwrap().len(), 2);
        audited(db).await;
    }
}
