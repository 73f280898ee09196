//! After the money: it came or it did not, somebody goes there once more, a review says whether the help goes on, and it ends.

use chrono::NaiveDate;
use domain::{
    aid::{
        self, Category, Happened, Refusal, Status,
        bundle::{Signer, prove, verify},
        closing::Reason,
        commands::{
            accept::accept,
            approval::submit_for_approval,
            evidence::{add, add_to_own_case},
            receipt::{say, say_for},
            review::{close, read, review},
            sample::{Found, draw_due, follow_up},
            stop::note_elsewhere,
            submit::submit,
        },
        figures::paid_figures,
        payment::{BankResult, ReturnReason},
        review::{Outcome, Said, before, due},
        sample::{Chosen, draw, seed},
        separation::{Part, Rule},
        store,
    },
    authority::Scope,
    evidence::{self, EvidenceError, Files, Item},
    ids::{CaseId, FollowUpId, ReviewId},
};
use ledger::Fen;
use secrecy::ExposeSecret;

use super::{
    evidence::paper,
    office::{COUNTY, Office, at, in_need, monday, refusal},
};
use crate::cast::{date, region, registered, write};

impl Office<'_> {
    /// 王秀英 has been paid in October, and her case with her.
    pub(crate) async fn paid(&self) -> CaseId {
        let case = self.ready("wang", monday()).await;
        let (_, payments) = self.sent(at(49, 9)).await;
        self.bank(&payments[0], BankResult::Paid, at(50, 9)).await;
        case
    }

    /// The draw of October: the line of a case.
    async fn drawn(&self, case: CaseId) -> FollowUpId {
        for day in [62, 64] {
            assert_eq!(draw_due(self.db, &self.cx, at(day, 9)).await.unwrap(), 1);
        }
        let sample = store::after::samples(self.db, &region(COUNTY), 9).await.unwrap().remove(0);
        let lines = store::after::lines(self.db, sample.id).await.unwrap();
        lines.into_iter().find(|line| line.case_id == case && line.chosen.is_some()).unwrap().id
    }
}

impl Office<'_> {
    /// 王秀英 is helped once more in the same year, after a disaster, and paid on 29 November.
    async fn helped_again(&self) -> CaseId {
        let (db, cx) = (self.db, &self.cx);
        let pot = aid::envelope(&region(COUNTY), 2026, Category::DISASTER);
        let tx = write(db).await;
        ledger::appropriate(&tx, &pot, Fen::yuan(5000), "test", "test/disaster", at(51, 0)).await.unwrap();
        tx.commit().await.unwrap();
        let herself = self.myself("wang").await;
        let draft = self.written(&herself, "disaster", at(51, 9)).await;
        let second = submit(db, cx, &herself, (draft.id, draft.version), at(51, 9)).await.unwrap().id;
        accept(db, cx, &self.worker("registrar").await, second, at(51, 10)).await.unwrap();
        let note = (second, "一次是住院，一次是受灾", "受灾的证明");
        note_elsewhere(db, cx, &self.worker("reviewer").await, note, at(51, 11)).await.unwrap();
        self.goes_the_ordinary_way(second, 3000, at(52, 9)).await;
        let (_, payments) = self.sent(at(90, 9)).await;
        self.bank(&payments[0], BankResult::Paid, at(90, 10)).await;
        second
    }
}

fn found(on: NaiveDate, differs: bool) -> Found {
    Found { on, differs, findings: "钱收到了，买了药".to_owned() }
}

schema::both! {
    async fn one_says_that_it_came_and_says_it_once(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let herself = office.myself("wang").await;
        for _ in 0..2 {
            say(db, &office.cx, &herself, (case, true), at(51, 9)).await.unwrap();
        }
        assert_eq!((office.status(case).await, store::after::receipts(db, case).await.unwrap().len()), (Status::Received, 1));
        let other = registered(db, in_need(office.wang.unit_id, "李建国")).await;
        office.link("li", other.id).await;
        assert!(say(db, &office.cx, &office.myself("li").await, (case, false), at(51, 9)).await.is_err());
        office.closes().await;
    }

    async fn what_shows_that_it_came_is_kept_with_the_case_and_stands_in_the_proof(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let (herself, second) = (office.myself("wang").await, office.worker("second").await);
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        let early = add_to_own_case(db, (&office.cx, &files), &herself, (case, paper(Item::Receipt)), at(51, 9)).await;
        assert!(matches!(early, Err(EvidenceError::Refused(evidence::Refusal::Over))), "she has said nothing yet: {early:?}");
        say(db, &office.cx, &herself, (case, true), at(51, 9)).await.unwrap();
        let hers = paper(Item::Receipt);
        for _ in 0..2 {
            add_to_own_case(db, (&office.cx, &files), &herself, (case, hers.clone()), at(51, 10)).await.unwrap();
        }
        let other = add(db, (&office.cx, &files), &second, (case, paper(Item::Bills)), at(51, 10)).await;
        assert!(matches!(other, Err(EvidenceError::Refused(evidence::Refusal::Over))), "nothing else: {other:?}");
        let theirs = add(db, (&office.cx, &files), &second, (case, paper(Item::Receipt)), at(52, 9)).await.unwrap();
        let payment = store::payment::of_case(db, case).await.unwrap()[0].clone();
        let log = office.log(case).await;
        let shown: Vec<_> = log.iter().filter(|what| matches!(what, Happened::ReceiptShown { .. })).collect();
        let of = |evidence| Happened::ReceiptShown { payment: payment.id, evidence };
        assert_eq!(shown, [&of(hers.id), &of(theirs.id)]);
        let signer = Signer::from_seed(&[7; 32]).unwrap();
        let auditor = office.proof("auditor").await;
        let file = prove(db, &office.cx, &auditor, &signer, case, at(53, 9)).await.unwrap();
        verify(&file, &signer.public_key()).unwrap();
        assert!(String::from_utf8(file).unwrap().contains(&theirs.kept_sha256));
        // What the bank has sent back was not received.
        office.bank(&payment, BankResult::Returned(ReturnReason::Other), at(54, 9)).await;
        let late = add(db, (&office.cx, &files), &second, (case, paper(Item::Receipt)), at(54, 10)).await;
        assert!(late.is_err(), "{late:?}");
        office.closes().await;
    }

    async fn money_that_did_not_come_is_somebodys_to_find(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        say(db, &office.cx, &office.myself("wang").await, (case, false), at(51, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Unreceived);
        let closed = close(db, &office.cx, &office.worker("resolver").await, (case, Reason::Over), at(51, 9)).await;
        assert!(matches!(refusal(closed), Refusal::NotNow { status: Status::Unreceived, .. }));
        // It was in another drawer: she calls, and it is written down.
        say_for(db, &office.cx, &office.worker("second").await, (case, true), at(52, 9)).await.unwrap();
        let receipts = store::after::receipts(db, case).await.unwrap();
        assert_eq!(receipts.iter().map(|row| (row.received, row.by_hand)).collect::<Vec<_>>(), [(false, false), (true, true)]);
        // The bank returns it after all.
        let payments = store::payment::of_case(db, case).await.unwrap();
        office.bank(&payments[0], BankResult::Returned(ReturnReason::Other), at(53, 9)).await;
        assert_eq!((office.status(case).await, office.pot().await), (Status::Returned, [7000, 3000, 0, 0]));
        office.closes().await;
    }

    async fn a_month_is_drawn_once_and_anybody_can_draw_it_again(db) {
        let office = Office::with_budget(db, 40_000).await;
        let mut names = vec!["wang".to_owned()];
        for name in ["li", "zhao", "qian", "sun"] {
            let person = registered(db, in_need(office.wang.unit_id, &format!("李{name}"))).await;
            office.link(name, person.id).await;
            names.push(name.to_owned());
        }
        for name in &names {
            office.ready(name, monday()).await;
        }
        let (_, payments) = office.sent(at(49, 9)).await;
        for payment in &payments {
            office.bank(payment, BankResult::Paid, at(50, 9)).await;
        }
        let (october, county) = (date(2026, 10, 1), region(COUNTY));
        let drawn = async || store::after::samples(db, &county, 9).await.unwrap();
        // The month is not over: there is nothing by which it could be drawn.
        assert_eq!(draw_due(db, &office.cx, at(61, 23)).await.unwrap(), 0);
        assert_eq!(store::seed::of_month(db, october).await.unwrap(), None);
        // It is over: the seed is made of what nobody chose, and shown for a day.
        let end = audit::head(db).await.unwrap().to_string();
        assert_eq!(draw_due(db, &office.cx, at(62, 1)).await.unwrap(), 1);
        let fixed = store::seed::of_month(db, october).await.unwrap().unwrap();
        assert_eq!((&fixed.anchor, &fixed.seed), (&end, &seed(october, &end)));
        assert_eq!((draw_due(db, &office.cx, at(62, 23)).await.unwrap(), drawn().await), (0, vec![]));
        // On the next day it is drawn, by whichever server comes first, once.
        let (one, other) = tokio::join!(draw_due(db, &office.cx, at(63, 1)), draw_due(db, &office.cx, at(63, 1)));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        let sample = drawn().await.remove(0);
        assert_eq!(draw_due(db, &office.cx, at(65, 9)).await.unwrap(), 0);
        assert_eq!((drawn().await.len(), sample.listed, sample.chosen), (1, 5, 1));
        assert_eq!((&sample.seed, &sample.drawn_by), (&fixed.seed, &None));
        let rows = store::after::lines(db, sample.id).await.unwrap();
        let mut list: Vec<_> = rows.iter().map(|row| (row.payment_id, row.amount)).collect();
        list.reverse();
        let drawn = draw(&sample.seed, &list, 5, sample.above);
        for (row, line) in rows.iter().zip(&drawn) {
            assert_eq!((row.payment_id, &row.digest, row.chosen), (line.payment, &line.digest, line.chosen));
        }
        assert_eq!(rows.iter().filter(|row| row.chosen == Some(Chosen::Random)).count(), 1);
        let row = audit::of_subject(db, &format!("aid_sample/{}", sample.id)).await.unwrap().pop().unwrap();
        assert_eq!(row.detail()["seed"], sample.seed.as_str());
        office.closes().await;
    }

    async fn who_goes_there_once_more_had_no_part_in_it(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.drawn(case).await;
        for (name, did) in [("lead", Part::VisitLead), ("second", Part::VisitSecond), ("reviewer", Part::Reviewer)] {
            let own = follow_up(db, &office.cx, &office.worker(name).await, (id, found(date(2026, 11, 4), false)), at(65, 9)).await;
            assert_eq!(refusal(own), Refusal::Separation(Rule { did, wants: Part::Verifier }));
        }
        let other = office.worker("resolver").await;
        for on in [date(2026, 10, 19), date(2026, 11, 6)] {
            let wrong = follow_up(db, &office.cx, &other, (id, found(on, false)), at(65, 9)).await;
            assert_eq!(refusal(wrong), Refusal::FollowUpDate);
        }
        follow_up(db, &office.cx, &other, (id, found(date(2026, 11, 4), false)), at(65, 9)).await.unwrap();
        let twice = follow_up(db, &office.cx, &other, (id, found(date(2026, 11, 4), true)), at(65, 9)).await;
        assert_eq!(refusal(twice), Refusal::Stale);
        assert_eq!(office.status(case).await, Status::Paid);
        let next = due(db, &[Scope::Region(region(COUNTY))], date(2026, 11, 5)).await.unwrap();
        assert_eq!((next.len(), next[0].due_on, next[0].found), (1, date(2027, 10, 20), false));
        let after = read(db, &office.cx, &office.worker("registrar").await, case, at(65, 10)).await.unwrap();
        assert_eq!(after.found[0].2.expose_secret(), "钱收到了，买了药");
        office.closes().await;
    }

    async fn what_was_found_otherwise_is_reviewed_at_once_and_an_exit_is_told(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let id = office.drawn(case).await;
        let other = office.worker("resolver").await;
        follow_up(db, &office.cx, &other, (id, found(date(2026, 11, 4), true)), at(65, 9)).await.unwrap();
        let scopes = [Scope::Region(region(COUNTY))];
        let all = due(db, &scopes, date(2026, 11, 5)).await.unwrap();
        assert_eq!((all.len(), all[0].case.id, all[0].due_on, all[0].found), (1, case, date(2026, 11, 4), true));
        let own = review(db, &office.cx, &office.worker("lead").await, (case, ReviewId::new(monday()), Outcome::Exit, "x"), at(66, 9)).await;
        assert_eq!(refusal(own), Refusal::Separation(Rule { did: Part::VisitLead, wants: Part::Verifier }));
        let id = ReviewId::new(monday());
        for _ in 0..2 {
            review(db, &office.cx, &other, (case, id, Outcome::Exit, "家里情况已经好了"), at(66, 9)).await.unwrap();
        }
        assert_eq!(store::after::reviews(db, case).await.unwrap().len(), 1);
        assert_eq!((office.status(case).await, office.told("aid.closed").await), (Status::Closed, vec!["wang".to_owned()]));
        assert!(matches!(office.log(case).await.last(), Some(Happened::Closed { reason: Reason::NotAnyMore, .. })));
        assert!(due(db, &scopes, date(2026, 11, 7)).await.unwrap().is_empty());
        assert!(paid_figures(db, &region(COUNTY), 2026).await.unwrap().agree());
        office.closes().await;
    }

    async fn who_is_helped_is_due_a_year_after_the_first_time_and_an_exit_ends_both(db) {
        let office = Office::open(db).await;
        let first = office.paid().await;
        let scopes = [Scope::Region(region(COUNTY))];
        let once = due(db, &scopes, date(2026, 11, 1)).await.unwrap();
        assert_eq!((once.len(), once[0].cases, once[0].due_on), (1, 1, date(2027, 10, 20)));
        let second = office.helped_again().await;
        let all = due(db, &scopes, date(2026, 12, 1)).await.unwrap();
        assert_eq!((all.len(), all[0].case.id, all[0].cases), (1, second, 2));
        assert_eq!((all[0].due_on, all[0].found), (date(2027, 10, 20), false));
        let other = office.worker("resolver").await;
        let goes_on = (second, ReviewId::new(monday()), Outcome::Continue, "还是一个人住");
        review(db, &office.cx, &other, goes_on, at(92, 9)).await.unwrap();
        let all = due(db, &scopes, date(2026, 12, 2)).await.unwrap();
        assert_eq!((all[0].reviewed_on, all[0].due_on), (Some(date(2026, 12, 1)), date(2027, 12, 1)));
        let ends = (second, ReviewId::new(monday()), Outcome::Exit, "儿子回来了");
        review(db, &office.cx, &other, ends, at(93, 9)).await.unwrap();
        assert_eq!((office.status(first).await, office.status(second).await), (Status::Closed, Status::Closed));
        assert_eq!(office.letters("aid.closed").await, 2);
        office.closes().await;
    }

    async fn a_case_that_was_closed_in_between_puts_no_review_off(db) {
        let office = Office::open(db).await;
        let first = office.paid().await;
        let scopes = [Scope::Region(region(COUNTY))];
        close(db, &office.cx, &office.worker("second").await, (first, Reason::Better), at(51, 8)).await.unwrap();
        assert!(due(db, &scopes, date(2028, 1, 1)).await.unwrap().is_empty(), "nobody who has left is asked about");
        let second = office.helped_again().await;
        let all = due(db, &scopes, date(2026, 12, 1)).await.unwrap();
        assert_eq!((all.len(), all[0].case.id, all[0].cases, all[0].due_on), (1, second, 2, date(2027, 10, 20)));
        office.closes().await;
    }

    async fn what_was_found_after_one_help_stands_beside_the_next_request(db) {
        let office = Office::open(db).await;
        let first = office.paid().await;
        let id = office.drawn(first).await;
        let waits = before(db, &office.case(first).await).await.unwrap();
        assert!(waits.is_empty(), "of its own there is another list");
        let next = office.submitted("wang", at(64, 10)).await;
        let said = async || -> Vec<(CaseId, NaiveDate, Said)> {
            let all = before(db, &next).await.unwrap();
            all.into_iter().map(|one| (one.case.id, one.on, one.said)).collect()
        };
        let due_on = store::after::follow_up(db, id).await.unwrap().unwrap().due_on.unwrap();
        assert_eq!(said().await, [(first, due_on, Said::Due)]);
        let other = office.worker("resolver").await;
        follow_up(db, &office.cx, &other, (id, found(date(2026, 11, 4), true)), at(65, 9)).await.unwrap();
        assert_eq!(said().await, [(first, date(2026, 11, 4), Said::Visited { differs: true })]);
        let goes_on = (first, ReviewId::new(monday()), Outcome::Change, "改帮别的");
        review(db, &office.cx, &other, goes_on, at(66, 9)).await.unwrap();
        assert_eq!(said().await.first(), Some(&(first, date(2026, 11, 5), Said::Reviewed(Outcome::Change))));
        office.closes().await;
    }

    async fn a_case_is_closed_for_a_reason_and_not_for_one_that_needs_a_review(db) {
        let office = Office::open(db).await;
        let case = office.paid().await;
        let worker = office.worker("second").await;
        let judged = close(db, &office.cx, &worker, (case, Reason::NotAnyMore), at(51, 9)).await;
        assert_eq!(refusal(judged), Refusal::Ground);
        close(db, &office.cx, &worker, (case, Reason::Better), at(51, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Closed);
        assert_eq!(store::after::closing(db, case).await.unwrap().unwrap().reason, Reason::Better);
        let twice = close(db, &office.cx, &worker, (case, Reason::Better), at(51, 9)).await;
        assert!(matches!(refusal(twice), Refusal::NotNow { status: Status::Closed, .. }));
        // Who was helped this year was helped this year, closed or not.
        let again = office.visited("wang", at(52, 9)).await.id;
        let reviewer = office.worker("reviewer").await;
        let asked = submit_for_approval(db, &office.cx, &reviewer, again, at(53, 9)).await;
        assert!(matches!(refusal(asked), Refusal::HelpedThisYear { .. }));
        office.closes().await;
    }
}
