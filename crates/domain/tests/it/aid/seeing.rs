use domain::{
    account::{self, commands::end_mandate},
    aid::{
        AidError, Status,
        commands::{accept::accept, submit::submit},
        progress::{for_auditor, for_worker, one, progress},
        store,
        task::{Work, open},
        view::Stage,
    },
    authority::Grants,
};
use ledger::Fen;

use super::office::{Office, at, monday};
use crate::cast::{login, worker};

async fn works(office: &Office<'_>, name: &str) -> Vec<(Work, u64)> {
    let grants = Grants::of(office.db, &login(name), monday()).await.unwrap();
    open(office.db, &grants).await.unwrap().into_iter().map(|open| (open.work, open.count)).collect()
}

schema::both! {
    async fn each_reader_sees_his_view_and_no_other_place(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        let seen = for_worker(db, &office.worker("second").await, case, monday()).await.unwrap();
        assert_eq!((seen.status, seen.name.as_str()), (Status::Approved, "王秀英"));
        assert_eq!((seen.visits.len(), seen.rounds.len(), seen.budget_short), (1, 1, false));
        let neighbour = worker(db, "neighbour", "330105").await;
        assert!(matches!(for_worker(db, &neighbour, case, monday()).await, Err(AidError::NotFound)));

        let audited = for_auditor(db, &office.proof("auditor").await, case, monday()).await.unwrap();
        assert_eq!(audited.lines.iter().map(|line| line.amount).sum::<Fen>(), Fen::ZERO);
        assert!(!format!("{audited:?}").contains("王秀英"));

        let hers = one(db, &login("wang"), case, monday()).await.unwrap().unwrap();
        assert_eq!((hers.stage, hers.approved), (Stage::OnNotice, Some(Fen::yuan(3000))));
        assert!(!hers.may_withdraw);
        let stages: Vec<Stage> = hers.past.iter().map(|(stage, _)| *stage).collect();
        assert_eq!(stages, [Stage::Received, Stage::Taken, Stage::Visited, Stage::InApproval, Stage::OnNotice]);
        assert!(one(db, &login("payer"), case, monday()).await.unwrap().is_none());
    }

    async fn whose_mandate_has_ended_sees_and_hears_nothing_more(db) {
        let office = Office::open(db).await;
        let daughter = office.mandate("daughter", office.wang.id).await;
        let draft = office.written(&daughter, "illness", monday()).await;
        let what = (draft.id, draft.version);
        let case = submit(db, &office.cx, &daughter, what, monday()).await.unwrap().id;
        assert_eq!(progress(db, &login("daughter"), monday()).await.unwrap().len(), 1);
        assert_eq!(office.told("aid.received").await, ["daughter", "wang"]);
        let link = account::store::mandates(db, &login("daughter"), monday()).await.unwrap().remove(0).id;
        end_mandate(db, &office.cx, &office.myself("wang").await, link, at(22, 8)).await.unwrap();
        accept(db, &office.cx, &office.worker("registrar").await, case, at(22, 9)).await.unwrap();
        assert_eq!(office.told("aid.accepted").await, ["wang"]);
        assert!(one(db, &login("daughter"), case, at(22, 9)).await.unwrap().is_none());
        assert!(progress(db, &login("daughter"), at(22, 9)).await.unwrap().is_empty());
        assert!(one(db, &login("wang"), case, at(22, 9)).await.unwrap().is_some());
        office.closes().await;
    }

    async fn open_work_stands_with_whom_it_waits_for(db) {
        let office = Office::open(db).await;
        office.submitted("wang", monday()).await;
        assert_eq!(works(&office, "lead").await, [(Work::Accept, 1)]);
        assert!(works(&office, "publisher").await.is_empty());
        assert!(works(&office, "auditor").await.is_empty(), "an auditor does nothing but look");
        let grants = Grants::of(db, &login("lead"), monday()).await.unwrap();
        let scopes: Vec<_> = grants.scopes(Work::Accept.role()).cloned().collect();
        assert_eq!(store::task::cases(db, Work::Accept, &scopes, 9).await.unwrap().len(), 1);
        assert!(store::task::cases(db, Work::Visit, &scopes, 9).await.unwrap().is_empty());
    }

    async fn a_batch_waits_for_the_other_payer(db) {
        let office = Office::open(db).await;
        let case = office.approved("wang", monday()).await;
        assert_eq!(works(&office, "publisher").await, [(Work::Publish, 1)]);
        office.published(case, monday()).await;
        assert!(works(&office, "payer").await.is_empty());
        domain::aid::commands::notice::close_due_notices(db, &office.cx, at(60, 9)).await.unwrap();
        assert_eq!(works(&office, "payer").await, [(Work::Pay, 1)]);
        office.batch(at(60, 10)).await.unwrap();
        assert!(works(&office, "payer").await.is_empty(), "nobody confirms his own");
        assert_eq!(works(&office, "confirmer").await, [(Work::Confirm, 1)]);
        office.closes().await;
    }
}
