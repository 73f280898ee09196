//! More of a case's life: what is missing (补正), what was decided against the applicant and why, and what he says against that (申诉).
//! `aid_case` may stand at five places more, and a case that is heard again has another public notice.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::wider_statuses;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What comes behind the list of statuses as it was written first.
const MORE: [&str; 5] = ["supplementing", "declined", "contested", "appealed", "final"];

/// A second case of a person in a category does not begin beside one of these.
const BEGUN: &str = "'submitted', 'supplementing', 'accepted', 'visited', 'in_approval', 'approved', 'on_notice', \
                     'objected', 'contested', 'appealed'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        wider_statuses::allow(manager, &MORE).await?;
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
