//! The rows of a table in the one form, in the order of its key.

use futures_util::TryStreamExt as _;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, StreamTrait};
use serde_json::{Map, Value as Json};

use crate::{
    Error,
    manifest::Tallied,
    table::{Table, quoted},
    tally::Tally,
};

/// Gives every line of a table to `line`, and tallies them.
pub(crate) async fn read(
    tx: &DatabaseTransaction,
    table: &Table,
    mut line: impl FnMut(&str) -> Result<(), Error>,
) -> Result<Tallied, Error> {
    let backend = ConnectionTrait::get_database_backend(tx);
    let texts: Vec<String> =
        table.columns.iter().map(|(name, kind)| kind.as_text(backend, &quoted(name))).collect();
    // With the table's name in front: alone, `seq` is the text that is selected above, and ten comes before two.
    let column = |name: &str| format!("{}.{}", quoted(&table.name), quoted(name));
    let order: Vec<String> = table
        .key
        .iter()
        .filter_map(|name| table.kind(name).map(|kind| kind.ordered(backend, &column(name))))
        .collect();
    let sql =
        format!("SELECT {} FROM {} ORDER BY {}", texts.join(", "), quoted(&table.name), order.join(", "));
    let mut tally = Tally::of(table);
    let mut rows = tx.stream_raw(Statement::from_string(backend, sql)).await?;
    while let Some(row) = rows.try_next().await? {
        let mut fields = Map::new();
        for (at, (name, kind)) in table.columns.iter().enumerate() {
            let text: Option<String> = row.try_get_by_index(at)?;
            let strange = || Error::Kind(format!("what stands in {}.{name}", table.name));
            let value = text.map(|text| kind.written(&text).ok_or_else(strange)).transpose()?;
            fields.insert(name.clone(), value.unwrap_or(Json::Null));
        }
        let mut text = serde_json::to_string(&fields)?;
        text.push('\n');
        tally.count(&fields, &text);
        line(&text)?;
    }
    Ok(tally.end(table))
}
