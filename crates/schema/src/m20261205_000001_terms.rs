//! Standards of aid say more: how often, for how long, which share of what somebody paid himself, rounded how, and up to where a county
//! or a city approves; a round of approval knows how high it goes, a visit what the person
//! paid himself.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Both have the same terms: a row, and a row to be.
const TABLES: [&str; 2] = ["aid_rule", "aid_rule_proposal"];

/// Rows that are there say what they said: once a year or not, for a year, in whole yuan, and a county agrees to everything.
const COLUMNS: [&str; 7] = [
    "frequency text NOT NULL DEFAULT 'per_year' CHECK (frequency IN ('unlimited', 'per_episode', 'per_year'))",
    "validity_months integer NOT NULL DEFAULT 12 CHECK (validity_months > 0)",
    "percent integer CHECK (percent BETWEEN 1 AND 100)",
    "above bigint CHECK ((above IS NULL) = (percent IS NULL) AND (above IS NULL OR above >= 0))",
    "round_to bigint NOT NULL DEFAULT 100 CHECK (round_to > 0)",
    "county_most bigint CHECK (county_most >= 0)",
    "city_most bigint CHECK (city_most IS NULL OR (county_most IS NOT NULL AND city_most >= county_most))",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for table in TABLES {
            for column in COLUMNS {
                db.execute_unprepared(&format!("ALTER TABLE {table} ADD COLUMN {column}")).await?;
            }
            let often = format!("UPDATE {table} SET frequency = 'unlimited' WHERE NOT once_a_year");
            db.execute_unprepared(&often).await?;
            db.execute_unprepared(&format!("ALTER TABLE {table} DROP COLUMN once_a_year")).await?;
        }
        let level = "ALTER TABLE aid_approval ADD COLUMN level text NOT NULL DEFAULT 'county' \
                     CHECK (level IN ('county', 'city', 'province'))";
        db.execute_unprepared(level).await?;
        let paid = "ALTER TABLE aid_visit ADD COLUMN self_paid bigint CHECK (self_paid >= 0)";
        db.execute_unprepared(paid).await?;
        Ok(())
    }
}
