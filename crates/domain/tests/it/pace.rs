use std::time::{Duration, Instant};

use domain::pace::{Rate, hold, take};
use sea_orm::DatabaseConnection;

fn rate(name: &str, calls: u32, seconds: u64) -> Rate {
    Rate { name: name.to_owned(), calls, span: Duration::from_secs(seconds) }
}

/// How many of so many askers, all at once, may go.
async fn of_many(db: &DatabaseConnection, askers: usize, rates: &[Rate]) -> usize {
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..askers {
        let (db, rates) = (db.clone(), rates.to_vec());
        asking.spawn(async move { take(&db, &rates).await.unwrap().is_none() });
    }
    asking.join_all().await.into_iter().filter(|go| *go).count()
}

schema::both! {
    async fn servers_that_ask_at_once_are_let_go_as_if_they_were_one(db) {
        let rates = [rate("address", 10_000, 20), rate("api", 20, 60)];
        let began = Instant::now();
        let gone = of_many(db, 40, &rates).await;
        // Four at once, then one in 3.75 s.
        let late = usize::try_from(began.elapsed().as_millis() / 3750).unwrap();
        assert!((4..=4 + late).contains(&gone), "{gone} after {late}");
        let wait = take(db, &rates).await.unwrap().unwrap();
        assert!(wait <= Duration::from_millis(3750), "{wait:?}");
        assert_eq!(take(db, &[rate("other", 20, 60)]).await.unwrap(), None, "each name has its own");
    }

    async fn a_minute_that_is_full_stops_a_call_whose_second_is_not(db) {
        let full = rate("minute", 1, 60);
        assert_eq!(take(db, &[rate("second", 20, 1), full.clone()]).await.unwrap(), None);
        let wait = take(db, &[rate("second", 20, 1), full]).await.unwrap().unwrap();
        assert!((50..=60).contains(&wait.as_secs()), "{wait:?}");
    }

    async fn a_name_that_is_held_waits_until_it_is_over(db) {
        let rates = [rate("address", 10_000, 20), rate("api", 20, 1)];
        assert_eq!(take(db, &rates).await.unwrap(), None);
        hold(db, "address", Duration::from_mins(5)).await.unwrap();
        let wait = take(db, &rates).await.unwrap().unwrap();
        assert!((290..=300).contains(&wait.as_secs()), "{wait:?}");
        assert_eq!(take(db, &rates[1..]).await.unwrap(), None);
        hold(db, "never seen", Duration::from_mins(1)).await.unwrap();
        assert!(take(db, &[rate("never seen", 20, 1)]).await.unwrap().is_some());
    }

    async fn a_mark_of_a_clock_that_was_turned_back_is_not_believed(db) {
        assert_eq!(take(db, &[rate("api", 20, 1)]).await.unwrap(), None);
        let ahead = "UPDATE call_pace SET next_ms = next_ms + 86400000";
        sea_orm::ConnectionTrait::execute_unprepared(db, ahead).await.unwrap();
        assert_eq!(take(db, &[rate("api", 20, 1)]).await.unwrap(), None);
    }
}
