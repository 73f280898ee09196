//! `retention_rule`, `retention_list`, `retention_item`, `retention_hold`, `retention_tombstone`: how long what is kept, who decided that
//! it goes, what must not go, and what has gone. Rows of `consent` go only when their tombstone stands; of `aid_visit` only what was found
//! may be written again (sealed with another key, or as nothing).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, integer, pk_uuid, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [rule(), list(), hold(), item(), tombstone()] {
            manager.create_table(table).await?;
        }
        let db = manager.get_connection();
        for index in [
            "CREATE INDEX ix_retention_rule_class ON retention_rule (class, valid_from)",
            // A month has one list, however many servers there are; one list is open at a time.
            "CREATE UNIQUE INDEX uq_retention_list_slot ON retention_list (slot)",
            "CREATE UNIQUE INDEX uq_retention_list_open ON retention_list (open)",
            "CREATE INDEX ix_retention_item_waiting ON retention_item (class, subject) WHERE state = 'waiting'",
            "CREATE INDEX ix_retention_hold_person_id ON retention_hold (person_id)",
            "CREATE INDEX ix_retention_hold_live ON retention_hold (placed_at) WHERE lifted_at IS NULL",
            // What has gone has gone once.
            "CREATE UNIQUE INDEX uq_retention_tombstone_subject ON retention_tombstone (class, subject)",
        ] {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "retention_rule").await?;
        append_only::protect(manager, "retention_tombstone").await?;
        for statement in match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        } {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

const SQLITE: &[&str] = &[
    "DROP TRIGGER tr_consent_append_only_delete",
    "CREATE TRIGGER tr_consent_append_only_delete BEFORE DELETE ON consent \
     WHEN NOT EXISTS (SELECT 1 FROM retention_tombstone WHERE class = 'consent' AND subject = OLD.id) \
     BEGIN SELECT RAISE(ABORT, 'rows of consent are never changed'); END",
    "DROP TRIGGER tr_aid_visit_append_only_update",
    "CREATE TRIGGER tr_aid_visit_append_only_update BEFORE UPDATE ON aid_visit \
     WHEN NOT (NEW.id = OLD.id AND NEW.case_id = OLD.case_id AND NEW.visited_on = OLD.visited_on \
     AND NEW.lead = OLD.lead AND NEW.second = OLD.second AND NEW.proposed = OLD.proposed \
     AND NEW.recorded_by = OLD.recorded_by AND NEW.recorded_at = OLD.recorded_at) \
     BEGIN SELECT RAISE(ABORT, 'rows of aid_visit are never changed'); END",
];

const POSTGRES: &[&str] = &[
    "CREATE FUNCTION refuse_without_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF TG_OP = 'UPDATE' OR NOT EXISTS \
     (SELECT 1 FROM retention_tombstone WHERE class = TG_TABLE_NAME AND subject = OLD.id) THEN \
     RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME \
     USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    "DROP TRIGGER tr_consent_append_only ON consent",
    "CREATE TRIGGER tr_consent_append_only BEFORE UPDATE OR DELETE ON consent \
     FOR EACH ROW EXECUTE FUNCTION refuse_without_tombstone()",
    "CREATE FUNCTION refuse_but_findings() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'findings') IS DISTINCT FROM (to_jsonb(OLD) - 'findings') THEN \
     RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME \
     USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "DROP TRIGGER tr_aid_visit_append_only ON aid_visit",
    "CREATE TRIGGER tr_aid_visit_append_only BEFORE UPDATE OR DELETE ON aid_visit \
     FOR EACH ROW EXECUTE FUNCTION refuse_but_findings()",
];

fn rule() -> TableCreateStatement {
    Table::create()
        .table("retention_rule")
        .col(pk_uuid("id"))
        .col(text("class"))
        .col(integer("months").check(Expr::cust("months >= 0")))
        .col(integer("days").check(Expr::cust("days >= 0")))
        .col(text("counted").check(Expr::cust("counted IN ('day', 'year_end')")))
        .col(text("document").check(Expr::cust("document <> ''")))
        .col(text_null("made_by"))
        .col(timestamp_with_time_zone("made_at"))
        .col(date("valid_from"))
        .check(Expr::cust("months + days > 0"))
        .take()
}

fn list() -> TableCreateStatement {
    Table::create()
        .table("retention_list")
        .col(pk_uuid("id"))
        .col(text("slot"))
        .col(integer_null_one("open"))
        .col(
            text("state")
                .check(Expr::cust("state IN ('making', 'made', 'proposed', 'approved', 'refused', 'done')")),
        )
        .col(date("as_of"))
        .col(integer("place"))
        .col(uuid_null("after"))
        .col(timestamp_with_time_zone("begun_at"))
        .col(timestamp_with_time_zone_null("made_at"))
        .col(text_null("proposed_by"))
        .col(timestamp_with_time_zone_null("proposed_at"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone_null("done_at"))
        // Nobody approves what he proposed.
        .check(Expr::cust("decided_by <> proposed_by"))
        .check(Expr::cust("state <> 'approved' OR (proposed_by IS NOT NULL AND decided_by IS NOT NULL)"))
        .check(Expr::cust("(open IS NULL) = (state IN ('refused', 'done'))"))
        .take()
}

fn integer_null_one(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().null().check(Expr::cust("open = 1")).take()
}

fn item() -> TableCreateStatement {
    Table::create()
        .table("retention_item")
        .col(uuid("list_id"))
        .col(text("class"))
        .col(uuid("subject"))
        .col(uuid_null("unit_id"))
        .col(date("counted_from"))
        .col(date("due_on"))
        .col(uuid("rule_id"))
        .col(text("content").check(Expr::cust("length(content) = 64")))
        .col(text("state").check(Expr::cust("state IN ('waiting', 'held', 'left_out', 'erased')")))
        .col(text_null("why").check(Expr::cust("why IN ('held', 'changed', 'gone', 'rule', 'not_due')")))
        .col(uuid_null("hold_id"))
        .primary_key(Index::create().name("pk_retention_item").col("list_id").col("class").col("subject"))
        .check(Expr::cust("(state IN ('held', 'left_out')) = (why IS NOT NULL)"))
        .foreign_key(&mut to("retention_item", "list_id", "retention_list"))
        .foreign_key(&mut to("retention_item", "rule_id", "retention_rule"))
        .foreign_key(&mut to("retention_item", "hold_id", "retention_hold"))
        .foreign_key(&mut to("retention_item", "unit_id", "unit"))
        .take()
}

fn hold() -> TableCreateStatement {
    Table::create()
        .table("retention_hold")
        .col(pk_uuid("id"))
        .col(uuid_null("person_id"))
        .col(uuid_null("case_id"))
        .col(text_null("class"))
        .col(uuid_null("unit_id"))
        .col(text("reason").check(Expr::cust("reason <> ''")))
        .col(text("document").check(Expr::cust("document <> ''")))
        .col(text("placed_by"))
        .col(timestamp_with_time_zone("placed_at"))
        .col(text_null("asked_by"))
        .col(timestamp_with_time_zone_null("asked_at"))
        .col(text_null("asked_why"))
        .col(text_null("lifted_by"))
        .col(timestamp_with_time_zone_null("lifted_at"))
        .check(Expr::cust(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN case_id IS NULL THEN 0 ELSE 1 END) \
             + (CASE WHEN class IS NULL THEN 0 ELSE 1 END) + (CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END) = 1",
        ))
        .check(Expr::cust("(asked_by IS NULL) = (asked_at IS NULL)"))
        .check(Expr::cust("(lifted_by IS NULL) = (lifted_at IS NULL)"))
        // Two people lift it.
        .check(Expr::cust("lifted_by IS NULL OR (asked_by IS NOT NULL AND lifted_by <> asked_by)"))
        .foreign_key(&mut to("retention_hold", "person_id", "person"))
        .foreign_key(&mut to("retention_hold", "case_id", "aid_case"))
        .foreign_key(&mut to("retention_hold", "unit_id", "unit"))
        .take()
}

/// Points to nothing: it may come from a file into a database that is older than the list.
fn tombstone() -> TableCreateStatement {
    Table::create()
        .table("retention_tombstone")
        .col(pk_uuid("id"))
        .col(text("class"))
        .col(uuid("subject"))
        .col(text("fate").check(Expr::cust("fate IN ('erase', 'strip')")))
        .col(text("content").check(Expr::cust("length(content) = 64")))
        .col(date("counted_from"))
        .col(uuid("rule_id"))
        .col(uuid("list_id"))
        .col(uuid_null("unit_id"))
        .col(text("proposed_by"))
        .col(text("approved_by"))
        .col(timestamp_with_time_zone("erased_at"))
        .check(Expr::cust("approved_by <> proposed_by"))
        .take()
}

fn to(table: &'static str, column: &'static str, other: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(other, "id").to_owned()
}
