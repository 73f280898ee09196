//! What stops money from going twice: `aid_household_cap`, what a household may get in a year; `aid_elsewhere`, why help that was declared
//! elsewhere does not stand in the way.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, pk_uuid, text, timestamp_with_time_zone, uuid};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(cap()).await?;
        manager.create_table(elsewhere()).await?;
        let db = manager.get_connection();
        for statement in [
            "CREATE UNIQUE INDEX uq_aid_household_cap_region_valid_from ON aid_household_cap (region, valid_from)",
            "CREATE INDEX ix_aid_elsewhere_case_id ON aid_elsewhere (case_id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        append_only::protect(manager, "aid_household_cap").await
    }
}

fn cap() -> TableCreateStatement {
    Table::create()
        .table("aid_household_cap")
        .col(pk_uuid("id"))
        .col(text("region"))
        .col(date("valid_from"))
        .col(big_integer("most").check(Expr::cust("most > 0")))
        .col(text("source").check(Expr::cust("source <> ''")))
        .take()
}

fn elsewhere() -> TableCreateStatement {
    Table::create()
        .table("aid_elsewhere")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("why"))
        .col(text("evidence"))
        .col(text("written_by"))
        .col(timestamp_with_time_zone("written_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_elsewhere_case_id")
                .from("aid_elsewhere", "case_id")
                .to("aid_case", "id"),
        )
        .take()
}
