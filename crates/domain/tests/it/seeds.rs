//! The invented people: as many, as old and as faulty as promised, the same each time.

use chrono::NaiveDate;
use domain::{
    calendar::local_date,
    person::Person,
    seed::{self, Planted, Size},
};
use schema::testing;
use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, Statement};

use crate::cast::{context, joined, now};

async fn load(db: &DatabaseConnection, size: Size) -> Planted {
    seed::load(db, &context(), size, now(), &|_, _| {}).await.unwrap()
}

async fn count(db: &DatabaseConnection, sql: &str) -> usize {
    let row =
        db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    usize::try_from(row.try_get_by_index::<i64>(0).unwrap()).unwrap()
}

async fn persons(db: &DatabaseConnection) -> Vec<Person> {
    let all = Statement::from_string(db.get_database_backend(), "SELECT * FROM person ORDER BY id");
    Person::find_by_statement(all).all(db).await.unwrap()
}

/// Within three standard deviations of a draw, at the least four.
fn about(found: usize, wanted: usize, what: &str) {
    let off = found.abs_diff(wanted);
    assert!(off <= (3 * wanted.isqrt()).max(4), "{what}: {found}, not about {wanted}");
}

async fn is_as_promised(db: &DatabaseConnection, size: Size) {
    let planted = load(db, size).await;
    let (people, n) = (persons(db).await, size.people());
    let cast_and_seed = n + 4;
    assert_eq!(people.len(), cast_and_seed + planted.duplicates);
    assert_eq!(count(db, "SELECT count(*) FROM branch").await, size.branches() + 1);

    let today = local_date(now());
    let age = |born: NaiveDate| today.years_since(born).unwrap();
    for (from, to, percent) in [(60, 69, 45), (70, 79, 33), (80, 89, 17), (90, 120, 5)] {
        let found = people.iter().filter(|one| (from..=to).contains(&age(one.born_on))).count();
        about(found, n * percent / 100, &format!("people of {from} to {to}"));
    }

    about(planted.duplicates, n * 7 / 1_000, "people entered twice");
    about(planted.shared_phones, n * 18 / 100, "shared telephones");
    about(planted.lunar_birthdays, n * 55 / 100, "birthdays by the moon");
    about(planted.without_branch, n * 62 * 12 / 100_000, "members without a branch");
    about(planted.dead_but_active, n * 5 / 10_000, "dead whose logins live");
    about(count(db, "SELECT count(*) FROM account").await, n * 60 / 100, "logins");
}

async fn has_the_faults_it_says(db: &DatabaseConnection) {
    let planted = load(db, Size::Tiny).await;
    let twice = "SELECT count(*) FROM person AS again WHERE identity_index IS NULL AND EXISTS \
                 (SELECT 1 FROM person WHERE person.phone_index = again.phone_index AND person.born_on = again.born_on \
                  AND person.name = again.name AND person.identity_index IS NOT NULL)";
    assert_eq!(count(db, twice).await, planted.duplicates);
    let by_the_moon = "SELECT count(*) FROM person WHERE birthday_calendar = 'lunar'";
    assert_eq!(count(db, by_the_moon).await, planted.lunar_birthdays);
    let homeless = "SELECT count(*) FROM person WHERE party_joined_on IS NOT NULL AND NOT EXISTS \
                    (SELECT 1 FROM branch_membership WHERE branch_membership.person_id = person.id)";
    assert_eq!(count(db, homeless).await, planted.without_branch);
    // The cast has one of its own: 孙桂兰.
    let dead = "SELECT count(*) FROM person JOIN account ON account.person_id = person.id \
                WHERE died_on IS NOT NULL AND account.active";
    assert_eq!(count(db, dead).await, planted.dead_but_active + 1);
    let leaderless = "SELECT count(*) FROM branch WHERE NOT EXISTS \
                      (SELECT 1 FROM branch_post WHERE branch_post.branch_id = branch.id)";
    assert_eq!(count(db, leaderless).await, 0);
}

schema::both! {
    async fn six_hundred_people_are_as_promised(db) {
        is_as_promised(db, Size::Tiny).await;
    }

    async fn the_faults_can_be_found(db) {
        has_the_faults_it_says(db).await;
    }

    async fn a_seed_that_is_there_is_known(db) {
        assert!(!seed::loaded(db).await.unwrap());
        load(db, Size::Tiny).await;
        assert!(seed::loaded(db).await.unwrap());
    }

    async fn what_was_interrupted_is_not_there_and_is_loaded_again(db) {
        // Somebody else has a login of the cast already: writing fails after all people have been written.
        joined(db, "zhengzhe").await;
        assert!(seed::load(db, &context(), Size::Tiny, now(), &|_, _| {}).await.is_err());
        assert!(!seed::loaded(db).await.unwrap());
        for table in ["notice", "account"] {
            db.execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
        }
        load(db, Size::Tiny).await;
    }
}

#[tokio::test]
async fn twelve_thousand_people_are_as_promised() {
    is_as_promised(&testing::sqlite().await.db, Size::County).await;
}

/// Ids, names and dates; what is sealed differs by its nonce.
#[tokio::test]
async fn the_same_people_each_time_on_every_database() {
    let mut before: Option<Vec<_>> = None;
    for _ in 0..2 {
        for test in testing::databases().await {
            load(&test.db, Size::Tiny).await;
            let mut found: Vec<_> = persons(&test.db)
                .await
                .into_iter()
                .map(|one| {
                    (
                        one.id,
                        one.name,
                        one.born_on,
                        one.died_on,
                        one.identity_index,
                        one.phone_index,
                        one.payout_tail,
                    )
                })
                .collect();
            found.sort_by_key(|one| one.0);
            assert!(before.as_ref().is_none_or(|before| *before == found), "{} differs", test.name);
            before = Some(found);
        }
    }
}
