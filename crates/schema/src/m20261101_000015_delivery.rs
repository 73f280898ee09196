//! What became of every letter to a person: more states and times in `notice`, what people do not want to be told
//! (`notice_choice`), and whom somebody has to telephone (`call_task`).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // A check cannot be changed in place everywhere, so the table is written again.
        db.execute_unprepared("ALTER TABLE notice RENAME TO notice_before").await?;
        manager.create_table(notice()).await?;
        db.execute_unprepared(
            "INSERT INTO notice (id, occurrence_id, person_id, account_id, occasion, status, reason, process_query_key, \
             due_at, created_at, updated_at, accepted_at, channel) \
             SELECT id, occurrence_id, person_id, account_id, occasion, status, reason, process_query_key, \
             due_at, created_at, updated_at, accepted_at, 'robot' FROM notice_before",
        )
        .await?;
        db.execute_unprepared("DROP TABLE notice_before").await?;
        manager.create_table(choice()).await?;
        manager.create_table(call_task()).await?;
        for index in [
            // Nobody is told the same thing twice: neither the person, whatever the login, nor the login.
            "CREATE UNIQUE INDEX uq_notice_person_occasion ON notice (person_id, occasion)",
            "CREATE UNIQUE INDEX uq_notice_account_occasion ON notice (account_id, occasion)",
            "CREATE INDEX ix_notice_occasion ON notice (occasion)",
            "CREATE INDEX ix_notice_occurrence_id ON notice (occurrence_id)",
            "CREATE INDEX ix_notice_open ON notice (status, updated_at) \
             WHERE status IN ('queued', 'sending', 'flow_controlled', 'unknown', 'failed')",
            "CREATE INDEX ix_notice_process_query_key ON notice (process_query_key) \
             WHERE process_query_key IS NOT NULL",
            "CREATE INDEX ix_notice_proof_at ON notice (proof_at) WHERE proof_at IS NOT NULL",
            "CREATE INDEX ix_notice_climb_at ON notice (climb_at) WHERE climb_at IS NOT NULL",
            "CREATE UNIQUE INDEX uq_call_task_notice_id ON call_task (notice_id)",
            "CREATE INDEX ix_call_task_open ON call_task (region_code, opened_at) WHERE closed_at IS NULL",
        ] {
            db.execute_unprepared(index).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("ALTER TABLE call_task ALTER COLUMN region_code TYPE text COLLATE \"C\"")
                .await?;
        }
        Ok(())
    }
}

/// A person without a login has rows too: that he was not told is what a worker must see.
fn notice() -> TableCreateStatement {
    let key = |name: &str, from: &'static str, to: &'static str| {
        ForeignKey::create().name(name).from("notice", from).to(to, "id").take()
    };
    Table::create()
        .table("notice")
        .col(uuid("id"))
        .col(uuid_null("occurrence_id"))
        .col(uuid_null("person_id"))
        .col(text_null("account_id"))
        .col(text("occasion"))
        .col(text("status").check(Expr::cust(
            "status IN ('queued', 'sending', 'accepted', 'flow_controlled', 'invalid', 'filtered', 'read', 'unknown', \
             'failed', 'suppressed')",
        )))
        .col(text_null("reason"))
        .col(text_null("process_query_key"))
        .col(timestamp_with_time_zone("due_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .col(text("channel").check(Expr::cust("channel IN ('robot', 'ding', 'sms', 'call')")))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone_null("flow_controlled_at"))
        .col(timestamp_with_time_zone_null("read_at"))
        .col(timestamp_with_time_zone_null("proof_at"))
        .col(timestamp_with_time_zone_null("climb_at"))
        .primary_key(Index::create().name("pk_notice").col("id"))
        .check(Expr::cust("person_id IS NOT NULL OR account_id IS NOT NULL"))
        .check(Expr::cust("account_id IS NOT NULL OR status = 'suppressed' OR channel <> 'robot'"))
        .check(Expr::cust("status <> 'suppressed' OR reason IS NOT NULL"))
        .check(Expr::cust("status <> 'read' OR read_at IS NOT NULL"))
        .foreign_key(&mut key("fk_notice_occurrence_id", "occurrence_id", "reminder_occurrence"))
        .foreign_key(&mut key("fk_notice_person_id", "person_id", "person"))
        .foreign_key(&mut key("fk_notice_account_id", "account_id", "account"))
        .take()
}

/// What a login said to the robot about a topic, or about everything.
fn choice() -> TableCreateStatement {
    Table::create()
        .table("notice_choice")
        .col(text("account_id"))
        .col(text("topic").check(Expr::cust("topic IN ('all', 'meeting', 'digest', 'greeting')")))
        .col(text("choice").check(Expr::cust("choice IN ('stopped', 'asked')")))
        .col(timestamp_with_time_zone("chosen_at"))
        .primary_key(Index::create().name("pk_notice_choice").col("account_id").col("topic"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_notice_choice_account_id")
                .from("notice_choice", "account_id")
                .to("account", "id"),
        )
        .take()
}

fn call_task() -> TableCreateStatement {
    Table::create()
        .table("call_task")
        .col(uuid("id"))
        .col(uuid("notice_id"))
        .col(uuid("person_id"))
        .col(text("region_code"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(text_null("closed_by"))
        .col(text_null("outcome").check(Expr::cust("outcome IN ('told', 'not_reached', 'not_needed')")))
        .col(big_integer("version"))
        .primary_key(Index::create().name("pk_call_task").col("id"))
        .check(Expr::cust("(closed_at IS NULL) = (outcome IS NULL)"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_call_task_notice_id")
                .from("call_task", "notice_id")
                .to("notice", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_call_task_person_id")
                .from("call_task", "person_id")
                .to("person", "id"),
        )
        .take()
}
