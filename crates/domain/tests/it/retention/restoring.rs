use std::collections::BTreeSet;

use domain::retention::{
    Over, check,
    holds::{NewHold, place},
    register, store,
};
use sea_orm::{ConnectionTrait, DbBackend};

use super::scene::{Scene, years_ago};
use crate::cast::{audited, now};

/// The rows of a table are written down in a table beside it, and put back from there: what restoring a copy does.
async fn kept(scene: &Scene<'_>, table: &str) {
    scene.run(&format!("CREATE TABLE copy_of_{table} AS SELECT * FROM {table}"), vec![]).await.unwrap();
}

async fn restored(scene: &Scene<'_>, table: &str) {
    let which = format!("SELECT * FROM copy_of_{table} c WHERE c.id NOT IN (SELECT id FROM {table})");
    scene.run(&format!("INSERT INTO {table} {which}"), vec![]).await.unwrap();
}

schema::both! {
    async fn what_a_restored_copy_brings_back_is_named_and_goes_again(db) {
        let scene = Scene::open(db).await;
        let (person, wang) = scene.person("王秀英", "wang").await;
        let old = scene.wished(&wang, years_ago(4)).await;
        let young = scene.wished(&wang, years_ago(1)).await;
        domain::consent::commands::say(db, &scene.cx, &wang, (domain::consent::Purpose::Publicity, true), years_ago(5)).await.unwrap();
        scene.run("UPDATE person SET died_on = ? WHERE id = ?", vec![domain::calendar::local_date(years_ago(4)).into(), person.id.uuid().into()]).await.unwrap();
        for table in ["person_wish", "consent"] {
            kept(&scene, table).await;
        }
        assert!(scene.run("DELETE FROM consent", vec![]).await.is_err(), "no row of it goes without its tombstone");
        scene.approved().await;
        assert_eq!(scene.done().await, (2, 0));
        assert_eq!(scene.count("SELECT count(*) FROM consent").await, 0);
        let nothing = check::step(db, &scene.cx, (None, true), now()).await.unwrap();
        assert_eq!(nothing, (vec![], None));

        for table in ["person_wish", "consent"] {
            restored(&scene, table).await;
        }
        let named = check::step(db, &scene.cx, (None, false), now()).await.unwrap().0;
        assert_eq!(named.len(), 2);
        assert!(named.iter().all(|one| one.same && one.held.is_none()), "{named:?}");
        assert!(named.iter().any(|one| one.class == "person_wish" && one.subject == old.uuid()));
        assert_eq!(scene.count("SELECT count(*) FROM consent").await, 1, "it was only named");

        // A hold that was placed meanwhile wins here, too.
        let hold = NewHold { over: Over::Class("consent".to_owned()), reason: "核查".to_owned(), document: "示例".to_owned() };
        place(db, &scene.cx, &scene.chief, hold, now()).await.unwrap();
        let again = check::step(db, &scene.cx, (None, true), now()).await.unwrap().0;
        assert_eq!(again.iter().filter(|one| one.held.is_some()).count(), 1);
        assert!(domain::wish::store::find(db, old).await.unwrap().is_none());
        assert!(domain::wish::store::find(db, young).await.unwrap().is_some());
        assert_eq!(scene.count("SELECT count(*) FROM consent").await, 1);
        assert_eq!(store::tombstones(db, 9).await.unwrap().1, 2, "what goes again has its tombstone");
        check::record(db, &scene.cx, again.len(), now()).await.unwrap();
        audited(db).await;
    }

    async fn a_copy_that_is_older_than_the_erasing_learns_it_from_the_register(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        let old = scene.wished(&wang, years_ago(4)).await;
        kept(&scene, "person_wish").await;
        scene.approved().await;
        scene.done().await;
        let stones = register::missing(db, &BTreeSet::new()).await.unwrap();
        let mut text = register::line(&scene.cx, &stones[0]).unwrap();
        assert!(!text.contains("王秀英"));
        text.push('\n');
        assert_eq!(register::read(&scene.cx, &text).unwrap(), stones);
        assert_eq!(register::read(&scene.cx, &format!("{text}{{\"tombs")).unwrap(), stones, "a torn end does not count");
        for forged in [text.replace("erase", "strip"), text.replacen("person_wish", "aid_case", 1), format!("x\n{text}")] {
            assert_eq!(register::read(&scene.cx, &forged), Err(register::Forged(1)), "{forged}");
        }

        // The copy has the row, and no tombstone.
        let triggers: &[&str] = if db.get_database_backend() == DbBackend::Postgres {
            &["DROP TRIGGER tr_retention_tombstone_append_only ON retention_tombstone"]
        } else {
            &["DROP TRIGGER tr_retention_tombstone_append_only_delete"]
        };
        for trigger in triggers {
            db.execute_unprepared(trigger).await.unwrap();
        }
        scene.run("DELETE FROM retention_tombstone", vec![]).await.unwrap();
        restored(&scene, "person_wish").await;
        assert_eq!(check::step(db, &scene.cx, (None, true), now()).await.unwrap().0, []);
        assert_eq!(register::put_back(db, register::read(&scene.cx, &text).unwrap()).await.unwrap(), 1);
        assert_eq!(register::put_back(db, register::read(&scene.cx, &text).unwrap()).await.unwrap(), 0, "once");
        assert_eq!(check::step(db, &scene.cx, (None, true), now()).await.unwrap().0.len(), 1);
        assert!(domain::wish::store::find(db, old).await.unwrap().is_none());
    }
}
