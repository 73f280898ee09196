//! What each line of a bank's file says, and of how much: what was paid is held against the bank's own words, and not against ours. Of a line that was
//! read before, nobody knows any more.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [
            "ALTER TABLE bank_answer_line ADD COLUMN said text \
             CHECK (said IN ('paid', 'returned', 'waiting', 'unknown'))",
            "ALTER TABLE bank_answer_line ADD COLUMN said_amount bigint CHECK (said_amount > 0)",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
