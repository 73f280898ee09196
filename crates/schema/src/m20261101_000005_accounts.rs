//! Logins: `account` with what the platform said (`account_event`), `account_link`, `role_grant`, `web_session`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(account()).await?;
        manager.create_table(account_event()).await?;
        manager.create_table(account_link()).await?;
        manager.create_table(role_grant()).await?;
        manager.create_table(web_session()).await?;

        let db = manager.get_connection();
        for index in [
            // One person, one own login; one login, one own person.
            "CREATE UNIQUE INDEX uq_account_person_id ON account (person_id)",
            "CREATE UNIQUE INDEX uq_account_link_own_account ON account_link (account_id) \
             WHERE kind = 'own' AND valid_to IS NULL",
            "CREATE UNIQUE INDEX uq_account_link_own_person ON account_link (person_id) \
             WHERE kind = 'own' AND valid_to IS NULL",
            "CREATE INDEX ix_account_link_account_id ON account_link (account_id)",
            "CREATE INDEX ix_account_link_person_id ON account_link (person_id)",
            "CREATE INDEX ix_account_event_account_id ON account_event (account_id)",
            "CREATE INDEX ix_role_grant_account_id ON role_grant (account_id)",
            "CREATE INDEX ix_role_grant_scope ON role_grant (scope, role)",
            // No login is two administrators (GB/T 22239-2019, 8.1.5). Such grants have no planned end, so an open
            // one is a live one.
            "CREATE UNIQUE INDEX uq_role_grant_admin ON role_grant (account_id) \
             WHERE role IN ('audit_admin', 'system_admin', 'security_admin') AND valid_to IS NULL",
            "CREATE UNIQUE INDEX uq_web_session_token_hash ON web_session (token_hash)",
            "CREATE INDEX ix_web_session_account_id ON web_session (account_id) WHERE revoked_at IS NULL",
            "CREATE INDEX ix_web_session_absolute_until ON web_session (absolute_until)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "account_event").await
    }
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("account")
        .col(text("id").primary_key())
        .col(text("name"))
        .col(text_null("unionid"))
        .col(uuid_null("person_id"))
        .col(boolean("active"))
        .col(timestamp_with_time_zone("status_at"))
        .col(timestamp_with_time_zone("joined_at"))
        .col(timestamp_with_time_zone_null("left_at"))
        .col(text("text_size").check(Expr::cust("text_size IN ('standard', 'large', 'extra_large')")))
        .foreign_key(
            ForeignKey::create().name("fk_account_person_id").from("account", "person_id").to("person", "id"),
        )
        .take()
}

/// The key of each piece of news is taken once; that is what makes a repeated push harmless. No foreign key: the
/// first news of a login may be that it left.
fn account_event() -> TableCreateStatement {
    Table::create()
        .table("account_event")
        .col(text("key").primary_key())
        .col(text("account_id"))
        .col(text("kind").check(Expr::cust("kind IN ('joined', 'left', 'changed')")))
        .col(timestamp_with_time_zone("happened_at"))
        .col(timestamp_with_time_zone("received_at"))
        .col(boolean("believed"))
        .take()
}

fn account_link() -> TableCreateStatement {
    Table::create()
        .table("account_link")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(uuid("person_id"))
        .col(text("kind").check(Expr::cust("kind = 'own' OR kind = 'proxy'")))
        .col(text("proof"))
        .col(text_null("recorded_by"))
        .col(timestamp_with_time_zone("valid_from"))
        .col(timestamp_with_time_zone_null("valid_to"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_account_link_account_id")
                .from("account_link", "account_id")
                .to("account", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_account_link_person_id")
                .from("account_link", "person_id")
                .to("person", "id"),
        )
        .take()
}

fn role_grant() -> TableCreateStatement {
    Table::create()
        .table("role_grant")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(text("role"))
        .col(text("scope"))
        .col(timestamp_with_time_zone("valid_from"))
        .col(timestamp_with_time_zone_null("valid_to"))
        .col(text_null("granted_by"))
        .col(text_null("confirmed_by").check(Expr::cust("confirmed_by <> granted_by")))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_role_grant_account_id")
                .from("role_grant", "account_id")
                .to("account", "id"),
        )
        .take()
}

/// The token itself is nowhere but in the browser.
fn web_session() -> TableCreateStatement {
    Table::create()
        .table("web_session")
        .col(pk_uuid("id"))
        .col(text("token_hash"))
        .col(text("account_id"))
        .col(boolean("staff"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone("seen_at"))
        .col(timestamp_with_time_zone("idle_until"))
        .col(timestamp_with_time_zone("absolute_until"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(text_null("revoked_why"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_web_session_account_id")
                .from("web_session", "account_id")
                .to("account", "id"),
        )
        .take()
}
