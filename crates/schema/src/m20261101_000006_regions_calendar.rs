//! Reference data: `region` with dates of validity, `calendar_day` from the State Council's notices.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, date, date_null, small_integer, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A code may come back with another extent (上城区 in 2021), so the key has the date too.
        let region = Table::create()
            .table("region")
            .col(text("code"))
            .col(text("name"))
            .col(text_null("parent"))
            .col(small_integer("level").check(Expr::cust("level BETWEEN 1 AND 5")))
            .col(date("valid_from"))
            .col(date_null("valid_to"))
            .col(text("successors"))
            .primary_key(Index::create().name("pk_region").col("code").col("valid_from"))
            .take();
        manager.create_table(region).await?;
        let calendar_day = Table::create()
            .table("calendar_day")
            .col(date("date").primary_key())
            .col(boolean("off"))
            .col(text("name"))
            .col(text("notice"))
            .take();
        manager.create_table(calendar_day).await
    }
}
