//! 销毁登记 outside the database: one line for each tombstone, each with its own MAC. A copy of the database that is older than an erasing
//! knows nothing of it; these lines do.

use std::collections::BTreeSet;

use sea_orm::{DatabaseConnection, DbErr};
use serde::{Deserialize, Serialize};

use super::{Tombstone, tombstone};
use crate::{Context, ids::TombstoneId};

/// Tombstones that are read at once.
const STEP: u64 = 500;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    tombstone: Tombstone,
    mac: String,
}

/// Why a register is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} is no tombstone of this installation")]
pub struct Forged(pub usize);

fn mac(cx: &Context, stone: &Tombstone) -> Result<String, serde_json::Error> {
    let text = serde_json::to_string(stone)?;
    Ok(cx.audit.mark(format!("tombstone\n{text}").as_bytes()))
}

/// One line, without its end.
pub fn line(cx: &Context, stone: &Tombstone) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Line { tombstone: stone.clone(), mac: mac(cx, stone)? })
}

/// Reads a register. A line that was written halfway, as by a machine that fell over, is the last and does not count.
pub fn read(cx: &Context, text: &str) -> Result<Vec<Tombstone>, Forged> {
    let whole = text.ends_with('\n');
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let found: Option<Line> = serde_json::from_str(line).ok();
        let found = found.filter(|line| mac(cx, &line.tombstone).is_ok_and(|mac| mac == line.mac));
        match found {
            Some(line) => all.push(line.tombstone),
            None if at + 1 == lines.len() && !whole => {}
            None => return Err(Forged(at + 1)),
        }
    }
    Ok(all)
}

/// The tombstones that are not in the register yet, oldest first.
pub async fn missing(
    db: &DatabaseConnection,
    known: &BTreeSet<TombstoneId>,
) -> Result<Vec<Tombstone>, DbErr> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let stones = tombstone::after(db, after, STEP).await?;
        after = stones.last().map(|stone| stone.id);
        let last = (stones.len() as u64) < STEP;
        all.extend(stones.into_iter().filter(|stone| !known.contains(&stone.id)));
        if last {
            return Ok(all);
        }
    }
}

/// Puts the tombstones back that a restored copy lacks. How many.
pub async fn put_back(db: &DatabaseConnection, stones: Vec<Tombstone>) -> Result<usize, DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    let mut many = 0;
    for stone in stones {
        many += usize::from(tombstone::put_back(&tx, stone).await?);
    }
    tx.commit().await?;
    Ok(many)
}
