//! `aid_day_check` and `aid_day_finding`: who of a batch had died, or had another account, on the day on which it was paid.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, integer, pk_uuid, text, timestamp_with_time_zone, uuid};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(check()).await?;
        manager.create_table(finding()).await?;
        let index = "CREATE INDEX ix_aid_day_check_batch_id ON aid_day_check (batch_id, on_day)";
        manager.get_connection().execute_unprepared(index).await?;
        append_only::protect(manager, "aid_day_check").await?;
        append_only::protect(manager, "aid_day_finding").await
    }
}

fn check() -> TableCreateStatement {
    Table::create()
        .table("aid_day_check")
        .col(pk_uuid("id"))
        .col(uuid("batch_id"))
        .col(date("on_day"))
        .col(integer("remaining").check(Expr::cust("remaining >= 0")))
        .col(text("checked_by"))
        .col(timestamp_with_time_zone("checked_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_day_check_batch_id")
                .from("aid_day_check", "batch_id")
                .to("aid_batch", "id"),
        )
        .take()
}

fn finding() -> TableCreateStatement {
    Table::create()
        .table("aid_day_finding")
        .col(uuid("check_id"))
        .col(uuid("payment_id"))
        .col(text("why").check(Expr::cust("why IN ('died', 'account_changed')")))
        .primary_key(Index::create().name("pk_aid_day_finding").col("check_id").col("payment_id"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_day_finding_check_id")
                .from("aid_day_finding", "check_id")
                .to("aid_day_check", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_day_finding_payment_id")
                .from("aid_day_finding", "payment_id")
                .to("aid_payment", "id"),
        )
        .take()
}
