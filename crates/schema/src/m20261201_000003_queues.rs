//! What the desk's first page asks of everybody in reach: whose date of joining the work lies in two periods, which wishes wait, which
//! mandates are asked for.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in [
            "CREATE INDEX ix_person_joined_work_on ON person (joined_work_precision, joined_work_on)",
            "CREATE INDEX ix_person_wish_waiting ON person_wish (id) WHERE answered_at IS NULL",
            // A bound parameter proves no condition of a partial index; and the queue is read in this order.
            "DROP INDEX ix_person_double_open",
            "CREATE INDEX ix_person_double_state_score ON person_double (state, score DESC, id)",
            "CREATE INDEX ix_mandate_ask_until ON mandate_ask (until)",
        ] {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }
}
