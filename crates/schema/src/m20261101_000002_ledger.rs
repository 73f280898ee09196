//! Money: `ledger_entry` with its `ledger_line`s, which never change, and `ledger_balance`, which says what is left.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, pk_uuid, small_integer, text, timestamp_with_time_zone, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("ledger_entry")
                    .col(pk_uuid("id"))
                    .col(text("key").check(Expr::cust("length(key) BETWEEN 1 AND 200")))
                    .col(text("kind"))
                    .col(text("reference"))
                    .col(timestamp_with_time_zone("posted_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("ledger_line")
                    .col(uuid("entry_id"))
                    .col(small_integer("line"))
                    .col(text("region"))
                    .col(integer("year"))
                    .col(text("category"))
                    .col(small_integer("bucket").check(Expr::cust("bucket BETWEEN 0 AND 4")))
                    .col(big_integer("amount").check(Expr::cust("amount <> 0")))
                    .primary_key(Index::create().name("pk_ledger_line").col("entry_id").col("line"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_ledger_line_entry_id")
                            .from("ledger_line", "entry_id")
                            .to("ledger_entry", "id"),
                    )
                    .take(),
            )
            .await?;
        manager.create_table(balance()).await?;

        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_ledger_entry_key ON ledger_entry (key)",
            "CREATE INDEX ix_ledger_entry_reference ON ledger_entry (reference)",
            "CREATE INDEX ix_ledger_entry_posted_at ON ledger_entry (posted_at)",
            "CREATE INDEX ix_ledger_line_envelope ON ledger_line (year, region, category)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "ledger_entry").await?;
        append_only::protect(manager, "ledger_line").await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(BALANCED).await?;
        }
        Ok(())
    }
}

/// One row per envelope; the checks are the last wall behind the conditional updates of the crate.
fn balance() -> TableCreateStatement {
    Table::create()
        .table("ledger_balance")
        .col(text("region"))
        .col(integer("year"))
        .col(text("category"))
        .col(big_integer("available").check(Expr::cust("available >= 0")))
        .col(big_integer("reserved").check(Expr::cust("reserved >= 0")))
        .col(big_integer("committed").check(Expr::cust("committed >= 0")))
        .col(big_integer("paid").check(Expr::cust("paid >= 0")))
        .primary_key(Index::create().name("pk_ledger_balance").col("year").col("region").col("category"))
        .take()
}

/// At commit, the lines of an entry must sum to zero. `SQLite` has no deferred triggers; there the crate's one way
/// of writing lines is what keeps it.
const BALANCED: &str = "
CREATE FUNCTION ledger_entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM ledger_line WHERE entry_id = NEW.entry_id) <> 0 THEN
    RAISE EXCEPTION 'the lines of a ledger entry do not sum to zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ck_ledger_line_balanced AFTER INSERT ON ledger_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balanced();
";
