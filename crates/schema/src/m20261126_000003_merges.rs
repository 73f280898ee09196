//! One human being entered twice: `person_double`, what looks like it, and `person_merge` with every row that it moved. A merged person
//! keeps the row and points to the one that was kept.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    json_binary, pk_uuid, small_integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(person_double()).await?;
        manager.create_table(person_merge()).await?;
        manager.create_table(person_merge_move()).await?;
        let postgres = manager.get_database_backend() == sea_orm::DbBackend::Postgres;
        let kind = if postgres { "uuid" } else { "uuid_text" };
        let db = manager.get_connection();
        db.execute_unprepared(&format!(
            "ALTER TABLE person ADD COLUMN merged_into {kind} CONSTRAINT fk_person_merged_into REFERENCES person (id)"
        ))
        .await?;
        for index in [
            "CREATE INDEX ix_person_merged_into ON person (merged_into) WHERE merged_into IS NOT NULL",
            "CREATE UNIQUE INDEX uq_person_double_pair ON person_double (one_id, other_id)",
            "CREATE INDEX ix_person_double_other_id ON person_double (other_id)",
            "CREATE INDEX ix_person_double_open ON person_double (score) WHERE state = 'open'",
            "CREATE UNIQUE INDEX uq_person_merge_live ON person_merge (merged_id) WHERE state IN ('proposed', 'merged')",
            "CREATE INDEX ix_person_merge_kept_id ON person_merge (kept_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

/// A pair is there once, the smaller id first; what somebody said to be two people is not proposed again.
fn person_double() -> TableCreateStatement {
    Table::create()
        .table("person_double")
        .col(pk_uuid("id"))
        .col(uuid("one_id"))
        .col(uuid("other_id"))
        .col(small_integer("score").check(Expr::cust("score BETWEEN 0 AND 100")))
        .col(json_binary("reasons"))
        .col(text("state").check(Expr::cust("state IN ('open', 'merged', 'two_people')")))
        .col(timestamp_with_time_zone("found_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("one_id < other_id"))
        .foreign_key(&mut to_person("person_double", "one_id"))
        .foreign_key(&mut to_person("person_double", "other_id"))
        .take()
}

fn person_merge() -> TableCreateStatement {
    Table::create()
        .table("person_merge")
        .col(pk_uuid("id"))
        .col(uuid("kept_id"))
        .col(uuid("merged_id"))
        .col(text("state").check(Expr::cust("state IN ('proposed', 'merged', 'refused', 'undone')")))
        .col(text("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("undone_by"))
        .col(timestamp_with_time_zone_null("undone_at"))
        .check(Expr::cust("kept_id <> merged_id"))
        .check(Expr::cust("decided_by <> proposed_by"))
        .foreign_key(&mut to_person("person_merge", "kept_id"))
        .foreign_key(&mut to_person("person_merge", "merged_id"))
        .take()
}

/// Which row of which table pointed to the merged person, by its key as text.
fn person_merge_move() -> TableCreateStatement {
    Table::create()
        .table("person_merge_move")
        .col(uuid("merge_id"))
        .col(text("place"))
        .col(text("row_key"))
        .primary_key(Index::create().name("pk_person_merge_move").col("merge_id").col("place").col("row_key"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_merge_move_merge_id")
                .from("person_merge_move", "merge_id")
                .to("person_merge", "id"),
        )
        .take()
}

fn to_person(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to("person", "id")
        .to_owned()
}
