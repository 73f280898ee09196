//! The one place where the two engines differ. Names have two or three characters, so neither engine's trigrams find them:
//!
//! * `SQLite`: a full-text index over characters, each written as its number (`u738b`), because the tokenizer knows the characters of
//!   Unicode 6.1 only and would not see 𬭎. A phrase is a run of characters; `x` parts the names.
//! * PostgreSQL: the characters and the pairs of characters of all names in an array with a GIN index; pairs of three characters may come
//!   from two names, so the caller looks at the name once more.
//!
//! Written by the same transaction as the names; no triggers, which would be written twice.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value, sea_query::Expr};

use crate::ids::PersonId;

/// Rows per statement.
const CHUNK: usize = 300;

/// What a person's names are indexed by.
fn grams(backend: DbBackend, names: &[String]) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let characters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
        if backend == DbBackend::Postgres {
            all.extend(characters.iter().map(char::to_string));
            all.extend(characters.windows(2).map(|pair| pair.iter().collect()));
        } else {
            all.extend(characters.iter().map(|character| token(*character)));
            all.push("x".to_owned());
        }
    }
    if backend == DbBackend::Postgres {
        all.sort();
        all.dedup();
    }
    all.join(" ")
}

fn token(character: char) -> String {
    format!("u{:x}", u32::from(character))
}

/// Indexes new persons.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    persons: &[(PersonId, Vec<String>)],
) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    for some in persons.chunks(CHUNK) {
        let rows = some.iter().map(|(person, names)| (*person, grams(backend, names)));
        if backend == DbBackend::Postgres {
            let mut values: Vec<Value> = Vec::new();
            for (person, grams) in rows {
                values.extend([person.uuid().into(), grams.into()]);
            }
            let places: Vec<String> = (0..some.len())
                .map(|row| format!("(${}, string_to_array(${}, ' '))", row * 2 + 1, row * 2 + 2))
                .collect();
            let sql = format!("INSERT INTO person_gram (person_id, grams) VALUES {}", places.join(", "));
            db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        } else {
            let (mut plain, mut index): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
            for (id, (person, grams)) in (last(db).await? + 1..).zip(rows) {
                plain.extend([id.into(), person.uuid().into(), grams.clone().into()]);
                index.extend([id.into(), grams.into()]);
            }
            let places = |of: &str| vec![of; some.len()].join(", ");
            let sql =
                format!("INSERT INTO person_gram (id, person_id, grams) VALUES {}", places("(?, ?, ?)"));
            db.execute_raw(Statement::from_sql_and_values(backend, sql, plain)).await?;
            let sql = format!("INSERT INTO person_gram_fts (rowid, grams) VALUES {}", places("(?, ?)"));
            db.execute_raw(Statement::from_sql_and_values(backend, sql, index)).await?;
        }
    }
    Ok(())
}

async fn last(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let sql = "SELECT coalesce(max(id), 0) AS last FROM person_gram";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or(Ok(0), |row| row.try_get("", "last"))
}

/// A person is called otherwise.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    person: PersonId,
    names: &[String],
) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let grams = grams(backend, names);
    let run = async |sql: &str, values: Vec<Value>| {
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await
    };
    let id = || Value::from(person.uuid());
    if backend == DbBackend::Postgres {
        let sql = "UPDATE person_gram SET grams = string_to_array($1, ' ') WHERE person_id = $2";
        run(sql, vec![grams.into(), id()]).await?;
        return Ok(());
    }
    let of_person = "(SELECT id FROM person_gram WHERE person_id = ?)";
    run(&format!("DELETE FROM person_gram_fts WHERE rowid IN {of_person}"), vec![id()]).await?;
    let sql = format!("INSERT INTO person_gram_fts (rowid, grams) VALUES ({of_person}, ?)");
    run(&sql, vec![id(), grams.clone().into()]).await?;
    run("UPDATE person_gram SET grams = ? WHERE person_id = ?", vec![grams.into(), id()]).await?;
    Ok(())
}

/// Takes persons out of the index.
pub(crate) async fn delete(db: &impl ConnectionTrait, persons: &[PersonId]) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    for some in persons.chunks(CHUNK) {
        let places = |n: usize| match backend {
            DbBackend::Postgres => format!("${}", n + 1),
            _ => "?".to_owned(),
        };
        let places = (0..some.len()).map(places).collect::<Vec<_>>().join(", ");
        let mut statements = vec![format!("DELETE FROM person_gram WHERE person_id IN ({places})")];
        if backend != DbBackend::Postgres {
            let of_them = format!("SELECT id FROM person_gram WHERE person_id IN ({places})");
            statements.insert(0, format!("DELETE FROM person_gram_fts WHERE rowid IN ({of_them})"));
        }
        for sql in statements {
            let values = some.iter().map(|person| Value::from(person.uuid()));
            db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
    }
    Ok(())
}

/// Of `person_name.person_id`: whoever has these characters next to each other in a name, and on PostgreSQL perhaps some more.
pub(super) fn contains(backend: DbBackend, characters: &str) -> Expr {
    let characters: Vec<char> = characters.chars().filter(|c| !c.is_whitespace()).collect();
    if backend == DbBackend::Postgres {
        let pairs: Vec<String> = match characters.as_slice() {
            [one] => vec![one.to_string()],
            more => more.windows(2).map(|pair| pair.iter().collect()).collect(),
        };
        Expr::cust_with_values(
            "person_name.person_id IN (SELECT person_id FROM person_gram WHERE grams @> string_to_array($1, ' '))",
            [pairs.join(" ")],
        )
    } else {
        let tokens: Vec<String> = characters.iter().map(|character| token(*character)).collect();
        Expr::cust_with_values(
            "person_name.person_id IN (SELECT person_gram.person_id FROM person_gram_fts JOIN person_gram ON \
             person_gram.id = person_gram_fts.rowid WHERE person_gram_fts MATCH ?)",
            [format!("\"{}\"", tokens.join(" "))],
        )
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::grams;

    #[test]
    fn a_name_is_indexed_by_its_characters() {
        let names = ["王国强".to_owned(), "王 𬭎".to_owned()];
        assert_eq!(grams(DbBackend::Sqlite, &names), "u738b u56fd u5f3a x u738b u2cb4e x");
        assert_eq!(grams(DbBackend::Postgres, &names), "国 国强 强 王 王国 王𬭎 𬭎");
    }
}
