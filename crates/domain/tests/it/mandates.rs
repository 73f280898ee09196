//! 代办: asked, answered, used, ended; and the person hears of it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    account::{
        commands::{
            LONGEST_MANDATE, Link, LinkError, LinkRefusal, Terms, end_mandate, give_mandate, give_up_mandate,
            link_own,
        },
        mandate::{
            AskError, AskState, MandateAsk, MandateNews, Matter, Matters, Wanted, acts_for, asks,
            commands::{accept, accept_by_worker, ask, refuse},
        },
        store,
    },
    authority::{Myself, Scope},
    branch::{Door, attendance},
    evidence::{
        EvidenceError, Files, Source,
        mandate::{NewProof, Proves, add, list, open as show},
    },
    ids::{AccountId, EvidenceId, PersonId},
    notice::{self, Channel, Occasion, calls},
    person::{self, death::record_death},
    privacy::Phone,
    session::{self, commands::act_as},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::{
    cast::{context, date, joined, now, region, registered, someone, terms, unit, worker},
    party::{party, planned, silent},
};

const PHONE: &str = "13800001234";

async fn open(
    db: &DatabaseConnection,
    account: &AccountId,
    name: &str,
    at: DateTime<Utc>,
) -> Result<(), AskError> {
    let wanted = Wanted {
        name: name.to_owned(),
        phone: Phone::parse(PHONE).unwrap(),
        matters: Matters::of(["aid", "activity"]).unwrap(),
        until: now() + TimeDelta::days(180),
    };
    ask(db, &context(), account, (&wanted, LONGEST_MANDATE), at).await
}

async fn waiting(db: &DatabaseConnection, person: PersonId) -> Vec<MandateAsk> {
    asks::of_person(db, person, now()).await.unwrap()
}

/// What a person was told about mandates, by whichever way.
async fn told(db: &DatabaseConnection, person: PersonId) -> Vec<(MandateNews, Channel)> {
    let rows = notice::store::of_person(db, person, 50).await.unwrap();
    let news = rows.into_iter().filter_map(|row| match row.occasion {
        Occasion::Mandate(news, _) => Some((news, row.channel)),
        _ => None,
    });
    news.collect()
}

async fn count(db: &DatabaseConnection, sql: &str) -> i64 {
    let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    found.unwrap().try_get_by_index(0).unwrap()
}

schema::both! {
    async fn family_asks_and_the_person_agrees_on_the_own_screen(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, person::NewPerson { phone: Some(Phone::parse(PHONE).unwrap()), ..someone(unit.id, "王秀英") }).await;
        let (own, daughter) = (joined(db, "wang").await, joined(db, "daughter").await);
        link_own(db, &cx, &worker, &Link { account: &own, person: wang.id, proof: "identity_seen" }, now()).await.unwrap();

        open(db, &daughter, "王秀英", now()).await.unwrap();
        open(db, &daughter, "王秀英", now()).await.unwrap();
        let asked = waiting(db, wang.id).await;
        assert_eq!(asked.len(), 1, "asking twice is asking once");
        assert_eq!(told(db, wang.id).await, [(MandateNews::Asked, Channel::Robot)]);
        assert!(Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), now()).await.unwrap().is_none());

        let me = Myself::of(db, &own, now()).await.unwrap().unwrap();
        let link = accept(db, &cx, &me, (asked[0].id, LONGEST_MANDATE), now()).await.unwrap();
        assert_eq!((link.proof.as_str(), link.recorded_by.as_ref()), ("own_consent", Some(&own)));
        assert!(Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), now()).await.unwrap().is_some());
        let beyond = Myself::acting_for(db, &daughter, (wang.id, Matter::Information), now()).await.unwrap();
        assert!(beyond.is_none(), "only in the matters that were agreed");
        assert_eq!(asks::find(db, asked[0].id).await.unwrap().unwrap().state, AskState::Accepted);
        assert!(matches!(accept(db, &cx, &me, (asked[0].id, LONGEST_MANDATE), now()).await, Err(LinkError::Refused(LinkRefusal::Exists))));
        assert_eq!(count(db, "SELECT count(*) FROM outbox WHERE kind = 'mandate.agreed'").await, 1);

        let later = now() + TimeDelta::seconds(1);
        end_mandate(db, &cx, &me, link.id, later).await.unwrap();
        assert!(Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), later).await.unwrap().is_none(), "at once");
        assert_eq!(told(db, wang.id).await.len(), 1, "she knows what she has just done");
    }

    async fn a_refusal_makes_no_mandate_and_nobody_agrees_for_somebody_else(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let phone = || Some(Phone::parse(PHONE).unwrap());
        let wang = registered(db, person::NewPerson { phone: phone(), ..someone(unit.id, "王秀英") }).await;
        let li = registered(db, person::NewPerson { phone: phone(), ..someone(unit.id, "李建国") }).await;
        let (own, husband, daughter) = (joined(db, "wang").await, joined(db, "li").await, joined(db, "daughter").await);
        for (account, person) in [(&own, wang.id), (&husband, li.id)] {
            link_own(db, &cx, &worker, &Link { account, person, proof: "identity_seen" }, now()).await.unwrap();
        }
        open(db, &daughter, "王秀英", now()).await.unwrap();
        let asked = waiting(db, wang.id).await.remove(0);
        assert!(waiting(db, li.id).await.is_empty(), "the shared telephone alone names nobody");
        let other = Myself::of(db, &husband, now()).await.unwrap().unwrap();
        assert!(matches!(accept(db, &cx, &other, (asked.id, LONGEST_MANDATE), now()).await, Err(LinkError::NotFound)));
        give_mandate(db, &cx, &worker, (&Link { account: &husband, person: wang.id, proof: "witnessed" }, &terms(now() + TimeDelta::days(9))), now()).await.unwrap();
        let acting = Myself::acting_for(db, &husband, (wang.id, Matter::Aid), now()).await.unwrap().unwrap();
        assert!(matches!(accept(db, &cx, &acting, (asked.id, LONGEST_MANDATE), now()).await, Err(LinkError::NotFound)), "a mandate makes no mandates");
        let me = Myself::of(db, &own, now()).await.unwrap().unwrap();
        refuse(db, &cx, &me, asked.id, now()).await.unwrap();
        assert!(waiting(db, wang.id).await.is_empty());
        assert!(Myself::acting_for(db, &daughter, (wang.id, Matter::Aid), now()).await.unwrap().is_none());
    }

    async fn whoever_guesses_learns_nothing_and_is_stopped(db) {
        let unit = unit(db, "330106").await;
        registered(db, person::NewPerson { phone: Some(Phone::parse(PHONE).unwrap()), ..someone(unit.id, "王秀英") }).await;
        let guesser = joined(db, "guesser").await;
        for name in ["王秀兰", "王秀英", "李秀英", "王秀", "秀英"] {
            open(db, &guesser, name, now()).await.unwrap();
        }
        assert!(matches!(open(db, &guesser, "王秀英", now()).await, Err(AskError::TooOften)));
        open(db, &guesser, "王秀英", now() + TimeDelta::days(2)).await.unwrap();
        let wanted = |days| Wanted { name: "王秀英".to_owned(), phone: Phone::parse(PHONE).unwrap(), matters: Matters::all(), until: now() + TimeDelta::days(days) };
        for days in [0, 400] {
            let long = ask(db, &context(), &guesser, (&wanted(days), LONGEST_MANDATE), now()).await;
            assert!(matches!(long, Err(AskError::Period)));
        }
    }

    async fn a_worker_writes_down_the_word_of_who_has_no_phone_and_calls_after_each_act(db) {
        let cx = context();
        let party = party(db, 1).await;
        let wang = silent(db, party.branch.id, "王秀英").await;
        let daughter = joined(db, "daughter").await;
        let link = give_mandate(db, &cx, &party.worker, (&Link { account: &daughter, person: wang.id, proof: "voice" }, &terms(now() + TimeDelta::days(30))), now()).await.unwrap();
        assert_eq!(told(db, wang.id).await, [(MandateNews::Given, Channel::Call)]);
        let meeting = planned(db, &party, now() + TimeDelta::minutes(20)).await;
        let acting = Myself::acting_for(db, &daughter, (wang.id, Matter::Activity), now()).await.unwrap().unwrap();
        attendance::sign_in(db, &cx, (&acting, Door::Page), meeting.id, now()).await.unwrap();

        let done = acts_for(db, wang.id, 10).await.unwrap();
        assert_eq!(done.len(), 1);
        assert_eq!((done[0].action.as_str(), &done[0].account_id, done[0].link_id), ("attendance.signed_in", &daughter, link.id));
        let mut heard = told(db, wang.id).await;
        heard.sort();
        assert_eq!(heard, [(MandateNews::Given, Channel::Call), (MandateNews::Acted, Channel::Call)]);
        let scopes = [Scope::Region(region("330106"))];
        assert_eq!(calls::waiting(db, &scopes, 10).await.unwrap().len(), 2, "somebody telephones");
        let row = audit::by_actor(db, "daughter", 1).await.unwrap().remove(0);
        assert_eq!((row.action.as_str(), row.role.as_str()), ("attendance.signed_in", "proxy"));
        assert_eq!(row.detail()["for"], serde_json::json!(wang.id));

        give_up_mandate(db, &cx, &daughter, link.id, now() + TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(told(db, wang.id).await.iter().filter(|(news, _)| *news == MandateNews::Ended).count(), 1);
    }

    async fn an_ask_is_answered_by_a_worker_of_the_place_with_a_proof(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let (worker, neighbour) = (worker(db, "w1", "330106").await, worker(db, "w2", "330105").await);
        let wang = registered(db, person::NewPerson { phone: Some(Phone::parse(PHONE).unwrap()), ..someone(unit.id, "王秀英") }).await;
        let daughter = joined(db, "daughter").await;
        open(db, &daughter, "王秀英", now()).await.unwrap();
        let scopes = |code| [Scope::Region(region(code))];
        assert!(asks::waiting(db, &scopes("330105"), 10, now()).await.unwrap().is_empty());
        let asked = asks::waiting(db, &scopes("330106"), 10, now()).await.unwrap().remove(0);
        let how = (asked.id, "voice", LONGEST_MANDATE);
        assert!(matches!(accept_by_worker(db, &cx, &neighbour, how, now()).await, Err(LinkError::NotFound)));
        let link = accept_by_worker(db, &cx, &worker, how, now()).await.unwrap();
        assert_eq!((link.proof.as_str(), link.person_id), ("voice", wang.id));
    }

    async fn a_proof_goes_with_the_wish_to_the_mandate_and_workers_elsewhere_find_none(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let (worker, elsewhere) = (worker(db, "w1", "330106").await, crate::cast::worker(db, "w2", "330205").await);
        let wang = registered(db, person::NewPerson { phone: Some(Phone::parse(PHONE).unwrap()), ..someone(unit.id, "王秀英") }).await;
        let daughter = joined(db, "daughter").await;
        open(db, &daughter, "王秀英", now()).await.unwrap();
        let asked = waiting(db, wang.id).await.remove(0);
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        let keys = (&cx, &files);
        let new = || NewProof { id: EvidenceId::new(now()), source: Source::OriginalSeen, sent: crate::aid::evidence::sent(b"signed") };
        let wish = Proves::Ask(asked.id);
        assert!(matches!(add(db, keys, &elsewhere, (wish, new()), now()).await, Err(EvidenceError::NotFound)));
        let proof = new();
        for _ in 0..2 {
            add(db, keys, &worker, (wish, proof.clone()), now()).await.unwrap();
        }
        let link = accept_by_worker(db, &cx, &worker, (asked.id, "mandate_signed", LONGEST_MANDATE), now()).await.unwrap();
        let mandate = Proves::Mandate(link.id);
        let papers = list(db, &worker, mandate).await.unwrap();
        assert_eq!(papers.iter().map(|paper| paper.id).collect::<Vec<_>>(), [proof.id]);
        add(db, keys, &worker, (mandate, new()), now()).await.unwrap();
        assert_eq!(list(db, &worker, mandate).await.unwrap().len(), 2, "and a later one");
        let (_, bytes) = show(db, keys, &worker, (mandate, proof.id), now()).await.unwrap();
        assert_eq!(bytes, b"signed");
        assert!(matches!(show(db, keys, &elsewhere, (mandate, proof.id), now()).await, Err(EvidenceError::NotFound)));
        assert!(matches!(list(db, &elsewhere, mandate).await, Err(EvidenceError::NotFound)));
        let said = "SELECT count(*) FROM audit_row WHERE action IN ('mandate.evidence_added', 'mandate.evidence_opened')";
        assert_eq!(count(db, said).await, 3);
    }

    async fn the_death_of_either_ends_it_in_the_same_transaction(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let phone = || Some(Phone::parse(PHONE).unwrap());
        let wang = registered(db, person::NewPerson { phone: phone(), ..someone(unit.id, "王秀英") }).await;
        let li = registered(db, someone(unit.id, "李建国")).await;
        let (husband, daughter) = (joined(db, "li").await, joined(db, "daughter").await);
        link_own(db, &cx, &worker, &Link { account: &husband, person: li.id, proof: "identity_seen" }, now()).await.unwrap();
        give_mandate(db, &cx, &worker, (&Link { account: &husband, person: wang.id, proof: "witnessed" }, &terms(now() + TimeDelta::days(90))), now()).await.unwrap();
        record_death(db, &cx, &worker, li.id, date(2026, 11, 1), now()).await.unwrap();
        let later = now() + TimeDelta::seconds(1);
        assert!(store::proxies_of(db, wang.id, later).await.unwrap().is_empty(), "the agent is dead");

        open(db, &daughter, "王秀英", later).await.unwrap();
        record_death(db, &cx, &worker, wang.id, date(2026, 11, 2), later).await.unwrap();
        assert!(waiting(db, wang.id).await.is_empty());
        assert_eq!(count(db, "SELECT count(*) FROM mandate_ask WHERE state = 'lapsed'").await, 1);
        let forged = Terms { matters: Matters::all(), until: later + TimeDelta::days(9), longest: LONGEST_MANDATE };
        let dead = give_mandate(db, &cx, &worker, (&Link { account: &daughter, person: wang.id, proof: "voice" }, &forged), later).await;
        assert!(matches!(dead, Err(LinkError::Refused(LinkRefusal::PersonDied))));
    }

    async fn a_session_acts_only_under_a_mandate_that_its_login_holds(db) {
        let cx = context();
        let unit = unit(db, "330106").await;
        let worker = worker(db, "w1", "330106").await;
        let wang = registered(db, someone(unit.id, "王秀英")).await;
        let (daughter, other) = (joined(db, "daughter").await, joined(db, "other").await);
        let link = give_mandate(db, &cx, &worker, (&Link { account: &daughter, person: wang.id, proof: "voice" }, &terms(now() + TimeDelta::days(30))), now()).await.unwrap();
        let hers = session::open(db, &cx, &daughter, None, now()).await.unwrap();
        let foreign = session::open(db, &cx, &other, None, now()).await.unwrap();
        assert!(!act_as(db, &cx, &foreign.session, Some(link.id), now()).await.unwrap());
        assert!(act_as(db, &cx, &hers.session, Some(link.id), now()).await.unwrap());
        let found = session::store::find_by_token(db, &hers.token, now()).await.unwrap().unwrap();
        assert_eq!(found.session.acting_link, Some(link.id));
        let again = session::open(db, &cx, &daughter, Some(&hers.token), now()).await.unwrap();
        assert_eq!(again.session.acting_link, None, "a new session belongs to the login's owner");
    }
}
