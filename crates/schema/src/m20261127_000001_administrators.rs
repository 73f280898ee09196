//! 三员分立 in the database itself: no login holds an administrator's role together with another role, in no moment of any period, past
//! or to come, whoever writes the row (GB/T 22239-2019, 8.1.5).
//!
//! An exclusion constraint knows no "these two together", so a trigger asks. On PostgreSQL it first locks the login, so that of two
//! grants written at once the second sees the first; `SQLite` has one writer anyway.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Another grant of the same login, in force at a moment when the new one is, where one of the two is an administrator's.
const TOGETHER: &str = "SELECT 1 FROM role_grant AS other \
     WHERE other.account_id = NEW.account_id AND other.id <> NEW.id AND other.role <> NEW.role \
     AND (other.role IN ('audit_admin', 'system_admin', 'security_admin') \
          OR NEW.role IN ('audit_admin', 'system_admin', 'security_admin')) \
     AND (NEW.valid_to IS NULL OR NEW.valid_from < NEW.valid_to) \
     AND (other.valid_to IS NULL OR other.valid_from < other.valid_to) \
     AND (other.valid_to IS NULL OR NEW.valid_from < other.valid_to) \
     AND (NEW.valid_to IS NULL OR other.valid_from < NEW.valid_to)";

const SAID: &str = "an administrator holds no other role";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(&format!(
                "CREATE FUNCTION refuse_two_hats() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 PERFORM 1 FROM account WHERE id = NEW.account_id FOR NO KEY UPDATE; \
                 IF EXISTS ({TOGETHER}) THEN \
                 RAISE EXCEPTION '{SAID}' USING ERRCODE = 'exclusion_violation'; END IF; \
                 RETURN NEW; END $$; \
                 CREATE TRIGGER tr_role_grant_apart BEFORE INSERT OR UPDATE ON role_grant \
                 FOR EACH ROW EXECUTE FUNCTION refuse_two_hats();"
            ))
            .await?;
        } else {
            for change in ["INSERT", "UPDATE"] {
                let name = change.to_lowercase();
                db.execute_unprepared(&format!(
                    "CREATE TRIGGER tr_role_grant_apart_{name} BEFORE {change} ON role_grant \
                     WHEN EXISTS ({TOGETHER}) BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
                ))
                .await?;
            }
        }
        Ok(())
    }
}
