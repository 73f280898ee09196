use domain::{
    person::{
        BirthSource, Calendar, PersonError, PersonRefusal,
        birth::{self, Said},
        contact::{self, NewContact, Owner, Purpose},
        store,
    },
    privacy::Phone,
};
use sea_orm::{ConnectionTrait, Statement};

use crate::cast::{context, date, now, registered, someone, unit, worker};

fn moon(month: i16, day: i16) -> Said {
    Said {
        source: BirthSource::Family,
        calendar: Calendar::Lunar,
        year: 1944,
        month: Some(month),
        day: Some(day),
        leap: false,
    }
}

schema::both! {
    async fn a_number_has_an_owner_and_is_right_once_somebody_called_it(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let here = unit(db, "330106").await;
        let (wang, zhao) = (registered(db, someone(here.id, "王秀英")).await, registered(db, someone(here.id, "赵德福")).await);
        let phone = Phone::parse("13800001234").unwrap();
        let new = |owner| NewContact { owner, label: Some("女儿".to_owned()), phone: phone.clone(), purposes: vec![Purpose::Emergency, Purpose::Notice] };
        let hers = contact::commands::add(db, &cx, &worker, (wang.id, new(Owner::Child)), now()).await.unwrap();
        assert!(!contact::store::shared(db, &context().seal, &hers).await.unwrap());
        contact::commands::add(db, &cx, &worker, (zhao.id, new(Owner::Child)), now()).await.unwrap();
        assert!(contact::store::shared(db, &context().seal, &hers).await.unwrap());
        let mut both = contact::store::reached_by(db, &cx.seal, &phone).await.unwrap();
        both.sort();
        assert_eq!(both, [wang.id, zhao.id]);
        contact::commands::verify(db, &cx, &worker, hers.id, now()).await.unwrap();
        let row = contact::store::of_person(db, wang.id).await.unwrap().remove(0);
        assert_eq!((row.verified_by.as_ref(), row.tail.as_str()), (Some(worker.account()), "1234"));
        assert_eq!(row.purposes().collect::<Vec<_>>(), [Purpose::Notice, Purpose::Emergency]);
        let sql = "SELECT value || value_index || coalesce(label, '') AS everything FROM person_contact";
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        assert!(!row.try_get::<String>("", "everything").unwrap().contains("13800001234"));
        let neighbour = crate::cast::worker(db, "w2", "330105").await;
        assert!(matches!(contact::commands::end(db, &cx, &neighbour, hers.id, now()).await, Err(PersonError::NotFound)));
        contact::commands::end(db, &cx, &worker, hers.id, now()).await.unwrap();
        assert!(matches!(contact::commands::end(db, &cx, &worker, hers.id, now()).await, Err(PersonError::Stale)));
        assert!(contact::store::of_person(db, wang.id).await.unwrap().is_empty());
    }

    async fn a_family_s_birthday_counts_for_greetings_and_the_card_s_for_the_office(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        birth::commands::say(db, &cx, &worker, (person.id, moon(2, 21), true), now()).await.unwrap();
        let row = store::find(db, person.id).await.unwrap().unwrap();
        assert_eq!((row.birthday_calendar, row.birthday_month, row.birthday_day), (Calendar::Lunar, Some(2), Some(21)));
        assert_eq!(row.born_on, date(1944, 3, 15), "the office's date stays");
        birth::commands::say(db, &cx, &worker, (person.id, moon(2, 30), true), now()).await.unwrap();
        let said = birth::store::of_person(db, person.id).await.unwrap();
        assert_eq!(said.len(), 2, "one of each source");
        assert_eq!(said.iter().filter(|one| one.personnel).count(), 1);
        let family = said.iter().find(|one| one.greeting).unwrap();
        assert_eq!(family.say(), "农历1944年2月30日");
        let card = Said { source: BirthSource::Identity, calendar: Calendar::Solar, ..moon(3, 16) };
        let by_hand = birth::commands::say(db, &cx, &worker, (person.id, card, false), now()).await;
        assert!(matches!(by_hand, Err(PersonError::Refused(PersonRefusal::ByRequest))));
        let never = birth::commands::say(db, &cx, &worker, (person.id, Said { year: 2099, ..moon(1, 1) }, false), now()).await;
        assert!(matches!(never, Err(PersonError::Refused(PersonRefusal::BirthDate))));
    }
}
