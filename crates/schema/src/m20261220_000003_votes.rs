//! What somebody voted for is found by who voted: for who is excused, and for what a login has had a hand in.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = "CREATE INDEX ix_aid_council_vote_account_id ON aid_council_vote (account_id)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
