//! Reading the audit chain: indexes by time within a subject and an actor, and `audit_check`, what each walk through the chain found.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, integer, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("audit_check")
                    // One a day, whoever does it.
                    .col(date("on_day").primary_key())
                    .col(timestamp_with_time_zone("started_at"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .col(integer("anchors"))
                    .col(big_integer("rows"))
                    .col(big_integer_null("broken_at"))
                    .col(text_null("fault"))
                    .check(Expr::cust("broken_at IS NULL OR fault IS NOT NULL"))
                    .take(),
            )
            .await?;
        let db = manager.get_connection();
        for statement in [
            // Who looked at somebody in a month is a question about a time.
            "CREATE INDEX ix_audit_row_subject_at ON audit_row (subject, at)",
            "CREATE INDEX ix_audit_row_actor_at ON audit_row (actor, at)",
            "DROP INDEX ix_audit_row_subject",
            "DROP INDEX ix_audit_row_actor",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
