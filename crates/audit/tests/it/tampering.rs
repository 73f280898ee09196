//! Each kind of tampering with each row of a chain of 200 is found, and the verdict names the row.

use audit::{Broken, Seq, Verdict};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::{DatabaseConnection, DbBackend};

use crate::{chain, run, unprotect, verify, whole};

const ROWS: i64 = 200;

/// A chain whose tables can be changed, and put back.
async fn prepare(db: &DatabaseConnection) {
    chain(db, ROWS).await;
    unprotect(db).await;
    run(db, "CREATE TABLE kept_row AS SELECT * FROM audit_row").await;
    run(db, "CREATE TABLE kept_head AS SELECT * FROM audit_head").await;
}

async fn put_back(db: &DatabaseConnection) {
    run(db, "DELETE FROM audit_row").await;
    run(db, "INSERT INTO audit_row SELECT * FROM kept_row").await;
    run(db, "DELETE FROM audit_head").await;
    run(db, "INSERT INTO audit_head SELECT * FROM kept_head").await;
}

/// The first, the last, the ones beside them, and some others.
fn rows_to_try() -> Vec<i64> {
    let mut runner = TestRunner::deterministic();
    let some = prop::collection::btree_set(3..ROWS - 1, 8).new_tree(&mut runner).unwrap().current();
    [1, 2, ROWS - 1, ROWS].into_iter().chain(some).collect()
}

async fn found(db: &DatabaseConnection, what: &str, seq: i64, why: Broken) {
    assert_eq!(verify(db).await, Verdict::Broken { seq: Seq(seq), why }, "{what}");
    put_back(db).await;
}

schema::both! {
    async fn a_changed_field_is_found(db) {
        prepare(db).await;
        let (later, flipped) = if db.get_database_backend() == DbBackend::Postgres {
            ("at + interval '1 microsecond'", "set_byte(hash, 0, get_byte(hash, 0) # 1)")
        } else {
            ("replace(at, ':30:', ':31:')", "CAST(x'00' || substr(hash, 2) AS blob)")
        };
        for seq in rows_to_try() {
            for (field, value) in [
                ("at", later), ("actor", "actor || ' '"), ("role", "'payer'"), ("action", "upper(action)"),
                ("subject", "'case/99'"), ("result", "''"), ("detail", "replace(detail, '}', ' }')"), ("hash", flipped),
            ] {
                run(db, &format!("UPDATE audit_row SET {field} = {value} WHERE seq = {seq}")).await;
                found(db, field, seq, Broken::Altered).await;
            }
        }
        assert_eq!(whole(db).await, ROWS);
    }

    async fn a_deleted_row_is_found(db) {
        prepare(db).await;
        for seq in rows_to_try() {
            run(db, &format!("DELETE FROM audit_row WHERE seq = {seq}")).await;
            found(db, "delete", seq, if seq == ROWS { Broken::CutOff } else { Broken::Missing }).await;
            // Closing the gap does not help.
            run(db, &format!("DELETE FROM audit_row WHERE seq = {seq}")).await;
            run(db, &format!("UPDATE audit_row SET seq = -seq + 1 WHERE seq > {seq}")).await;
            run(db, "UPDATE audit_row SET seq = -seq WHERE seq < 0").await;
            found(db, "delete and close", seq, if seq == ROWS { Broken::CutOff } else { Broken::Altered }).await;
        }
    }

    async fn an_inserted_row_is_found(db) {
        prepare(db).await;
        for seq in rows_to_try() {
            run(db, &format!("UPDATE audit_row SET seq = -seq - 1 WHERE seq >= {seq}")).await;
            run(db, "UPDATE audit_row SET seq = -seq WHERE seq < 0").await;
            // Another row than the one that stood here.
            let copied = if seq == 1 { 3 } else { seq - 1 };
            run(db, &format!(
                "INSERT INTO audit_row SELECT {seq}, at, actor, role, action, subject, result, detail, hash \
                 FROM audit_row WHERE seq = {copied}"
            )).await;
            found(db, "insert", seq, Broken::Altered).await;
        }
        run(db, &format!(
            "INSERT INTO audit_row SELECT {}, at, actor, role, action, subject, result, detail, hash \
             FROM audit_row WHERE seq = {ROWS}", ROWS + 1
        )).await;
        found(db, "add behind the end", ROWS + 1, Broken::Added).await;
    }

    async fn swapped_rows_are_found(db) {
        prepare(db).await;
        let rows = rows_to_try();
        for (one, other) in rows.iter().zip(rows.iter().rev()).filter(|(one, other)| one != other) {
            run(db, &format!("UPDATE audit_row SET seq = -1 WHERE seq = {one}")).await;
            run(db, &format!("UPDATE audit_row SET seq = {one} WHERE seq = {other}")).await;
            run(db, &format!("UPDATE audit_row SET seq = {other} WHERE seq = -1")).await;
            found(db, "swap", *one.min(other), Broken::Altered).await;
        }
    }

    async fn rows_cut_off_are_found(db) {
        prepare(db).await;
        for seq in rows_to_try() {
            run(db, &format!("DELETE FROM audit_row WHERE seq >= {seq}")).await;
            found(db, "cut off", seq, Broken::CutOff).await;
            // Nor does moving the head, whose seal cannot be made.
            run(db, &format!("DELETE FROM audit_row WHERE seq >= {seq}")).await;
            if seq > 1 {
                run(db, &format!(
                    "UPDATE audit_head SET seq = {0}, hash = (SELECT hash FROM audit_row WHERE seq = {0})", seq - 1
                )).await;
            } else {
                run(db, "UPDATE audit_head SET seq = 0").await;
            }
            found(db, "cut off with the head", seq - 1, Broken::Head).await;
        }
    }

    async fn a_touched_head_is_found(db) {
        prepare(db).await;
        let empty = if db.get_database_backend() == DbBackend::Postgres { "''::bytea" } else { "x''" };
        for sql in [format!("UPDATE audit_head SET seal = {empty}"), format!("UPDATE audit_head SET hash = {empty}"), "DELETE FROM audit_head".to_owned()] {
            run(db, &sql).await;
            found(db, &sql, ROWS, Broken::Head).await;
        }
        run(db, "UPDATE audit_head SET seq = seq + 1").await;
        found(db, "ahead", ROWS + 1, Broken::CutOff).await;
        run(db, "UPDATE audit_head SET seq = seq - 1").await;
        found(db, "behind", ROWS, Broken::Head).await;
    }
}
