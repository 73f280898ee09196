//! 集体研究: what a meeting said of a case, and who voted how. Written once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, date, integer, pk_uuid, text, timestamp_with_time_zone, uuid};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(council()).await?;
        manager.create_table(vote()).await?;
        let db = manager.get_connection();
        for index in [
            "CREATE INDEX ix_aid_council_case_id ON aid_council (case_id)",
            "CREATE UNIQUE INDEX uq_aid_council_vote_council_id_account_id ON aid_council_vote (council_id, account_id)",
        ] {
            db.execute_unprepared(index).await?;
        }
        for table in ["aid_council", "aid_council_vote"] {
            append_only::protect(manager, table).await?;
        }
        Ok(())
    }
}

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(to, "id").take()
}

fn council() -> TableCreateStatement {
    Table::create()
        .table("aid_council")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(date("held_on"))
        .col(integer("quorum").check(Expr::cust("quorum > 0")))
        .col(boolean("supported"))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .foreign_key(&mut key("aid_council", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_council", "recorded_by", "account"))
        .take()
}

fn vote() -> TableCreateStatement {
    Table::create()
        .table("aid_council_vote")
        .col(pk_uuid("id"))
        .col(uuid("council_id"))
        .col(text("account_id"))
        .col(text("vote").check(Expr::cust("vote IN ('for', 'against', 'abstained', 'recused')")))
        .foreign_key(&mut key("aid_council_vote", "council_id", "aid_council"))
        .foreign_key(&mut key("aid_council_vote", "account_id", "account"))
        .take()
}
