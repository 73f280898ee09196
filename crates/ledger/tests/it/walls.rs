//! What the database itself refuses, should the crate ever be wrong.

use ledger::Fen;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::{appropriate, evening, post, write};

async fn refuses(db: &DatabaseConnection, sql: &str) {
    let error = db.execute_unprepared(sql).await.unwrap_err().to_string();
    assert!(
        ["never changed", "CHECK", "check constraint", "FOREIGN KEY", "foreign key"]
            .iter()
            .any(|part| error.contains(part)),
        "{error}"
    );
}

schema::both! {
    async fn entries_and_lines_never_change(db) {
        appropriate(db, 10).await;
        for sql in [
            "UPDATE ledger_entry SET reference = 'case/2'",
            "DELETE FROM ledger_entry",
            "UPDATE ledger_line SET amount = amount * 2",
            "DELETE FROM ledger_line",
        ] {
            refuses(db, sql).await;
        }
    }

    async fn no_bucket_goes_below_zero(db) {
        appropriate(db, 10).await;
        for bucket in ["available", "reserved", "committed", "paid"] {
            refuses(db, &format!("UPDATE ledger_balance SET {bucket} = -1")).await;
        }
        refuses(db, "INSERT INTO ledger_line SELECT entry_id, 7, region, year, category, 9, 1 FROM ledger_line").await;
        refuses(db, "INSERT INTO ledger_line SELECT entry_id, 7, region, year, category, 1, 0 FROM ledger_line WHERE line = 0").await;
    }

    async fn one_sided_lines_do_not_commit(db) {
        appropriate(db, 10).await;
        if db.get_database_backend() == DbBackend::Sqlite {
            return;
        }
        post!(db, reserve, Fen(1), "case/1", "k", evening()).unwrap();
        let tx = write(db).await.unwrap();
        tx.execute_unprepared("INSERT INTO ledger_line SELECT id, 7, 'x', 2026, 'x', 1, 5 FROM ledger_entry WHERE key = 'k'")
            .await
            .unwrap();
        let error = tx.commit().await.unwrap_err().to_string();
        assert!(error.contains("do not sum to zero"), "{error}");
    }
}
