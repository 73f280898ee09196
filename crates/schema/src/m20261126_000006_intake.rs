//! Spreadsheets: `intake` (a file that was sent), its rows (`intake_line`), what became of each (`intake_outcome`), and what was taken
//! out (`person_export`).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, integer_null, json_binary, pk_uuid, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(intake()).await?;
        manager.create_table(intake_line()).await?;
        manager.create_table(intake_outcome()).await?;
        manager.create_table(person_export()).await?;

        let db = manager.get_connection();
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        let kind = if postgres { "uuid" } else { "uuid_text" };
        db.execute_unprepared(&format!(
            "ALTER TABLE person_change ADD COLUMN intake_id {kind} \
             CONSTRAINT fk_person_change_intake_id REFERENCES intake (id)"
        ))
        .await?;
        if postgres {
            db.execute_unprepared(
                "ALTER TABLE intake ALTER COLUMN region TYPE text COLLATE \"C\"; \
                 ALTER TABLE person_export ALTER COLUMN region TYPE text COLLATE \"C\"",
            )
            .await?;
        }
        for index in [
            // The same file once in the same place, unless it was given up or taken back.
            "CREATE UNIQUE INDEX uq_intake_file ON intake (place, file_hash) \
             WHERE status NOT IN ('cancelled', 'undone')",
            "CREATE INDEX ix_intake_region ON intake (region)",
            "CREATE INDEX ix_intake_work ON intake (status) \
             WHERE status IN ('receiving', 'checking', 'running', 'undoing')",
            "CREATE INDEX ix_intake_outcome_identity_index ON intake_outcome (intake_id, identity_index) \
             WHERE identity_index IS NOT NULL",
            "CREATE INDEX ix_intake_outcome_same_index ON intake_outcome (intake_id, same_index) \
             WHERE same_index IS NOT NULL",
            "CREATE INDEX ix_intake_outcome_verdict ON intake_outcome (intake_id, verdict)",
            "CREATE INDEX ix_intake_outcome_effect ON intake_outcome (intake_id, effect)",
            "CREATE INDEX ix_intake_outcome_person_id ON intake_outcome (person_id) WHERE person_id IS NOT NULL",
            "CREATE INDEX ix_person_change_intake_id ON person_change (intake_id) WHERE intake_id IS NOT NULL",
            "CREATE INDEX ix_person_export_region ON person_export (region)",
            "CREATE INDEX ix_person_export_requested_by ON person_export (requested_by, created_at)",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }
}

fn intake() -> TableCreateStatement {
    Table::create()
        .table("intake")
        .col(pk_uuid("id"))
        .col(text("status").check(Expr::cust(
            "status IN ('receiving', 'checking', 'checked', 'waiting', 'running', 'done', 'undoing', 'undone', \
             'cancelled')",
        )))
        .col(text("region"))
        .col(uuid_null("unit_id"))
        .col(text("place"))
        .col(text("sent_by"))
        .col(text("file_name"))
        .col(text("file_hash"))
        .col(text("repeated").check(Expr::cust("repeated IN ('skip', 'fill', 'overwrite')")))
        .col(text_null("mode").check(Expr::cust("mode IN ('all', 'right')")))
        .col(json_binary("layout"))
        .col(integer("position"))
        .col(integer("rows"))
        .col(integer("done"))
        .col(json_binary("counts"))
        .col(text_null("submitted_by"))
        .col(text_null("decided_by"))
        .col(integer_null("stopped_at"))
        .col(text_null("lease_owner"))
        .col(timestamp_with_time_zone_null("leased_until"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .col(timestamp_with_time_zone_null("erased_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        // Nobody approves what he sent.
        .check(Expr::cust("decided_by IS NULL OR (decided_by <> sent_by AND decided_by <> submitted_by)"))
        .foreign_key(
            ForeignKey::create().name("fk_intake_sent_by").from("intake", "sent_by").to("account", "id"),
        )
        .take()
}

/// A row of the file, sealed; erased some time after the end.
fn intake_line() -> TableCreateStatement {
    Table::create()
        .table("intake_line")
        .col(uuid("intake_id"))
        .col(integer("row"))
        .col(text("kind").check(Expr::cust("kind IN ('title', 'header', 'sample', 'data')")))
        .col(text_null("payload"))
        .primary_key(Index::create().name("pk_intake_line").col("intake_id").col("row"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_intake_line_intake_id")
                .from("intake_line", "intake_id")
                .to("intake", "id"),
        )
        .take()
}

/// Of a person that an import began and that was taken back, no row tells any more who it was.
fn intake_outcome() -> TableCreateStatement {
    Table::create()
        .table("intake_outcome")
        .col(uuid("intake_id"))
        .col(integer("row"))
        .col(
            text("verdict")
                .check(Expr::cust("verdict IN ('new', 'update', 'unchanged', 'duplicate', 'error')")),
        )
        .col(text("effect").check(Expr::cust("effect IN ('none', 'written', 'skipped', 'undone', 'kept')")))
        .col(json_binary("mistakes"))
        .col(text_null("identity_index"))
        .col(text_null("same_index"))
        .col(uuid_null("person_id"))
        .col(uuid_null("membership_id"))
        .col(text_null("before"))
        .col(big_integer("version"))
        .primary_key(Index::create().name("pk_intake_outcome").col("intake_id").col("row"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_intake_outcome_intake_id")
                .from("intake_outcome", "intake_id")
                .to("intake", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_intake_outcome_person_id")
                .from("intake_outcome", "person_id")
                .to("person", "id"),
        )
        .take()
}

fn person_export() -> TableCreateStatement {
    Table::create()
        .table("person_export")
        .col(pk_uuid("id"))
        .col(text("status").check(Expr::cust("status IN ('ready', 'waiting', 'refused')")))
        .col(text("region"))
        .col(uuid_null("unit_id"))
        .col(text("requested_by"))
        .col(text("purpose"))
        .col(json_binary("filter"))
        .col(boolean("complete"))
        .col(integer("rows"))
        .col(text_null("decided_by"))
        .col(integer("taken"))
        .col(text_null("file_hash"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .check(Expr::cust("decided_by IS NULL OR decided_by <> requested_by"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_export_requested_by")
                .from("person_export", "requested_by")
                .to("account", "id"),
        )
        .take()
}
