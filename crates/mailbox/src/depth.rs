//! How much there is to do: the figures of the health page and of the metrics.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::lease::Queue;

/// How full a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Depth {
    /// Items that wait, also those whose time has not come.
    pub waiting: i64,
    /// Items that somebody has.
    pub leased: i64,
    /// Items that somebody must look at.
    pub dead: i64,
    /// The earliest time for which a waiting or leased item is due. Long past means that nobody works.
    pub oldest: Option<DateTime<Utc>>,
}

/// Three partial indexes answer this; done rows are not touched.
pub(crate) async fn depth<Q: Queue>(db: &impl ConnectionTrait) -> Result<Depth, DbErr> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM {0} WHERE state IN (0, 1) AND lease_owner IS NULL) AS waiting, \
                (SELECT count(*) FROM {0} WHERE state IN (0, 1) AND lease_owner IS NOT NULL) AS leased, \
                (SELECT count(*) FROM {0} WHERE state = 3) AS dead, \
                (SELECT min(run_at) FROM {0} WHERE state IN (0, 1)) AS oldest",
        Q::TABLE
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    Ok(Depth::find_by_statement(statement).one(db).await?.unwrap_or_default())
}
