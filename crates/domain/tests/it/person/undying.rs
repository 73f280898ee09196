//! A death that was recorded by mistake is taken back.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    By,
    account::{
        self,
        commands::{Link, give_mandate, link_own},
    },
    aid::{
        Status,
        clawback::{Cause, ClawbackState},
        commands::clawback::{self, NewClawback},
        payment::BankResult,
        store as cases,
    },
    authority::Approver,
    branch::{self, MembershipKind, PostKind},
    ids::{ClawbackId, PersonId},
    outreach,
    person::{
        self, Person, Precision, Retirement, after_death,
        change::ChangeState,
        death::record_death,
        death_undo::{
            Left, UndoError, UndoRefusal,
            commands::{Mistake, ask, decide, done, withdraw},
            store,
        },
        fact::{self, FactKind, NewFact, Value},
        kin::{self, NewKin, Relationship},
        merge,
    },
    statistics::{self, Check},
};
use ledger::Fen;
use sea_orm::DatabaseConnection;

use crate::{
    aid::office::{Office, at, monday},
    cast::{
        audited, context, date, everything_but, joined, now, region, registered, someone, terms, unit,
        worker, write,
    },
};

const WHY: Mistake<'_> = Mistake { reason: "同名的另一位", evidence: "社区证明，存档案室" };

/// Hours after the beginning.
fn later(hours: i64) -> DateTime<Utc> {
    now() + TimeDelta::hours(hours)
}

fn refusal<T: std::fmt::Debug>(result: Result<T, UndoError>) -> UndoRefusal {
    match result {
        Err(UndoError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

/// What the register says of somebody, without by whom and when it was written.
async fn said(db: &DatabaseConnection, id: PersonId) -> Vec<String> {
    let rows = fact::store::history(db, id).await.unwrap();
    let mut all: Vec<String> = rows
        .into_iter()
        .map(|row| {
            format!(
                "{:?} {:?} {:?} {:?} {} {:?} {}",
                row.kind, row.value, row.unit_id, row.region, row.from_on, row.to_on, row.basis
            )
        })
        .collect();
    all.sort();
    all
}

/// The record, without how often it was written.
async fn record(db: &DatabaseConnection, id: PersonId) -> Person {
    let row = person::store::find(db, id).await.unwrap().unwrap();
    Person { version: 0, updated_at: now(), ..row }
}

async fn kinds(db: &DatabaseConnection, undo: domain::ids::DeathUndoId) -> Vec<Left> {
    store::left_after(db, undo).await.unwrap().into_iter().map(|row| row.what).collect()
}

schema::both! {
    async fn what_a_death_ended_goes_on_when_it_was_none(db) {
        let cx = context();
        let (chen, zhou) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let here = unit(db, "330106").await;
        let veteran = person::NewPerson {
            retirement: Retirement::Veteran,
            joined_work: Some((date(1948, 3, 1), Precision::Day)),
            born_on: date(1930, 3, 15),
            ..someone(here.id, "王秀英")
        };
        let her = registered(db, veteran).await;
        let husband = registered(db, someone(here.id, "赵德福")).await;
        let from = |kind, day| NewFact { kind, value: Value::Bare, from_on: day, basis: "申请表".to_owned() };
        fact::commands::record(db, &cx, &chen, (her.id, from(FactKind::Volunteer, date(2019, 3, 5))), now()).await.unwrap();
        fact::commands::record(db, &cx, &chen, (her.id, from(FactKind::Hardship, date(2020, 3, 5))), now()).await.unwrap();
        // A role whose end is written already, after the day of the death.
        fact::commands::end(db, &cx, &chen, (her.id, FactKind::Hardship), (date(2026, 12, 1), later(1))).await.unwrap();
        for (whose, relative) in [(her.id, husband.id), (husband.id, her.id)] {
            let new = NewKin { name: "家人".to_owned(), relation: Relationship::Spouse, relative: Some(relative), from_on: None };
            kin::commands::add(db, &cx, &chen, (whose, new), now()).await.unwrap();
        }
        let (own, daughter) = (joined(db, "own").await, joined(db, "daughter").await);
        let link = |account| Link { account, person: her.id, proof: "identity_seen" };
        link_own(db, &cx, &chen, &link(&own), now()).await.unwrap();
        give_mandate(db, &cx, &chen, (&link(&daughter), &terms(later(24 * 200))), now()).await.unwrap();
        let tx = write(db).await;
        let new = branch::commands::NewBranch {
            name: "第一支部".to_owned(),
            region: region("330106"),
            unit: None,
            party_day: 10,
            party_groups: 0,
            founded_on: date(2010, 1, 1),
        };
        let first = branch::commands::found_in(&tx, &cx, By::INSTALLER, new, now()).await.unwrap();
        let new = branch::commands::NewMember {
            branch: first.id,
            person: her.id,
            kind: MembershipKind::Affiliation,
            from_on: date(2011, 1, 1),
        };
        branch::commands::admit_in(&tx, &cx, By::INSTALLER, new, now()).await.unwrap();
        let post = (first.id, her.id, PostKind::Secretary);
        branch::commands::appoint_in(&tx, &cx, By::INSTALLER, post, (date(2012, 1, 1), now())).await.unwrap();
        tx.commit().await.unwrap();
        outreach::commands::stay::note(db, &cx, &chen, (her.id, date(2026, 10, 20)), now()).await.unwrap();

        let changes = [
            "person", "person_fact", "person_event", "death_task", "death_stop", "death_undo", "death_undo_left",
            "statistics_snapshot",
            // What was to be told while she counted as dead is not told afterwards.
            "notice",
        ];
        let neighbour = worker(db, "w3", "330105").await;
        let before = (said(db, her.id).await, record(db, her.id).await, everything_but(db, &changes).await);
        record_death(db, &cx, &chen, her.id, date(2026, 10, 30), later(2)).await.unwrap();
        assert_ne!(said(db, her.id).await, before.0);
        assert_ne!(everything_but(db, &changes).await, before.2, "a login, a membership, a post, a stay, relatives");
        let county = region("330106");
        let frozen = statistics::freeze(db, &cx, &chen, (&county, date(2026, 11, 2)), later(3)).await.unwrap().unwrap();

        let wrong = Mistake { evidence: " ", ..WHY };
        assert_eq!(refusal(ask(db, &cx, &chen, (her.id, wrong), later(4)).await), UndoRefusal::NoEvidence);
        assert_eq!(refusal(ask(db, &cx, &chen, (husband.id, WHY), later(4)).await), UndoRefusal::Alive);
        let first = ask(db, &cx, &chen, (her.id, WHY), later(4)).await.unwrap();
        assert_eq!(refusal(ask(db, &cx, &zhou, (her.id, WHY), later(4)).await), UndoRefusal::Waiting);
        assert_eq!(refusal(decide(db, &cx, &chen, (first.id, None), later(4)).await), UndoRefusal::SamePerson);
        assert_eq!(refusal(decide(db, &cx, &zhou, (first.id, Some(" ")), later(4)).await), UndoRefusal::NoAnswer);
        assert_eq!(refusal(withdraw(db, &cx, &zhou, first.id, later(4)).await), UndoRefusal::NotYours);
        decide(db, &cx, &zhou, (first.id, Some("材料不够")), later(4)).await.unwrap();
        assert_eq!(refusal(decide(db, &cx, &zhou, (first.id, None), later(4)).await), UndoRefusal::NotNow);
        assert!(matches!(ask(db, &cx, &neighbour, (her.id, WHY), later(4)).await, Err(UndoError::NotFound)));

        let undo = ask(db, &cx, &chen, (her.id, WHY), later(5)).await.unwrap();
        let scopes = [chen.scope().clone()];
        assert_eq!(store::waiting(db, &scopes, 9).await.unwrap().len(), 1);
        assert!(store::waiting(db, &[neighbour.scope().clone()], 9).await.unwrap().is_empty());
        assert!(matches!(decide(db, &cx, &neighbour, (undo.id, None), later(5)).await, Err(UndoError::NotFound)));
        let letters = || crate::cast::texts(db, "SELECT CAST(count(*) AS text) FROM outbox");
        let sent = letters().await;
        decide(db, &cx, &zhou, (undo.id, None), later(6)).await.unwrap();
        assert_eq!(letters().await, sent, "no robot tells anybody that he was thought dead");

        assert_eq!(said(db, her.id).await, before.0);
        assert!(record(db, her.id).await == before.1);
        assert_eq!(everything_but(db, &changes).await, before.2, "to the letter");
        assert!(after_death::store::open_in(db, &scopes, 9).await.unwrap().is_empty());
        assert!(kin::store::survivors_of(db, her.id).await.unwrap().is_empty());
        assert_eq!(account::store::own_link(db, &own, later(7)).await.unwrap().unwrap().person_id, her.id);
        // What was known then is known of then.
        let held = async |known| {
            let rows = fact::store::of_person_as_of(db, her.id, (date(2026, 11, 2), known)).await.unwrap();
            rows.iter().any(|row| row.kind == FactKind::Died)
        };
        assert!(held(later(5)).await && !held(later(7)).await && !held(later(1)).await);
        assert_eq!(statistics::check(db, &frozen).await.unwrap(), Check::Same);
        let now_again = statistics::veterans(db, &county, (date(2026, 11, 2), later(7))).await.unwrap();
        assert_eq!(now_again.total(), 1);
        let events = person::store::history(db, her.id).await.unwrap();
        assert_eq!(events.last().unwrap().what, person::Happened::DeathUndone { on: date(2026, 10, 30) });

        assert_eq!(kinds(db, undo.id).await, [Left::Tell, Left::SignIn]);
        let left = store::left_after(db, undo.id).await.unwrap();
        for row in &left {
            assert_eq!(store::unfinished(db, &scopes, 9).await.unwrap().len(), 1);
            assert!(matches!(done(db, &cx, &neighbour, (row.id, ""), later(8)).await, Err(UndoError::NotFound)));
            for _ in 0..2 {
                done(db, &cx, &chen, (row.id, "打过电话"), later(8)).await.unwrap();
            }
        }
        assert!(store::unfinished(db, &scopes, 9).await.unwrap().is_empty());

        // Once only; and whoever dies after a mistake has died.
        assert_eq!(refusal(decide(db, &cx, &zhou, (undo.id, None), later(9)).await), UndoRefusal::NotNow);
        assert_eq!(refusal(ask(db, &cx, &chen, (her.id, WHY), later(9)).await), UndoRefusal::Alive);
        record_death(db, &cx, &zhou, her.id, date(2026, 11, 2), later(10)).await.unwrap();
        assert_eq!(after_death::store::of_person(db, her.id).await.unwrap().len(), 3);
        assert!(account::store::own_link(db, &own, later(11)).await.unwrap().is_none());
        let again = ask(db, &cx, &chen, (her.id, WHY), later(12)).await.unwrap();
        withdraw(db, &cx, &chen, again.id, later(12)).await.unwrap();
        let all = store::of_person(db, her.id).await.unwrap();
        let states: Vec<ChangeState> = all.into_iter().map(|row| row.state).collect();
        assert_eq!(states, [ChangeState::Withdrawn, ChangeState::Agreed, ChangeState::Refused]);
        assert!(audited(db).await > 0);
    }

    async fn what_cannot_go_on_is_listed(db) {
        let cx = context();
        let (chen, zhou) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let here = unit(db, "330106").await;
        let her = registered(db, someone(here.id, "王秀英")).await;
        let (own, other) = (joined(db, "own").await, registered(db, someone(here.id, "李二")).await);
        let link = |person| Link { account: &own, person, proof: "identity_seen" };
        link_own(db, &cx, &chen, &link(her.id), now()).await.unwrap();
        record_death(db, &cx, &chen, her.id, date(2026, 10, 30), later(2)).await.unwrap();
        // Meanwhile the login has become another one's.
        link_own(db, &cx, &chen, &link(other.id), later(3)).await.unwrap();
        let undo = ask(db, &cx, &chen, (her.id, WHY), later(4)).await.unwrap();
        decide(db, &cx, &zhou, (undo.id, None), later(5)).await.unwrap();
        assert_eq!(kinds(db, undo.id).await, [Left::Tell, Left::Login]);
        let mine = account::store::own_link(db, &own, later(6)).await.unwrap().unwrap();
        assert_eq!(mine.person_id, other.id);
        // Of a death of before, nobody wrote down what it ended.
        record_death(db, &cx, &chen, her.id, date(2026, 10, 30), later(7)).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(db, "DELETE FROM death_stop").await.unwrap();
        let undo = ask(db, &cx, &chen, (her.id, WHY), later(8)).await.unwrap();
        decide(db, &cx, &zhou, (undo.id, None), later(9)).await.unwrap();
        assert_eq!(kinds(db, undo.id).await, [Left::Tell, Left::Unknown]);
    }

    async fn a_dead_double_that_was_merged_is_parted_first(db) {
        let cx = context();
        let (chen, zhou) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let here = unit(db, "330106").await;
        let (one, other) = (registered(db, someone(here.id, "王秀英")).await, registered(db, someone(here.id, "王秀瑛")).await);
        for id in [one.id, other.id] {
            record_death(db, &cx, &chen, id, date(2026, 10, 30), later(2)).await.unwrap();
        }
        let merged = merge::commands::propose(db, &cx, &chen, (one.id, other.id), later(3)).await.unwrap();
        merge::commands::decide(db, &cx, &zhou, (merged.id, true), later(3)).await.unwrap();
        let undo = ask(db, &cx, &chen, (one.id, WHY), later(4)).await.unwrap();
        assert_eq!(refusal(decide(db, &cx, &zhou, (undo.id, None), later(4)).await), UndoRefusal::Merged);
        merge::commands::undo(db, &cx, &zhou, merged.id, later(5)).await.unwrap();
        decide(db, &cx, &zhou, (undo.id, None), later(6)).await.unwrap();
        let alive = async |id| person::store::find(db, id).await.unwrap().unwrap().is_alive();
        assert!(alive(one.id).await && !alive(other.id).await);
    }

    async fn money_and_cases_are_put_right_by_hand(db) {
        let office = Office::open(db).await;
        let paid = office.ready("wang", monday()).await;
        let (batch, payments) = office.sent(at(49, 9)).await;
        office.bank(&payments[0], BankResult::Paid, at(50, 9)).await;
        let day = domain::calendar::local_date(batch.sent_at.unwrap()).pred_opt().unwrap();
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        record_death(db, &office.cx, &lead, office.wang.id, day, at(60, 12)).await.unwrap();
        let (id, resolver) = (ClawbackId::new(at(61, 9)), office.worker("resolver").await);
        let new = NewClawback { id, cause: Cause::Death, amount: Fen::yuan(100), why: "去世后发的".to_owned() };
        clawback::propose(db, &office.cx, &resolver, (paid, new), at(61, 9)).await.unwrap();
        let approver: Approver = office.proof("approver").await;
        clawback::decide(db, &office.cx, &approver, (id, true), at(61, 10)).await.unwrap();

        let undo = ask(db, &office.cx, &lead, (office.wang.id, WHY), at(62, 9)).await.unwrap();
        decide(db, &office.cx, &second, (undo.id, None), at(62, 10)).await.unwrap();
        assert_eq!(kinds(db, undo.id).await, [Left::Tell, Left::SignIn, Left::Claim]);
        assert!(after_death::store::of_person(db, office.wang.id).await.unwrap().is_empty(), "nothing to ask back");
        let (payer, part) = (office.payer("confirmer").await, domain::ids::InstalmentId::new(at(63, 9)));
        let come = (id, part, Fen::yuan(50), date(2026, 11, 1));
        assert!(clawback::receive(db, &office.cx, &payer, come, at(63, 9)).await.is_err(), "from whom?");
        clawback::decide(db, &office.cx, &approver, (id, false), at(63, 10)).await.unwrap();
        let row = cases::clawback::find(db, id).await.unwrap().unwrap();
        assert_eq!((row.state, row.recovered), (ClawbackState::Refused, Fen::ZERO));
    }

    async fn a_case_that_was_under_way_begins_anew_as_another_one(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let (case, _) = office.in_approval("wang", monday()).await;
        record_death(db, &office.cx, &lead, office.wang.id, date(2026, 9, 20), at(30, 9)).await.unwrap();
        assert_eq!(office.status(case).await, Status::Terminated);
        let undo = ask(db, &office.cx, &lead, (office.wang.id, WHY), at(30, 10)).await.unwrap();
        decide(db, &office.cx, &second, (undo.id, None), at(30, 11)).await.unwrap();
        assert_eq!(kinds(db, undo.id).await, [Left::Tell, Left::SignIn, Left::Case]);
        let left = store::left_after(db, undo.id).await.unwrap();
        assert_eq!(left[2].about, Some(case.to_string()));
        office.in_approval("wang", at(51, 9)).await;
    }
}
