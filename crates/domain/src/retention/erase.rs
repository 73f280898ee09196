//! How a subject goes, inside the caller's transaction. Its tombstone stands before: without it the database lets no row of an append-only
//! table go.

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    class::{Blank, Class, How, Nothing, Ruled},
    refusal::RetentionError,
    sql,
};
use crate::{
    Context,
    privacy::{Cell, Sealed},
};

/// Locks the row of the subject against whoever would change it meanwhile.
pub(super) async fn lock(db: &impl ConnectionTrait, class: &Class, subject: Uuid) -> Result<(), DbErr> {
    if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        sql::done(db, &format!("SELECT 1 FROM {} WHERE id = ? FOR UPDATE", class.code), vec![subject.into()])
            .await?;
    }
    Ok(())
}

/// Takes it away, or what it says.
pub(super) async fn erase(
    db: &impl ConnectionTrait,
    cx: &Context,
    (class, ruled): (&Class, &Ruled),
    subject: Uuid,
) -> Result<(), RetentionError> {
    match ruled.how {
        How::Erase { parts, unlink } => {
            for (table, column) in unlink {
                let text = format!("UPDATE {table} SET {column} = NULL WHERE {column} = ?");
                sql::done(db, &text, vec![subject.into()]).await?;
            }
            for (table, column) in parts.iter().chain(&[(class.code, "id")]) {
                let text = format!("DELETE FROM {table} WHERE {column} = ?");
                sql::done(db, &text, vec![subject.into()]).await?;
            }
        }
        How::Strip(blanks) => {
            for blank in blanks {
                empty(db, cx, blank, subject).await?;
            }
        }
    }
    Ok(())
}

async fn empty(
    db: &impl ConnectionTrait,
    cx: &Context,
    blank: &Blank,
    subject: Uuid,
) -> Result<(), RetentionError> {
    let Blank { table, by, column, with } = *blank;
    match with {
        Nothing::Null | Nothing::Empty => {
            let nothing = if with == Nothing::Null { "NULL" } else { "''" };
            let text = format!("UPDATE {table} SET {column} = {nothing} WHERE {by} = ?");
            sql::done(db, &text, vec![subject.into()]).await?;
        }
        Nothing::Sealed => {
            for row in cells(db, blank, subject).await? {
                let id = row.0.simple().to_string();
                let nothing = cx.seal.seal(Cell { table, column, row: &id }, "")?;
                let text = format!("UPDATE {table} SET {column} = ? WHERE id = ?");
                sql::done(db, &text, vec![nothing.into(), row.0.into()]).await?;
            }
        }
    }
    Ok(())
}

async fn cells(
    db: &impl ConnectionTrait,
    blank: &Blank,
    subject: Uuid,
) -> Result<Vec<(Uuid, Option<Sealed>)>, DbErr> {
    let Blank { table, by, column, .. } = *blank;
    let text = format!("SELECT r.id AS id, r.{column} AS said FROM {table} r WHERE r.{by} = ?");
    let rows = sql::rows(db, &text, vec![subject.into()]).await?;
    rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "said")?))).collect()
}

/// Does a subject whose skeleton stays say nothing any more?
pub(super) async fn is_empty(
    db: &impl ConnectionTrait,
    cx: &Context,
    ruled: &Ruled,
    subject: Uuid,
) -> Result<bool, DbErr> {
    let How::Strip(blanks) = ruled.how else { return Ok(false) };
    for blank in blanks {
        let Blank { table, by, column, with } = *blank;
        let full = match with {
            Nothing::Sealed => cells(db, blank, subject).await?.iter().any(|(id, sealed)| {
                let id = id.simple().to_string();
                let said =
                    sealed.as_ref().map(|sealed| cx.seal.open(Cell { table, column, row: &id }, sealed));
                !said.is_none_or(|said| {
                    said.is_ok_and(|said| secrecy::ExposeSecret::expose_secret(&said).is_empty())
                })
            }),
            Nothing::Null | Nothing::Empty => {
                let text = format!(
                    "SELECT 1 AS one FROM {table} r WHERE r.{by} = ? AND r.{column} IS NOT NULL AND r.{column} <> ''"
                );
                !sql::rows(db, &text, vec![subject.into()]).await?.is_empty()
            }
        };
        if full {
            return Ok(false);
        }
    }
    Ok(true)
}
