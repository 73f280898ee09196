//! The files of banks: `bank_layout` says how they look, `bank_answer` with its lines what they answered to a batch.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, integer, json_binary, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(layout()).await?;
        let column = uuid_null("layout_id");
        manager.alter_table(Table::alter().table("aid_batch").add_column(column).take()).await?;
        let column = boolean("doubtful").default(false).take();
        manager.alter_table(Table::alter().table("aid_payment").add_column(column).take()).await?;
        manager.create_table(answer()).await?;
        manager.create_table(line()).await?;
        let db = manager.get_connection();
        for statement in [
            "CREATE UNIQUE INDEX uq_bank_layout_code_valid_from ON bank_layout (code, valid_from)",
            // One file is one answer.
            "CREATE UNIQUE INDEX uq_bank_answer_batch_id_sha256 ON bank_answer (batch_id, sha256)",
            "CREATE INDEX ix_bank_answer_line_payment_id ON bank_answer_line (payment_id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        append_only::protect(manager, "bank_layout").await
    }
}

/// Written once: what a batch was written in stays what it was.
fn layout() -> TableCreateStatement {
    Table::create()
        .table("bank_layout")
        .col(pk_uuid("id"))
        .col(text("code").check(Expr::cust("code <> ''")))
        .col(text("bank").check(Expr::cust("bank <> ''")))
        .col(date("valid_from"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .col(json_binary("layout"))
        .take()
}

fn answer() -> TableCreateStatement {
    Table::create()
        .table("bank_answer")
        .col(pk_uuid("id"))
        .col(uuid("batch_id"))
        .col(text("sha256"))
        .col(text("state").check(Expr::cust("state IN ('read', 'accepted')")))
        .col(integer("silent").check(Expr::cust("silent >= 0")))
        .col(text("read_by"))
        .col(timestamp_with_time_zone("read_at"))
        .col(text_null("accepted_by"))
        .col(timestamp_with_time_zone_null("accepted_at"))
        .check(Expr::cust("(state = 'accepted') = (accepted_by IS NOT NULL)"))
        .check(Expr::cust("(accepted_by IS NULL) = (accepted_at IS NULL)"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_bank_answer_batch_id")
                .from("bank_answer", "batch_id")
                .to("aid_batch", "id"),
        )
        .take()
}

/// Nothing in it names anybody.
fn line() -> TableCreateStatement {
    Table::create()
        .table("bank_answer_line")
        .col(uuid("answer_id"))
        .col(integer("line").check(Expr::cust("line > 0")))
        .col(uuid_null("payment_id"))
        .col(text("found"))
        .col(text_null("reason"))
        .col(text_null("became").check(Expr::cust("became IN ('written', 'already', 'barred')")))
        .check(Expr::cust("payment_id IS NOT NULL OR found NOT IN ('paid', 'returned')"))
        .primary_key(Index::create().name("pk_bank_answer_line").col("answer_id").col("line"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_bank_answer_line_answer_id")
                .from("bank_answer_line", "answer_id")
                .to("bank_answer", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_bank_answer_line_payment_id")
                .from("bank_answer_line", "payment_id")
                .to("aid_payment", "id"),
        )
        .take()
}
