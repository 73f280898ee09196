//! 回避申报: `declared_relation`, who is whose relative; `declaration_campaign` and `declaration`, who has said so this year.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, integer, pk_uuid, text, text_null, timestamp_with_time_zone, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(declared_relation()).await?;
        manager.create_table(declaration_campaign()).await?;
        manager.create_table(declaration()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_declared_relation ON declared_relation (account_id, person_id, kind) \
             WHERE to_on IS NULL",
            "CREATE INDEX ix_declared_relation_person_id ON declared_relation (person_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn declared_relation() -> TableCreateStatement {
    Table::create()
        .table("declared_relation")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(date("from_on"))
        .col(date_null("to_on"))
        .col(timestamp_with_time_zone("declared_at"))
        .check(Expr::cust("to_on >= from_on"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_declared_relation_account_id")
                .from("declared_relation", "account_id")
                .to("account", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_declared_relation_person_id")
                .from("declared_relation", "person_id")
                .to("person", "id"),
        )
        .take()
}

/// One a year.
fn declaration_campaign() -> TableCreateStatement {
    Table::create()
        .table("declaration_campaign")
        .col(integer("year").primary_key())
        .col(date("due_on"))
        .col(text_null("opened_by"))
        .col(timestamp_with_time_zone("opened_at"))
        .take()
}

fn declaration() -> TableCreateStatement {
    Table::create()
        .table("declaration")
        .col(text("account_id"))
        .col(integer("year"))
        .col(integer("relations"))
        .col(timestamp_with_time_zone("declared_at"))
        .primary_key(Index::create().name("pk_declaration").col("account_id").col("year"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_declaration_account_id")
                .from("declaration", "account_id")
                .to("account", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_declaration_year")
                .from("declaration", "year")
                .to("declaration_campaign", "year"),
        )
        .take()
}
