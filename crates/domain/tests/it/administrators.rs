//! 三员分立 where nobody comes by the domain: rows that are written by hand, by an import, by a defect.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    authority::Role,
    ids::{AccountId, GrantId},
};
use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::cast::{joined, now, write};

/// Days around now; without end until somebody revokes it.
type Period = (i64, Option<i64>);

fn at(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

async fn insert(
    db: &impl ConnectionTrait,
    account: &AccountId,
    role: Role,
    (from, to): Period,
) -> Result<GrantId, DbErr> {
    let id = GrantId::new(now());
    let sql = "INSERT INTO role_grant (id, account_id, role, scope, valid_from, valid_to, created_at) \
               VALUES ($1, $2, $3, 'region:33', $4, $5, $6)";
    let values: [sea_orm::Value; 6] = [
        id.uuid().into(),
        account.as_str().into(),
        role.code().into(),
        at(from).into(),
        to.map(at).into(),
        now().into(),
    ];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(id)
}

async fn update(
    db: &impl ConnectionTrait,
    id: GrantId,
    column: &str,
    value: sea_orm::Value,
) -> Result<(), DbErr> {
    let sql = format!("UPDATE role_grant SET {column} = $1 WHERE id = $2");
    let values = [value, id.uuid().into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}

/// The rule in other words: is there a moment of both?
fn meet((from, to): Period, (other_from, other_to): Period) -> bool {
    (-20..40).any(|day| {
        let within = |from: i64, to: Option<i64>| from <= day && to.is_none_or(|to| day < to);
        within(from, to) && within(other_from, other_to)
    })
}

const PERIODS: [Period; 6] =
    [(0, None), (-10, None), (-10, Some(0)), (-10, Some(5)), (5, Some(9)), (5, None)];

schema::both! {
    // Invariant: 三员分立, every role with every role, in every position of their periods.
    async fn the_database_itself_keeps_administrators_apart(db) {
        let (mut refused, mut taken) = (0, 0);
        for held in Role::all() {
            for wanted in Role::all().filter(|wanted| *wanted != held) {
                for (nth, period) in PERIODS.into_iter().enumerate() {
                    for first in [PERIODS[0], PERIODS[3]] {
                        let start = first.1.unwrap_or_default();
                        let name = format!("{}-{}-{nth}-{start}", held.code(), wanted.code());
                        let account = joined(db, &name).await;
                        insert(db, &account, held, first).await.unwrap();
                        let made = insert(db, &account, wanted, period).await;
                        let apart = held.is_admin() || wanted.is_admin();
                        assert_eq!(made.is_err(), apart && meet(first, period), "{name} {made:?}");
                        if made.is_err() { refused += 1 } else { taken += 1 }
                    }
                }
            }
        }
        assert!(refused > 100 && taken > 100, "{refused} {taken}");
    }

    async fn a_row_that_is_changed_is_judged_like_a_new_one(db) {
        let account = joined(db, "hats").await;
        let auditor = insert(db, &account, Role::AuditAdmin, (-10, Some(0))).await.unwrap();
        let worker = insert(db, &account, Role::Worker, (0, None)).await.unwrap();
        assert!(update(db, auditor, "valid_to", at(1).into()).await.is_err(), "it would last into the other");
        assert!(update(db, worker, "valid_from", at(-1).into()).await.is_err(), "it would begin in the other");
        update(db, worker, "valid_from", at(1).into()).await.unwrap();
        update(db, auditor, "valid_to", at(1).into()).await.unwrap();
        let other = insert(db, &account, Role::Payer, (1, None)).await.unwrap();
        assert!(update(db, other, "role", "system_admin".into()).await.is_err());
        // What never was in force stands in nobody's way: a grant that was revoked before it began.
        let never = insert(db, &account, Role::SecurityAdmin, (30, Some(30))).await;
        assert!(never.is_ok(), "{never:?}");
    }

    async fn of_two_rows_at_once_one_is_refused(db) {
        for round in 0..6 {
            let account = joined(db, &format!("both{round}")).await;
            let tx = write(db).await;
            insert(&tx, &account, Role::SystemAdmin, (0, None)).await.unwrap();
            let second = async {
                let tx = write(db).await;
                let made = insert(&tx, &account, Role::Worker, (3, Some(9))).await;
                if made.is_ok() {
                    tx.commit().await.unwrap();
                }
                made.is_ok()
            };
            let first = async {
                for _ in 0..200 {
                    tokio::task::yield_now().await;
                }
                tx.commit().await.unwrap();
            };
            let (made, ()) = tokio::join!(second, first);
            assert!(!made, "round {round}");
        }
    }
}
