//! By which way a request came, `aid_case.channel`; and `aid_form`: blank applications that were printed, each with a number.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{pk_uuid, text, timestamp_with_time_zone, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(aid_form()).await?;
        let db = manager.get_connection();
        for statement in [
            "ALTER TABLE aid_case ADD COLUMN channel text NOT NULL DEFAULT 'phone'",
            "CREATE UNIQUE INDEX uq_aid_form_number ON aid_form (number)",
            "CREATE INDEX ix_aid_form_person_id ON aid_form (person_id)",
            "CREATE UNIQUE INDEX uq_aid_form_case_id ON aid_form (case_id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn aid_form() -> TableCreateStatement {
    Table::create()
        .table("aid_form")
        .col(pk_uuid("id"))
        .col(text("number").check(Expr::cust("length(number) = 9")))
        .col(uuid_null("person_id"))
        .col(text("region"))
        .col(uuid_null("unit_id"))
        .col(text("printed_by"))
        .col(timestamp_with_time_zone("printed_at"))
        .col(uuid_null("case_id"))
        .foreign_key(&mut to("aid_form", "person_id", "person"))
        .foreign_key(&mut to("aid_form", "unit_id", "unit"))
        .foreign_key(&mut to("aid_form", "printed_by", "account"))
        .foreign_key(&mut to("aid_form", "case_id", "aid_case"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
