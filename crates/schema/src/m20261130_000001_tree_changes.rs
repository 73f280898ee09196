//! Trees that change: names from a day on (`tree_name`), changes that wait for a second person (`tree_change`), and which regions were
//! changed here, of which the program's own list no longer speaks. Besides, indexes for taking an import back: its rows from the end, and
//! what points to a person who goes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, date_null, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(tree_name()).await?;
        manager.create_table(tree_change()).await?;
        let db = manager.get_connection();
        for statement in [
            "ALTER TABLE region ADD COLUMN changed_here boolean NOT NULL DEFAULT FALSE",
            "CREATE INDEX ix_tree_name_node_id ON tree_name (node_id)",
            "CREATE INDEX ix_tree_name_name ON tree_name (name)",
            "CREATE UNIQUE INDEX uq_tree_name_node_id ON tree_name (node_id) WHERE valid_to IS NULL",
            "DROP INDEX ix_intake_outcome_effect",
            "CREATE INDEX ix_intake_outcome_effect ON intake_outcome (intake_id, effect, \"row\")",
            "CREATE INDEX ix_call_task_person_id ON call_task (person_id)",
            "CREATE INDEX ix_aid_payment_person_id ON aid_payment (person_id)",
            "CREATE INDEX ix_aid_draft_person_id ON aid_draft (person_id)",
            // One question at a time about one thing.
            "CREATE UNIQUE INDEX uq_tree_change_about ON tree_change (about) WHERE state = 'asked'",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn tree_name() -> TableCreateStatement {
    Table::create()
        .table("tree_name")
        .col(pk_uuid("id"))
        .col(uuid("node_id"))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .check(Expr::cust("valid_to >= valid_from"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_tree_name_node_id")
                .from("tree_name", "node_id")
                .to("tree_node", "id"),
        )
        .take()
}

fn tree_change() -> TableCreateStatement {
    Table::create()
        .table("tree_change")
        .col(pk_uuid("id"))
        .col(text("about"))
        .col(text("what"))
        .col(text("state").check(Expr::cust("state IN ('asked', 'done', 'refused')")))
        .col(text("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("(state = 'asked') = (decided_at IS NULL)"))
        .foreign_key(&mut to("asked_by"))
        .foreign_key(&mut to("decided_by"))
        .take()
}

fn to(column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_tree_change_{column}"))
        .from("tree_change", column)
        .to("account", "id")
        .to_owned()
}
