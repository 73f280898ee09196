//! What is known of a person, dated twice: `person_fact` (when it was so, and when that was written down), with what is said of a
//! birth, how somebody is reached, the family, and what a death leaves to do.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, pk_uuid, small_integer, small_integer_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [person_fact(), person_birth(), person_contact(), person_kin(), death_task()] {
            manager.create_table(table).await?;
        }
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Prefixes are searched by range, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared("ALTER TABLE person_fact ALTER COLUMN region TYPE text COLLATE \"C\"")
                .await?;
        }
        for index in [
            // Exactly one managing unit, at most one of everything else: `person.unit_id` is never null, and here is no second.
            "CREATE UNIQUE INDEX uq_person_fact_current ON person_fact (person_id, kind) \
             WHERE to_on IS NULL AND superseded_at IS NULL",
            "CREATE INDEX ix_person_fact_person_id ON person_fact (person_id, kind, from_on)",
            "CREATE INDEX ix_person_fact_kind ON person_fact (kind, from_on)",
            "CREATE UNIQUE INDEX uq_person_birth_personnel ON person_birth (person_id) \
             WHERE personnel AND superseded_at IS NULL",
            "CREATE UNIQUE INDEX uq_person_birth_greeting ON person_birth (person_id) \
             WHERE greeting AND superseded_at IS NULL",
            "CREATE UNIQUE INDEX uq_person_birth_source ON person_birth (person_id, source) \
             WHERE superseded_at IS NULL",
            "CREATE INDEX ix_person_contact_person_id ON person_contact (person_id)",
            "CREATE INDEX ix_person_contact_value_index ON person_contact (value_index) WHERE ended_at IS NULL",
            "CREATE INDEX ix_person_kin_person_id ON person_kin (person_id)",
            "CREATE INDEX ix_person_kin_relative_id ON person_kin (relative_id)",
            "CREATE UNIQUE INDEX uq_death_task_kind ON death_task (person_id, kind) WHERE payment_id IS NULL",
            "CREATE UNIQUE INDEX uq_death_task_payment_id ON death_task (payment_id)",
            "CREATE INDEX ix_death_task_open ON death_task (due_on) WHERE done_at IS NULL",
        ] {
            db.execute_unprepared(index).await?;
        }
        for sql in backfill(manager.get_database_backend()) {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}

/// `from_on` and `to_on` (exclusive) say when it was so; `recorded_at` and `superseded_at`, since when and until when we said so. A row
/// is written once and superseded once.
fn person_fact() -> TableCreateStatement {
    Table::create()
        .table("person_fact")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(text_null("value"))
        .col(uuid_null("unit_id"))
        .col(text_null("region"))
        .col(date("from_on"))
        .col(date_null("to_on"))
        .col(text("basis"))
        .col(text_null("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(text_null("superseded_by"))
        .col(timestamp_with_time_zone_null("superseded_at"))
        .check(Expr::cust("to_on > from_on"))
        .check(Expr::cust("(unit_id IS NOT NULL) = (kind IN ('managing_unit', 'payer'))"))
        .check(Expr::cust("region IS NOT NULL OR kind NOT IN ('managing_unit', 'payer', 'residence')"))
        .check(Expr::cust("superseded_at IS NOT NULL OR superseded_by IS NULL"))
        .foreign_key(&mut of_person("person_fact"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_fact_unit_id")
                .from("person_fact", "unit_id")
                .to("unit", "id"),
        )
        .take()
}

/// Files, identity cards and families disagree; `personnel` and `greeting` mark whose word counts for what.
fn person_birth() -> TableCreateStatement {
    Table::create()
        .table("person_birth")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("source").check(Expr::cust("source IN ('file', 'identity', 'family')")))
        .col(text("calendar").check(Expr::cust("calendar IN ('solar', 'lunar')")))
        .col(text("precision").check(Expr::cust("precision IN ('day', 'month', 'year')")))
        .col(small_integer("year").check(Expr::cust("year BETWEEN 1850 AND 2100")))
        .col(small_integer_null("month").check(Expr::cust("month BETWEEN 1 AND 12")))
        .col(small_integer_null("day").check(Expr::cust("day BETWEEN 1 AND 31")))
        .col(boolean("leap"))
        .col(boolean("personnel"))
        .col(boolean("greeting"))
        .col(text_null("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("superseded_at"))
        .foreign_key(&mut of_person("person_birth"))
        .take()
}

fn person_contact() -> TableCreateStatement {
    Table::create()
        .table("person_contact")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("owner").check(Expr::cust("owner IN ('own', 'spouse', 'child', 'carer', 'unit')")))
        .col(text_null("label"))
        .col(text("value"))
        .col(text("value_index"))
        .col(text("tail").check(Expr::cust("length(tail) <= 4")))
        .col(text("purposes"))
        .col(timestamp_with_time_zone_null("verified_at"))
        .col(text_null("verified_by"))
        .col(text_null("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .check(Expr::cust("(verified_at IS NULL) = (verified_by IS NULL)"))
        .foreign_key(&mut of_person("person_contact"))
        .take()
}

/// `relative_id` when the relative has a record too.
fn person_kin() -> TableCreateStatement {
    Table::create()
        .table("person_kin")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(uuid_null("relative_id"))
        .col(text("name").check(Expr::cust("name <> ''")))
        .col(
            text("relation").check(Expr::cust(
                "relation IN ('spouse', 'child', 'parent', 'sibling', 'grandchild', 'other')",
            )),
        )
        .col(date_null("from_on"))
        .col(date_null("to_on"))
        .col(
            text_null("ended_why").check(Expr::cust("ended_why IN ('divorced', 'died', 'mistake', 'other')")),
        )
        .col(date_null("survivor_since"))
        .col(text_null("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .check(Expr::cust("(to_on IS NULL) = (ended_why IS NULL)"))
        .check(Expr::cust("relative_id <> person_id"))
        .foreign_key(&mut of_person("person_kin"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_person_kin_relative_id")
                .from("person_kin", "relative_id")
                .to("person", "id"),
        )
        .take()
}

/// One row for each thing that a death leaves to do, and one for each payment that came too late.
fn death_task() -> TableCreateStatement {
    Table::create()
        .table("death_task")
        .col(pk_uuid("id"))
        .col(uuid("person_id"))
        .col(text("kind").check(Expr::cust("kind IN ('funeral', 'pension', 'survivors', 'overpayment')")))
        .col(uuid_null("payment_id"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("done_at"))
        .col(text_null("done_by"))
        .col(text_null("note"))
        .check(Expr::cust("(kind = 'overpayment') = (payment_id IS NOT NULL)"))
        .check(Expr::cust("(done_at IS NULL) = (done_by IS NULL)"))
        .foreign_key(&mut of_person("death_task"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_death_task_payment_id")
                .from("death_task", "payment_id")
                .to("aid_payment", "id"),
        )
        .take()
}

fn of_person(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_person_id"))
        .from(table, "person_id")
        .to("person", "id")
        .to_owned()
}

/// The records that are there say what they say from long ago: nobody wrote down since when. 1900-01-01 is "not known since when".
fn backfill(backend: DbBackend) -> Vec<String> {
    let id = match backend {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let facts = |kind: &str, columns: [&str; 4], which: &str| {
        let [value, unit, region, from] = columns;
        format!(
            "INSERT INTO person_fact (id, person_id, kind, value, unit_id, region, from_on, basis, recorded_at) \
             SELECT {id}, person.id, {kind}, {value}, {unit}, {region}, {from}, '建档', person.created_at \
             FROM person JOIN unit ON unit.id = person.unit_id WHERE {which}"
        )
    };
    let long_ago = match backend {
        DbBackend::Postgres => "DATE '1900-01-01'",
        _ => "'1900-01-01'",
    };
    let joined = match backend {
        DbBackend::Postgres => "to_char(joined_work_on, 'YYYY-MM-DD') || '/' || joined_work_precision",
        _ => "joined_work_on || '/' || joined_work_precision",
    };
    let birth = match backend {
        DbBackend::Postgres => {
            ["extract(year FROM born_on)", "extract(month FROM born_on)", "extract(day FROM born_on)"]
        }
        _ => ["strftime('%Y', born_on)", "strftime('%m', born_on)", "strftime('%d', born_on)"],
    };
    let [year, month, day] = birth.map(|part| format!("CAST({part} AS smallint)"));
    vec![
        facts("'managing_unit'", ["NULL", "person.unit_id", "unit.region", long_ago], "TRUE"),
        facts("retirement", ["NULL", "NULL", "NULL", long_ago], "TRUE"),
        facts("'party_member'", ["NULL", "NULL", "NULL", "party_joined_on"], "party_joined_on IS NOT NULL"),
        facts("'residence'", ["NULL", "NULL", "residence", long_ago], "residence IS NOT NULL"),
        facts(
            "'joined_work'",
            [joined, "NULL", "NULL", "joined_work_on"],
            "joined_work_on IS NOT NULL AND joined_work_precision IS NOT NULL",
        ),
        facts("'died'", ["NULL", "NULL", "NULL", "died_on"], "died_on IS NOT NULL"),
        format!(
            "INSERT INTO person_birth (id, person_id, source, calendar, precision, year, month, day, leap, personnel, \
             greeting, recorded_at) SELECT {id}, id, CASE WHEN born_source IN ('identity', 'family') THEN born_source \
             ELSE 'file' END, 'solar', born_precision, {year}, CASE WHEN born_precision <> 'year' THEN {month} END, \
             CASE WHEN born_precision = 'day' THEN {day} END, FALSE, TRUE, FALSE, created_at FROM person"
        ),
    ]
}
