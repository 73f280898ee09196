use domain::{
    authority::Scope,
    person::{
        NewPerson, Precision, Retirement,
        commands::{Contact, change_contact},
        contact::{self, NewContact, Owner},
        death::record_death,
        fact,
        name::search::{Asked, Search, find},
        quality::{Fault, count, people},
        reveal::{RevealError, reveal_contact},
        roster::{Roster, page},
    },
    privacy::{IdentityNumber, Phone},
};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use secrecy::ExposeSecret;

use crate::cast::{audited, context, date, now, region, registered, someone, unit, worker};

/// The names page by page, each page of two.
async fn pages(db: &DatabaseConnection, code: &str, unit: &str) -> Vec<String> {
    let scopes = [Scope::Region(region(code))];
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let some = page(db, &Roster { scopes: &scopes, unit, after, limit: 2 }).await.unwrap();
        all.extend(some.people.into_iter().map(|person| person.name));
        let Some(last) = some.next else { return all };
        after = Some(last);
    }
}

async fn having(db: &DatabaseConnection, fault: Fault) -> Vec<String> {
    let scopes = [Scope::Region(region("330106"))];
    let found = people(db, &scopes, fault, 10).await.unwrap();
    assert_eq!(count(db, &scopes, fault, 10).await.unwrap(), found.len(), "{fault:?}");
    found.into_iter().map(|person| person.name).collect()
}

schema::both! {
    async fn the_roster_is_sorted_by_sound_and_no_page_loses_or_repeats_anybody(db) {
        let (here, there) = (unit(db, "330106").await, unit(db, "330105").await);
        for name in ["周敏", "王宏", "王𬭎", "单国", "曾乐", "安平", "王宏"] {
            registered(db, someone(here.id, name)).await;
        }
        registered(db, someone(there.id, "白羽")).await;
        let all = ["安平", "单国", "王宏", "王宏", "王𬭎", "曾乐", "周敏"];
        assert_eq!(pages(db, "330106", "").await, all, "单 is shan and 曾 is zeng, as surnames");
        assert_eq!(pages(db, "3301", "").await.len(), 8);
        assert_eq!(pages(db, "3301", &there.name).await.len(), 8, "both units are called the same");
        assert!(pages(db, "3301", "没有这个单位").await.is_empty());
        assert!(pages(db, "330102", "").await.is_empty());
    }

    async fn who_is_transferred_is_found_by_the_new_unit_and_by_no_other(db) {
        let (cx, bureau) = (context(), worker(db, "w1", "3301").await);
        let (here, there) = (unit(db, "330106").await, unit(db, "330105").await);
        let person = registered(db, someone(here.id, "王宏")).await;
        let to = (person.id, there.id, "调令");
        fact::transfer::transfer(db, &cx, &bureau, to, (date(2026, 11, 2), now())).await.unwrap();
        assert!(pages(db, "330106", "").await.is_empty());
        assert_eq!(pages(db, "330105", "").await, ["王宏"]);
        let (scopes, asked) = ([Scope::Region(region("330105"))], Asked::read("wanghong"));
        let search = Search { scopes: &scopes, asked: &asked, unit: "", limit: 5 };
        assert_eq!(find(db, &cx.seal, &search).await.unwrap().len(), 1);
    }

    async fn a_fault_is_found_until_it_is_mended(db) {
        let (cx, worker) = (context(), worker(db, "w1", "330106").await);
        let here = unit(db, "330106").await;
        let whole = NewPerson {
            identity: Some(IdentityNumber::parse("330106192803150029").unwrap()),
            phone: Some(Phone::parse("13800001234").unwrap()),
            residence: Some(region("330106")),
            party_joined_on: None,
            ..someone(here.id, "全有")
        };
        registered(db, whole.clone()).await;
        for fault in Fault::ALL {
            assert_eq!(Fault::parse(fault.code()), Some(fault));
        }
        let bare = NewPerson {
            identity: None,
            phone: None,
            residence: None,
            party_joined_on: Some(date(1960, 7, 1)),
            retirement: Retirement::Veteran,
            joined_work: None,
            born_precision: Precision::Year,
            ..someone(here.id, "全无")
        };
        let bare = registered(db, bare).await;
        let derived = IdentityNumber::parse("330106280315003").unwrap();
        registered(db, NewPerson { identity: Some(derived), name: "老号".to_owned(), ..whole.clone() }).await;
        for (fault, who) in [
            (Fault::NoNumber, "全无"),
            (Fault::NoTelephone, "全无"),
            (Fault::NoResidence, "全无"),
            (Fault::NoJoining, "全无"),
            (Fault::PartyWithoutBranch, "全无"),
            (Fault::NumberDerived, "老号"),
        ] {
            assert_eq!(having(db, fault).await, [who], "{fault:?}");
        }
        assert!(having(db, Fault::DeadButActive).await.is_empty());

        let new = NewContact {
            owner: Owner::Child,
            label: None,
            phone: Phone::parse("13800005678").unwrap(),
            purposes: Vec::new(),
        };
        let daughters = contact::commands::add(db, &cx, &worker, (bare.id, new), now()).await.unwrap();
        assert!(having(db, Fault::NoTelephone).await.is_empty(), "a child's number is one");
        let version = domain::person::store::find(db, bare.id).await.unwrap().unwrap().version;
        let lives = Contact { version, phone: None, residence: Some(region("330106")), living_alone: true };
        change_contact(db, &cx, &worker, bare.id, lives, now()).await.unwrap();
        assert!(having(db, Fault::NoResidence).await.is_empty());

        // The number is shown to who works there, and that is written down.
        let number = reveal_contact(db, &cx, &worker, daughters.id, now()).await.unwrap();
        assert_eq!(number.expose_secret(), "13800005678");
        let elsewhere = crate::cast::worker(db, "w2", "330105").await;
        let refused = reveal_contact(db, &cx, &elsewhere, daughters.id, now()).await;
        assert!(matches!(refused, Err(RevealError::NotFound)), "{refused:?}");

        // A death stops everything; only a row that came past the program is found.
        record_death(db, &cx, &worker, bare.id, date(2026, 11, 1), now()).await.unwrap();
        assert!(having(db, Fault::DeadButActive).await.is_empty());
        let sql = "INSERT INTO account_link (id, account_id, person_id, kind, proof, valid_from) \
                   SELECT person.id, account.id, person.id, 'own', 'seed', person.created_at FROM person, account \
                   WHERE person.name = '全无' AND account.id = 'w1'";
        db.execute_unprepared(sql).await.unwrap();
        assert_eq!(having(db, Fault::DeadButActive).await, ["全无"]);
        audited(db).await;
    }
}
