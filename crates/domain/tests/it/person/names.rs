use domain::{
    authority::Scope,
    person::{
        Person,
        name::{
            add_former, ensure, rename,
            search::{Asked, How, Search, find},
        },
    },
    privacy::{IdentityNumber, Phone},
};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::cast::{context, now, region, registered, someone, unit, worker};

async fn names(db: &DatabaseConnection, code: &str, text: &str) -> Vec<(String, How)> {
    let (scopes, asked) = ([Scope::Region(region(code))], Asked::read(text));
    let search = Search { scopes: &scopes, asked: &asked, unit: "", limit: 20 };
    let hits = find(db, &context().seal, &search).await.unwrap();
    hits.into_iter().map(|hit| (hit.person.name, hit.how)).collect()
}

async fn found(db: &DatabaseConnection, text: &str) -> Vec<String> {
    names(db, "3301", text).await.into_iter().map(|(name, _)| name).collect()
}

async fn people(db: &DatabaseConnection) -> Vec<Person> {
    let (here, there) = (unit(db, "330106").await, unit(db, "330105").await);
    let mut all = Vec::new();
    for name in ["王𬭎", "王宏", "王红梅", "王国强", "李国强", "单国", "曾乐", "吕布", "欧阳娜娜"]
    {
        all.push(registered(db, someone(here.id, name)).await);
    }
    all.push(registered(db, someone(there.id, "王宏")).await);
    all
}

schema::both! {
    async fn a_name_is_found_by_its_characters_its_sound_and_its_initials(db) {
        people(db).await;
        assert_eq!(found(db, "国强").await, ["李国强", "王国强"], "two characters inside, sorted by sound");
        assert_eq!(found(db, "国").await, ["李国强", "单国", "王国强"]);
        assert_eq!(found(db, "王国强").await, ["王国强"]);
        assert_eq!(found(db, "强国").await, Vec::<String>::new());
        assert_eq!(found(db, "wanghong").await, ["王宏", "王宏", "王𬭎", "王红梅"], "the shorter sound first");
        assert_eq!(found(db, "ouyang").await, ["欧阳娜娜"]);
        assert_eq!(found(db, "wgq").await, ["王国强"]);
        for sound in ["lvbu", "lubu", "lü bù"] {
            assert_eq!(found(db, sound).await, ["吕布"], "{sound}");
        }
        for reading in ["zengle", "cengyue", "zengyue"] {
            assert_eq!(found(db, reading).await, ["曾乐"], "{reading}");
        }
        for nothing in ["", "%", "_", "x'); DROP TABLE person; --", "\"", "*"] {
            assert!(found(db, nothing).await.is_empty(), "{nothing:?}");
        }
    }

    async fn a_rare_character_is_found_and_homophones_come_after_it(db) {
        people(db).await;
        assert_eq!(found(db, "𬭎").await[0], "王𬭎");
        let hits = names(db, "330106", "王𬭎").await;
        assert_eq!(hits[0], ("王𬭎".to_owned(), How::Name));
        assert!(hits.contains(&("王宏".to_owned(), How::Sound)), "{hits:?}");
        assert!(hits.contains(&("王红梅".to_owned(), How::Sound)), "{hits:?}");
        assert_eq!(hits.len(), 3, "{hits:?}");
    }

    async fn a_search_stays_inside_the_scopes_and_the_unit(db) {
        people(db).await;
        assert_eq!(names(db, "330105", "王宏").await.len(), 1);
        assert_eq!(names(db, "330105", "wanghong").await.len(), 1);
        assert!(names(db, "330102", "王").await.is_empty());
        let (scopes, asked) = ([Scope::Region(region("3301"))], Asked::read("王宏"));
        for (unit, count) in [("农业", 2), ("水利", 0), ("%", 2)] {
            let search = Search { scopes: &scopes, asked: &asked, unit, limit: 20 };
            let hits = find(db, &context().seal, &search).await.unwrap();
            assert_eq!(hits.iter().filter(|hit| hit.person.name == "王宏").count(), count, "{unit}");
        }
    }

    async fn a_former_name_is_found_and_says_what_it_is(db) {
        let person = people(db).await.remove(3);
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        for _ in 0..2 {
            add_former(db, &cx, &worker, (person.id, "王小毛"), now()).await.unwrap();
        }
        let former = ("王国强".to_owned(), How::FormerName("王小毛".to_owned()));
        assert_eq!(names(db, "330106", "小毛").await, std::slice::from_ref(&former));
        assert_eq!(names(db, "330106", "wangxiaomao").await, [former]);
        assert_eq!(names(db, "330106", "国强").await.len(), 2);
        assert!(names(db, "330106", "强王").await.is_empty(), "two names are not one");
    }

    async fn who_is_renamed_is_found_by_both_names_and_back_again(db) {
        let person = people(db).await.remove(3);
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        rename(db, &cx, &worker, (person.id, "王小毛"), now()).await.unwrap();
        assert_eq!(names(db, "330106", "小毛").await, [("王小毛".to_owned(), How::Name)]);
        let former = ("王小毛".to_owned(), How::FormerName("王国强".to_owned()));
        assert_eq!(names(db, "330106", "王国强").await, [former]);
        rename(db, &cx, &worker, (person.id, "王国强"), now()).await.unwrap();
        assert_eq!(names(db, "330106", "王国强").await, [("王国强".to_owned(), How::Name)]);
        assert!(rename(db, &cx, &worker, (person.id, " "), now()).await.is_err());
    }

    async fn numbers_find_whoever_has_them(db) {
        let here = unit(db, "330106").await;
        let number = "330106192803150029";
        let person = registered(db, domain::person::NewPerson {
            identity: Some(IdentityNumber::parse(number).unwrap()),
            phone: Some(Phone::parse("13800001234").unwrap()),
            ..someone(here.id, "王秀英")
        }).await;
        for text in [number, "138-0000-1234"] {
            assert_eq!(names(db, "330106", text).await, [(person.name.clone(), How::Number)], "{text}");
            assert!(names(db, "330105", text).await.is_empty(), "{text}");
        }
    }

    async fn records_from_before_the_index_are_indexed_once(db) {
        people(db).await;
        let drop_index = if db.get_database_backend() == sea_orm::DbBackend::Postgres {
            "DELETE FROM person_gram; DELETE FROM person_name"
        } else {
            "DELETE FROM person_gram_fts WHERE rowid > 0; DELETE FROM person_gram; DELETE FROM person_name"
        };
        db.execute_unprepared(drop_index).await.unwrap();
        assert!(found(db, "国强").await.is_empty());
        assert_eq!(ensure(db, now()).await.unwrap(), 10);
        assert_eq!(ensure(db, now()).await.unwrap(), 0);
        assert_eq!(found(db, "国强").await, ["李国强", "王国强"]);
    }
}
