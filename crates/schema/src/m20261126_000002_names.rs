//! Names and how they sound, `person_name`, and their characters, `person_gram`: what a name is found by.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, pk_uuid, small_integer, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(person_name()).await?;
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        let db = manager.get_connection();
        // Chinese names have two or three characters, for which trigrams are of no use on either engine.
        let grams: &[&str] = if postgres {
            &[
                "ALTER TABLE person_name ALTER COLUMN name TYPE text COLLATE \"C\"",
                "ALTER TABLE person_name ALTER COLUMN sound TYPE text COLLATE \"C\"",
                "ALTER TABLE person_name ALTER COLUMN joined TYPE text COLLATE \"C\"",
                "ALTER TABLE person_name ALTER COLUMN initials TYPE text COLLATE \"C\"",
                "CREATE TABLE person_gram (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_id uuid NOT NULL \
                 CONSTRAINT fk_person_gram_person_id REFERENCES person (id), grams text[] NOT NULL)",
                "CREATE INDEX ix_person_gram_grams ON person_gram USING gin (grams)",
            ]
        } else {
            &[
                "CREATE TABLE person_gram (id integer NOT NULL PRIMARY KEY, person_id uuid_text NOT NULL \
                 CONSTRAINT fk_person_gram_person_id REFERENCES person (id), grams text NOT NULL)",
                "CREATE VIRTUAL TABLE person_gram_fts USING fts5 (grams, content = '', contentless_delete = 1)",
            ]
        };
        for statement in grams.iter().chain(&[
            "CREATE UNIQUE INDEX uq_person_gram_person_id ON person_gram (person_id)",
            "CREATE UNIQUE INDEX uq_person_name_reading ON person_name (person_id, name, reading)",
            // Lists are sorted by sound; the usual reading of the name in use is the one that sorts.
            // The unit stands in every index: whoever asks for the people of a place walks it without looking at the people.
            "CREATE INDEX ix_person_name_order ON person_name (sound, name, person_id, unit_id) WHERE used AND reading = 0",
            "CREATE INDEX ix_person_name_sound ON person_name (sound, name, person_id, unit_id, used)",
            "CREATE INDEX ix_person_name_joined ON person_name (joined, name, person_id, unit_id, used)",
            "CREATE INDEX ix_person_name_initials ON person_name (initials, sound, name, person_id, unit_id, used)",
            "CREATE UNIQUE INDEX uq_person_name_used ON person_name (person_id) WHERE used AND reading = 0",
        ]) {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn person_name() -> TableCreateStatement {
    Table::create()
        .table("person_name")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid("unit_id"))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(boolean("used"))
        .col(small_integer("reading").check(Expr::cust("reading >= 0")))
        .col(text("sound"))
        .col(text("joined"))
        .col(text("initials"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_name_person_id")
                .from("person_name", "person_id")
                .to("person", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_name_unit_id")
                .from("person_name", "unit_id")
                .to("unit", "id"),
        )
        .take()
}
