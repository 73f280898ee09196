//! A death that was recorded by mistake is taken back by two people's word: `death_undo`, the request; `death_stop`, what a death ended, as it was
//! before, so that it comes back as it was; `death_undo_left`, what somebody has to do by hand. What such a death left to do counts no more.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [death_undo(), death_stop(), death_undo_left()] {
            manager.create_table(table).await?;
        }
        let column = timestamp_with_time_zone_null("undone_at").take();
        manager.alter_table(Table::alter().table("death_task").add_column(column).take()).await?;
        let db = manager.get_connection();
        for statement in [
            "CREATE UNIQUE INDEX uq_death_undo_asked ON death_undo (person_id) WHERE state = 'asked'",
            "CREATE INDEX ix_death_undo_person_id ON death_undo (person_id)",
            "CREATE INDEX ix_death_undo_asked_at ON death_undo (asked_at) WHERE state = 'asked'",
            "CREATE INDEX ix_death_stop_person_id ON death_stop (person_id) WHERE undo_id IS NULL",
            "CREATE INDEX ix_death_undo_left_undo_id ON death_undo_left (undo_id)",
            "CREATE INDEX ix_death_undo_left_open ON death_undo_left (opened_at) WHERE done_at IS NULL",
            // Whoever dies after a mistake leaves the same to do once more.
            "DROP INDEX uq_death_task_kind",
            "DROP INDEX uq_death_task_payment_id",
            "CREATE UNIQUE INDEX uq_death_task_kind ON death_task (person_id, kind) \
             WHERE payment_id IS NULL AND undone_at IS NULL",
            "CREATE UNIQUE INDEX uq_death_task_payment_id ON death_task (payment_id) WHERE undone_at IS NULL",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn death_undo() -> TableCreateStatement {
    Table::create()
        .table("death_undo")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(date("died_on"))
        .col(text("reason").check(Expr::cust("reason <> ''")))
        .col(text("evidence").check(Expr::cust("evidence <> ''")))
        .col(text("state").check(Expr::cust("state IN ('asked', 'agreed', 'refused', 'withdrawn')")))
        .col(text("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("answer"))
        .check(Expr::cust("state NOT IN ('agreed', 'refused') OR decided_by <> asked_by"))
        .check(Expr::cust("(state = 'asked') = (decided_at IS NULL)"))
        .foreign_key(&mut key("death_undo", "person_id", "person"))
        .take()
}

/// `row_key` names a row of the place; `to_on`, `ended_why` and `valid_to` are what stood in it before, where it had any.
fn death_stop() -> TableCreateStatement {
    Table::create()
        .table("death_stop")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(
            text("place")
                .check(Expr::cust("place IN ('record', 'membership', 'post', 'link', 'ask', 'kin', 'stay')")),
        )
        .col(text("row_key"))
        .col(date_null("to_on"))
        .col(text_null("ended_why"))
        .col(timestamp_with_time_zone_null("valid_to"))
        .col(timestamp_with_time_zone("stopped_at"))
        .col(uuid_null("undo_id"))
        .foreign_key(&mut key("death_stop", "person_id", "person"))
        .foreign_key(&mut key("death_stop", "undo_id", "death_undo"))
        .take()
}

fn death_undo_left() -> TableCreateStatement {
    Table::create()
        .table("death_undo_left")
        .col(pk_uuid("id"))
        .col(uuid("undo_id"))
        .col(text("what"))
        .col(text_null("about"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("done_at"))
        .col(text_null("done_by"))
        .col(text_null("note"))
        .check(Expr::cust("(done_at IS NULL) = (done_by IS NULL)"))
        .foreign_key(&mut key("death_undo_left", "undo_id", "death_undo"))
        .take()
}

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(to, "id").to_owned()
}
