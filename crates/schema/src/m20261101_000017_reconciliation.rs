//! Approvals held against the platform: checks of a window (`approval_check`), what does not agree (`approval_finding`), and when a
//! server was alive last (`approval_beat`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(check()).await?;
        manager.create_table(finding()).await?;
        manager.create_table(beat()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_approval_check_slot ON approval_check (slot)",
            // A check that is made again finds nothing twice.
            "CREATE UNIQUE INDEX uq_approval_finding_instance_id_why ON approval_finding (instance_id, why)",
            "CREATE INDEX ix_approval_finding_open ON approval_finding (outcome, found_at) WHERE closed_at IS NULL",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn check() -> TableCreateStatement {
    Table::create()
        .table("approval_check")
        .col(uuid("id"))
        .col(text("slot"))
        .col(timestamp_with_time_zone("from_at"))
        .col(timestamp_with_time_zone("until_at"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("done_at"))
        .col(big_integer("matched"))
        .col(big_integer("late"))
        .col(big_integer("diverged"))
        .col(big_integer("orphans"))
        .primary_key(Index::create().name("pk_approval_check").col("id"))
        .take()
}

fn finding() -> TableCreateStatement {
    Table::create()
        .table("approval_finding")
        .col(uuid("id"))
        .col(text("instance_id"))
        .col(uuid_null("case_id"))
        .col(text("outcome").check(Expr::cust("outcome IN ('late', 'diverged', 'orphan')")))
        .col(text("why").check(Expr::cust(
            "why IN ('ended_there', 'open_there', 'withdrawn_there', 'decided_there', 'not_there', 'no_case')",
        )))
        .col(timestamp_with_time_zone("found_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(text_null("closed_by"))
        .col(text_null("closed_why").check(Expr::cust("closed_why IN ('trial', 'by_hand', 'put_right')")))
        .primary_key(Index::create().name("pk_approval_finding").col("id"))
        .check(Expr::cust("closed_by IS NULL OR closed_at IS NOT NULL"))
        .check(Expr::cust("(closed_by IS NULL) = (closed_why IS NULL)"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_approval_finding_case_id")
                .from("approval_finding", "case_id")
                .to("aid_case", "id"),
        )
        .take()
}

fn beat() -> TableCreateStatement {
    Table::create()
        .table("approval_beat")
        .col(integer("id").check(Expr::cust("id = 1")))
        .col(timestamp_with_time_zone("seen_at"))
        .primary_key(Index::create().name("pk_approval_beat").col("id"))
        .take()
}
