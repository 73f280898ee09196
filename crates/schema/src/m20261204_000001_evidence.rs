//! `evidence`: the papers that people send, whose bytes are objects of a folder; and `evidence_coming`: objects on their way there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer_null, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(evidence()).await?;
        manager.create_table(evidence_coming()).await?;
        let db = manager.get_connection();
        for statement in [
            "CREATE INDEX ix_evidence_case_id ON evidence (case_id)",
            "CREATE INDEX ix_evidence_draft_id ON evidence (draft_id)",
            "CREATE INDEX ix_evidence_ask_id ON evidence (ask_id)",
            "CREATE INDEX ix_evidence_link_id ON evidence (link_id)",
            "CREATE INDEX ix_evidence_object ON evidence (object)",
            "CREATE INDEX ix_evidence_small ON evidence (small)",
            "CREATE INDEX ix_evidence_redacted ON evidence (redacted)",
            "CREATE INDEX ix_evidence_redacted_small ON evidence (redacted_small)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn evidence() -> TableCreateStatement {
    Table::create()
        .table("evidence")
        .col(pk_uuid("id"))
        // No key: a draft goes when it has become a case.
        .col(uuid_null("draft_id"))
        .col(uuid_null("case_id"))
        .col(uuid_null("ask_id"))
        .col(uuid_null("link_id"))
        .col(text("item"))
        .col(text("source").check(Expr::cust("source IN ('original_seen', 'copy')")))
        .col(text("state").check(Expr::cust("state IN ('counts', 'void')")))
        .col(text("kind").check(Expr::cust("kind IN ('jpeg', 'png', 'webp', 'pdf')")))
        .col(text("sent_sha256"))
        .col(big_integer("sent_bytes"))
        .col(text("kept_sha256"))
        .col(big_integer("kept_bytes"))
        .col(integer_null("pages"))
        .col(boolean("was_read"))
        .col(text("file_key"))
        .col(text("object"))
        .col(text_null("small"))
        .col(text_null("redacted"))
        .col(text_null("redacted_small"))
        .col(text_null("redacted_sha256"))
        .col(text_null("redacted_by"))
        .col(timestamp_with_time_zone_null("redacted_at"))
        .col(text("account_id"))
        .col(timestamp_with_time_zone("taken_at"))
        .col(timestamp_with_time_zone("sent_at"))
        .check(Expr::cust(
            "draft_id IS NOT NULL OR case_id IS NOT NULL OR ask_id IS NOT NULL OR link_id IS NOT NULL",
        ))
        .check(Expr::cust("(redacted_sha256 IS NULL) = (redacted_at IS NULL)"))
        .foreign_key(&mut to("evidence", "case_id", "aid_case"))
        .foreign_key(&mut to("evidence", "ask_id", "mandate_ask"))
        .foreign_key(&mut to("evidence", "link_id", "account_link"))
        .foreign_key(&mut to("evidence", "account_id", "account"))
        .take()
}

fn evidence_coming() -> TableCreateStatement {
    Table::create()
        .table("evidence_coming")
        .col(text("object").primary_key())
        .col(timestamp_with_time_zone("since"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
