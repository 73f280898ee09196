use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    By,
    authority::{
        GrantRefusal, Grants, Role, Scope, SecurityAdmin, Worker,
        commands::{GrantError, NewGrant, confirm, grant, grant_in},
    },
    ids::{AccountId, PersonId},
    person::{
        self, PersonError, PersonRefusal,
        fact::{FactError, FactKind, NewFact, Value, commands as facts},
        leader::{
            self,
            commands::{open, seen},
        },
        name::search::{Asked, Search, find},
        quality::{self, Fault},
        roster, store,
    },
    privacy::{IdentityNumber, Phone},
    statistics,
};
use sea_orm::DatabaseConnection;

use crate::cast::{
    audited, context, date, holder, joined, now, region, registered, someone, unit, worker, write,
};

fn days(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

fn province() -> Scope {
    Scope::Region(region("33"))
}

/// A worker of the province writes down that somebody is one; from then on he does not see him either.
async fn entered(db: &DatabaseConnection, person: PersonId) -> leader::Leader {
    let id = format!("chief{}", person.uuid().simple());
    let chief = worker(db, id.get(..40).unwrap_or(&id), "33").await;
    let new = NewFact {
        kind: FactKind::ProvincialLeader,
        value: Value::Bare,
        from_on: date(2026, 1, 1),
        basis: "示例〔2026〕1号".to_owned(),
    };
    facts::record(db, &context(), &chief, (person, new), now()).await.unwrap();
    leader::store::of_person(db, person).await.unwrap().unwrap()
}

/// Two administrators put a login on the need-to-know list.
async fn knows(db: &DatabaseConnection, id: &str, person: PersonId) -> AccountId {
    let account = joined(db, id).await;
    let one: SecurityAdmin = holder(db, &format!("{id}-sec1"), "33").await;
    let other: SecurityAdmin = holder(db, &format!("{id}-sec2"), "33").await;
    let made = grant(db, &context(), &one, entry(&account, person), now()).await.unwrap();
    let place = store::place_of(db, person).await.unwrap().unwrap();
    assert!(Worker::prove(db, &account, place.clone(), now()).await.unwrap().is_none(), "one is not enough");
    let own = confirm(db, &context(), &one, made.id, now()).await;
    assert!(matches!(own, Err(GrantError::Refused(GrantRefusal::SamePerson))));
    confirm(db, &context(), &other, made.id, now()).await.unwrap();
    assert!(Worker::prove(db, &account, place, now()).await.unwrap().is_some());
    account
}

fn entry(account: &AccountId, person: PersonId) -> NewGrant {
    NewGrant {
        account: account.clone(),
        role: Role::Worker,
        scope: Scope::Person(person),
        from: now(),
        to: Some(days(90)),
        reason: Some("服务需要".to_owned()),
    }
}

async fn proof(db: &DatabaseConnection, account: &AccountId, person: PersonId) -> Worker {
    let place = store::place_of(db, person).await.unwrap().unwrap();
    Worker::prove(db, account, place, now()).await.unwrap().unwrap()
}

schema::both! {
    async fn a_leader_is_in_no_list_search_or_count(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let new = || domain::person::NewPerson {
            phone: Some(Phone::parse("13800001234").unwrap()),
            identity: Some(IdentityNumber::parse("330106192803150029").unwrap()),
            retirement: domain::person::Retirement::Veteran,
            born_on: date(1928, 3, 15),
            joined_work: Some((date(1945, 5, 1), domain::person::Precision::Day)),
            ..someone(unit.id, "欧阳秀英")
        };
        let person = registered(db, new()).await;
        let neighbour = registered(db, someone(unit.id, "王秀英")).await;
        let scopes = [province(), Scope::Unit(unit.id), Scope::Region(region("330106"))];
        let count = async || statistics::veterans(db, &region("33"), (date(2026, 11, 2), days(1))).await.unwrap().total();
        assert_eq!(count().await, 1);
        entered(db, person.id).await;
        for asked in ["欧阳", "ouyang", "oyxy", "秀英", "138 0000 1234", "330106192803150029"] {
            let asked = Asked::read(asked);
            let it = Search { scopes: &scopes, asked: &asked, unit: "", limit: 9 };
            let hits = find(db, &cx.seal, &it).await.unwrap();
            assert!(hits.iter().all(|hit| hit.person.id != person.id), "{asked:?}");
        }
        assert!(store::search(db, &scopes, "欧阳", 9).await.unwrap().is_empty());
        let first = roster::Roster { scopes: &scopes, unit: "", after: None, limit: 1 };
        let page = roster::page(db, &first).await.unwrap();
        assert_eq!((page.people.len(), page.people[0].id, page.next), (1, neighbour.id, None), "no gap hints at him");
        for fault in Fault::ALL {
            let people = quality::people(db, &scopes, fault, 9).await.unwrap();
            assert!(people.iter().all(|one| one.id != person.id), "{fault:?}");
        }
        assert_eq!(count().await, 0, "a cell of one is a name");
        // Somebody of the same name begins: nobody is told that there is another.
        let alike = person::double::look(db, &cx, &scopes, &person::NewPerson { identity: None, ..new() }
            .sealed(&cx.seal, PersonId::new(now()), now()).unwrap()).await.unwrap();
        assert!(alike.is_empty());
        let chief = worker(db, "chief", "33").await;
        let reached = person::reveal::reveal(
            db, &cx, &chief, (person.id, person::SealedColumn::Phone), person::reveal::Purpose::Contact, now(),
        ).await;
        assert!(reached.is_err(), "by his id, too, there is nobody");
    }

    async fn what_others_wrote_names_a_leader_to_whoever_is_on_his_list_only(db) {
        let unit = unit(db, "330106").await;
        let (one, other) = (
            registered(db, someone(unit.id, "欧阳秀英")).await,
            registered(db, someone(unit.id, "诸葛秀兰")).await,
        );
        let written = "父亲是欧阳 秀英，舅舅是诸葛秀兰，母亲王秀英";
        let clerk = worker(db, "clerk", "330106").await;
        let towards = async |account: &AccountId| {
            let grants = Grants::of(db, account, now()).await.unwrap();
            leader::Discretion::towards(db, &grants).await.unwrap()
        };
        assert_eq!(towards(clerk.account()).await.says(written), written, "nobody is one");
        entered(db, one.id).await;
        entered(db, other.id).await;
        let account = knows(db, "doctor", one.id).await;
        let hidden = "父亲是某同志，舅舅是某同志，母亲王秀英";
        assert_eq!(towards(clerk.account()).await.says(written), hidden);
        let seen = towards(&account).await;
        assert_eq!(seen.says(written), "父亲是欧阳 秀英，舅舅是某同志，母亲王秀英", "each list is one person's");
        assert!(!seen.hides(one.id) && seen.hides(other.id));
        assert_eq!(leader::Discretion::towards_all(db).await.unwrap().says(written), hidden, "a message");
    }

    async fn only_the_province_writes_that_somebody_is_one(db) {
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        let county = worker(db, "w1", "330106").await;
        let new = NewFact {
            kind: FactKind::ProvincialLeader,
            value: Value::Bare,
            from_on: date(2026, 1, 1),
            basis: "示例".to_owned(),
        };
        let refused = facts::record(db, &context(), &county, (person.id, new), now()).await;
        assert!(matches!(refused, Err(FactError::NotFound)));
        assert!(!leader::is_guarded(&store::find(db, person.id).await.unwrap().unwrap()));
    }

    async fn who_is_on_the_list_says_for_what_and_every_look_is_written_down(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let person = registered(db, someone(unit.id, "欧阳秀英")).await;
        let other = registered(db, someone(unit.id, "欧阳秀兰")).await;
        let (one, two) = (entered(db, person.id).await, entered(db, other.id).await);
        assert_eq!((one.says(), two.says()), ("省级01".to_owned(), "省级02".to_owned()));
        let account = knows(db, "doctor", person.id).await;
        let worker = proof(db, &account, person.id).await;
        let theirs = store::place_of(db, other.id).await.unwrap().unwrap();
        assert!(!worker.covers(theirs), "each list is one person's");
        assert!(!seen(db, &cx, &worker, person.id, now()).await.unwrap(), "for what was not said");
        let refused = open(db, &cx, &worker, (person.id, " "), now()).await;
        assert!(matches!(refused, Err(PersonError::Refused(PersonRefusal::NoPurpose))));
        let before = audited(db).await;
        open(db, &cx, &worker, (person.id, "住院探望"), now()).await.unwrap();
        assert!(seen(db, &cx, &worker, person.id, now()).await.unwrap());
        assert!(seen(db, &cx, &worker, person.id, now() + TimeDelta::minutes(29)).await.unwrap());
        assert_eq!(audited(db).await, before + 3, "the purpose, and each look");
        assert!(!seen(db, &cx, &worker, person.id, now() + TimeDelta::minutes(30)).await.unwrap());
        let reads = leader::store::reads(db, Some(person.id), 9).await.unwrap();
        assert_eq!((reads.len(), reads[0].purpose.as_str()), (1, "住院探望"));
        assert!(!format!("{reads:?}").contains("住院"));
        let grants = Grants::of(db, &account, now()).await.unwrap();
        let known = leader::store::known_to(db, &grants).await.unwrap();
        assert_eq!(known.iter().map(|leader| leader.number).collect::<Vec<_>>(), [1]);
        assert!(grants.regions(Role::Worker).next().is_none(), "and no place besides");
    }

    async fn an_entry_of_the_list_is_dated_a_workers_and_a_leaders(db) {
        let unit = unit(db, "330106").await;
        let person = registered(db, someone(unit.id, "欧阳秀英")).await;
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        let account = joined(db, "doctor").await;
        let refusal = async |new: NewGrant| match grant(db, &context(), &admin, new, now()).await {
            Err(GrantError::Refused(refusal)) => refusal,
            other => panic!("expected a refusal: {other:?}"),
        };
        assert_eq!(refusal(entry(&account, person.id)).await, GrantRefusal::OutOfReach, "he is none");
        entered(db, person.id).await;
        let open_ended = NewGrant { to: None, ..entry(&account, person.id) };
        assert_eq!(refusal(open_ended).await, GrantRefusal::NeedToKnow);
        let too_long = NewGrant { to: Some(days(400)), ..entry(&account, person.id) };
        assert_eq!(refusal(too_long).await, GrantRefusal::NeedToKnow);
        let payer = NewGrant { role: Role::Payer, ..entry(&account, person.id) };
        assert_eq!(refusal(payer).await, GrantRefusal::NeedToKnow);
        let county: SecurityAdmin = holder(db, "county", "330106").await;
        let far = grant(db, &context(), &county, entry(&account, person.id), now()).await;
        assert!(matches!(far, Err(GrantError::Refused(GrantRefusal::OutOfReach))));
        // The class as a place is nobody's, not even the installer's to give.
        let vault = store::find(db, person.id).await.unwrap().unwrap().unit_id;
        for scope in [Scope::Unit(vault), Scope::Region(region("99"))] {
            let new = NewGrant { scope, to: None, ..entry(&account, person.id) };
            let tx = write(db).await;
            assert!(grant_in(&tx, &context(), By::INSTALLER, None, new, now()).await.is_err());
        }
    }

    async fn a_mistake_is_taken_back_and_everything_is_where_it_was(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let person = registered(db, someone(unit.id, "欧阳秀英")).await;
        entered(db, person.id).await;
        let account = knows(db, "steward", person.id).await;
        let steward = proof(db, &account, person.id).await;
        let what = (person.id, FactKind::ProvincialLeader);
        facts::end(db, &cx, &steward, what, (date(2026, 11, 2), now())).await.unwrap();
        let row = store::find(db, person.id).await.unwrap().unwrap();
        assert_eq!(row.unit_id, unit.id);
        let asked = Asked::read("欧阳");
        let scopes = [Scope::Region(region("330106"))];
        let it = Search { scopes: &scopes, asked: &asked, unit: "", limit: 9 };
        assert_eq!(find(db, &cx.seal, &it).await.unwrap().len(), 1);
        let place = store::place_of(db, person.id).await.unwrap().unwrap();
        assert!(Worker::prove(db, &account, place, now()).await.unwrap().is_none(), "the list is void");
        assert!(leader::store::names(db).await.unwrap().is_empty());
    }
}
