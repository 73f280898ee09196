//! Another key while everything runs: nothing is lost whenever it is interrupted, and everybody is found at every moment.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    Context,
    ids::PersonId,
    person::{
        self, PersonError, PersonRefusal, SealedColumn,
        commands::register,
        name::search::{Asked, Search, find},
        reveal::{Purpose, reveal},
    },
    privacy::{IdentityNumber, Phone, Sealer},
    rotation::{self, RotationError, Step, step, usage},
    seed::{self, Size},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use secrecy::ExposeSecret;

use crate::cast::{context, now, registered, someone, unit, worker};

const IDENTITY: &str = "330102194910010017";
const PHONE: &str = "13800001234";

/// The keys of [`context`], with others before them.
pub(crate) fn with(newest: Option<&str>, keep_old: bool) -> Context {
    let mut keys: Vec<(&str, &[u8])> = Vec::new();
    let mut indexes: Vec<(&str, &[u8])> = Vec::new();
    if let Some(id) = newest {
        keys.push((id, &[21; 32]));
        indexes.push((id, &[22; 32]));
    }
    if keep_old {
        keys.push(("test", &[7; 32]));
        indexes.push(("", &[8; 32]));
    }
    Context { seal: Sealer::with_indexes(&keys, &indexes).unwrap(), ..context() }
}

/// The same person is found by number, by telephone and by search, and the numbers open.
async fn is_found(db: &DatabaseConnection, cx: &Context, id: PersonId) {
    let number = IdentityNumber::parse(IDENTITY).unwrap();
    let phone = Phone::parse(PHONE).unwrap();
    assert_eq!(person::store::by_identity(db, &cx.seal, &number).await.unwrap().unwrap().id, id);
    assert_eq!(person::store::by_phone(db, &cx.seal, &phone).await.unwrap()[0].id, id);
    let worker = worker_of(db).await;
    let scopes = [worker.scope().clone()];
    for asked in [Asked::Identity(number.clone()), Asked::Phone(phone.clone())] {
        let search = Search { scopes: &scopes, asked: &asked, unit: "", limit: 5 };
        assert_eq!(find(db, &cx.seal, &search).await.unwrap()[0].person.id, id);
    }
    let clear =
        reveal(db, cx, &worker, (id, SealedColumn::Identity), Purpose::Verification, now()).await.unwrap();
    assert_eq!(clear.expose_secret(), IDENTITY);
}

async fn worker_of(db: &DatabaseConnection) -> domain::authority::Worker {
    let account = crate::cast::login("w1");
    domain::authority::Worker::prove(db, &account, &crate::cast::region("330106"), now())
        .await
        .unwrap()
        .unwrap()
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn everybody(db: &DatabaseConnection, cx: &Context) -> Vec<(PersonId, Option<String>)> {
    let ids: Vec<uuid::Uuid> = {
        let rows = db
            .query_all_raw(Statement::from_string(
                db.get_database_backend(),
                "SELECT id FROM person ORDER BY id",
            ))
            .await
            .unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    };
    let mut all = Vec::new();
    for id in ids.into_iter().map(PersonId::from_uuid) {
        let person = person::store::find(db, id).await.unwrap().unwrap();
        let row = id.to_string();
        let open =
            person.phone.as_ref().map(|sealed| cx.seal.open(SealedColumn::Phone.cell(&row), sealed).unwrap());
        all.push((id, open.map(|phone| phone.expose_secret().to_owned())));
    }
    all
}

schema::both! {
    async fn a_rotation_that_is_killed_again_and_again_ends_and_everybody_is_found_all_the_time(db) {
        let old = context();
        seed::load(db, &old, Size::Tiny, now(), &|_, _| {}).await.unwrap();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let new = || person::NewPerson {
            identity: Some(IdentityNumber::parse(IDENTITY).unwrap()),
            phone: Some(Phone::parse(PHONE).unwrap()),
            ..someone(unit.id, "甘思鹊")
        };
        let wang = registered(db, new()).await;
        let before = everybody(db, &old).await;
        assert!(before.len() > 500, "more than one batch");

        // First every server can read the new key, then the new key is the first.
        let cx = with(Some("k2"), true);
        is_found(db, &cx, wang.id).await;
        let (mut killed, mut patience, mut steps) = (0, 1, 0);
        let mut reached = BTreeSet::new();
        loop {
            // A step that is dropped in the middle leaves what a killed server leaves.
            match tokio::time::timeout(Duration::from_millis(patience), step(db, &cx, now())).await {
                Err(_) => {
                    killed += 1;
                    patience += 1 + patience / 4;
                }
                Ok(done) => match done.unwrap() {
                    Step::Finished => break,
                    Step::Went(_) => {
                        steps += 1;
                        if steps < 4 {
                            patience = 2;
                            is_found(db, &cx, wang.id).await;
                            let twice = register(db, &cx, &worker, new(), now()).await;
                            assert!(matches!(twice, Err(PersonError::Refused(PersonRefusal::Exists(id))) if id == wang.id));
                        }
                    }
                },
            }
            // One that was dropped may have been kept just before.
            reached.extend(rotation::find(db, &cx.seal).await.unwrap().map(|row| (row.place, row.after)));
        }
        assert!(killed > 0 && reached.len() > 8, "{killed} {reached:?}");
        let alone = with(Some("k2"), false);
        assert_eq!(usage::left(db, &alone.seal).await.unwrap(), 0);
        assert_eq!(everybody(db, &alone).await, before, "nothing but the keys has changed");
        is_found(db, &alone, wang.id).await;
        let row = rotation::find(db, &alone.seal).await.unwrap().unwrap();
        assert!(row.finished_at.is_some() && row.done >= row.total && row.total > 500, "{row:?}");
        let said = "SELECT action FROM audit_row WHERE action LIKE 'keys.%' ORDER BY seq";
        assert_eq!(texts(db, said).await, ["keys.rotated", "keys.rotation_finished"]);
        assert_eq!(step(db, &alone, now()).await.unwrap(), Step::Finished);
        assert!(matches!(audit::verify(db, &alone.audit).await.unwrap(), audit::Verdict::Whole { .. }));
    }

    async fn what_a_server_with_the_old_key_writes_meanwhile_is_sealed_anew_too(db) {
        let unit = unit(db, "330106").await;
        worker(db, "w1", "330106").await;
        let mut first = None;
        for name in ["甲", "乙"] {
            let new = person::NewPerson { phone: Some(Phone::parse(PHONE).unwrap()), ..someone(unit.id, name) };
            first.get_or_insert(registered(db, new).await.id);
        }
        let cx = with(Some("k2"), true);
        assert_eq!(step(db, &cx, now()).await.unwrap(), Step::Went(0), "it begins");
        assert_eq!(step(db, &cx, now()).await.unwrap(), Step::Went(4), "two numbers with their indexes");
        // Behind the cursor, by a server that has not been restarted.
        registered(db, person::NewPerson { phone: Some(Phone::parse("13800001235").unwrap()), ..someone(unit.id, "丙") }).await;
        while step(db, &cx, now()).await.unwrap() != Step::Finished {}
        assert_eq!(usage::left(db, &cx.seal).await.unwrap(), 0);
        let ids = usage::by_key(db).await.unwrap();
        assert!(ids.keys().all(|(_, id)| id == "k2"), "{ids:?}");
    }

    async fn without_the_old_key_nothing_is_done_and_the_field_is_named(db) {
        let unit = unit(db, "330106").await;
        registered(db, person::NewPerson { phone: Some(Phone::parse(PHONE).unwrap()), ..someone(unit.id, "甲") }).await;
        let cx = with(Some("k2"), false);
        assert_eq!(step(db, &cx, now()).await.unwrap(), Step::Went(0));
        let lost = step(db, &cx, now()).await.unwrap_err();
        assert!(matches!(lost, RotationError::CannotOpen { table: "person", column: "phone" }), "{lost}");
        assert_eq!(usage::left(db, &cx.seal).await.unwrap(), 2, "the number and its index");
    }

    async fn a_new_installation_has_nothing_to_do(db) {
        assert_eq!(step(db, &context(), now()).await.unwrap(), Step::Finished);
        assert!(texts(db, "SELECT action FROM audit_row").await.is_empty());
    }
}
