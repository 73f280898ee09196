//! `aid_notice_view`: how often a public notice was opened on a day, and not by whom.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(view()).await
    }
}

fn view() -> TableCreateStatement {
    Table::create()
        .table("aid_notice_view")
        .col(uuid("notice_id"))
        .col(date("on_day"))
        .col(big_integer("views").check(Expr::cust("views > 0")))
        .primary_key(Index::create().name("pk_aid_notice_view").col("notice_id").col("on_day"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_notice_view_notice_id")
                .from("aid_notice_view", "notice_id")
                .to("aid_public_notice", "id"),
        )
        .take()
}
