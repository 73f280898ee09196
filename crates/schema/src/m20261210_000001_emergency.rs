//! 先救后补: `aid_emergency`, four more places for a case, and the year of each payment, because the rest of what went ahead may be another
//! year's. A case may be paid a second time, for the rest; that no more is paid than was approved is a check of `aid_case`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date_null, integer_null, pk_uuid, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

use crate::wider_statuses;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A second case of a person in a category does not begin beside one of these.
const BEGUN: &str = "'submitted', 'supplementing', 'accepted', 'visited', 'in_approval', 'approved', 'on_notice', \
                     'objected', 'contested', 'appealed', 'urgent', 'urgent_batch', 'urgent_returned', 'papers_due'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        wider_statuses::allow(manager, &["urgent", "urgent_batch", "urgent_returned", "papers_due"]).await?;
        manager.create_table(emergency()).await?;
        let year = Table::alter().table("aid_payment").add_column(integer_null("budget_year")).take();
        manager.alter_table(year).await?;
        let db = manager.get_connection();
        let live = "CREATE UNIQUE INDEX uq_aid_case_live ON aid_case (person_id, category)";
        for statement in [
            "UPDATE aid_payment SET budget_year = \
             (SELECT budget_year FROM aid_case WHERE aid_case.id = aid_payment.case_id)",
            "DROP INDEX uq_aid_case_live",
            format!("{live} WHERE status IN ({BEGUN})").as_str(),
            // One payment of a case waits at a time.
            "DROP INDEX uq_aid_payment_live",
            "CREATE UNIQUE INDEX uq_aid_payment_live ON aid_payment (case_id) WHERE state = 'waiting'",
            "CREATE INDEX ix_aid_payment_budget_year ON aid_payment (budget_year)",
            "CREATE INDEX ix_aid_emergency_case_id ON aid_emergency (case_id)",
            "CREATE UNIQUE INDEX uq_aid_emergency_asked ON aid_emergency (case_id) WHERE state = 'asked'",
            "CREATE UNIQUE INDEX uq_aid_emergency_granted ON aid_emergency (case_id) WHERE state = 'granted'",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// Three people: who asks, and two who say yes.
fn emergency() -> TableCreateStatement {
    let mut key = ForeignKey::create()
        .name("fk_aid_emergency_case_id")
        .from("aid_emergency", "case_id")
        .to("aid_case", "id")
        .take();
    Table::create()
        .table("aid_emergency")
        .col(pk_uuid("id"))
        .col(uuid("case_id"))
        .col(text("state").check(Expr::cust("state IN ('asked', 'granted', 'refused')")))
        .col(big_integer("amount").check(Expr::cust("amount > 0")))
        .col(big_integer("cap"))
        .col(text("cap_source").check(Expr::cust("cap_source <> ''")))
        .col(text("why"))
        .col(text("asked_by"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text_null("first_by"))
        .col(timestamp_with_time_zone_null("first_at"))
        .col(boolean("first_approves"))
        .col(text_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(date_null("papers_until"))
        .col(text_null("papers_by"))
        .col(timestamp_with_time_zone_null("papers_at"))
        .check(Expr::cust("amount <= cap"))
        .check(Expr::cust("first_by <> asked_by AND decided_by <> asked_by"))
        .check(Expr::cust("state <> 'granted' OR (first_by IS NOT NULL AND decided_by <> first_by)"))
        .check(Expr::cust("(first_by IS NULL) = (first_at IS NULL)"))
        .check(Expr::cust("(decided_by IS NULL) = (decided_at IS NULL)"))
        .check(Expr::cust("(state = 'asked') = (decided_by IS NULL)"))
        .check(Expr::cust("(state = 'granted') = (papers_until IS NOT NULL)"))
        .check(Expr::cust("(papers_by IS NULL) = (papers_at IS NULL)"))
        .check(Expr::cust("papers_at IS NULL OR state = 'granted'"))
        .foreign_key(&mut key)
        .take()
}
