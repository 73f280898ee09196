//! 动态口令: bound by its owner, good once, locked after five wrong codes, taken away by two.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Context,
    account::news::{News, left_in},
    authority::{
        Grants, Role, Scope, SecurityAdmin,
        substitution::commands::{NewSubstitution, arrange},
    },
    ids::AccountId,
    rotation::{self, Step},
    second_factor::{
        CODES, FAILURES, LOCKED, OFFERED_FOR, RecoveryCode, SecondFactorError, SecondFactorRefusal, Secret,
        Stand, code_of, confirm, offer, reset, stand, step_at, step_up, store,
    },
    session::{self, Session, limits::STEPPED_UP},
};
use sea_orm::DatabaseConnection;

use crate::{
    cast::{audited, context, everything_but, granted, holder, joined, login, now, region, texts, write},
    rotation::with,
};

fn seconds(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

fn minutes(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

fn code(secret: &Secret, at: DateTime<Utc>) -> String {
    code_of(secret, step_at(at))
}

/// No code of these minutes.
fn wrong(secret: &Secret, at: DateTime<Utc>) -> String {
    let near: Vec<String> = (-4..=4).map(|step| code_of(secret, step_at(at) + step)).collect();
    (0..1_000_000).map(|n| format!("{n:06}")).find(|code| !near.contains(code)).unwrap()
}

async fn opened(db: &DatabaseConnection, account: &AccountId, at: DateTime<Utc>) -> Session {
    session::open(db, &context(), account, None, at).await.unwrap().session
}

/// A login of the county that works there.
async fn worker(db: &DatabaseConnection, id: &str) -> AccountId {
    let account = joined(db, id).await;
    granted(db, &account, Role::Worker, Scope::Region(region("330106"))).await;
    account
}

/// One that has bound an app, with the session in which it was done.
async fn bound(db: &DatabaseConnection, account: &AccountId) -> (Session, Secret, Vec<RecoveryCode>) {
    let (cx, session) = (context(), opened(db, account, now()).await);
    let secret = offer(db, &cx, &session, now()).await.unwrap();
    let codes = confirm(db, &cx, &session, &code(&secret, now()), now()).await.unwrap();
    (session, secret, codes)
}

async fn is_up(db: &DatabaseConnection, session: &Session, at: DateTime<Utc>) -> bool {
    let all = session::store::of_account(db, &session.account_id, now()).await.unwrap();
    all.iter().find(|one| one.id == session.id).unwrap().is_stepped_up(at)
}

fn refused<T: std::fmt::Debug>(done: Result<T, SecondFactorError>) -> SecondFactorRefusal {
    match done {
        Err(SecondFactorError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn actions(db: &DatabaseConnection) -> Vec<String> {
    let sql = "SELECT action FROM audit_row WHERE action LIKE 'second_factor.%' ORDER BY seq";
    let all = texts(db, sql).await;
    all.iter().map(|action| action.trim_start_matches("second_factor.").to_owned()).collect()
}

async fn told(db: &DatabaseConnection) -> Vec<String> {
    texts(db, "SELECT kind FROM outbox WHERE kind LIKE 'second_factor.%' ORDER BY kind").await
}

/// Steps a new session up.
async fn tries(
    db: &DatabaseConnection,
    cx: &Context,
    (account, typed): (&AccountId, &str),
    at: DateTime<Utc>,
) -> Result<(), SecondFactorError> {
    let session = opened(db, account, at).await;
    step_up(db, cx, &session, typed, at).await
}

schema::both! {
    async fn what_was_shown_counts_from_its_first_code_on(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let session = opened(db, &account, now()).await;
        assert_eq!(refused(confirm(db, &cx, &session, "123456", now()).await), SecondFactorRefusal::NotOffered);
        let first = offer(db, &cx, &session, now()).await.unwrap();
        let second = offer(db, &cx, &session, now()).await.unwrap();
        assert_ne!(first, second, "nobody binds what somebody else has seen before");
        let old = confirm(db, &cx, &session, &code(&first, now()), now()).await;
        assert_eq!(refused(old), SecondFactorRefusal::Wrong { left: None });
        let late = now() + OFFERED_FOR;
        let late = confirm(db, &cx, &session, &code(&second, late), late).await;
        assert_eq!(refused(late), SecondFactorRefusal::NotOffered);
        assert_eq!(refused(step_up(db, &cx, &session, &code(&second, now()), now()).await), SecondFactorRefusal::NotBound);
        assert!(!is_up(db, &session, now()).await);
        let codes = confirm(db, &cx, &session, &code(&second, now()), now()).await.unwrap();
        assert_eq!(codes.len(), CODES);
        assert!(is_up(db, &session, now() + STEPPED_UP - TimeDelta::seconds(1)).await, "a code was shown just now");
        assert!(!is_up(db, &session, now() + STEPPED_UP).await);
        assert_eq!(actions(db).await, ["offered", "offered", "failed", "confirmed"]);
        assert_eq!(told(db).await, ["second_factor.bound"]);
    }

    async fn a_code_steps_one_session_up_and_only_once(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (_, secret, _) = bound(db, &account).await;
        let again = tries(db, &cx, (&account, &code(&secret, now())), seconds(10)).await;
        assert_eq!(refused(again), SecondFactorRefusal::Wrong { left: Some(FAILURES - 1) }, "it was taken when it was bound");
        // The next step's, typed early: one step apart is taken.
        let session = opened(db, &account, seconds(20)).await;
        let typed = code(&secret, seconds(40));
        step_up(db, &cx, &session, &format!(" {} {}", &typed[..3], &typed[3..]), seconds(20)).await.unwrap();
        assert!(is_up(db, &session, seconds(21)).await);
        step_up(db, &cx, &session, &typed, seconds(22)).await.unwrap();
        let other = tries(db, &cx, (&account, &typed), seconds(41)).await;
        assert!(matches!(refused(other), SecondFactorRefusal::Wrong { .. }), "never twice");
        let before = tries(db, &cx, (&account, &code(&secret, seconds(29))), seconds(42)).await;
        assert!(matches!(refused(before), SecondFactorRefusal::Wrong { .. }), "nor one of before");
        tries(db, &cx, (&account, &code(&secret, seconds(65))), seconds(65)).await.unwrap();
        assert_eq!(actions(db).await[2..], ["failed", "stepped_up", "failed", "failed", "stepped_up"]);
        audited(db).await;
    }

    async fn of_two_who_type_one_code_at_once_one_comes_too_late(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (_, secret, _) = bound(db, &account).await;
        for round in 1..=5 {
            let at = minutes(round);
            let (one, other) = (opened(db, &account, at).await, opened(db, &account, at).await);
            let typed = code(&secret, at);
            let (first, second) = tokio::join!(
                step_up(db, &cx, &one, &typed, at),
                step_up(db, &cx, &other, &typed, at),
            );
            assert!(first.is_ok() != second.is_ok(), "round {round}: {first:?} {second:?}");
        }
    }

    async fn five_wrong_ones_in_a_row_lock_it_for_half_an_hour(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (_, secret, codes) = bound(db, &account).await;
        let bad = wrong(&secret, minutes(1));
        for left in [4, 3] {
            let done = tries(db, &cx, (&account, &bad), minutes(1)).await;
            assert_eq!(refused(done), SecondFactorRefusal::Wrong { left: Some(left) });
        }
        tries(db, &cx, (&account, &code(&secret, minutes(1))), minutes(1)).await.unwrap();
        let bad = wrong(&secret, minutes(2));
        for left in [4, 3, 2, 1] {
            let done = tries(db, &cx, (&account, &bad), minutes(2)).await;
            assert_eq!(refused(done), SecondFactorRefusal::Wrong { left: Some(left) }, "in a row");
        }
        let until = minutes(2) + LOCKED;
        let locked = SecondFactorRefusal::Locked { until };
        assert_eq!(refused(tries(db, &cx, (&account, &bad), minutes(2)).await), locked);
        let rows = audited(db).await;
        // Neither a good code nor one from the paper is looked at, and knocking does not make it longer.
        let late = until - TimeDelta::seconds(1);
        for typed in [code(&secret, late), codes[0].reveal()] {
            assert_eq!(refused(tries(db, &cx, (&account, &typed), late).await), locked);
        }
        assert_eq!(audited(db).await, rows + 2, "two sign-ins");
        let row = store::find(db, &account).await.unwrap().unwrap();
        assert_eq!((row.locked(late), row.locked(until)), (Some(until), None));
        // It begins to count anew.
        let done = tries(db, &cx, (&account, &wrong(&secret, until)), until).await;
        assert_eq!(refused(done), SecondFactorRefusal::Wrong { left: Some(4) });
        tries(db, &cx, (&account, &code(&secret, until)), until).await.unwrap();
        assert_eq!(actions(db).await.iter().filter(|action| *action == "locked").count(), 1);
    }

    async fn a_code_on_paper_is_good_once(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (_, _, codes) = bound(db, &account).await;
        let paper = codes[3].reveal().to_lowercase().replace('-', " ");
        tries(db, &cx, (&account, &paper), minutes(1)).await.unwrap();
        assert!(tries(db, &cx, (&account, &paper), minutes(1)).await.is_err());
        let row = store::find(db, &account).await.unwrap().unwrap();
        assert_eq!(store::codes_left(db, row.id).await.unwrap(), 9);
        // Somebody else's is nothing here.
        let other = worker(db, "zhou").await;
        bound(db, &other).await;
        assert!(tries(db, &cx, (&other, &codes[4].reveal()), minutes(1)).await.is_err());
        assert_eq!(actions(db).await[2..4], ["recovery_used", "failed"]);
    }

    async fn another_telephone_is_bound_by_whoever_has_the_one_before(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (_, old, paper) = bound(db, &account).await;
        let stolen = opened(db, &account, minutes(20)).await;
        assert_eq!(refused(offer(db, &cx, &stolen, minutes(20)).await), SecondFactorRefusal::NotSteppedUp);
        step_up(db, &cx, &stolen, &code(&old, minutes(20)), minutes(20)).await.unwrap();
        let new = offer(db, &cx, &stolen, minutes(20)).await.unwrap();
        // Half-way nothing is lost.
        tries(db, &cx, (&account, &code(&old, minutes(21))), minutes(21)).await.unwrap();
        confirm(db, &cx, &stolen, &code(&new, minutes(22)), minutes(22)).await.unwrap();
        assert!(tries(db, &cx, (&account, &code(&old, minutes(23))), minutes(23)).await.is_err());
        assert!(tries(db, &cx, (&account, &paper[0].reveal()), minutes(23)).await.is_err());
        tries(db, &cx, (&account, &code(&new, minutes(23))), minutes(23)).await.unwrap();
        assert_eq!(told(db).await.len(), 2);
    }

    async fn two_take_it_away_and_its_owner_hears_of_it(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (first, second): (SecurityAdmin, SecurityAdmin) =
            (holder(db, "sec1", "33").await, holder(db, "sec2", "33").await);
        let far: SecurityAdmin = holder(db, "sec3", "330205").await;
        let ask = async |admin, why| reset::ask(db, &cx, admin, (&account, why), minutes(1)).await;
        let agree = async |admin| reset::agree(db, &cx, admin, &account, minutes(2)).await;
        assert_eq!(refused(ask(&first, "手机丢了").await), SecondFactorRefusal::NotBound);
        bound(db, &account).await;
        assert!(matches!(ask(&far, "手机丢了").await, Err(SecondFactorError::NotFound)));
        assert_eq!(refused(ask(&first, " ").await), SecondFactorRefusal::NoReason);
        assert_eq!(refused(agree(&second).await), SecondFactorRefusal::NotAsked);
        ask(&first, "手机丢了").await.unwrap();
        assert_eq!(refused(ask(&second, "手机丢了").await), SecondFactorRefusal::Asked);
        assert_eq!(refused(agree(&first).await), SecondFactorRefusal::SamePerson);
        assert!(matches!(agree(&far).await, Err(SecondFactorError::NotFound)));
        assert_eq!(store::asked(db).await.unwrap().len(), 1);
        reset::refuse(db, &cx, &second, &account, minutes(2)).await.unwrap();
        assert_eq!(refused(agree(&second).await), SecondFactorRefusal::NotAsked);
        ask(&first, "手机丢了").await.unwrap();
        assert_eq!(session::store::of_account(db, &account, now()).await.unwrap().len(), 1);
        agree(&second).await.unwrap();
        assert!(store::find(db, &account).await.unwrap().is_none());
        assert!(texts(db, "SELECT hash FROM second_factor_code").await.is_empty());
        assert!(session::store::of_account(db, &account, now()).await.unwrap().is_empty(), "the lost telephone is signed in");
        assert_eq!(told(db).await, ["second_factor.bound", "second_factor.reset", "second_factor.reset_asked", "second_factor.reset_asked"]);
        assert_eq!(actions(db).await[2..], ["reset_asked", "reset_refused", "reset_asked", "reset"]);
        bound(db, &account).await;
    }

    async fn nobody_takes_away_his_own_or_that_of_somebody_who_stands_higher(db) {
        let cx = context();
        let province: SecurityAdmin = holder(db, "sec1", "33").await;
        let county: SecurityAdmin = holder(db, "sec2", "330106").await;
        bound(db, province.account()).await;
        let own = reset::ask(db, &cx, &province, (province.account(), "手机丢了"), minutes(1)).await;
        assert_eq!(refused(own), SecondFactorRefusal::OwnAccount);
        let above = reset::ask(db, &cx, &county, (province.account(), "手机丢了"), minutes(1)).await;
        assert!(matches!(above, Err(SecondFactorError::NotFound)));
        // Who works in the county and elsewhere, too, is not the county's alone.
        let both = worker(db, "both").await;
        bound(db, &both).await;
        reset::ask(db, &cx, &county, (&both, "手机丢了"), minutes(1)).await.unwrap();
        granted(db, &both, Role::Worker, Scope::Region(region("330205"))).await;
        let other: SecurityAdmin = holder(db, "sec4", "330106").await;
        let agreed = reset::agree(db, &cx, &other, &both, minutes(2)).await;
        assert!(matches!(agreed, Err(SecondFactorError::NotFound)));
        // At the machine one is enough.
        assert!(reset::at_the_machine(db, &cx, province.account(), minutes(3)).await.unwrap());
        assert!(!reset::at_the_machine(db, &cx, province.account(), minutes(3)).await.unwrap());
        assert!(store::find(db, province.account()).await.unwrap().is_none());
    }

    async fn who_is_asked_for_a_code_and_who_is_not(db) {
        let cx = context();
        let asks = async |account: &AccountId, required| {
            let session = opened(db, account, now()).await;
            let grants = Grants::of(db, account, now()).await.unwrap();
            stand(db, (&session, &grants), required, now()).await.unwrap()
        };
        let retiree = joined(db, "wang").await;
        assert_eq!(asks(&retiree, true).await, Stand::Free);
        for role in Role::all() {
            let account = joined(db, role.code()).await;
            granted(db, &account, role, Scope::Region(region("330106"))).await;
            let needs = if role.needs_second_factor() { Stand::Bind } else { Stand::Free };
            assert_eq!(asks(&account, true).await, needs, "{role:?}");
            assert_eq!(asks(&account, false).await, Stand::Free, "{role:?} before anybody must");
        }
        let worker = worker(db, "chen").await;
        let (session, ..) = bound(db, &worker).await;
        assert_eq!(asks(&worker, false).await, Stand::Code, "who has bound one is asked");
        let grants = Grants::of(db, &worker, now()).await.unwrap();
        let up = session::store::of_account(db, &worker, now()).await.unwrap();
        let up = up.iter().find(|one| one.id == session.id).unwrap();
        assert_eq!(stand(db, (up, &grants), true, minutes(9)).await.unwrap(), Stand::Free);
        assert_eq!(stand(db, (up, &grants), true, minutes(10)).await.unwrap(), Stand::Code);
        // A publisher who stands in for an approver approves.
        let (away, substitute) = (Role::Approver.code(), Role::Publisher.code());
        let away = Grants::of(db, &login(away), now()).await.unwrap();
        let new = NewSubstitution {
            grant: away.all()[0].grant,
            substitute: login(substitute),
            from: now(),
            to: now() + TimeDelta::days(3),
            reason: "出差".to_owned(),
        };
        arrange(db, &cx, &away, new, now()).await.unwrap();
        assert_eq!(asks(&login(substitute), true).await, Stand::Bind);
    }

    async fn it_goes_with_a_login_that_leaves_the_tenant(db) {
        let account = worker(db, "chen").await;
        bound(db, &account).await;
        let tx = write(db).await;
        let news = News { key: "leave/chen".to_owned(), account: account.clone(), happened_at: minutes(1) };
        left_in(&tx, &context(), &news, minutes(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(store::find(db, &account).await.unwrap().is_none());
        assert!(texts(db, "SELECT hash FROM second_factor_code").await.is_empty());
    }

    async fn a_change_of_keys_takes_it_along(db) {
        let account = worker(db, "chen").await;
        let (_, secret, _) = bound(db, &account).await;
        let both = with(Some("k2"), true);
        while rotation::step(db, &both, now()).await.unwrap() != Step::Finished {}
        let alone = with(Some("k2"), false);
        tries(db, &alone, (&account, &code(&secret, minutes(1))), minutes(1)).await.unwrap();
    }

    async fn neither_a_secret_nor_a_code_is_anywhere_in_the_clear(db) {
        let (cx, account) = (context(), worker(db, "chen").await);
        let (_, secret, codes) = bound(db, &account).await;
        let typed = code(&secret, minutes(1));
        tries(db, &cx, (&account, &typed), minutes(1)).await.unwrap();
        tries(db, &cx, (&account, &codes[0].reveal()), minutes(2)).await.unwrap();
        let mut rows: Vec<String> = everything_but(db, &[]).await.into_values().flatten().collect();
        rows.extend(texts(db, "SELECT CAST(detail AS text) FROM audit_row").await);
        for known in [secret.reveal(), secret.grouped(), format!("\"{typed}\""), codes[0].reveal(), codes[0].reveal().replace('-', "")] {
            assert!(!rows.iter().any(|row| row.contains(&known)), "{known}");
        }
    }
}
