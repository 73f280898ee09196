//! Rows by the thousand, read by position: finding nine columns by name for each of thirty million rows is what takes time.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};

use crate::Seq;
use crate::entity::Row;

/// Up to `limit` rows after `after`, in order.
pub(crate) async fn after(db: &impl ConnectionTrait, after: Seq, limit: i64) -> Result<Vec<Row>, DbErr> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Postgres {
        "SELECT seq, at, actor, role, action, subject, result, detail, hash FROM audit_row \
         WHERE seq > $1 ORDER BY seq LIMIT $2"
    } else {
        "SELECT seq, at, actor, role, action, subject, result, detail, hash FROM audit_row \
         WHERE seq > ? ORDER BY seq LIMIT ?"
    };
    let statement = Statement::from_sql_and_values(backend, sql, [after.0.into(), limit.into()]);
    db.query_all_raw(statement).await?.iter().map(row).collect()
}

fn row(found: &QueryResult) -> Result<Row, DbErr> {
    Ok(Row {
        seq: Seq(found.try_get_by_index(0)?),
        at: found.try_get_by_index(1)?,
        actor: found.try_get_by_index(2)?,
        role: found.try_get_by_index(3)?,
        action: found.try_get_by_index(4)?,
        subject: found.try_get_by_index(5)?,
        result: found.try_get_by_index(6)?,
        detail: found.try_get_by_index(7)?,
        hash: found.try_get_by_index(8)?,
    })
}
