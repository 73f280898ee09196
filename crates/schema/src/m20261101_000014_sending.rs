//! How much may be sent, and how fast: five lanes in the outbox, the month's meter (`platform_usage`), what the platform said
//! last (`platform_state`), and the tokens of the rate (`send_token`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, json_binary, small_integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // A check cannot be changed in place everywhere, so the table is written again.
        db.execute_unprepared("ALTER TABLE outbox RENAME TO outbox_before").await?;
        manager.create_table(outbox()).await?;
        db.execute_unprepared(
            "INSERT INTO outbox (id, key, kind, payload, state, attempts, run_at, lease_owner, last_error, finished_at, \
             lane, addressee, due_at, pushed_at) \
             SELECT id, key, kind, payload, state, attempts, run_at, lease_owner, last_error, finished_at, \
             CASE WHEN kind = 'branch.digest' THEN 3 WHEN lane = 0 THEN 1 WHEN lane = 3 THEN 4 ELSE lane END, \
             addressee, due_at, pushed_at FROM outbox_before",
        )
        .await?;
        db.execute_unprepared("DROP TABLE outbox_before").await?;
        for index in [
            "CREATE UNIQUE INDEX uq_outbox_key ON outbox (key)",
            "CREATE INDEX ix_outbox_open ON outbox (lane, run_at, id) WHERE state IN (0, 1)",
            "CREATE INDEX ix_outbox_addressee ON outbox (addressee, lane, due_at, id) \
             WHERE state IN (0, 1) AND addressee IS NOT NULL",
            "CREATE INDEX ix_outbox_done ON outbox (finished_at) WHERE state = 2",
            "CREATE INDEX ix_outbox_dead ON outbox (finished_at) WHERE state = 3",
        ] {
            db.execute_unprepared(index).await?;
        }
        manager.create_table(usage()).await?;
        manager.create_table(state()).await?;
        manager.create_table(token()).await
    }
}

fn outbox() -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(uuid("id"))
        .col(text("key").check(Expr::cust("length(key) BETWEEN 1 AND 200")))
        .col(text("kind"))
        .col(json_binary("payload"))
        .col(small_integer("state").default(0).check(Expr::cust("state BETWEEN 0 AND 3")))
        .col(integer("attempts").default(0))
        .col(timestamp_with_time_zone("run_at"))
        .col(text_null("lease_owner"))
        .col(text_null("last_error"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .col(small_integer("lane").check(Expr::cust("lane BETWEEN 0 AND 4")))
        .col(text_null("addressee"))
        .col(timestamp_with_time_zone("due_at"))
        .col(timestamp_with_time_zone("pushed_at"))
        .primary_key(Index::create().name("pk_outbox").col("id"))
        .check(Expr::cust("(state = 1) = (lease_owner IS NOT NULL)"))
        .check(Expr::cust("(state >= 2) = (finished_at IS NOT NULL)"))
        .take()
}

/// One row for each tenant and month of the local calendar.
fn usage() -> TableCreateStatement {
    Table::create()
        .table("platform_usage")
        .col(text("tenant"))
        .col(text("month").check(Expr::cust("length(month) = 7")))
        .col(big_integer("calls").check(Expr::cust("calls >= 0")))
        .col(big_integer("deliveries").check(Expr::cust("deliveries >= 0")))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().name("pk_platform_usage").col("tenant").col("month"))
        .take()
}

fn state() -> TableCreateStatement {
    Table::create()
        .table("platform_state")
        .col(text("tenant"))
        .col(integer("failures").check(Expr::cust("failures >= 0")))
        .col(timestamp_with_time_zone_null("paused_until"))
        .col(timestamp_with_time_zone_null("calls_refused_at"))
        .col(timestamp_with_time_zone_null("deliveries_refused_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().name("pk_platform_state").col("tenant"))
        .take()
}

/// A bucket has as many rows as tokens. A token that was taken comes back when its period is over.
fn token() -> TableCreateStatement {
    Table::create()
        .table("send_token")
        .col(text("bucket"))
        .col(integer("slot").check(Expr::cust("slot >= 0")))
        .col(timestamp_with_time_zone("free_at"))
        .primary_key(Index::create().name("pk_send_token").col("bucket").col("slot"))
        .take()
}
