//! The rules, the cap of a household and the layout of a bank that come with the program. All are examples (示例): amounts as in the reference notice of 2015 that
//! `docs/data.md` names (3,000–5,000 yuan) and around the mission's mean of about 2,400 yuan a person.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DbErr};

use super::{Category, Rule, commands::layout::sample_layout, stop::HouseholdCap, store};
use crate::ids::{AidRuleId, HouseholdCapId, RegionCode};

const SOURCE: &str = "示例：离退休干部特殊困难帮扶办法（以本单位文件为准）";

/// Working days that a notice hangs, unless a rule says otherwise.
pub const NOTICE_DAYS: i32 = 5;

/// Adds the example rules of categories that have no rule yet, a cap and a bank if there is none. Safe to repeat.
pub async fn load(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (Some(region), Some(valid_from)) = (RegionCode::parse("33"), NaiveDate::from_ymd_opt(2020, 1, 1))
    else {
        return Ok(());
    };
    let tx = mailbox::transaction::write(db).await?;
    for category in Category::all() {
        let (least, most) = range(category);
        let rule = Rule {
            id: AidRuleId::new(now),
            category,
            region: region.clone(),
            valid_from,
            valid_to: None,
            least: Fen::yuan(least),
            most: Fen::yuan(most),
            notice_days: NOTICE_DAYS,
            once_a_year: true,
            source: SOURCE.to_owned(),
        };
        if store::case::rules_of(&tx, category).await?.is_empty() {
            store::case::insert_rule(&tx, rule).await?;
        }
    }
    if store::stop::caps(&tx).await?.is_empty() {
        let cap = HouseholdCap {
            id: HouseholdCapId::new(now),
            region,
            valid_from,
            most: Fen::yuan(10_000),
            source: SOURCE.to_owned(),
        };
        store::stop::insert_cap(&tx, cap).await?;
    }
    if store::bank::layouts(&tx).await?.is_empty() {
        store::bank::insert_layout(&tx, sample_layout(valid_from, now)).await?;
    }
    tx.commit().await
}

const fn range(category: Category) -> (i64, i64) {
    match category {
        Category::Illness | Category::MedicalCost => (1000, 5000),
        Category::Disability | Category::Accident | Category::Disaster => (1000, 4000),
        Category::LivingAlone | Category::Other => (500, 2000),
    }
}
