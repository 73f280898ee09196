//! Who was in a file that was taken out: `person_export_part`, some hundred people a row, so that "who looked at this person" finds a list of
//! fifty thousand people in one short row of it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, integer, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("person_export_part")
                    .col(uuid("export_id"))
                    .col(integer("take"))
                    .col(integer("nth"))
                    .col(uuid("first_id"))
                    .col(uuid("last_id"))
                    .col(binary("members"))
                    .col(timestamp_with_time_zone("taken_at"))
                    .primary_key(
                        Index::create().name("pk_person_export_part").col("export_id").col("take").col("nth"),
                    )
                    .check(Expr::cust("first_id <= last_id"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk_person_export_part_export_id")
                            .from("person_export_part", "export_id")
                            .to("person_export", "id"),
                    )
                    .take(),
            )
            .await?;
        // The part of each list in which somebody could stand is found without reading the others.
        let index = "CREATE INDEX ix_person_export_part_taken_at \
                     ON person_export_part (taken_at, first_id, last_id)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
