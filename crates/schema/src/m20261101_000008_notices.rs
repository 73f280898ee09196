//! Reminders: `reminder_plan`, each firing of one (`reminder_occurrence`), and what became of telling somebody
//! something (`notice`).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(reminder_plan()).await?;
        manager.create_table(reminder_occurrence()).await?;
        manager.create_table(notice()).await?;

        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(
                "ALTER TABLE reminder_plan ALTER COLUMN region_code TYPE text COLLATE \"C\"",
            )
            .await?;
        }
        for index in [
            "CREATE UNIQUE INDEX uq_reminder_plan_kind_region_code ON reminder_plan (kind, region_code)",
            // However many servers see that a plan is due, it fires once.
            "CREATE UNIQUE INDEX uq_reminder_occurrence_plan_fires_at ON reminder_occurrence (plan_id, fires_at)",
            // Nobody is told the same thing twice: neither the person, whatever the login, nor the login.
            "CREATE UNIQUE INDEX uq_notice_person_occasion ON notice (person_id, occasion)",
            "CREATE UNIQUE INDEX uq_notice_account_occasion ON notice (account_id, occasion)",
            "CREATE INDEX ix_notice_occasion ON notice (occasion)",
            "CREATE INDEX ix_notice_occurrence_id ON notice (occurrence_id)",
            "CREATE INDEX ix_notice_open ON notice (status, updated_at) \
             WHERE status IN ('queued', 'sending', 'flow_controlled', 'unknown', 'failed')",
            "CREATE INDEX ix_notice_process_query_key ON notice (process_query_key) \
             WHERE process_query_key IS NOT NULL",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn reminder_plan() -> TableCreateStatement {
    Table::create()
        .table("reminder_plan")
        .col(pk_uuid("id"))
        .col(text("kind").check(Expr::cust("kind IN ('meeting_eve', 'secretary_digest')")))
        .col(text("region_code"))
        .col(text("name"))
        .col(text("cron"))
        .col(boolean("enabled"))
        .col(timestamp_with_time_zone("enabled_from"))
        .col(text_null("created_by"))
        .col(text_null("updated_by"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .take()
}

fn reminder_occurrence() -> TableCreateStatement {
    Table::create()
        .table("reminder_occurrence")
        .col(pk_uuid("id"))
        .col(uuid("plan_id"))
        .col(timestamp_with_time_zone("fires_at"))
        .col(timestamp_with_time_zone("ran_at"))
        .col(integer("queued"))
        .col(integer("suppressed"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_reminder_occurrence_plan_id")
                .from("reminder_occurrence", "plan_id")
                .to("reminder_plan", "id"),
        )
        .take()
}

/// A person without a login has rows too: that he was not told is what a worker must see.
fn notice() -> TableCreateStatement {
    Table::create()
        .table("notice")
        .col(pk_uuid("id"))
        .col(uuid_null("occurrence_id"))
        .col(uuid_null("person_id"))
        .col(text_null("account_id"))
        .col(text("occasion"))
        .col(text("status").check(Expr::cust(
            "status IN ('queued', 'sending', 'accepted', 'flow_controlled', 'invalid', 'unknown', 'failed', \
             'suppressed')",
        )))
        .col(text_null("reason"))
        .col(text_null("process_query_key"))
        .col(timestamp_with_time_zone("due_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .check(Expr::cust("person_id IS NOT NULL OR account_id IS NOT NULL"))
        .check(Expr::cust("account_id IS NOT NULL OR status = 'suppressed'"))
        .check(Expr::cust("status <> 'suppressed' OR reason IS NOT NULL"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_notice_occurrence_id")
                .from("notice", "occurrence_id")
                .to("reminder_occurrence", "id"),
        )
        .foreign_key(
            ForeignKey::create().name("fk_notice_person_id").from("notice", "person_id").to("person", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_notice_account_id")
                .from("notice", "account_id")
                .to("account", "id"),
        )
        .take()
}
