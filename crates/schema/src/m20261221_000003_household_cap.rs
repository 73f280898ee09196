//! 家庭上限 becomes one of the dated values that two people agree to (`aid_procedure`); what was written down by one stands as it stood, in whole yuan.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            "INSERT INTO aid_procedure (id, region, limit_of, valid_from, value, source, state, proposed_at) \
             SELECT id, region, 'household_cap', valid_from, \
             CASE WHEN most < 100 THEN 1 WHEN most > 100000000 THEN 1000000 ELSE most / 100 END, \
             source, 'agreed', '2026-12-21T00:00:00+00:00' FROM aid_household_cap",
            "DROP TABLE aid_household_cap",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
