use chrono::TimeDelta;
use domain::{
    account::{
        self,
        commands::{Link, give_mandate, link_own},
        mandate::Matter,
    },
    authority::Myself,
    ids::PersonId,
    person::{
        Happened, NewPerson, Payout, Retirement, SealedColumn,
        commands::{Contact, PersonError, PersonRefusal, change_contact, register},
        death::record_death,
        reveal::{Purpose, RevealError, reveal},
        store,
    },
    privacy::{IdentityNumber, PayoutNumber, Phone},
    session,
};
use sea_orm::{ConnectionTrait, Statement};
use secrecy::ExposeSecret;

use crate::cast::{audited, context, date, joined, now, region, registered, someone, terms, unit, worker};

fn refusal<T: std::fmt::Debug>(result: Result<T, PersonError>) -> PersonRefusal {
    match result {
        Err(PersonError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

fn sealed_someone(unit: domain::ids::UnitId) -> NewPerson {
    NewPerson {
        phone: Some(Phone::parse("13800001234").unwrap()),
        identity: Some(IdentityNumber::parse("330106192803150029").unwrap()),
        payout: Some(Payout {
            number: PayoutNumber::parse("6222021202041234567").unwrap(),
            bank: "某银行".to_owned(),
        }),
        ..someone(unit, "王秀英")
    }
}

schema::both! {
    async fn a_person_is_registered_sealed_and_found_again(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let before = audited(db).await;
        let person = register(db, &cx, &worker, sealed_someone(unit.id), now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1);
        let number = IdentityNumber::parse("33010619280315002 9").unwrap();
        assert_eq!(store::by_identity(db, &cx.seal, &number).await.unwrap().unwrap().id, person.id);
        let phone = Phone::parse("138 0000 1234").unwrap();
        assert_eq!(store::by_phone(db, &cx.seal, &phone).await.unwrap().len(), 1);
        let read = store::find(db, person.id).await.unwrap().unwrap();
        assert_eq!(read, person, "what is written is what is read");
        assert_eq!(read.payout_tail.as_deref(), Some("4567"));
        let history = store::history(db, person.id).await.unwrap();
        assert!(matches!(history.as_slice(), [event] if event.what == Happened::Registered));
        assert!(!format!("{person:?}").contains("王秀英"));
    }

    async fn no_column_holds_a_number_in_the_clear(db) {
        let unit = unit(db, "330106").await;
        registered(db, sealed_someone(unit.id)).await;
        let columns = "coalesce(phone, '') || coalesce(phone_index, '') || coalesce(identity, '') || \
            coalesce(identity_index, '') || coalesce(payout, '') || coalesce(payout_tail, '')";
        let sql = format!("SELECT {columns} AS everything FROM person");
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        let everything: String = row.try_get("", "everything").unwrap();
        for clear in ["13800001234", "330106192803150029", "6222021202041234567"] {
            assert!(!everything.contains(clear));
        }
    }

    async fn an_identity_number_is_unique_among_the_living_and_the_dead(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let person = register(db, &cx, &worker, sealed_someone(unit.id), now()).await.unwrap();
        record_death(db, &cx, &worker, person.id, date(2026, 10, 1), now()).await.unwrap();
        let again = register(db, &cx, &worker, sealed_someone(unit.id), now()).await;
        assert_eq!(refusal(again), PersonRefusal::Exists(person.id));
    }

    async fn a_worker_registers_only_where_the_role_reaches(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let neighbour = worker(db, "w2", "330105").await;
        let refused = register(db, &cx, &neighbour, someone(unit.id, "王秀英"), now()).await;
        assert!(matches!(refused, Err(PersonError::NotFound)));
        let city = worker(db, "w3", "3301").await;
        assert!(register(db, &cx, &city, someone(unit.id, "王秀英"), now()).await.is_ok());
    }

    async fn impossible_facts_are_refused(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let veteran = |joined| NewPerson {
            retirement: Retirement::Veteran,
            joined_work: Some((joined, domain::person::Precision::Day)),
            born_on: date(1930, 1, 1),
            ..someone(unit.id, "李老")
        };
        assert!(register(db, &cx, &worker, veteran(date(1949, 9, 30)), now()).await.is_ok());
        let late = register(db, &cx, &worker, veteran(date(1949, 10, 1)), now()).await;
        assert_eq!(refusal(late), PersonRefusal::NoVeteran);
        let unborn = NewPerson { born_on: date(2026, 11, 3), ..someone(unit.id, "李老") };
        assert_eq!(refusal(register(db, &cx, &worker, unborn, now()).await), PersonRefusal::BornInFuture);
        let nameless = register(db, &cx, &worker, someone(unit.id, " "), now()).await;
        assert_eq!(refusal(nameless), PersonRefusal::NoName);
    }

    async fn a_search_stays_inside_the_scopes(db) {
        let (here, there) = (unit(db, "330106").await, unit(db, "330105").await);
        let person = registered(db, someone(here.id, "王秀英")).await;
        registered(db, someone(there.id, "王秀兰")).await;
        registered(db, someone(here.id, "李秀英")).await;
        registered(db, someone(here.id, "𬭎生")).await;
        let county = [domain::authority::Scope::Region(region("330106"))];
        let found = store::search(db, &county, "王", 10).await.unwrap();
        assert_eq!(found.iter().map(|p| p.id).collect::<Vec<PersonId>>(), [person.id]);
        let city = [domain::authority::Scope::Region(region("3301"))];
        assert_eq!(store::search(db, &city, "王秀", 10).await.unwrap().len(), 2);
        assert_eq!(store::search(db, &city, "𬭎", 10).await.unwrap().len(), 1);
        let by_unit = [domain::authority::Scope::Unit(there.id)];
        assert_eq!(store::search(db, &by_unit, "王", 10).await.unwrap().len(), 1);
        assert!(store::search(db, &[], "王", 10).await.unwrap().is_empty());
        assert!(store::search(db, &city, "%", 10).await.unwrap().is_empty());
    }

    async fn a_contact_changes_from_the_version_that_was_read(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let person = registered(db, sealed_someone(unit.id)).await;
        let contact = |version| Contact {
            version,
            phone: Some(Phone::parse("13900005678").unwrap()),
            residence: Some(region("330106003")),
            living_alone: false,
        };
        change_contact(db, &cx, &worker, person.id, contact(person.version), now()).await.unwrap();
        let again = change_contact(db, &cx, &worker, person.id, contact(person.version), now()).await;
        assert!(matches!(again, Err(PersonError::Stale)));
        let old = Phone::parse("13800001234").unwrap();
        assert!(store::by_phone(db, &cx.seal, &old).await.unwrap().is_empty());
    }

    async fn a_field_is_shown_only_with_an_audit_row(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let person = registered(db, sealed_someone(unit.id)).await;
        let mine = worker(db, "w1", "330106").await;
        let other = worker(db, "w2", "330105").await;
        let before = audited(db).await;
        let what = (person.id, SealedColumn::Phone);
        let refused = reveal(db, &cx, &other, what, Purpose::Contact, now()).await;
        assert!(matches!(refused, Err(RevealError::NotFound)));
        assert_eq!(audited(db).await, before);
        let clear = reveal(db, &cx, &mine, what, Purpose::Contact, now()).await.unwrap();
        assert_eq!(clear.expose_secret(), "13800001234");
        assert_eq!(audited(db).await, before + 1);
    }

    async fn a_death_stops_everything_in_one_transaction(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let person = registered(db, someone(unit.id, "王秀英")).await;
        let (own, daughter) = (joined(db, "wang").await, joined(db, "daughter").await);
        let link = Link { account: &own, person: person.id, proof: "identity_seen" };
        link_own(db, &cx, &worker, &link, now()).await.unwrap();
        let until = now() + TimeDelta::days(90);
        let mandate = Link { account: &daughter, person: person.id, proof: "witnessed" };
        give_mandate(db, &cx, &worker, (&mandate, &terms(until)), now()).await.unwrap();
        let hers = session::open(db, &cx, &own, None, now()).await.unwrap();
        let daughters = session::open(db, &cx, &daughter, None, now()).await.unwrap();

        let before = audited(db).await;
        record_death(db, &cx, &worker, person.id, date(2026, 11, 1), now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1);
        record_death(db, &cx, &worker, person.id, date(2026, 11, 1), now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1, "the same death again is no second one");

        assert!(session::store::find_by_token(db, &hers.token, now()).await.unwrap().is_none());
        assert!(session::store::find_by_token(db, &daughters.token, now()).await.unwrap().is_some());
        assert!(Myself::of(db, &own, now()).await.unwrap().is_none());
        assert!(Myself::acting_for(db, &daughter, (person.id, Matter::Aid), now()).await.unwrap().is_none());
        assert!(account::store::of_person(db, person.id).await.unwrap().is_none());
        let row = store::find(db, person.id).await.unwrap().unwrap();
        assert_eq!((row.died_on, row.version), (Some(date(2026, 11, 1)), person.version + 1));
        let history = store::history(db, person.id).await.unwrap();
        assert_eq!(history.last().unwrap().what, Happened::Died { on: date(2026, 11, 1) });

        let other_day = record_death(db, &cx, &worker, person.id, date(2026, 10, 1), now()).await;
        assert_eq!(refusal(other_day), PersonRefusal::DiedOnAnotherDay);
    }

    // Whichever comes first: in the end nobody acts as a dead person, and no login claims to be one.
    async fn a_link_and_a_death_at_the_same_moment_leave_no_link(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        for round in 0..8 {
            let person = registered(db, someone(unit.id, "王秀英")).await;
            let own = joined(db, &format!("wang{round}")).await;
            let link = Link { account: &own, person: person.id, proof: "identity_seen" };
            let (linked, died) = tokio::join!(
                link_own(db, &cx, &worker, &link, now()),
                record_death(db, &cx, &worker, person.id, date(2026, 11, 1), now()),
            );
            died.unwrap();
            assert!(Myself::of(db, &own, now()).await.unwrap().is_none());
            let account = account::store::find(db, &own).await.unwrap().unwrap();
            assert_eq!(account.person_id, None, "round {round}, linked: {}", linked.is_ok());
        }
    }

    async fn a_death_has_a_possible_day(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let person = registered(db, someone(unit.id, "王秀英")).await;
        for day in [date(2026, 11, 3), date(1944, 3, 14)] {
            let refused = record_death(db, &cx, &worker, person.id, day, now()).await;
            assert_eq!(refusal(refused), PersonRefusal::DeathDate);
        }
    }
}
