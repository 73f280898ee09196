//! What the platform's own record of a round of approval says: `aid_approval_entry`, one line of it; `aid_approval_file`, a file that came
//! with one; `aid_approval_task`, whom the platform asks to decide, and what became of it. A round knows when it was read last.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = timestamp_with_time_zone_null("read_at").take();
        manager.alter_table(Table::alter().table("aid_approval").add_column(column).take()).await?;
        manager.create_table(entry()).await?;
        manager.create_table(file()).await?;
        manager.create_table(task()).await?;
        let db = manager.get_connection();
        for statement in [
            // The record is read again and again; each line of it is kept once.
            "CREATE UNIQUE INDEX uq_aid_approval_entry_mark ON aid_approval_entry (case_id, round, mark)",
            "CREATE INDEX ix_aid_approval_file_case_id ON aid_approval_file (case_id)",
            "CREATE UNIQUE INDEX uq_aid_approval_task_task ON aid_approval_task (instance_id, task)",
            "CREATE INDEX ix_aid_approval_task_case_id ON aid_approval_task (case_id)",
            "CREATE INDEX ix_aid_approval_task_holder ON aid_approval_task (holder) WHERE over_at IS NULL",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn entry() -> TableCreateStatement {
    Table::create()
        .table("aid_approval_entry")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(integer("round"))
        .col(text("mark"))
        .col(integer("place"))
        .col(text_null("who"))
        .col(text("did").check(Expr::cust(
            "did IN ('started', 'agreed', 'refused', 'added_before', 'added_after', 'passed_on', 'terminated', \
             'finished', 'commented', 'copied', 'other')",
        )))
        .col(text_null("said"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("kept_at"))
        .foreign_key(&mut to_case("aid_approval_entry"))
        .take()
}

fn file() -> TableCreateStatement {
    Table::create()
        .table("aid_approval_file")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(uuid("entry_id"))
        .col(text("file_id"))
        .col(text("name"))
        .col(text("kind"))
        .col(big_integer("bytes"))
        .foreign_key(&mut to_case("aid_approval_file"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_aid_approval_file_entry_id")
                .from("aid_approval_file", "entry_id")
                .to("aid_approval_entry", "id"),
        )
        .take()
}

fn task() -> TableCreateStatement {
    Table::create()
        .table("aid_approval_task")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(integer("round"))
        .col(text("instance_id"))
        .col(big_integer("task"))
        .col(text("holder"))
        .col(text("state").check(Expr::cust("state IN ('open', 'deciding', 'sent', 'over')")))
        .col(timestamp_with_time_zone("since"))
        .col(text_null("wish").check(Expr::cust("wish IN ('agree', 'refuse')")))
        .col(text_null("remark"))
        .col(timestamp_with_time_zone_null("pressed_at"))
        .col(text_null("not_taken"))
        .col(timestamp_with_time_zone_null("card_at"))
        .col(
            text_null("outcome").check(Expr::cust(
                "outcome IN ('agreed', 'refused', 'passed_on', 'withdrawn', 'not_needed')",
            )),
        )
        .col(text_null("over_by"))
        .col(timestamp_with_time_zone_null("over_at"))
        .check(Expr::cust("(state = 'over') = (over_at IS NOT NULL)"))
        .check(Expr::cust("(over_at IS NULL) = (outcome IS NULL)"))
        .check(Expr::cust("state NOT IN ('deciding', 'sent') OR wish IS NOT NULL"))
        .foreign_key(&mut to_case("aid_approval_task"))
        .take()
}

fn to_case(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_case_id"))
        .from(table, "case_id")
        .to("aid_case", "id")
        .to_owned()
}
