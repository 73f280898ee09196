//! 先救后补: how each of the two approvers was reached. Of words from before, nobody knows.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            "ALTER TABLE aid_emergency ADD COLUMN first_via text \
             CHECK (first_via IN ('phone', 'message', 'in_person'))",
            "ALTER TABLE aid_emergency ADD COLUMN decided_via text \
             CHECK (decided_via IN ('phone', 'message', 'in_person'))",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
