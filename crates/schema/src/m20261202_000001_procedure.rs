//! How long each step of an aid case may take (`aid_procedure`: a number, dated, with its document, by two people's word), and what
//! each step took (`aid_clock`, written once when it ends).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, integer, integer_null, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(procedure()).await?;
        manager.create_table(clock()).await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Searched by prefix, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared(
                "ALTER TABLE aid_procedure ALTER COLUMN region TYPE text COLLATE \"C\"; \
                 ALTER TABLE aid_clock ALTER COLUMN region TYPE text COLLATE \"C\"",
            )
            .await?;
        }
        for index in [
            // What is in force from a day on is one row.
            "CREATE UNIQUE INDEX uq_aid_procedure_agreed ON aid_procedure (limit_of, region, valid_from) \
             WHERE state = 'agreed'",
            "CREATE INDEX ix_aid_procedure_region ON aid_procedure (region)",
            "CREATE UNIQUE INDEX uq_aid_clock_case_id_since ON aid_clock (case_id, since)",
            "CREATE INDEX ix_aid_clock_region_ended_on ON aid_clock (region, ended_on)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "aid_clock").await
    }
}

/// Nobody decides alone; what came with the program was proposed by nobody.
fn procedure() -> TableCreateStatement {
    Table::create()
        .table("aid_procedure")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(text("limit_of"))
        .col(date("valid_from"))
        .col(integer("value").check(Expr::cust("value > 0")))
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

/// `since`: the entry of the log with which it began.
fn clock() -> TableCreateStatement {
    let mut key = ForeignKey::create()
        .name("fk_aid_clock_case_id")
        .from("aid_clock", "case_id")
        .to("aid_case", "id")
        .take();
    Table::create()
        .table("aid_clock")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("region"))
        .col(text("limit_of"))
        .col(integer("since").check(Expr::cust("since > 0")))
        .col(date("began_on"))
        .col(date("ended_on"))
        .col(integer("used").check(Expr::cust("used >= 0")))
        .col(integer("paused").check(Expr::cust("paused >= 0")))
        .col(integer_null("days"))
        .col(date_null("due_on"))
        .check(Expr::cust("(days IS NULL) = (due_on IS NULL)"))
        .check(Expr::cust("ended_on >= began_on"))
        .foreign_key(&mut key)
        .take()
}
