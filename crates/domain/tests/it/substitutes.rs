use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    authority::{
        Approver, Grants, Payer, Role, Scope, SecurityAdmin, Worker,
        commands::{NewGrant, grant_in, revoke},
        store,
        substitution::{
            self, Substitution,
            commands::{NewSubstitution, SubstitutionError, SubstitutionRefusal, arrange, end},
        },
    },
    ids::AccountId,
};
use sea_orm::DatabaseConnection;

use crate::cast::{audited, context, granted, holder, joined, now, region, write};

fn days(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

async fn staff(db: &DatabaseConnection, id: &str, role: Role) -> AccountId {
    let account = joined(db, id).await;
    granted(db, &account, role, Scope::Region(region("330106"))).await;
    account
}

/// `away` names somebody for his first grant.
async fn names(
    db: &DatabaseConnection,
    away: &AccountId,
    substitute: &AccountId,
    (from, to): (i64, i64),
) -> Result<Substitution, SubstitutionError> {
    let grants = Grants::of(db, away, now()).await.unwrap();
    let grant = grants.all().first().expect("a grant").grant;
    let reason = "休假".to_owned();
    let new =
        NewSubstitution { grant, substitute: substitute.clone(), from: days(from), to: days(to), reason };
    arrange(db, &context(), &grants, new, now()).await
}

fn refusal(result: Result<Substitution, SubstitutionError>) -> SubstitutionRefusal {
    match result {
        Err(SubstitutionError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal: {other:?}"),
    }
}

async fn acts(db: &DatabaseConnection, account: &AccountId, at: DateTime<Utc>) -> Option<Option<AccountId>> {
    let proof = Approver::prove(db, account, region("330106003"), at).await.unwrap();
    proof.map(|proof| proof.stands_for().cloned())
}

schema::both! {
    async fn it_begins_and_ends_by_itself_and_the_proof_names_both(db) {
        let (boss, deputy) = (staff(db, "boss", Role::Approver).await, staff(db, "deputy", Role::Payer).await);
        let before = audited(db).await;
        let row = names(db, &boss, &deputy, (1, 5)).await.unwrap();
        assert_eq!(audited(db).await, before + 1);
        for (at, there) in [(0, false), (1, true), (4, true), (5, false)] {
            let expected = there.then(|| Some(boss.clone()));
            assert_eq!(acts(db, &deputy, days(at)).await, expected, "day {at}");
        }
        assert_eq!(acts(db, &boss, days(2)).await, Some(None), "who is away may still act");
        assert!(Payer::prove(db, &deputy, region("330106"), days(2)).await.unwrap().is_some());
        let place = region("330106").into();
        let asked = store::holders(db, Role::Approver, &place, days(2)).await.unwrap();
        assert_eq!(asked, [boss.clone(), deputy.clone()], "whom to ask");
        for desk in [&boss, &deputy] {
            assert_eq!(substitution::store::about(db, desk, now()).await.unwrap(), std::slice::from_ref(&row));
        }
    }

    async fn either_of_the_two_ends_it_and_nobody_else(db) {
        let (boss, deputy) = (staff(db, "boss", Role::Approver).await, staff(db, "deputy", Role::Payer).await);
        let other = staff(db, "other", Role::Payer).await;
        for ends in [&boss, &deputy] {
            let row = names(db, &boss, &deputy, (0, 5)).await.unwrap();
            let stranger = end(db, &context(), &other, row.id, now()).await;
            assert!(matches!(stranger, Err(SubstitutionError::NotFound)));
            assert!(acts(db, &deputy, now()).await.is_some());
            end(db, &context(), ends, row.id, now()).await.unwrap();
            assert!(acts(db, &deputy, now()).await.is_none());
            let again = end(db, &context(), ends, row.id, now()).await;
            assert!(matches!(again, Err(SubstitutionError::NotFound)));
        }
    }

    async fn it_is_never_passed_on(db) {
        let (boss, deputy) = (staff(db, "boss", Role::Approver).await, staff(db, "deputy", Role::Payer).await);
        let third = staff(db, "third", Role::Worker).await;
        names(db, &boss, &deputy, (0, 5)).await.unwrap();
        // The deputy goes away, too: the third gets what is the deputy's own, and nothing of the boss's.
        names(db, &deputy, &third, (0, 5)).await.unwrap();
        assert!(acts(db, &third, now()).await.is_none());
        assert!(Payer::prove(db, &third, region("330106"), now()).await.unwrap().is_some());
        // What one holds as a substitute is not in one's gift.
        let grants = Grants::of(db, &deputy, now()).await.unwrap();
        let borrowed = grants.all().iter().find(|live| live.stands_for.is_some()).unwrap().grant;
        let new = NewSubstitution {
            grant: borrowed,
            substitute: third.clone(),
            from: now(),
            to: days(3),
            reason: "休假".to_owned(),
        };
        let refused = arrange(db, &context(), &grants, new, now()).await;
        assert!(matches!(refused, Err(SubstitutionError::NotFound)));
        // And nobody names somebody who is away himself in those days.
        let late = staff(db, "late", Role::Approver).await;
        assert_eq!(refusal(names(db, &late, &deputy, (4, 9)).await), SubstitutionRefusal::Chained);
        names(db, &late, &deputy, (5, 9)).await.unwrap();
    }

    async fn administrators_neither_name_nor_are_named(db) {
        let boss = staff(db, "boss", Role::Approver).await;
        for role in Role::all().filter(|role| role.is_admin()) {
            let admin = staff(db, role.code(), role).await;
            assert_eq!(refusal(names(db, &admin, &boss, (0, 5)).await), SubstitutionRefusal::NotThis);
            assert_eq!(refusal(names(db, &boss, &admin, (0, 5)).await), SubstitutionRefusal::Excludes(role));
        }
        let deputy = staff(db, "deputy", Role::Payer).await;
        names(db, &boss, &deputy, (3, 5)).await.unwrap();
        // And who will stand in becomes no administrator meanwhile.
        let new = NewGrant {
            account: deputy.clone(),
            role: Role::AuditAdmin,
            scope: Scope::Region(region("33")),
            from: now(),
            to: None,
            reason: None,
        };
        let tx = write(db).await;
        assert!(grant_in(&tx, &context(), domain::By::INSTALLER, None, new, now()).await.is_err());
    }

    async fn what_makes_no_sense_is_refused(db) {
        let (boss, deputy) = (staff(db, "boss", Role::Approver).await, staff(db, "deputy", Role::Payer).await);
        let retiree = joined(db, "retiree").await;
        assert_eq!(refusal(names(db, &boss, &boss, (0, 5)).await), SubstitutionRefusal::OwnAccount);
        assert_eq!(refusal(names(db, &boss, &retiree, (0, 5)).await), SubstitutionRefusal::NotStaff);
        for period in [(5, 5), (5, 1), (-9, 0), (0, 93)] {
            let refused = names(db, &boss, &deputy, period).await;
            assert_eq!(refusal(refused), SubstitutionRefusal::Period, "{period:?}");
        }
        names(db, &boss, &deputy, (0, 5)).await.unwrap();
        assert_eq!(refusal(names(db, &boss, &deputy, (4, 6)).await), SubstitutionRefusal::Exists);
    }

    async fn a_grant_that_is_revoked_or_a_login_that_left_lends_nothing(db) {
        let (boss, deputy) = (staff(db, "boss", Role::Approver).await, staff(db, "deputy", Role::Payer).await);
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        names(db, &boss, &deputy, (0, 5)).await.unwrap();
        assert!(acts(db, &deputy, now()).await.is_some());
        let grant = Grants::of(db, &boss, now()).await.unwrap().all()[0].grant;
        revoke(db, &context(), &admin, (grant, "调离"), now()).await.unwrap();
        assert!(acts(db, &deputy, now()).await.is_none());

        let worker = staff(db, "worker", Role::Worker).await;
        names(db, &worker, &deputy, (0, 5)).await.unwrap();
        let works = async || Worker::prove(db, &deputy, region("330106"), days(1)).await.unwrap().is_some();
        assert!(works().await);
        let tx = write(db).await;
        let news = domain::account::news::News {
            key: "left/worker".to_owned(),
            account: worker.clone(),
            happened_at: days(1),
        };
        domain::account::news::left_in(&tx, &context(), &news, days(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!works().await);
    }
}
