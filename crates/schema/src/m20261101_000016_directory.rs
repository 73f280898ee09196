//! Walks through the platform's directory and what they found (`directory_run`, `directory_change`), departments and who is in them
//! (`directory_department`, `directory_member`), the watch for leavers (`directory_watch`), and the pace of calls (`call_pace`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, json_binary, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(run()).await?;
        manager.create_table(change()).await?;
        manager.create_table(department()).await?;
        manager.create_table(member()).await?;
        manager.create_table(watch()).await?;
        manager.create_table(pace()).await?;
        let db = manager.get_connection();
        for index in [
            // A night has one walk, however many servers there are; one question at a time.
            "CREATE UNIQUE INDEX uq_directory_run_slot ON directory_run (slot)",
            "CREATE UNIQUE INDEX uq_directory_run_asked ON directory_run (state) WHERE state = 'asked'",
            "CREATE INDEX ix_directory_change_kind ON directory_change (kind, run_id)",
            "CREATE INDEX ix_directory_member_department_id ON directory_member (department_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn run() -> TableCreateStatement {
    Table::create()
        .table("directory_run")
        .col(uuid("id"))
        .col(text_null("slot"))
        .col(text("state").check(Expr::cust(
            "state IN ('walking', 'failed', 'asked', 'refused', 'superseded', 'applying', 'applied')",
        )))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone("touched_at"))
        .col(big_integer("known"))
        .col(big_integer("people"))
        .col(big_integer("departments"))
        .col(big_integer("removals"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .primary_key(Index::create().name("pk_directory_run").col("id"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .check(Expr::cust("state <> 'refused' OR decided_by IS NOT NULL"))
        .take()
}

fn change() -> TableCreateStatement {
    Table::create()
        .table("directory_change")
        .col(uuid("run_id"))
        .col(integer("seq"))
        .col(text("kind").check(Expr::cust(
            "kind IN ('joined', 'left', 'renamed', 'moved', 'placed', 'department_made', 'department_gone', \
             'department_renamed', 'department_moved', 'unlinked', 'leaver_linked')",
        )))
        .col(json_binary("what"))
        .primary_key(Index::create().name("pk_directory_change").col("run_id").col("seq"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_directory_change_run_id")
                .from("directory_change", "run_id")
                .to("directory_run", "id"),
        )
        .take()
}

fn department() -> TableCreateStatement {
    Table::create()
        .table("directory_department")
        .col(big_integer("id"))
        .col(text("name"))
        .col(big_integer_null("parent_id"))
        .col(boolean("active"))
        .col(timestamp_with_time_zone("changed_at"))
        .primary_key(Index::create().name("pk_directory_department").col("id"))
        .take()
}

/// No foreign key to the department: the platform may show somebody in one that the app may not see.
fn member() -> TableCreateStatement {
    Table::create()
        .table("directory_member")
        .col(text("account_id"))
        .col(big_integer("department_id"))
        .primary_key(Index::create().name("pk_directory_member").col("account_id").col("department_id"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_directory_member_account_id")
                .from("directory_member", "account_id")
                .to("account", "id"),
        )
        .take()
}

fn watch() -> TableCreateStatement {
    Table::create()
        .table("directory_watch")
        .col(integer("id").check(Expr::cust("id = 1")))
        .col(timestamp_with_time_zone("looked_at"))
        .col(timestamp_with_time_zone_null("swept_at"))
        .col(big_integer_null("difference"))
        .primary_key(Index::create().name("pk_directory_watch").col("id"))
        .take()
}

/// Milliseconds since 1970 by the database's clock: when the next call of this name is due, how far even calls lie apart, how far ahead
/// the mark may be; and whether the last question was answered with yes.
fn pace() -> TableCreateStatement {
    Table::create()
        .table("call_pace")
        .col(text("name"))
        .col(big_integer("next_ms"))
        .col(big_integer("step_ms").check(Expr::cust("step_ms > 0")))
        .col(big_integer("slack_ms").check(Expr::cust("slack_ms >= 0")))
        .col(boolean("took"))
        .primary_key(Index::create().name("pk_call_pace").col("name"))
        .take()
}
