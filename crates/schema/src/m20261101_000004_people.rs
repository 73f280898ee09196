//! People: `unit`, `person` and the history of a record, `person_event`.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date, date_null, json_binary, pk_uuid, small_integer_null, text, text_null,
    timestamp_with_time_zone, uuid, uuid_null,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(unit()).await?;
        manager.create_table(person()).await?;
        manager.create_table(person_event()).await?;

        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Prefixes are searched by range, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared(
                "ALTER TABLE unit ALTER COLUMN region TYPE text COLLATE \"C\"; \
                 ALTER TABLE person ALTER COLUMN name TYPE text COLLATE \"C\"",
            )
            .await?;
        }
        for index in [
            "CREATE INDEX ix_unit_region ON unit (region)",
            "CREATE UNIQUE INDEX uq_person_identity_index ON person (identity_index)",
            "CREATE INDEX ix_person_phone_index ON person (phone_index)",
            "CREATE INDEX ix_person_name ON person (name)",
            "CREATE INDEX ix_person_unit_id ON person (unit_id)",
            "CREATE INDEX ix_person_birthday ON person (birthday_month, birthday_day) WHERE died_on IS NULL",
            "CREATE INDEX ix_person_event_person_id ON person_event (person_id, at)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "person_event").await
    }
}

fn unit() -> TableCreateStatement {
    Table::create()
        .table("unit")
        .col(pk_uuid("id"))
        .col(text("name"))
        .col(text("kind").check(Expr::cust("kind IN ('agency', 'institution', 'enterprise')")))
        .col(text("region"))
        .col(uuid_null("parent_id"))
        .col(date_null("closed_on"))
        .foreign_key(
            ForeignKey::create().name("fk_unit_parent_id").from("unit", "parent_id").to("unit", "id"),
        )
        .take()
}

/// The sealed columns hold `v1|key|nonce|ciphertext`; in the clear there are only the last digits of the payout
/// account. The identity number is unique among the living and the dead.
fn person() -> TableCreateStatement {
    Table::create()
        .table("person")
        .col(pk_uuid("id"))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(text("gender").check(Expr::cust("gender IN ('male', 'female')")))
        .col(date("born_on"))
        .col(text("born_precision"))
        .col(text("born_source"))
        .col(text("birthday_calendar"))
        .col(small_integer_null("birthday_month").check(Expr::cust("birthday_month BETWEEN 1 AND 12")))
        .col(small_integer_null("birthday_day").check(Expr::cust("birthday_day BETWEEN 1 AND 31")))
        .col(text("retirement").check(Expr::cust("retirement IN ('veteran', 'retired')")))
        .col(date_null("joined_work_on"))
        .col(text_null("joined_work_precision"))
        .col(date_null("party_joined_on"))
        .col(uuid("unit_id"))
        .col(text_null("residence"))
        .col(boolean("living_alone"))
        .col(text_null("phone"))
        .col(text_null("phone_index"))
        .col(text_null("identity"))
        .col(text_null("identity_index"))
        .col(boolean("identity_derived"))
        .col(text_null("payout"))
        .col(text_null("payout_tail").check(Expr::cust("length(payout_tail) <= 4")))
        .col(text_null("payout_bank"))
        .col(date_null("died_on"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(
            ForeignKey::create().name("fk_person_unit_id").from("person", "unit_id").to("unit", "id"),
        )
        .take()
}

fn person_event() -> TableCreateStatement {
    Table::create()
        .table("person_event")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(timestamp_with_time_zone("at"))
        .col(text_null("actor"))
        .col(json_binary("what"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_event_person_id")
                .from("person_event", "person_id")
                .to("person", "id"),
        )
        .take()
}
