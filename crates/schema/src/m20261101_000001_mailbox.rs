//! What came in and what goes out: `inbox`, `outbox`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, json_binary, pk_uuid, small_integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut inbox = queue("inbox");
        inbox.col(text("source")).col(timestamp_with_time_zone("received_at"));
        manager.create_table(inbox).await?;

        let mut outbox = queue("outbox");
        outbox
            .col(small_integer("lane").check(Expr::cust("lane BETWEEN 0 AND 3")))
            .col(text_null("addressee"))
            .col(timestamp_with_time_zone("due_at"))
            .col(timestamp_with_time_zone("pushed_at"));
        manager.create_table(outbox).await?;

        // The states are literals here and in the queries: with a bound parameter neither back end uses the index.
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX uq_inbox_key ON inbox (key)",
            "CREATE INDEX ix_inbox_open ON inbox (run_at, id) WHERE state IN (0, 1)",
            "CREATE INDEX ix_inbox_done ON inbox (finished_at) WHERE state = 2",
            "CREATE INDEX ix_inbox_dead ON inbox (finished_at) WHERE state = 3",
            "CREATE UNIQUE INDEX uq_outbox_key ON outbox (key)",
            "CREATE INDEX ix_outbox_open ON outbox (lane, run_at, id) WHERE state IN (0, 1)",
            "CREATE INDEX ix_outbox_addressee ON outbox (addressee, lane, due_at, id) \
             WHERE state IN (0, 1) AND addressee IS NOT NULL",
            "CREATE INDEX ix_outbox_done ON outbox (finished_at) WHERE state = 2",
            "CREATE INDEX ix_outbox_dead ON outbox (finished_at) WHERE state = 3",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

/// What both tables have. `run_at` is when somebody may take the row: its next try while it waits, the end of the
/// lease while somebody has it.
fn queue(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(pk_uuid("id"))
        .col(text("key").check(Expr::cust("length(key) BETWEEN 1 AND 200")))
        .col(text("kind"))
        .col(json_binary("payload"))
        .col(small_integer("state").default(0).check(Expr::cust("state BETWEEN 0 AND 3")))
        .col(integer("attempts").default(0))
        .col(timestamp_with_time_zone("run_at"))
        .col(text_null("lease_owner"))
        .col(text_null("last_error"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .check(Expr::cust("(state = 1) = (lease_owner IS NOT NULL)"))
        .check(Expr::cust("(state >= 2) = (finished_at IS NOT NULL)"))
        .take()
}
