//! How many are in a segment, by region (`segment_run.tally`), so that a list of segments does not count a province each time; and the order of
//! what changed is an index's, down to the last row.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in [
            // Of each segment the last computation alone keeps it.
            "ALTER TABLE segment_run ADD COLUMN tally text NULL",
            "CREATE INDEX ix_segment_run_tally ON segment_run (segment_id) WHERE tally IS NOT NULL",
            "DROP INDEX ix_segment_member_from_on",
            "DROP INDEX ix_segment_member_until_on",
            "CREATE INDEX ix_segment_member_from_on ON segment_member (segment_id, from_on, id)",
            "CREATE INDEX ix_segment_member_until_on ON segment_member (segment_id, until_on, id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
