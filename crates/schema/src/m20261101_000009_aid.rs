//! Hardship aid: `aid_draft`, `aid_case` with its log `aid_event`, and what belongs to a case: visits, rounds of approval,
//! the public notice with its objections, payments in batches. `aid_rule` holds the dated amounts, `aid_counter` the numbers.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date, date_null, integer, integer_null, json_binary, pk_uuid,
    text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::append_only;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A second case of a person in a category does not begin beside one of these. Later statuses are not in the list: a
/// payment that the bank returns after months revives its case, whatever has begun since.
const BEGUN: &str = "'submitted', 'accepted', 'visited', 'in_approval', 'approved', 'on_notice', 'objected'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [draft(), counter(), rule(), case(), event(), visit(), approval(), notice(), objection()]
        {
            manager.create_table(table).await?;
        }
        manager.create_table(batch()).await?;
        manager.create_table(payment()).await?;
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Regions are searched by prefix, which is right only in the order of code points (SQLite's own).
            db.execute_unprepared(
                "ALTER TABLE aid_case ALTER COLUMN region TYPE text COLLATE \"C\"; \
                 ALTER TABLE aid_batch ALTER COLUMN region TYPE text COLLATE \"C\"",
            )
            .await?;
        }
        let live = "CREATE UNIQUE INDEX uq_aid_case_live ON aid_case (person_id, category)";
        db.execute_unprepared(&format!("{live} WHERE status IN ({BEGUN})")).await?;
        for index in INDEXES {
            db.execute_unprepared(index).await?;
        }
        append_only::protect(manager, "aid_event").await?;
        append_only::protect(manager, "aid_visit").await
    }
}

const INDEXES: &[&str] = &[
    // One open draft of a login for a person.
    "CREATE UNIQUE INDEX uq_aid_draft_account_id_person_id ON aid_draft (account_id, person_id)",
    "CREATE INDEX ix_aid_draft_updated_at ON aid_draft (updated_at)",
    "CREATE UNIQUE INDEX uq_aid_rule_category_region_valid_from ON aid_rule (category, region, valid_from)",
    "CREATE UNIQUE INDEX uq_aid_case_number ON aid_case (number)",
    // A draft that is sent twice is one case.
    "CREATE UNIQUE INDEX uq_aid_case_draft_id ON aid_case (draft_id)",
    "CREATE INDEX ix_aid_case_status_region ON aid_case (status, region)",
    "CREATE INDEX ix_aid_case_person_id ON aid_case (person_id)",
    "CREATE INDEX ix_aid_case_applicant ON aid_case (applicant)",
    "CREATE UNIQUE INDEX uq_aid_event_case_id_seq ON aid_event (case_id, seq)",
    "CREATE INDEX ix_aid_visit_case_id ON aid_visit (case_id)",
    "CREATE UNIQUE INDEX uq_aid_approval_case_id_round ON aid_approval (case_id, round)",
    "CREATE UNIQUE INDEX uq_aid_approval_instance_id ON aid_approval (instance_id)",
    // A case is before one approver at a time.
    "CREATE UNIQUE INDEX uq_aid_approval_open ON aid_approval (case_id) WHERE state IN ('wanted', 'sending', 'created')",
    "CREATE INDEX ix_aid_approval_open ON aid_approval (state, asked_at) WHERE state IN ('wanted', 'sending', 'created')",
    "CREATE UNIQUE INDEX uq_aid_public_notice_case_id ON aid_public_notice (case_id)",
    "CREATE INDEX ix_aid_public_notice_closes_on ON aid_public_notice (closes_on) WHERE state = 'open'",
    "CREATE INDEX ix_aid_objection_case_id ON aid_objection (case_id)",
    "CREATE UNIQUE INDEX uq_aid_batch_number ON aid_batch (number)",
    "CREATE INDEX ix_aid_batch_region ON aid_batch (region, state)",
    "CREATE UNIQUE INDEX uq_aid_payment_batch_id_line ON aid_payment (batch_id, line)",
    // A case is paid once: another payment of it only after the bank returned the one before.
    "CREATE UNIQUE INDEX uq_aid_payment_live ON aid_payment (case_id) WHERE state IN ('waiting', 'paid')",
    "CREATE INDEX ix_aid_payment_case_id ON aid_payment (case_id)",
];

fn key(table: &str, column: &str, to: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(Alias::new(table), Alias::new(column))
        .to(Alias::new(to), Alias::new("id"))
        .take()
}

/// The answers are sealed as a whole: what somebody is in need of is nobody's business before it is sent.
fn draft() -> TableCreateStatement {
    Table::create()
        .table("aid_draft")
        .col(pk_uuid("id"))
        .col(text("account_id"))
        .col(uuid("person_id"))
        .col(text("answers"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut key("aid_draft", "account_id", "account"))
        .foreign_key(&mut key("aid_draft", "person_id", "person"))
        .take()
}

/// The last number given, per region, year and kind of paper. Locked and raised in the transaction that uses the number,
/// so that no number is missing.
fn counter() -> TableCreateStatement {
    Table::create()
        .table("aid_counter")
        .col(text("region"))
        .col(integer("year"))
        .col(text("paper").check(Expr::cust("paper IN ('case', 'batch')")))
        .col(integer("last").check(Expr::cust("last > 0")))
        .primary_key(Index::create().name("pk_aid_counter").col("region").col("year").col("paper"))
        .take()
}

fn rule() -> TableCreateStatement {
    Table::create()
        .table("aid_rule")
        .col(pk_uuid("id"))
        .col(text("category"))
        .col(text("region"))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(big_integer("least").check(Expr::cust("least > 0")))
        .col(big_integer("most"))
        .col(integer("notice_days").check(Expr::cust("notice_days > 0")))
        .col(boolean("once_a_year"))
        .col(text("source").check(Expr::cust("source <> ''")))
        .check(Expr::cust("most >= least"))
        .take()
}

fn case() -> TableCreateStatement {
    Table::create()
        .table("aid_case")
        .col(pk_uuid("id"))
        .col(text("number"))
        .col(uuid("draft_id"))
        .col(text("region"))
        .col(uuid("unit_id"))
        .col(uuid("person_id"))
        .col(text("applicant"))
        .col(boolean("for_another"))
        .col(text("category"))
        .col(text("answers"))
        .col(text("status").check(Expr::cust(
            "status IN ('submitted', 'accepted', 'visited', 'in_approval', 'approved', 'on_notice', 'objected', \
             'ready_to_pay', 'in_batch', 'paid', 'returned', 'refused', 'withdrawn', 'terminated')",
        )))
        .col(text_null("worker"))
        .col(big_integer_null("proposed"))
        .col(big_integer_null("approved").check(Expr::cust("approved > 0")))
        .col(big_integer("paid").check(Expr::cust("paid >= 0")))
        .col(integer_null("budget_year"))
        .col(boolean("account_checked"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("status_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .check(Expr::cust("paid <= coalesce(approved, 0)"))
        .check(Expr::cust("(approved IS NULL) = (budget_year IS NULL)"))
        .foreign_key(&mut key("aid_case", "unit_id", "unit"))
        .foreign_key(&mut key("aid_case", "person_id", "person"))
        .foreign_key(&mut key("aid_case", "applicant", "account"))
        .take()
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("aid_event")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(integer("seq").check(Expr::cust("seq > 0")))
        .col(text_null("actor"))
        .col(text("role"))
        .col(json_binary("what"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut key("aid_event", "case_id", "aid_case"))
        .take()
}

fn visit() -> TableCreateStatement {
    Table::create()
        .table("aid_visit")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(date("visited_on"))
        .col(text("lead"))
        .col(text("second"))
        .col(text("findings"))
        .col(big_integer("proposed").check(Expr::cust("proposed > 0")))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .check(Expr::cust("lead <> second"))
        .foreign_key(&mut key("aid_visit", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_visit", "lead", "account"))
        .foreign_key(&mut key("aid_visit", "second", "account"))
        .take()
}

/// One round of a case in the platform's approval. Why `sending` is a state: docs/adr/0013-exactly-one-approval.md.
fn approval() -> TableCreateStatement {
    Table::create()
        .table("aid_approval")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(integer("round").check(Expr::cust("round > 0")))
        .col(text("state").check(Expr::cust(
            "state IN ('wanted', 'sending', 'created', 'agreed', 'refused', 'withdrawn', 'void')",
        )))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(text("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone_null("sending_at"))
        .col(text_null("instance_id"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .check(Expr::cust("state IN ('wanted', 'sending', 'withdrawn') OR instance_id IS NOT NULL"))
        .foreign_key(&mut key("aid_approval", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_approval", "asked_by", "account"))
        .take()
}

/// What the public may read. `days_left` counts while an objection stops the clock.
fn notice() -> TableCreateStatement {
    Table::create()
        .table("aid_public_notice")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("state").check(Expr::cust("state IN ('open', 'frozen', 'closed', 'taken_down')")))
        .col(text("text"))
        .col(date("opened_on"))
        .col(date("closes_on"))
        .col(integer_null("days_left"))
        .col(text("published_by"))
        .col(timestamp_with_time_zone("published_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut key("aid_public_notice", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_public_notice", "published_by", "account"))
        .take()
}

fn objection() -> TableCreateStatement {
    Table::create()
        .table("aid_objection")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("said"))
        .col(text("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(text_null("outcome").check(Expr::cust("outcome IN ('upheld', 'dismissed')")))
        .col(text_null("resolved_by"))
        .col(timestamp_with_time_zone_null("resolved_at"))
        .check(Expr::cust("(outcome IS NULL) = (resolved_by IS NULL)"))
        .foreign_key(&mut key("aid_objection", "case_id", "aid_case"))
        .take()
}

fn batch() -> TableCreateStatement {
    Table::create()
        .table("aid_batch")
        .col(pk_uuid("id"))
        .col(text("number"))
        .col(text("region"))
        .col(text("state").check(Expr::cust("state IN ('open', 'confirmed', 'sent', 'settled')")))
        .col(text("made_by"))
        .col(text_null("confirmed_by"))
        .col(integer("count").check(Expr::cust("count >= 0")))
        .col(big_integer("total").check(Expr::cust("total >= 0")))
        .col(text("sha256"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone("updated_at"))
        // 不相容岗位相分离 (财政部等《行政事业单位内部控制规范（试行）》): nobody confirms his own batch.
        .check(Expr::cust("confirmed_by <> made_by"))
        .check(Expr::cust("state = 'open' OR confirmed_by IS NOT NULL"))
        .foreign_key(&mut key("aid_batch", "made_by", "account"))
        .take()
}

fn payment() -> TableCreateStatement {
    Table::create()
        .table("aid_payment")
        .col(pk_uuid("id"))
        .col(uuid("batch_id"))
        .col(integer("line").check(Expr::cust("line > 0")))
        .col(uuid("case_id"))
        .col(uuid("person_id"))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(text("payee"))
        .col(text("account"))
        .col(text("account_tail"))
        .col(text("bank"))
        .col(text("state").check(Expr::cust("state IN ('waiting', 'paid', 'returned', 'taken_out')")))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .foreign_key(&mut key("aid_payment", "batch_id", "aid_batch"))
        .foreign_key(&mut key("aid_payment", "case_id", "aid_case"))
        .foreign_key(&mut key("aid_payment", "person_id", "person"))
        .take()
}
