//! More of a case's life: what is missing (补正), what was decided against the applicant and why, and what he says against that (申诉).
//! `aid_case` may stand at five places more, and a case that is heard again has another public notice.

use sea_orm::{DbBackend, Statement};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The end of the list of statuses, as it was written first, and what comes behind it.
const LAST: &str = "'terminated'";
const MORE: &str = "'terminated', 'supplementing', 'declined', 'contested', 'appealed', 'final'";

/// A second case of a person in a category does not begin beside one of these.
const BEGUN: &str = "'submitted', 'supplementing', 'accepted', 'visited', 'in_approval', 'approved', 'on_notice', \
                     'objected', 'contested', 'appealed'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        match manager.get_database_backend() {
            DbBackend::Postgres => on_postgresql(db).await?,
            _ => on_sqlite(db).await?,
        }
        for table in [supplement(), ruling(), appeal()] {
            manager.create_table(table).await?;
        }
        let live = "CREATE UNIQUE INDEX uq_aid_case_live ON aid_case (person_id, category)";
        for statement in [
            "DROP INDEX uq_aid_case_live",
            format!("{live} WHERE status IN ({BEGUN})").as_str(),
            "DROP INDEX uq_aid_public_notice_case_id",
            "CREATE INDEX ix_aid_public_notice_case_id ON aid_public_notice (case_id)",
            // One at a time.
            "CREATE UNIQUE INDEX uq_aid_public_notice_up ON aid_public_notice (case_id) \
             WHERE state IN ('open', 'frozen')",
            "CREATE INDEX ix_aid_supplement_case_id ON aid_supplement (case_id)",
            "CREATE UNIQUE INDEX uq_aid_supplement_open ON aid_supplement (case_id) WHERE supplied_at IS NULL AND closed_at IS NULL",
            "CREATE INDEX ix_aid_ruling_case_id ON aid_ruling (case_id)",
            "CREATE INDEX ix_aid_appeal_case_id ON aid_appeal (case_id)",
            "CREATE UNIQUE INDEX uq_aid_appeal_open ON aid_appeal (case_id) WHERE outcome IS NULL",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// Whatever the constraint is called by now, and whatever else it allows.
async fn on_postgresql(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let sql = "SELECT conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint \
               WHERE conrelid = 'aid_case'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%in_batch%'";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let row = row.ok_or_else(|| DbErr::Migration("aid_case has no list of statuses".to_owned()))?;
    let (name, said): (String, String) = (row.try_get("", "name")?, row.try_get("", "said")?);
    let more = MORE.split(", ").map(|status| format!("{status}::text")).collect::<Vec<_>>().join(", ");
    let said = said.replace(&format!("{LAST}::text"), &more);
    db.execute_unprepared(&format!(
        "ALTER TABLE aid_case DROP CONSTRAINT \"{name}\"; ALTER TABLE aid_case ADD CONSTRAINT \"{name}\" {said}"
    ))
    .await?;
    Ok(())
}

/// A check does not touch what is stored, so that its text is replaced where it stands, as `SQLite` describes for such changes
/// (<https://www.sqlite.org/lang_altertable.html>, "Making Other Kinds Of Table Schema Changes"): six tables point to this one.
async fn on_sqlite(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let number = |sql: &'static str| async move {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
        row.ok_or_else(|| DbErr::Migration(sql.to_owned()))?.try_get_by_index::<i64>(0)
    };
    let version = number("PRAGMA schema_version").await?;
    db.execute_unprepared("PRAGMA writable_schema = ON").await?;
    db.execute_unprepared(&format!(
        "UPDATE sqlite_schema SET sql = replace(sql, '{}', '{}') WHERE type = 'table' AND name = 'aid_case'",
        LAST.replace('\'', "''"),
        MORE.replace('\'', "''"),
    ))
    .await?;
    db.execute_unprepared(&format!("PRAGMA schema_version = {}", version + 1)).await?;
    db.execute_unprepared("PRAGMA writable_schema = RESET").await?;
    let done =
        "SELECT count(*) FROM sqlite_schema WHERE name = 'aid_case' AND sql LIKE '%''supplementing''%'";
    if number(done).await? == 1 {
        Ok(())
    } else {
        Err(DbErr::Migration("aid_case has no list of statuses".to_owned()))
    }
}

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(to, "id").take()
}

/// What is missing, in words for the applicant, and what came; both sealed.
fn supplement() -> TableCreateStatement {
    Table::create()
        .table("aid_supplement")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("asked"))
        .col(text("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(date("until"))
        .col(text_null("answer"))
        .col(text_null("supplied_by"))
        .col(timestamp_with_time_zone_null("supplied_at"))
        .col(boolean("by_hand"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .check(Expr::cust("answer IS NULL OR supplied_at IS NOT NULL"))
        .check(Expr::cust("(supplied_by IS NULL) = (supplied_at IS NULL)"))
        .check(Expr::cust("supplied_at IS NULL OR closed_at IS NULL"))
        .foreign_key(&mut key("aid_supplement", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_supplement", "asked_by", "account"))
        .take()
}

/// A decision that is not what the applicant asked for: the rule, the document, the words (sealed), and until when one may appeal.
fn ruling() -> TableCreateStatement {
    Table::create()
        .table("aid_ruling")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("kind").check(Expr::cust(
            "kind IN ('declined', 'sent_back', 'failed', 'council', 'refused', 'objection')",
        )))
        .col(text("ground"))
        .col(text("basis"))
        .col(text("words"))
        .col(text_null("ruled_by"))
        .col(timestamp_with_time_zone("ruled_at"))
        .col(date_null("appeal_until"))
        .foreign_key(&mut key("aid_ruling", "case_id", "aid_case"))
        .take()
}

/// Nobody is the judge of what he wrote down.
fn appeal() -> TableCreateStatement {
    Table::create()
        .table("aid_appeal")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(uuid_null("ruling_id"))
        .col(text("said"))
        .col(text("filed_by"))
        .col(timestamp_with_time_zone("filed_at"))
        .col(boolean("by_hand"))
        .col(text_null("outcome").check(Expr::cust("outcome IN ('upheld', 'dismissed')")))
        .col(text_null("reason"))
        .col(text_null("judged_by"))
        .col(timestamp_with_time_zone_null("judged_at"))
        .check(Expr::cust("judged_by <> filed_by"))
        .check(Expr::cust("(outcome IS NULL) = (judged_by IS NULL)"))
        .check(Expr::cust("(outcome IS NULL) = (judged_at IS NULL)"))
        .check(Expr::cust("reason IS NULL OR outcome IS NOT NULL"))
        .foreign_key(&mut key("aid_appeal", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_appeal", "ruling_id", "aid_ruling"))
        .foreign_key(&mut key("aid_appeal", "filed_by", "account"))
        .take()
}
