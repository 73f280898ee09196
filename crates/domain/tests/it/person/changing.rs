use domain::{
    authority::Worker,
    person::{
        BirthSource, Gender, NewPerson, Payout, Person, Precision, Retirement, SealedColumn,
        change::{
            ChangeError, ChangeRefusal, ChangeState, Disagreement, Field, NewChange, Wanted,
            commands::{ask, decide, diff, withdraw},
            look, store,
        },
        death::record_death,
        double,
        fact::{self, FactKind, Level},
        merge::commands as merging,
        period::Period,
        reveal::{Purpose, reveal},
        store as people, undecided,
    },
    privacy::{IdentityNumber, PayoutNumber},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use secrecy::ExposeSecret;

use crate::cast::{audited, context, date, now, registered, someone, unit, worker};

fn refusal<T>(result: Result<T, ChangeError>) -> ChangeRefusal {
    match result {
        Err(ChangeError::Refused(refusal)) => refusal,
        Err(other) => panic!("expected a refusal: {other:?}"),
        Ok(_) => panic!("expected a refusal"),
    }
}

fn change(field: &str, value: &str) -> NewChange {
    let field = Field::parse(field).unwrap();
    NewChange {
        field,
        after: Wanted::read(field, value).unwrap(),
        effective_on: date(2026, 1, 1),
        evidence: "档案第3页".to_owned(),
    }
}

async fn cast(db: &DatabaseConnection) -> (Person, Worker, Worker) {
    let here = unit(db, "330106").await;
    let veteran = NewPerson {
        retirement: Retirement::Veteran,
        born_on: date(1928, 3, 15),
        joined_work: Some((date(1945, 9, 1), Precision::Month)),
        payout: Some(Payout {
            number: PayoutNumber::parse("6222021202041234567").unwrap(),
            bank: "某银行".to_owned(),
        }),
        ..someone(here.id, "李老")
    };
    let person = registered(db, veteran).await;
    (person, worker(db, "w1", "330106").await, worker(db, "w2", "330106").await)
}

schema::both! {
    async fn a_protected_field_changes_when_a_second_worker_agrees(db) {
        let cx = context();
        let (person, first, second) = cast(db).await;
        let asked = ask(db, &cx, &first, (person.id, change("joined_work", "1945-08")), now()).await.unwrap();
        let seen = diff(db, &cx, &second, &asked).await.unwrap();
        assert_eq!((seen.before.as_deref(), seen.after.as_str()), (Some("1945年9月"), "1945年8月"));
        assert_eq!(refusal(ask(db, &cx, &second, (person.id, change("joined_work", "1945-07")), now()).await), ChangeRefusal::Waiting);
        assert_eq!(refusal(decide(db, &cx, &first, (asked.id, None), now()).await), ChangeRefusal::SamePerson);
        assert_eq!(people::find(db, person.id).await.unwrap().unwrap().joined_work_on, Some(date(1945, 9, 1)));
        decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        let row = people::find(db, person.id).await.unwrap().unwrap();
        assert_eq!((row.joined_work_on, row.joined_work_precision), (Some(date(1945, 8, 1)), Some(Precision::Month)));
        let fact = fact::store::current(db, person.id, FactKind::JoinedWork).await.unwrap().unwrap();
        assert_eq!((fact.value.as_deref(), fact.basis.as_str()), (Some("1945-08-01/month"), "档案第3页"));
        assert_eq!(refusal(decide(db, &cx, &second, (asked.id, None), now()).await), ChangeRefusal::NotNow);
        let row = store::find(db, asked.id).await.unwrap().unwrap();
        assert_eq!((row.state, row.effective_on), (ChangeState::Agreed, date(2026, 1, 1)));
        audited(db).await;
    }

    async fn birth_treatment_and_account_become_what_was_agreed(db) {
        let cx = context();
        let (person, first, second) = cast(db).await;
        for (field, value) in [("birth", "1927-12-31"), ("medical", "bureau"), ("payout", "6222000000009999 另一银行")] {
            let asked = ask(db, &cx, &first, (person.id, change(field, value)), now()).await.unwrap();
            decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        }
        let row = people::find(db, person.id).await.unwrap().unwrap();
        assert_eq!((row.born_on, row.born_source), (date(1927, 12, 31), BirthSource::File));
        assert_eq!((row.payout_tail.as_deref(), row.payout_bank.as_deref()), (Some("9999"), Some("另一银行")));
        let clear = reveal(db, &cx, &first, (person.id, SealedColumn::Payout), Purpose::Payment, now()).await.unwrap();
        assert_eq!(clear.expose_secret(), "6222000000009999");
        let medical = fact::store::current(db, person.id, FactKind::Medical).await.unwrap().unwrap();
        assert_eq!((medical.level(), medical.from_on), (Some(Level::Bureau), date(2026, 1, 1)), "the effective date is kept");
        let births = domain::person::birth::store::of_person(db, person.id).await.unwrap();
        let counted = births.iter().find(|birth| birth.personnel).unwrap();
        assert_eq!((counted.source, counted.solar()), (BirthSource::File, Some(date(1927, 12, 31))));
        assert_eq!(births.len(), 2, "what the card says is still said");
        let sql = "SELECT coalesce(before, '') || after AS everything FROM person_change WHERE field = 'payout'";
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        let sealed: String = row.try_get("", "everything").unwrap();
        assert!(!sealed.contains("9999") && !sealed.contains("4567"));
    }

    async fn what_makes_no_sense_is_not_asked_for(db) {
        let cx = context();
        let (person, first, second) = cast(db).await;
        let refused = async |new| refusal(ask(db, &cx, &first, (person.id, new), now()).await);
        assert_eq!(refused(change("joined_work", "1945-09")).await, ChangeRefusal::NoChange);
        assert_eq!(refused(change("joined_work", "1949-10")).await, ChangeRefusal::NoVeteran);
        assert_eq!(refused(change("birth", "2027-01-01")).await, ChangeRefusal::Value);
        assert_eq!(refused(change("birth", "1927")).await, ChangeRefusal::Value);
        assert_eq!(refused(change("period", "R1")).await, ChangeRefusal::Value);
        assert_eq!(refused(NewChange { evidence: " ".to_owned(), ..change("medical", "county") }).await, ChangeRefusal::NoEvidence);
        assert_eq!(refused(NewChange { effective_on: date(2030, 1, 1), ..change("medical", "county") }).await, ChangeRefusal::EffectiveDate);
        let neighbour = crate::cast::worker(db, "w3", "330105").await;
        let theirs = ask(db, &cx, &neighbour, (person.id, change("medical", "county")), now()).await;
        assert!(matches!(theirs, Err(ChangeError::NotFound)));
        let asked = ask(db, &cx, &first, (person.id, change("medical", "county")), now()).await.unwrap();
        assert!(matches!(diff(db, &cx, &neighbour, &asked).await, Err(ChangeError::NotFound)));
        assert_eq!(refusal(decide(db, &cx, &second, (asked.id, Some(" ")), now()).await), ChangeRefusal::NoReason);
        assert_eq!(refusal(withdraw(db, &cx, &second, asked.id, now()).await), ChangeRefusal::NotYours);
        withdraw(db, &cx, &first, asked.id, now()).await.unwrap();
        let again = ask(db, &cx, &first, (person.id, change("medical", "county")), now()).await.unwrap();
        decide(db, &cx, &second, (again.id, Some("档案里没有这一页")), now()).await.unwrap();
        assert!(fact::store::current(db, person.id, FactKind::Medical).await.unwrap().is_none());
        let waits = ask(db, &cx, &first, (person.id, change("medical", "county")), now()).await.unwrap();
        record_death(db, &cx, &first, person.id, date(2026, 11, 1), now()).await.unwrap();
        assert_eq!(refusal(decide(db, &cx, &second, (waits.id, None), now()).await), ChangeRefusal::Died);
    }

    async fn a_wrong_identity_number_becomes_the_right_one_and_the_old_one_stays_sealed(db) {
        let cx = context();
        let here = unit(db, "330106").await;
        let number = |text: &str| IdentityNumber::parse(text).unwrap();
        let (wrong, right) = ("11010519491231002X", "330106192803150029");
        let new = NewPerson { identity: Some(number(wrong)), born_on: date(1949, 12, 31), gender: Gender::Male, ..someone(here.id, "李老") };
        let li = registered(db, new).await;
        let wang = registered(db, someone(here.id, "王老")).await;
        let (first, second) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        for not in ["330522193002291231", "3.30102E+17", "330106192803150028", ""] {
            assert!(Wanted::read(Field::Identity, not).is_none(), "{not}");
        }
        let taken = ask(db, &cx, &first, (wang.id, change("identity", wrong)), now()).await;
        assert_eq!(refusal(taken), ChangeRefusal::IdentityTaken(li.id));
        let same = ask(db, &cx, &first, (li.id, change("identity", "11010519491231002x")), now()).await;
        assert_eq!(refusal(same), ChangeRefusal::NoChange);
        let asked = ask(db, &cx, &first, (li.id, change("identity", right)), now()).await.unwrap();
        let seen = diff(db, &cx, &second, &asked).await.unwrap();
        assert_eq!((seen.before.as_deref(), seen.after.as_str()), (Some("110***********002X"), "330***********0029"));
        let [Disagreement::Gender(Gender::Male, Gender::Female), Disagreement::Birth(record, on)] = seen.disagrees[..] else {
            panic!("{:?}", seen.disagrees);
        };
        assert_eq!((record.on, on), (date(1949, 12, 31), date(1928, 3, 15)));
        let whole = look(db, &cx, &second, asked.id, now()).await.unwrap();
        assert_eq!(whole.expose_secret(), right);
        let neighbour = worker(db, "w3", "330105").await;
        assert!(matches!(look(db, &cx, &neighbour, asked.id, now()).await, Err(ChangeError::NotFound)));
        // Nobody has the number yet, so another may ask for it while the request waits.
        let other = ask(db, &cx, &first, (wang.id, change("identity", right)), now()).await.unwrap();
        assert_eq!(refusal(decide(db, &cx, &first, (asked.id, None), now()).await), ChangeRefusal::SamePerson);
        decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        assert_eq!(refusal(decide(db, &cx, &second, (other.id, None), now()).await), ChangeRefusal::IdentityTaken(li.id));
        let found = people::by_identity(db, &cx.seal, &number(right)).await.unwrap().unwrap();
        assert_eq!((found.id, found.identity_derived, found.born_on), (li.id, false, li.born_on));
        assert!(people::by_identity(db, &cx.seal, &number(wrong)).await.unwrap().is_none());
        let clear = reveal(db, &cx, &first, (li.id, SealedColumn::Identity), Purpose::Verification, now()).await.unwrap();
        assert_eq!(clear.expose_secret(), right);
        // The history keeps the old one, and asks nobody about it any more.
        let done = store::find(db, asked.id).await.unwrap().unwrap();
        let seen = diff(db, &cx, &second, &done).await.unwrap();
        assert_eq!((seen.before.as_deref(), seen.disagrees.len()), (Some("110***********002X"), 0));
        assert_eq!(refusal(look(db, &cx, &second, asked.id, now()).await), ChangeRefusal::NotNow);
        // The number that is free again is the other's, written as it was in old files.
        decide(db, &cx, &second, (other.id, Some("证件是另一位的")), now()).await.unwrap();
        let old = ask(db, &cx, &first, (wang.id, change("identity", "110105491231002")), now()).await.unwrap();
        decide(db, &cx, &second, (old.id, None), now()).await.unwrap();
        let found = people::by_identity(db, &cx.seal, &number(wrong)).await.unwrap().unwrap();
        assert_eq!((found.id, found.identity_derived), (wang.id, true));
        let again = ask(db, &cx, &first, (wang.id, change("identity", "110105491231002")), now()).await;
        assert_eq!(refusal(again), ChangeRefusal::NoChange);
        let card = ask(db, &cx, &first, (wang.id, change("identity", wrong)), now()).await.unwrap();
        decide(db, &cx, &second, (card.id, None), now()).await.unwrap();
        assert!(!people::find(db, wang.id).await.unwrap().unwrap().identity_derived, "a card was seen");
        for sql in [
            "SELECT coalesce(before, '') || after AS everything FROM person_change",
            "SELECT subject || action || CAST(detail AS TEXT) AS everything FROM audit_row",
        ] {
            let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
            assert!(rows.len() > 3);
            for row in rows {
                let text: String = row.try_get("", "everything").unwrap();
                assert!(!["19280315", "491231002"].iter().any(|part| text.contains(part)), "{text}");
            }
        }
        audited(db).await;
    }

    async fn who_somebody_was_is_put_right_of_the_dead_too(db) {
        let cx = context();
        let here = unit(db, "330106").await;
        let number = |text: &str| IdentityNumber::parse(text).unwrap();
        let (wrong, right) = ("11010519491231002X", "330106192803150029");
        let li = registered(db, NewPerson { identity: Some(number(wrong)), ..someone(here.id, "李老") }).await;
        let (first, second) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let before = ask(db, &cx, &first, (li.id, change("medical", "county")), now()).await.unwrap();
        record_death(db, &cx, &first, li.id, date(2026, 11, 1), now()).await.unwrap();
        let treated = ask(db, &cx, &first, (li.id, change("nursing", "county")), now()).await;
        assert_eq!(refusal(treated), ChangeRefusal::Died);
        assert_eq!(refusal(decide(db, &cx, &second, (before.id, None), now()).await), ChangeRefusal::Died);
        let asked = ask(db, &cx, &first, (li.id, change("identity", right)), now()).await.unwrap();
        decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        assert_eq!(people::by_identity(db, &cx.seal, &number(right)).await.unwrap().unwrap().id, li.id);

        let same = ask(db, &cx, &first, (li.id, change("gender", "female")), now()).await;
        assert_eq!(refusal(same), ChangeRefusal::NoChange);
        let asked = ask(db, &cx, &first, (li.id, change("gender", "male")), now()).await.unwrap();
        let seen = diff(db, &cx, &second, &asked).await.unwrap();
        assert_eq!((seen.before.as_deref(), seen.after.as_str()), (Some("女"), "男"));
        assert_eq!(seen.disagrees, [Disagreement::Number(Gender::Female)], "the number says otherwise");
        assert_eq!(refusal(decide(db, &cx, &first, (asked.id, None), now()).await), ChangeRefusal::SamePerson);
        decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        let row = people::find(db, li.id).await.unwrap().unwrap();
        assert_eq!((row.gender, row.died_on), (Gender::Male, Some(date(2026, 11, 1))));
        let row = store::find(db, asked.id).await.unwrap().unwrap();
        assert!(!format!("{:?}", row.after).contains("male"), "sealed as any other");
        audited(db).await;
    }

    async fn whom_a_record_looks_like_follows_its_new_identity_number(db) {
        let cx = context();
        let here = unit(db, "330106").await;
        let number = |text: &str| Some(IdentityNumber::parse(text).unwrap());
        // One digit between the two, and then many.
        let (hers, nearly, far) = ("330106192803150029", "330106192803150045", "11010519491231002X");
        let one = registered(db, NewPerson { identity: number(hers), ..someone(here.id, "李老") }).await;
        let other = registered(db, NewPerson { identity: number(far), ..someone(here.id, "李老") }).await;
        let (first, second) = (worker(db, "w1", "330106").await, worker(db, "w2", "330106").await);
        let scopes = [first.scope().clone()];
        let reasons = async || {
            let open = double::store::open_in(db, &scopes, 9).await.unwrap();
            open.into_iter().map(|pair| (pair.one_id, pair.other_id, pair.reasons.0)).collect::<Vec<_>>()
        };
        let becomes = async |text: &str| {
            let asked = ask(db, &cx, &first, (other.id, change("identity", text)), now()).await.unwrap();
            decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        };
        let before = reasons().await;
        becomes(nearly).await;
        let now_alike = reasons().await;
        assert_eq!(now_alike.len(), 1, "{now_alike:?}");
        assert!(now_alike[0].2.contains(&double::Reason::NumberNearlySame), "{now_alike:?}");
        becomes(far).await;
        assert_eq!(reasons().await, before);

        // The record with the right number was merged away: its number leads here, and is not put a second time.
        let merge = merging::propose(db, &cx, &first, (one.id, other.id), now()).await.unwrap();
        merging::decide(db, &cx, &second, (merge.id, true), now()).await.unwrap();
        let merged = ask(db, &cx, &first, (one.id, change("identity", far)), now()).await;
        assert_eq!(refusal(merged), ChangeRefusal::IdentityMerged);
        let third = registered(db, someone(here.id, "王老")).await;
        let taken = ask(db, &cx, &first, (third.id, change("identity", far)), now()).await;
        assert_eq!(refusal(taken), ChangeRefusal::IdentityTaken(one.id), "the one that was kept");
        audited(db).await;
    }

    async fn a_date_in_two_periods_waits_for_a_human(db) {
        let cx = context();
        let (person, first, second) = cast(db).await;
        let scopes = [first.scope().clone()];
        let waiting = undecided::people(db, &scopes, 9).await.unwrap();
        assert_eq!(waiting.iter().map(|one| one.id).collect::<Vec<_>>(), [person.id]);
        let asked = ask(db, &cx, &first, (person.id, change("period", "K2")), now()).await.unwrap();
        decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        assert!(undecided::people(db, &scopes, 9).await.unwrap().is_empty());
        let decided = fact::store::current(db, person.id, FactKind::Period).await.unwrap().unwrap();
        assert_eq!(decided.value.as_deref(), Some(Period::K2.code()));
        // Another date is another question.
        let asked = ask(db, &cx, &first, (person.id, change("joined_work", "1945")), now()).await.unwrap();
        decide(db, &cx, &second, (asked.id, None), now()).await.unwrap();
        assert_eq!(undecided::people(db, &scopes, 9).await.unwrap().len(), 1);
        let neighbour = crate::cast::worker(db, "w3", "330105").await;
        assert!(undecided::people(db, &[neighbour.scope().clone()], 9).await.unwrap().is_empty());
    }
}
