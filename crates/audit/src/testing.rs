//! Long chains for measurements: rows as `append` writes them, many at a time.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};

use crate::entity::{self, Row};
use crate::key::Key;
use crate::{Anchor, Seq, canonical, read};

/// Rows in one statement: nine values each, and `SQLite` takes 32,766.
const CHUNK: i64 = 3000;

/// Adds `count` rows. `row` says actor, action and subject of each; the time moves on by `step`.
pub async fn fill(
    db: &impl ConnectionTrait,
    key: &Key,
    count: i64,
    (from, step): (DateTime<Utc>, TimeDelta),
    row: impl Fn(i64) -> (String, &'static str, String),
) -> Result<(), DbErr> {
    let mut end = read::head(db).await?;
    let mut at = from.trunc_subsecs(6);
    let last = end.seq.0 + count;
    while end.seq.0 < last {
        let mut some = Vec::new();
        for seq in end.seq.0 + 1..=last.min(end.seq.0 + CHUNK) {
            let (actor, action, subject) = row(seq);
            let mut new = Row {
                seq: Seq(seq),
                at,
                actor,
                role: "worker".to_owned(),
                action: action.to_owned(),
                subject,
                result: "ok".to_owned(),
                detail: r#"{"place":"page","purpose":"work"}"#.to_owned(),
                hash: Vec::new(),
            };
            new.hash = canonical::hash(key, &end.hash, &new);
            end = Anchor { seq: new.seq, hash: new.hash.clone() };
            at += step;
            some.push(new.into_active_model());
        }
        entity::Entity::insert_many(some).exec_without_returning(db).await?;
    }
    let head = entity::head::ActiveModel {
        id: Set(1),
        seq: Set(end.seq),
        seal: Set(end.seal(key)),
        hash: Set(end.hash),
    };
    entity::head::Entity::update(head).exec(db).await?;
    Ok(())
}
