//! `approval_day`: how a day of approvals ended, above all how many differences from the platform nobody had explained; and
//! `approval_sweep`, the one row that says when somebody last looked which approvals still run.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, integer, timestamp_with_time_zone};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(day()).await?;
        manager.create_table(sweep()).await?;
        append_only::protect(manager, "approval_day").await
    }
}

fn day() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("approval_day").col(date("on_day"));
    for count in ["matched", "late", "diverged", "orphans", "explained", "came_right", "unexplained"] {
        table.col(big_integer(count).check(Expr::cust(format!("{count} >= 0"))));
    }
    table
        .col(big_integer("checks").check(Expr::cust("checks >= 0")))
        .col(timestamp_with_time_zone("written_at"))
        .primary_key(Index::create().name("pk_approval_day").col("on_day"))
        .take()
}

fn sweep() -> TableCreateStatement {
    Table::create()
        .table("approval_sweep")
        .col(integer("id").check(Expr::cust("id = 1")))
        .col(timestamp_with_time_zone("swept_at"))
        .primary_key(Index::create().name("pk_approval_sweep").col("id"))
        .take()
}
