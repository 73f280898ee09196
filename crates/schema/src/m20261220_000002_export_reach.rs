//! Over which node of a tree somebody takes people out, who works for one: `person_export.reach`. Without it, it is the place of the row.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text_null("reach").take();
        manager.alter_table(Table::alter().table("person_export").add_column(column).take()).await?;
        let index = "CREATE INDEX ix_person_export_reach ON person_export (reach) WHERE reach IS NOT NULL";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
