//! What help may be asked for (`aid_category`): what a place calls a category, whether it offers it and what the public is told of it; dated,
//! with its document, by two people's word. Cases, standards, settings and envelopes go on holding the code.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, integer, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(category()).await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Searched by prefix, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared("ALTER TABLE aid_category ALTER COLUMN region TYPE text COLLATE \"C\"")
                .await?;
        }
        for index in [
            // What is in force from a day on is one row.
            "CREATE UNIQUE INDEX uq_aid_category_agreed ON aid_category (category, region, valid_from) \
             WHERE state = 'agreed'",
            "CREATE INDEX ix_aid_category_region ON aid_category (region)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

/// Nobody decides alone; what came with the program was proposed by nobody.
fn category() -> TableCreateStatement {
    Table::create()
        .table("aid_category")
        .col(pk_uuid("id"))
        .col(text("category").check(Expr::cust("length(category) BETWEEN 1 AND 24")))
        .col(text("region"))
        .col(date("valid_from"))
        .col(text("label").check(Expr::cust("label <> ''")))
        .col(text("of_group").check(Expr::cust("of_group IN ('medical', 'family', 'living', 'other')")))
        .col(integer("position").check(Expr::cust("\"position\" BETWEEN 1 AND 99")))
        .col(boolean("offered"))
        .col(boolean("reason_needed"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'agreed', 'refused')")))
        .col(text_null("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("proposed_by IS NULL OR (state = 'proposed') = (decided_by IS NULL)"))
        .check(Expr::cust("proposed_by IS NOT NULL OR state = 'agreed'"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .take()
}
