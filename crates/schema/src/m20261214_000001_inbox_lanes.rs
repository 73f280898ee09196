//! What came in is worked off in lanes, as what goes out is: a decision that a page waits for does not stand behind thousands of small news.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            // What is there already, and what a server of the version before still writes, waits as a result does.
            "ALTER TABLE inbox ADD COLUMN lane smallint NOT NULL DEFAULT 1 CHECK (lane BETWEEN 0 AND 4)",
            "DROP INDEX ix_inbox_open",
            "CREATE INDEX ix_inbox_open ON inbox (lane, run_at, id) WHERE state IN (0, 1)",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
