//! 代办: in what matters a login may act for a person, what is asked, what was done, and who uses a shared phone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(mandate_ask()).await?;
        manager.create_table(proxy_act()).await?;
        let db = manager.get_connection();
        for statement in [
            // Mandates of before were for everything.
            "ALTER TABLE account_link ADD COLUMN matters text NOT NULL DEFAULT 'aid,activity,information'",
            "ALTER TABLE web_session ADD COLUMN acting_link uuid NULL",
            "CREATE INDEX ix_mandate_ask_person_id ON mandate_ask (person_id)",
            "CREATE UNIQUE INDEX uq_mandate_ask_asked ON mandate_ask (account_id, person_id) WHERE state = 'asked'",
            "CREATE INDEX ix_proxy_act_person_id ON proxy_act (person_id, id)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn mandate_ask() -> TableCreateStatement {
    Table::create()
        .table("mandate_ask")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(uuid("person_id"))
        .col(text("matters").check(Expr::cust("matters <> ''")))
        .col(timestamp_with_time_zone("until"))
        .col(text("state").check(Expr::cust("state IN ('asked', 'accepted', 'refused', 'lapsed')")))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(uuid_null("link_id"))
        .check(Expr::cust("(state = 'asked') = (decided_at IS NULL)"))
        .check(Expr::cust("(state = 'accepted') = (link_id IS NOT NULL)"))
        .foreign_key(&mut to("mandate_ask", "person_id", "person"))
        .foreign_key(&mut to("mandate_ask", "account_id", "account"))
        .foreign_key(&mut to("mandate_ask", "link_id", "account_link"))
        .take()
}

fn proxy_act() -> TableCreateStatement {
    Table::create()
        .table("proxy_act")
        .col(pk_uuid("id"))
        .col(uuid("link_id"))
        .col(text("account_id"))
        .col(uuid("person_id"))
        .col(text("action"))
        .col(text("subject"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut to("proxy_act", "person_id", "person"))
        .foreign_key(&mut to("proxy_act", "link_id", "account_link"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
