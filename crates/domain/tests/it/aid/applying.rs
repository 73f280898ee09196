use chrono::TimeDelta;
use domain::{
    aid::{
        AidError, Refusal, Status,
        category::reference::offers,
        commands::{draft, read, submit::submit, withdraw::withdraw},
        draft::{Answer, Pay, Question, Raw},
        progress::{one, progress},
        store,
        view::Stage,
    },
    authority::Scope,
    region as regions,
};

use super::office::{Office, at, monday, refusal};
use crate::cast::{login, region};

schema::both! {
    async fn a_draft_survives_every_page_and_is_offered_for_thirty_days(db) {
        let office = Office::open(db).await;
        let wang = office.myself("wang").await;
        let draft = draft::begin(db, &office.cx, &wang, monday()).await.unwrap();
        let raw = Raw { choices: vec!["illness".to_owned()], ..Raw::default() };
        let answer = Answer::parse(Question::WhatHappened, &raw, &offers()).ok().unwrap();
        draft::answer(db, &office.cx, &wang, (draft.id, answer), monday()).await.unwrap();

        let later = monday() + TimeDelta::days(29);
        let again = draft::begin(db, &office.cx, &wang, later).await.unwrap();
        assert_eq!(again.id, draft.id);
        assert!(Question::next(&again.answers(&office.cx.seal).unwrap()) == Some(Question::OwnWords));
        assert_eq!(store::draft::offered(db, &login("wang"), later).await.unwrap().len(), 1);

        let late = monday() + TimeDelta::days(30);
        assert!(draft::open(db, &wang, late).await.unwrap().is_none());
        assert_ne!(draft::begin(db, &office.cx, &wang, late).await.unwrap().id, draft.id);
        assert_eq!(store::draft::purge(db, late + TimeDelta::days(30)).await.unwrap(), 1);
    }

    async fn a_draft_is_nobody_elses(db) {
        let office = Office::open(db).await;
        let (wang, daughter) = (office.myself("wang").await, office.mandate("daughter", office.wang.id).await);
        let draft = office.written(&wang, "illness", monday()).await;
        let refused = submit(db, &office.cx, &daughter, (draft.id, draft.version), monday()).await;
        assert!(matches!(refused, Err(AidError::NotFound)));
        assert!(matches!(draft::discard(db, &daughter, draft.id).await, Err(AidError::NotFound)));
        assert!(draft::open(db, &daughter, monday()).await.unwrap().is_none());
        draft::discard(db, &wang, draft.id).await.unwrap();
        draft::discard(db, &wang, draft.id).await.unwrap();
        assert!(draft::open(db, &wang, monday()).await.unwrap().is_none());
    }

    async fn two_taps_are_one_case_with_one_number(db) {
        let office = Office::open(db).await;
        let wang = office.myself("wang").await;
        let draft = office.written(&wang, "illness", monday()).await;
        let tap = || submit(db, &office.cx, &wang, (draft.id, draft.version), monday());
        let (one, other) = tokio::join!(tap(), tap());
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!((one.id, &one.number), (other.id, &other.number));
        assert_eq!(tap().await.unwrap().id, one.id, "a bookmark of the check page");
        assert_eq!(office.told("aid.received").await, ["wang"]);
        assert_eq!(office.log(one.id).await.len(), 1);
        office.closes().await;
    }

    async fn what_is_sent_is_what_was_shown(db) {
        let office = Office::open(db).await;
        let wang = office.myself("wang").await;
        let empty = draft::begin(db, &office.cx, &wang, monday()).await.unwrap();
        let open = submit(db, &office.cx, &wang, (empty.id, empty.version), monday()).await;
        assert_eq!(refusal(open), Refusal::NotAnswered(Question::WhatHappened));
        let draft = office.written(&wang, "illness", monday()).await;
        let stale = submit(db, &office.cx, &wang, (draft.id, draft.version - 1), monday()).await;
        assert_eq!(refusal(stale), Refusal::Stale);
    }

    async fn numbers_are_spoken_and_have_no_gaps(db) {
        regions::reference::load(db).await.unwrap();
        let office = Office::open(db).await;
        let wang = office.myself("wang").await;
        let mut numbers = Vec::new();
        for category in ["illness", "illness", "disability", "disaster"] {
            let draft = office.written(&wang, category, monday()).await;
            match submit(db, &office.cx, &wang, (draft.id, draft.version), monday()).await {
                Ok(case) => numbers.push(case.number),
                Err(AidError::Refused(Refusal::LiveCaseExists { number })) => {
                    assert_eq!(number, "西湖帮扶2026-0001");
                    draft::discard(db, &wang, draft.id).await.unwrap();
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(numbers, ["西湖帮扶2026-0001", "西湖帮扶2026-0002", "西湖帮扶2026-0003"]);
        let said = store::case::by_number(db, " 西湖帮扶2026-0002 ").await.unwrap().unwrap();
        assert_eq!(said.number, numbers[1]);
    }

    async fn mother_and_daughter_asking_at_once_are_one_case(db) {
        let office = Office::open(db).await;
        let (wang, daughter) = (office.myself("wang").await, office.mandate("daughter", office.wang.id).await);
        let hers = office.written(&wang, "illness", monday()).await;
        let daughters = office.written(&daughter, "illness", monday()).await;
        let (one, other) = tokio::join!(
            submit(db, &office.cx, &wang, (hers.id, hers.version), monday()),
            submit(db, &office.cx, &daughter, (daughters.id, daughters.version), monday()),
        );
        let (case, refused) = if one.is_ok() { (one, other) } else { (other, one) };
        assert_eq!(refusal(refused), Refusal::LiveCaseExists { number: case.unwrap().number });
        office.closes().await;
    }

    async fn who_acts_for_somebody_and_the_person_both_follow_it(db) {
        let office = Office::open(db).await;
        let daughter = office.mandate("daughter", office.wang.id).await;
        let draft = office.written(&daughter, "illness", monday()).await;
        let case = submit(db, &office.cx, &daughter, (draft.id, draft.version), monday()).await.unwrap();
        assert!(case.for_another);
        assert_eq!(office.told("aid.received").await, ["daughter", "wang"]);
        let hers = progress(db, &login("wang"), monday()).await.unwrap();
        assert_eq!((hers[0].stage, hers[0].for_whom.as_deref()), (Stage::Received, None));
        let daughters = progress(db, &login("daughter"), monday()).await.unwrap();
        assert_eq!(daughters[0].for_whom.as_deref(), Some("王秀英"));
        // Five working days after Monday the 21st: the Mid-Autumn Festival's Friday is off.
        assert_eq!(hers[0].next_by, Some(crate::cast::date(2026, 9, 29)));
        assert!(one(db, &login("registrar"), case.id, monday()).await.unwrap().is_none());
    }

    async fn a_request_is_taken_back_until_it_is_approved(db) {
        let office = Office::open(db).await;
        let wang = office.myself("wang").await;
        let case = office.submitted("wang", monday()).await;
        let withdrawn = withdraw(db, &office.cx, &wang, case.id, monday()).await.unwrap();
        assert_eq!(withdrawn.status, Status::Withdrawn);
        withdraw(db, &office.cx, &wang, case.id, monday()).await.unwrap();
        assert_eq!(office.log(case.id).await.len(), 2, "a second tap changes nothing");
        assert_eq!(office.told("aid.withdrawn").await, ["wang"]);

        let approved = office.approved("wang", monday()).await;
        let late = withdraw(db, &office.cx, &wang, approved, monday()).await;
        assert!(matches!(refusal(late), Refusal::NotNow { status: Status::Approved, .. }));
        office.closes().await;
    }

    async fn what_was_written_is_sealed_and_read_with_an_audit_row(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        let before = crate::cast::audited(db).await;
        let worker = office.worker("reviewer").await;
        let answers = read::answers(db, &office.cx, &worker, case.id, at(21, 10)).await.unwrap();
        assert!(answers.words == "难" && answers.pay == Pay::OnFile);
        assert_eq!(crate::cast::audited(db).await, before + 1);
        assert!(!format!("{case:?}").contains("难"));

        let elsewhere = crate::cast::worker(db, "neighbour", "330105").await;
        let hidden = read::answers(db, &office.cx, &elsewhere, case.id, at(21, 10)).await;
        assert!(matches!(hidden, Err(AidError::NotFound)));
        let mine = [Scope::Region(region("3301"))];
        let theirs = [Scope::Region(region("330105"))];
        assert_eq!(store::case::waiting(db, &mine, &[Status::Submitted], 9).await.unwrap().len(), 1);
        assert!(store::case::waiting(db, &theirs, &[Status::Submitted], 9).await.unwrap().is_empty());
    }
}
