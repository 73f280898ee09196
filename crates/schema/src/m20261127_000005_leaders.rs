//! 省级老领导: `leader`, by a number that tells no name, and `leader_read`, who looked and for what.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, pk_uuid, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(leader()).await?;
        manager.create_table(leader_read()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_leader_number ON leader (number)",
            "CREATE UNIQUE INDEX uq_leader_person_id ON leader (person_id) WHERE until IS NULL",
            "CREATE INDEX ix_leader_read_person_id ON leader_read (person_id, account_id, until)",
            "CREATE INDEX ix_leader_read_read_at ON leader_read (read_at)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "leader_read").await
    }
}

fn leader() -> TableCreateStatement {
    Table::create()
        .table("leader")
        .col(pk_uuid("id"))
        .col(integer("number"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("since"))
        .col(timestamp_with_time_zone_null("until"))
        .foreign_key(
            ForeignKey::create().name("fk_leader_person_id").from("leader", "person_id").to("person", "id"),
        )
        .take()
}

/// The purpose is said once and holds for a while; each page in that while is a row of the audit chain.
fn leader_read() -> TableCreateStatement {
    Table::create()
        .table("leader_read")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("account_id"))
        .col(text("purpose").check(Expr::cust("purpose <> ''")))
        .col(timestamp_with_time_zone("read_at"))
        .col(timestamp_with_time_zone("until"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_leader_read_person_id")
                .from("leader_read", "person_id")
                .to("person", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_leader_read_account_id")
                .from("leader_read", "account_id")
                .to("account", "id"),
        )
        .take()
}
