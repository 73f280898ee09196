//! Who did what: `audit_row`, a chain that never changes, and `audit_head`, the one row that knows its end.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, small_integer, text, timestamp_with_time_zone};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("audit_row")
                    .col(big_integer("seq").primary_key())
                    .col(timestamp_with_time_zone("at"))
                    .col(text("actor"))
                    .col(text("role"))
                    .col(text("action"))
                    .col(text("subject"))
                    .col(text("result"))
                    // Text, not JSON: the chain covers the very characters, and jsonb would rewrite them.
                    .col(text("detail"))
                    .col(binary("hash"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("audit_head")
                    .col(small_integer("id").primary_key().check(Expr::cust("id = 1")))
                    .col(big_integer("seq"))
                    .col(binary("hash"))
                    .col(binary("seal"))
                    .take(),
            )
            .await?;
        let db = manager.get_connection();
        for statement in [
            "CREATE INDEX ix_audit_row_subject ON audit_row (subject, seq)",
            "CREATE INDEX ix_audit_row_actor ON audit_row (actor, seq)",
            "CREATE INDEX ix_audit_row_at ON audit_row (at)",
            // An empty chain; the first append seals it.
            "INSERT INTO audit_head (id, seq, hash, seal) VALUES (1, 0, '', '')",
        ] {
            db.execute_unprepared(statement).await?;
        }
        append_only::protect(manager, "audit_row").await
    }
}
