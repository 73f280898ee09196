//! The rules and the layout of a bank that come with the program. All are examples (示例): amounts as in the reference notice of 2015 that
//! `docs/data.md` names (3,000–5,000 yuan) and around the mission's mean of about 2,400 yuan a person.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{DatabaseConnection, DbErr};

use super::{
    Category, Rule, category,
    commands::layout::sample_layout,
    procedure, setting,
    standard::{Frequency, Terms},
    store,
};
use crate::ids::{AidRuleId, RegionCode};

const SOURCE: &str = "示例：离退休干部特殊困难帮扶办法（以本单位文件为准）";

/// Adds the example rules of categories that have no rule yet, and a bank if there is none. Safe to repeat.
pub async fn load(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (Some(region), Some(valid_from)) = (RegionCode::parse("33"), NaiveDate::from_ymd_opt(2020, 1, 1))
    else {
        return Ok(());
    };
    let tx = mailbox::transaction::write(db).await?;
    category::reference::add(&tx, now).await?;
    for category in Category::FIRST {
        let what = (category, region.clone(), valid_from);
        let rule = Rule::new(AidRuleId::new(now), what, &terms(category), SOURCE.to_owned());
        if store::case::rules_of(&tx, category).await?.is_empty() {
            store::case::insert_rule(&tx, rule).await?;
        }
    }
    procedure::reference::load(&tx, now).await?;
    setting::reference::load(&tx, now).await?;
    if store::bank::layouts(&tx).await?.is_empty() {
        store::bank::insert_layout(&tx, sample_layout(valid_from, now)).await?;
    }
    tx.commit().await
}

fn terms(category: Category) -> Terms {
    let (least, most) = match category {
        Category::ILLNESS | Category::MEDICAL_COST => (1000, 5000),
        Category::DISABILITY | Category::ACCIDENT | Category::DISASTER | Category::BEREAVED => (1000, 4000),
        Category::SURVIVOR | Category::DISABLED_FAMILY | Category::LOW_INCOME => (800, 3000),
        _ => (500, 2000),
    };
    let band = Terms::band(Fen::yuan(least), Fen::yuan(most));
    match category {
        // Half of what was paid above 10,000 yuan, in tens of yuan.
        Category::MEDICAL_COST => {
            Terms { percent: Some(50), above: Some(Fen::yuan(10_000)), round_to: Fen::yuan(10), ..band }
        }
        // Misfortune does not ask for the year.
        Category::ACCIDENT | Category::DISASTER => {
            Terms { frequency: Frequency::PerEpisode, validity_months: 6, ..band }
        }
        _ => band,
    }
}
