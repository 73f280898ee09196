//! 反映问题: who answers, by when, with a name and without.

use chrono::{DateTime, Utc};
use domain::{
    aid::{procedure::Limit, standard::Level},
    authority::{Grants, Myself, Role, Scope, Worker},
    calendar::local_date,
    grievance::{
        Bar, Grievance, GrievanceError, Kind, Outcome, ReceiptCode, Refusal, Status, What,
        commands::{
            answer::{answer, extend},
            assign::assign,
            author::{reopen, withdraw},
            file::{Saying, Whose, file, file_for, file_nameless},
            mark::{link, name},
            read::{read, read_own},
            receipt,
            release::release,
            remind::remind,
        },
        reach, store,
    },
    ids::GrievanceId,
};
use secrecy::ExposeSecret;

use crate::{
    aid::office::{COUNTY, Office, at, monday},
    cast::{date, granted, joined, login, region},
};

fn refused<T: std::fmt::Debug>(done: Result<T, GrievanceError>) -> Refusal {
    match done {
        Err(GrievanceError::Refused(no)) => no,
        other => panic!("{other:?}"),
    }
}

fn saying(kind: Kind, said: &str) -> Saying<'_> {
    Saying { kind, said, case: None }
}

impl Office<'_> {
    /// Somebody of the city, and somebody of the province.
    async fn has_levels_above(&self) {
        for (name, code) in [("city", "3301"), ("province", "33")] {
            let account = joined(self.db, name).await;
            granted(self.db, &account, Role::Worker, Scope::Region(region(code))).await;
        }
    }

    async fn says(&self, said: &str, now: DateTime<Utc>) -> Grievance {
        let (me, id) = (self.myself("wang").await, GrievanceId::new(now));
        file(self.db, &self.cx, &me, (id, saying(Kind::Delay, said)), now).await.unwrap()
    }

    async fn up(&self, name: &str, now: DateTime<Utc>) -> Worker {
        let grants = Grants::of(self.db, &login(name), now).await.unwrap();
        Worker::among(&grants, region(COUNTY)).unwrap()
    }

    async fn gives(
        &self,
        row: &Grievance,
        by: &str,
        to: &str,
        now: DateTime<Utc>,
    ) -> Result<Grievance, GrievanceError> {
        let worker = self.up(by, now).await;
        assign(self.db, &self.cx, &worker, (row.id, &login(to)), now).await
    }

    async fn answers(
        &self,
        row: &Grievance,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Grievance, GrievanceError> {
        let worker = self.up(by, now).await;
        answer(self.db, &self.cx, &worker, (row.id, Outcome::Founded, "核实了，马上办"), now).await
    }

    async fn row(&self, row: &Grievance) -> Grievance {
        store::find(self.db, row.id).await.unwrap().unwrap()
    }
}

/// When 2026's working grants of the levels above have begun.
fn november(day: u32, hour: u32) -> DateTime<Utc> {
    chrono::TimeZone::with_ymd_and_hms(&Utc, 2026, 11, day, hour - 8, 0, 0).unwrap()
}

schema::both! {
    async fn it_is_answered_by_somebody_else_in_working_days_that_hold_through_the_holidays(db) {
        let office = Office::open(db).await;
        let (me, id) = (office.myself("wang").await, GrievanceId::new(monday()));
        for _ in 0..2 {
            file(db, &office.cx, &me, (id, saying(Kind::Delay, "材料交了没有人管")), at(28, 10)).await.unwrap();
        }
        let row = store::find(db, id).await.unwrap().unwrap();
        assert_eq!(store::of_person(db, office.wang.id, 9).await.unwrap().len(), 1, "sent twice, it is one");
        // Seven working days over the National Day of 2026: 29, 30 September, then from the 8th of October on.
        assert_eq!((row.status, row.due_on), (Status::Received, Some(date(2026, 10, 13))));
        assert_eq!(refused(office.answers(&row, "lead", at(28, 11)).await), Refusal::NotNow);
        office.gives(&row, "lead", "second", at(28, 11)).await.unwrap();
        assert_eq!(refused(office.answers(&row, "lead", at(28, 12)).await), Refusal::NotYours);
        let worker = office.worker("second").await;
        let none = extend(db, &office.cx, &worker, (row.id, " "), at(29, 9)).await;
        assert_eq!(refused(none), Refusal::Words);
        let later = extend(db, &office.cx, &worker, (row.id, "要去银行核对"), at(29, 9)).await.unwrap();
        assert_eq!(later.due_on, Some(date(2026, 10, 27)), "ten more, from the last day on");
        let again = extend(db, &office.cx, &worker, (row.id, "再等等"), at(29, 10)).await;
        assert_eq!(refused(again), Refusal::Extended);
        office.answers(&row, "second", at(30, 9)).await.unwrap();
        assert_eq!(office.told("grievance.news").await, ["wang", "wang"], "of the later day, and of the answer");
        let mine = read_own(db, &office.cx, &me, row.id).await.unwrap();
        assert_eq!(mine.said.expose_secret(), "材料交了没有人管");
        let answered = mine.steps.iter().rfind(|(step, _)| step.what == What::Answered).unwrap();
        assert_eq!(answered.1.as_ref().unwrap().expose_secret(), "核实了，马上办");
        assert_eq!(refused(withdraw(db, &office.cx, &me, row.id, at(30, 10)).await), Refusal::NotNow);
        office.closes().await;
    }

    async fn nobody_who_has_to_do_with_it_answers_it_or_reads_it(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        domain::aid::commands::accept::accept(db, &office.cx, &office.worker("registrar").await, case.id, at(22, 9))
            .await
            .unwrap();
        let me = office.myself("wang").await;
        let about = Saying { kind: Kind::Attitude, said: "某lead 说话不好听", case: Some(case.id) };
        let row = file(db, &office.cx, &me, (GrievanceId::new(monday()), about), at(23, 9)).await.unwrap();
        // Who is called by his whole name is found, and who acted in the case is known.
        for who in ["lead", "registrar"] {
            let worker = office.worker(who).await;
            let hidden = read(db, &office.cx, &worker, row.id, at(23, 10)).await;
            assert!(matches!(hidden, Err(GrievanceError::NotFound)), "{who}");
            let grants = Grants::of(db, &login(who), at(23, 10)).await.unwrap();
            assert!(!reach::may_read(db, &grants, &row, at(23, 10)).await.unwrap());
        }
        let no = refused(office.gives(&row, "second", "lead", at(23, 10)).await);
        assert_eq!(no, Refusal::Barred(Bar::Named));
        office.gives(&row, "second", "resolver", at(23, 10)).await.unwrap();
        // Whoever reads on finds one more in it: what he has, he gives back.
        let second = office.worker("second").await;
        name(db, &office.cx, &second, (row.id, &login("resolver")), at(23, 11)).await.unwrap();
        assert_eq!((office.row(&row).await.status, office.row(&row).await.assigned_to), (Status::Received, None));
        let late = refused(office.gives(&row, "second", "resolver", at(23, 12)).await);
        assert_eq!(late, Refusal::Barred(Bar::Named));
        office.gives(&row, "second", "reviewer", at(23, 12)).await.unwrap();
        office.answers(&row, "reviewer", at(24, 9)).await.unwrap();
        office.closes().await;
    }

    async fn when_nobody_of_the_county_may_it_goes_up(db) {
        let office = Office::open(db).await;
        office.has_levels_above().await;
        let row = office.says("材料交了没有人管", november(3, 9)).await;
        assert_eq!(row.level, Level::County);
        let lead = office.up("lead", november(3, 9)).await;
        for who in ["registrar", "second", "reviewer", "resolver"] {
            name(db, &office.cx, &lead, (row.id, &login(who)), november(3, 9)).await.unwrap();
        }
        assert_eq!(office.row(&row).await.level, Level::County, "one is left");
        name(db, &office.cx, &lead, (row.id, &login("lead")), november(3, 9)).await.unwrap();
        let raised = office.row(&row).await;
        assert_eq!((raised.status, raised.level), (Status::Received, Level::City));
        let hidden = read(db, &office.cx, &lead, row.id, november(3, 10)).await;
        assert!(matches!(hidden, Err(GrievanceError::NotFound)));
        office.gives(&row, "city", "city", november(3, 10)).await.unwrap();
        office.answers(&row, "city", november(4, 9)).await.unwrap();
        // Not content: once, above whoever answered, and another one.
        let me = Myself::of(db, &login("wang"), november(4, 9)).await.unwrap().unwrap();
        let again = reopen(db, &office.cx, &me, (row.id, "还是没有人管"), november(5, 9)).await.unwrap();
        assert_eq!((again.round, again.level, again.assigned_to), (2, Level::Province, None));
        assert_eq!(again.due_on, Some(date(2026, 11, 16)), "the whole time once more");
        assert_eq!(refused(office.gives(&row, "city", "city", november(5, 10)).await), Refusal::Barred(Bar::Answered));
        office.gives(&row, "city", "province", november(5, 10)).await.unwrap();
        office.answers(&row, "province", november(6, 9)).await.unwrap();
        assert_eq!(refused(reopen(db, &office.cx, &me, (row.id, "还是不行"), november(9, 9)).await), Refusal::Again);
        office.closes().await;
    }

    async fn who_wrote_it_down_gives_it_to_somebody_else(db) {
        let office = Office::open(db).await;
        let worker = office.worker("registrar").await;
        let what = (GrievanceId::new(monday()), Whose::Person(office.wang.id), saying(Kind::Payment, "钱少了一百"));
        let row = file_for(db, &office.cx, &worker, what, monday()).await.unwrap();
        assert!(row.by_hand && row.person_id == Some(office.wang.id));
        let own = refused(office.gives(&row, "registrar", "registrar", at(21, 10)).await);
        assert_eq!(own, Refusal::Barred(Bar::Wrote));
        assert!(read(db, &office.cx, &worker, row.id, at(21, 10)).await.is_ok(), "he knows what he wrote");
        office.gives(&row, "registrar", "lead", at(21, 10)).await.unwrap();
        // The author takes it back; it waits for nobody any more.
        let me = office.myself("wang").await;
        let back = withdraw(db, &office.cx, &me, row.id, at(22, 9)).await.unwrap();
        assert_eq!((back.status, back.assigned_to), (Status::Withdrawn, None));
        assert!(store::assigned_to(db, &login("lead")).await.unwrap().is_empty());
        office.closes().await;
    }

    async fn a_case_that_is_named_later_bars_whoever_acted_in_it(db) {
        let office = Office::open(db).await;
        let case = office.submitted("wang", monday()).await;
        domain::aid::commands::accept::accept(db, &office.cx, &office.worker("registrar").await, case.id, at(22, 9))
            .await
            .unwrap();
        let row = office.says("那件申请没有下文", at(23, 9)).await;
        office.gives(&row, "lead", "registrar", at(23, 10)).await.unwrap();
        let lead = office.worker("lead").await;
        let none = link(db, &office.cx, &lead, (row.id, "没有这个编号"), at(23, 10)).await;
        assert_eq!(refused(none), Refusal::NoCase);
        link(db, &office.cx, &lead, (row.id, &format!(" {} ", case.number)), at(23, 11)).await.unwrap();
        assert_eq!(office.row(&row).await.status, Status::Received, "he gives it back");
        let no = refused(office.gives(&row, "lead", "registrar", at(23, 12)).await);
        assert!(matches!(no, Refusal::Barred(Bar::Acted(_))), "{no:?}");
        office.closes().await;
    }

    async fn without_a_name_the_day_is_all_that_is_known(db) {
        let office = Office::open(db).await;
        let code = ReceiptCode::fresh().unwrap();
        let place = region(COUNTY);
        for _ in 0..2 {
            file_nameless(db, &office.cx, (&place, &code), (Kind::Favour, "某lead 给亲戚多批了钱"), at(21, 10)).await.unwrap();
        }
        let scopes = [Scope::Region(place.clone())];
        assert!(store::open_in(db, &scopes, 9).await.unwrap().is_empty(), "today the office sees nothing");
        let before = trail(db).await;
        assert_eq!(release(db, &office.cx, at(21, 23)).await.unwrap(), 0);
        let found = receipt::read(db, &office.cx, &code).await.unwrap().unwrap();
        assert_eq!((found.row.status, found.may_withdraw, found.may_reopen), (Status::Dropped, true, false));
        assert_eq!(trail(db).await, before, "nor does the chain");
        assert_eq!(release(db, &office.cx, at(22, 1)).await.unwrap(), 1);
        assert_eq!(trail(db).await, before + 1);
        let open = store::open_in(db, &scopes, 9).await.unwrap();
        let [row] = open.as_slice() else { panic!("{open:?}") };
        assert_eq!((row.person_id, row.unit_id, row.case_id, &row.filed_by), (None, None, None, &None));
        assert_eq!(row.id.uuid().get_version_num(), 4, "no moment is in its id");
        for step in store::steps(db, row.id).await.unwrap() {
            assert_eq!((step.id.uuid().get_version_num(), step.actor), (4, None));
        }
        let seen = read(db, &office.cx, &office.worker("second").await, row.id, at(22, 9)).await.unwrap();
        assert_eq!(seen.said.expose_secret(), "某lead 给亲戚多批了钱");
        assert_eq!(refused(office.gives(row, "second", "lead", at(22, 9)).await), Refusal::Barred(Bar::Named));
        office.gives(row, "second", "second", at(22, 9)).await.unwrap();
        office.answers(row, "second", at(23, 9)).await.unwrap();
        assert!(office.told("grievance.news").await.is_empty(), "nobody knows whom to tell");

        let found = receipt::read(db, &office.cx, &code).await.unwrap().unwrap();
        let [(_, outcome, words)] = found.answers.as_slice() else { panic!("{found:?}") };
        assert_eq!((*outcome, words.expose_secret(), found.may_reopen), (Outcome::Founded, "核实了，马上办", true));
        assert!(receipt::read(db, &office.cx, &ReceiptCode::fresh().unwrap()).await.unwrap().is_none());
        receipt::reopen(db, &office.cx, &code, "没有退回去", at(24, 15)).await.unwrap();
        let twice = receipt::reopen(db, &office.cx, &code, "没有退回去", at(24, 16)).await;
        assert_eq!(refused(twice), Refusal::NotNow);
        assert_eq!(office.row(row).await.status, Status::Answered, "tomorrow");
        let seen = read(db, &office.cx, &office.worker("reviewer").await, row.id, at(24, 16)).await.unwrap();
        assert!(seen.steps.iter().all(|(step, _)| step.what != What::Reopened));
        assert_eq!(release(db, &office.cx, at(25, 1)).await.unwrap(), 1);
        let again = office.row(row).await;
        assert_eq!((again.status, again.round, again.level), (Status::Received, 2, Level::Province), "there is nobody in the city");
        receipt::withdraw(db, &office.cx, &code, at(25, 10)).await.unwrap();
        assert_eq!(release(db, &office.cx, at(26, 1)).await.unwrap(), 1);
        assert_eq!(office.row(row).await.status, Status::Withdrawn);
        office.closes().await;
    }

    async fn a_caller_without_a_name_is_told_a_code_and_the_worker_does_not_answer(db) {
        let office = Office::open(db).await;
        let (worker, code, place) =
            (office.worker("registrar").await, ReceiptCode::fresh().unwrap(), region(COUNTY));
        let what = (GrievanceId::new(monday()), Whose::Nameless(&place, &code), saying(Kind::Other, "办事大厅太冷"));
        let row = file_for(db, &office.cx, &worker, what, monday()).await.unwrap();
        assert_eq!((row.status, row.filed_by.clone()), (Status::Received, Some(login("registrar"))));
        assert_eq!(refused(office.gives(&row, "lead", "registrar", at(21, 10)).await), Refusal::Barred(Bar::Wrote));
        assert!(receipt::read(db, &office.cx, &code).await.unwrap().is_some());
        let elsewhere = region("330205");
        let what = (GrievanceId::new(monday()), Whose::Nameless(&elsewhere, &code), saying(Kind::Other, "x"));
        let far = file_for(db, &office.cx, &worker, what, monday()).await;
        assert!(matches!(far, Err(GrievanceError::NotFound)));
        office.closes().await;
    }

    async fn whoever_has_some_is_reminded_on_working_mornings(db) {
        let office = Office::open(db).await;
        let row = office.says("没有人管", monday()).await;
        office.gives(&row, "lead", "second", monday()).await.unwrap();
        // Three before the Mid-Autumn, three before the National Day, and the first after it.
        assert_eq!(row.due_on, Some(date(2026, 10, 8)));
        assert_eq!(remind(db, &office.cx, at(28, 9)).await.unwrap(), 0, "not yet");
        assert_eq!(remind(db, &office.cx, at(29, 14)).await.unwrap(), 0, "in the morning");
        assert_eq!(remind(db, &office.cx, at(29, 9)).await.unwrap(), 1, "two working days before");
        assert_eq!(remind(db, &office.cx, at(29, 10)).await.unwrap(), 0, "once a day");
        assert_eq!(office.told("grievance.due").await, ["second"]);
        assert_eq!(remind(db, &office.cx, at(35, 9)).await.unwrap(), 0, "not on a holiday");
        let late = extend(db, &office.cx, &office.worker("second").await, (row.id, "忘了"), at(39, 9)).await;
        assert_eq!(refused(late), Refusal::NoTime);
        office.closes().await;
    }

    async fn a_county_gives_itself_less_time_and_what_waits_keeps_its_own(db) {
        let office = Office::open(db).await;
        let before = office.says("没有人管", at(21, 9)).await;
        office.sets((Limit::GrievanceDelay, 3), local_date(at(22, 0))).await.unwrap();
        let after = office.says("还是没有人管", at(22, 9)).await;
        assert_eq!((before.due_on, after.due_on), (Some(date(2026, 10, 8)), Some(date(2026, 9, 28))));
        for _ in 0..3 {
            office.says("没有人管", at(22, 10)).await;
        }
        let me = office.myself("wang").await;
        let sixth = (GrievanceId::new(at(22, 11)), saying(Kind::Delay, "没有人管"));
        assert_eq!(refused(file(db, &office.cx, &me, sixth, at(22, 11)).await), Refusal::Enough);
        office.closes().await;
    }
}

/// How many rows the chain has.
async fn trail(db: &sea_orm::DatabaseConnection) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};
    let sql = Statement::from_string(db.get_database_backend(), "SELECT count(*) FROM audit_row");
    db.query_one_raw(sql).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}
