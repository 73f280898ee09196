//! 补正: something is missing, the clock stands still, and it comes.

use domain::{
    aid::{
        AidError, Happened, Refusal, Status,
        clock::Kept,
        commands::{
            accept::accept,
            papers,
            supplement::{answer, ask, handed_in},
            withdraw::withdraw,
        },
        procedure::Limit,
        progress, store,
        view::Stage,
    },
    ids::{CaseId, SupplementId},
};
use secrecy::ExposeSecret;

use super::office::{Office, at, in_need, monday, refusal};
use crate::cast::{date, login, registered};

/// As the form gives it.
fn id() -> SupplementId {
    SupplementId::new(monday())
}

async fn kept(office: &Office<'_>, case: CaseId, limit: Limit) -> Kept {
    let all = store::clock::of_case(office.db, case).await.unwrap();
    all.into_iter().find(|kept| kept.limit_of == limit).unwrap()
}

schema::both! {
    async fn while_something_is_missing_the_clock_stands_still(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let nothing = ask(db, &office.cx, &registrar, (case, id(), " "), at(22, 9)).await;
        assert_eq!(refusal(nothing), Refusal::Words);
        // Fifteen working days after Tuesday the 22nd of September end on Tuesday the 20th of October.
        let asked = ask(db, &office.cx, &registrar, (case, id(), "还差住院发票"), at(22, 9)).await.unwrap();
        assert_eq!((asked.until, office.status(case).await), (date(2026, 10, 20), Status::Supplementing));
        let twice = ask(db, &office.cx, &registrar, (case, asked.id, "还差住院发票"), at(22, 10)).await.unwrap();
        assert_eq!(twice, asked, "a form that is sent twice is one request");
        assert_eq!(office.told("aid.supplement").await, ["wang"]);
        let early = accept(db, &office.cx, &registrar, case, at(23, 9)).await;
        assert!(matches!(refusal(early), Refusal::NotNow { status: Status::Supplementing, .. }));
        let seen = progress::one(db, &login("wang"), case, at(23, 9)).await.unwrap().unwrap();
        assert_eq!((seen.stage, seen.missing), (Stage::Missing, Some((asked.id, date(2026, 10, 20)))));
        assert_eq!(seen.next_by, Some(date(2026, 10, 20)));

        let herself = office.myself("wang").await;
        let read = papers::own(db, &office.cx, &herself, case, at(23, 9)).await.unwrap();
        assert_eq!(read.missing[0].asked.expose_secret(), "还差住院发票");
        answer(db, &office.cx, &herself, (case, asked.id, "发票已经找到，交给社区了"), at(29, 9)).await.unwrap();
        let again = answer(db, &office.cx, &herself, (case, asked.id, "又一次"), at(29, 10)).await.unwrap();
        assert_eq!(again.status, Status::Submitted);
        let log = office.log(case).await;
        assert_eq!(log.last(), Some(&Happened::Supplied { supplement: asked.id, by_hand: false }));
        // The 23rd, 24th, 28th and 29th were hers.
        let supply = kept(&office, case, Limit::Supply).await;
        assert_eq!((supply.used, supply.ended_on, supply.was_late()), (4, date(2026, 9, 29), false));

        accept(db, &office.cx, &registrar, case, at(30, 9)).await.unwrap();
        // The office had the 22nd and the 30th; five days and the four that stood still end on Saturday the 10th (调休).
        let accepted = kept(&office, case, Limit::Accept).await;
        assert_eq!((accepted.used, accepted.paused, accepted.due_on), (2, 4, Some(date(2026, 10, 10))));
        let read = papers::papers(db, &office.cx, &registrar, case, at(30, 9)).await.unwrap();
        assert_eq!(read.missing[0].answer.as_ref().unwrap().expose_secret(), "发票已经找到，交给社区了");
        office.closes().await;
    }

    async fn what_is_handed_in_is_written_down_by_a_worker(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let asked = ask(db, &office.cx, &registrar, (case, id(), "还差户口本复印件"), at(22, 9)).await.unwrap();
        let second = office.worker("second").await;
        let none = handed_in(db, &office.cx, &second, (case, id(), "复印件一份"), at(24, 9)).await;
        assert!(matches!(none, Err(AidError::NotFound)), "nobody asked for that");
        handed_in(db, &office.cx, &second, (case, asked.id, "复印件一份"), at(24, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Submitted);
        // To write something down is no part in the case: the same worker visits.
        accept(db, &office.cx, &registrar, case, at(24, 10)).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 24), 3000);
        let lead = office.worker("lead").await;
        domain::aid::commands::visit::record_visit(db, &office.cx, &lead, (case, visit), at(24, 11)).await.unwrap();
        office.closes().await;
    }

    async fn what_is_missing_is_for_whoever_it_is_about(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let asked = ask(db, &office.cx, &registrar, (case, id(), "还差一份"), at(22, 9)).await.unwrap();
        let other = registered(db, in_need(office.wang.unit_id, "赵德福")).await;
        office.link("zhao", other.id).await;
        let zhao = office.myself("zhao").await;
        let read = papers::own(db, &office.cx, &zhao, case, at(22, 10)).await;
        assert!(matches!(read, Err(AidError::NotFound)));
        let answered = answer(db, &office.cx, &zhao, (case, asked.id, "我来答"), at(22, 10)).await;
        assert!(matches!(answered, Err(AidError::NotFound)));
        office.closes().await;
    }

    async fn whoever_withdraws_owes_nothing_any_more(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await.id;
        let registrar = office.worker("registrar").await;
        let asked = ask(db, &office.cx, &registrar, (case, id(), "还差一份"), at(22, 9)).await.unwrap();
        let herself = office.myself("wang").await;
        withdraw(db, &office.cx, &herself, case, at(23, 9)).await.unwrap();
        let rows = store::paper::supplements(db, case).await.unwrap();
        assert!(rows.iter().all(|row| !row.is_open()));
        let late = answer(db, &office.cx, &herself, (case, asked.id, "补上"), at(24, 9)).await;
        assert!(matches!(refusal(late), Refusal::NotNow { status: Status::Withdrawn, .. }));
        office.closes().await;
    }
}
