//! Which key is used by how many values: the answer to whether one may go.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::place::{PASSING, PLACES, UNSEALED};
use crate::privacy::Sealer;

/// How many values need the newest keys still.
pub async fn left(db: &impl ConnectionTrait, seal: &Sealer) -> Result<i64, DbErr> {
    let mut left = 0;
    for ((kind, id), count) in lasting(db).await? {
        let newest = match kind {
            Kind::Sealing => seal.newest(),
            Kind::Index => seal.newest_index(),
        };
        if id != newest {
            left += count;
        }
    }
    Ok(left)
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It seals.
    Sealing,
    /// It makes indexes.
    Index,
}

/// Values by the key that made them: what a key is needed for.
pub async fn by_key(db: &impl ConnectionTrait) -> Result<BTreeMap<(Kind, String), i64>, DbErr> {
    let mut found = lasting(db).await?;
    for (table, column) in PASSING {
        count(db, &mut found, (Kind::Sealing, table, column)).await?;
    }
    for (table, column) in UNSEALED {
        count(db, &mut found, (Kind::Index, table, column)).await?;
    }
    Ok(found)
}

async fn lasting(db: &impl ConnectionTrait) -> Result<BTreeMap<(Kind, String), i64>, DbErr> {
    let mut found = BTreeMap::new();
    for place in &PLACES {
        for column in place.columns {
            count(db, &mut found, (Kind::Sealing, place.table, column.sealed)).await?;
            if let Some((index, _)) = column.index {
                count(db, &mut found, (Kind::Index, place.table, index)).await?;
            }
        }
    }
    Ok(found)
}

async fn count(
    db: &impl ConnectionTrait,
    found: &mut BTreeMap<(Kind, String), i64>,
    (kind, table, column): (Kind, &str, &str),
) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let key = match (kind, backend) {
        (Kind::Sealing, DbBackend::Postgres) => format!("split_part(\"{column}\", '|', 2)"),
        (Kind::Sealing, _) => {
            format!("substr(\"{column}\", 4, instr(substr(\"{column}\", 4), '|') - 1)")
        }
        // An index of before keys had names has none.
        (Kind::Index, DbBackend::Postgres) => {
            format!("CASE WHEN \"{column}\" LIKE '%.%' THEN split_part(\"{column}\", '.', 1) ELSE '' END")
        }
        (Kind::Index, _) => format!("substr(\"{column}\", 1, max(instr(\"{column}\", '.') - 1, 0))"),
    };
    let sql = format!(
        "SELECT {key} AS key_id, count(*) AS many FROM \"{table}\" WHERE \"{column}\" IS NOT NULL GROUP BY 1"
    );
    for row in db.query_all_raw(Statement::from_string(backend, sql)).await? {
        *found.entry((kind, row.try_get("", "key_id")?)).or_default() += row.try_get::<i64>("", "many")?;
    }
    Ok(())
}
