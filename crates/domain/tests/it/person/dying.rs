use domain::{
    aid::payment::BankResult,
    notice::calls,
    person::{
        after_death::{TaskKind, commands::done, store},
        death::record_death,
        fact::{self, FactKind, NewFact, Value},
        kin::{self, NewKin, Relationship},
    },
};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{
    aid::office::{Office, at, monday},
    cast::{context, date, now, registered, someone, unit, worker},
};

schema::both! {
    async fn a_death_opens_a_list_and_ends_roles_the_day_after(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let here = unit(db, "330106").await;
        let person = registered(db, someone(here.id, "王秀英")).await;
        let husband = registered(db, someone(here.id, "赵德福")).await;
        let volunteer = NewFact { kind: FactKind::Volunteer, value: Value::Bare, from_on: date(2019, 3, 5), basis: "申请表".to_owned() };
        fact::commands::record(db, &cx, &worker, (person.id, volunteer), now()).await.unwrap();
        for (whose, relation, relative, name) in [
            (person.id, Relationship::Spouse, Some(husband.id), "赵德福"),
            (person.id, Relationship::Sibling, None, "王秀兰"),
            (husband.id, Relationship::Spouse, Some(person.id), "王秀英"),
        ] {
            let new = NewKin { name: name.to_owned(), relation, relative, from_on: None };
            kin::commands::add(db, &cx, &worker, (whose, new), now()).await.unwrap();
        }
        // Somebody should have telephoned her.
        let id = if db.get_database_backend() == DbBackend::Postgres { "gen_random_uuid()" } else { "randomblob(16)" };
        for sql in [
            format!(
                "INSERT INTO notice (id, person_id, occasion, status, due_at, created_at, updated_at, channel) \
                 SELECT {id}, id, 'meeting.eve/1', 'failed', created_at, created_at, created_at, 'call' FROM person \
                 WHERE name = '王秀英'"
            ),
            format!(
                "INSERT INTO call_task (id, notice_id, person_id, region_code, opened_at, version) \
                 SELECT {id}, id, person_id, '330106', created_at, 1 FROM notice WHERE person_id IS NOT NULL"
            ),
        ] {
            db.execute_unprepared(&sql).await.unwrap();
        }
        let scopes = [worker.scope().clone()];
        assert_eq!(calls::waiting(db, &scopes, 9).await.unwrap().len(), 1);
        record_death(db, &cx, &worker, person.id, date(2026, 11, 1), now()).await.unwrap();
        assert!(calls::waiting(db, &scopes, 9).await.unwrap().is_empty(), "nobody telephones the dead");

        let tasks = store::of_person(db, person.id).await.unwrap();
        let kinds: Vec<TaskKind> = tasks.iter().map(|task| task.kind).collect();
        assert_eq!(kinds, [TaskKind::Funeral, TaskKind::Pension, TaskKind::Survivors]);
        let left: Vec<String> = kin::store::survivors_of(db, person.id).await.unwrap().into_iter().map(|row| row.name).collect();
        assert_eq!(left, ["赵德福"], "a sister is family, and not whom the unit looks after");
        let his = kin::store::of_person(db, husband.id).await.unwrap();
        assert_eq!((his[0].to_on, his[0].ended_why), (Some(date(2026, 11, 1)), Some(kin::Ended::Died)));
        let held = async |on| {
            let rows = fact::store::of_person_as_of(db, person.id, (on, now())).await.unwrap();
            rows.into_iter().map(|row| row.kind).collect::<Vec<_>>()
        };
        assert!(held(date(2026, 11, 1)).await.contains(&FactKind::Volunteer));
        let after = held(date(2026, 11, 2)).await;
        assert!(!after.iter().any(|kind| kind.is_role()) && after.contains(&FactKind::ManagingUnit), "{after:?}");

        assert_eq!(store::open_in(db, &scopes, 9).await.unwrap().len(), 3);
        for _ in 0..2 {
            done(db, &cx, &worker, (tasks[0].id, "已送别"), now()).await.unwrap();
        }
        assert_eq!(store::open_in(db, &scopes, 9).await.unwrap().len(), 2);
        let neighbour = crate::cast::worker(db, "w2", "330105").await;
        assert!(done(db, &cx, &neighbour, (tasks[1].id, ""), now()).await.is_err());
        assert!(store::open_in(db, &[neighbour.scope().clone()], 9).await.unwrap().is_empty());
    }

    async fn a_death_that_is_found_later_asks_for_what_was_paid_after_it(db) {
        let office = Office::open(db).await;
        office.ready("wang", monday()).await;
        let (batch, payments) = office.sent(at(49, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(50, 9)).await;
        let worker = office.worker("registrar").await;
        let day = domain::calendar::local_date(batch.sent_at.unwrap()).pred_opt().unwrap();
        record_death(db, &office.cx, &worker, office.wang.id, day, at(60, 12)).await.unwrap();
        let tasks = store::of_person(db, office.wang.id).await.unwrap();
        let late = tasks.iter().find(|task| task.kind == TaskKind::Overpayment).unwrap();
        assert_eq!((late.payment_id, tasks.len()), (Some(payments[0].id), 4));
    }

    async fn what_was_paid_while_she_lived_is_hers(db) {
        let office = Office::open(db).await;
        office.ready("wang", monday()).await;
        let (batch, payments) = office.sent(at(49, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(50, 9)).await;
        let worker = office.worker("registrar").await;
        let day = domain::calendar::local_date(batch.sent_at.unwrap());
        record_death(db, &office.cx, &worker, office.wang.id, day, at(60, 12)).await.unwrap();
        assert_eq!(store::of_person(db, office.wang.id).await.unwrap().len(), 3);
    }
}
