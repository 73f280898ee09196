//! `missed_poll`: the one row that says when the platform is asked for the events that it could not deliver.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("missed_poll")
            .col(integer("id").check(Expr::cust("id = 1")))
            .col(timestamp_with_time_zone("seen_at"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone("due_at"))
            .primary_key(Index::create().name("pk_missed_poll").col("id"))
            .take();
        manager.create_table(table).await
    }
}
