//! Tables whose rows are written once: the database itself refuses to change or delete one.
//!
//! This stops mistakes, not an administrator of the database; what stops him from going unnoticed is the chain of
//! crate `audit`.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

/// Refuses UPDATE and DELETE on `table` from now on.
pub(crate) async fn protect(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&format!(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME \
             USING ERRCODE = 'integrity_constraint_violation'; END $$; \
             CREATE TRIGGER tr_{table}_append_only BEFORE UPDATE OR DELETE ON {table} \
             FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        ))
        .await?;
    } else {
        for change in ["UPDATE", "DELETE"] {
            let name = change.to_lowercase();
            db.execute_unprepared(&format!(
                "CREATE TRIGGER tr_{table}_append_only_{name} BEFORE {change} ON {table} \
                 BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            ))
            .await?;
        }
    }
    Ok(())
}
