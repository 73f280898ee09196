//! The lists of papers that come with the program. All are examples (示例), welcome and never needed; a bureau puts its own document
//! beside them.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Kind, Says, Setting, papers::Demand};
use crate::{
    aid::{Category, ProposalState, store},
    evidence::Item,
    ids::{RegionCode, SettingId},
};

const SOURCE: &str = "示例：离退休干部特殊困难帮扶材料清单（以本单位文件为准）";

/// What a category wants to see, the most telling first.
const fn items(category: Category) -> &'static [Item] {
    match category {
        Category::ILLNESS => &[Item::Diagnosis, Item::Bills],
        Category::MEDICAL_COST => &[Item::Bills, Item::Diagnosis],
        Category::DISABILITY => &[Item::Disability, Item::Diagnosis],
        Category::ACCIDENT | Category::DISASTER => &[Item::Damage, Item::Home],
        Category::LIVING_ALONE | Category::PSYCHOLOGICAL => &[Item::Home, Item::Income],
        Category::DISABLED_FAMILY => &[Item::Disability, Item::Income],
        _ => &[Item::Income, Item::Home],
    }
}

/// Adds the example lists of categories of which no row says anything yet. Safe to repeat.
pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (Some(region), Some(valid_from)) = (RegionCode::parse("33"), NaiveDate::from_ymd_opt(2020, 1, 1))
    else {
        return Ok(());
    };
    let known = store::setting::of_kind(db, Kind::Papers).await?;
    let unknown = |category: &Category| known.iter().all(|row| row.category != *category);
    for category in Category::FIRST.into_iter().filter(unknown) {
        let demand = |item: &Item| Demand { needed: false, any_of: vec![*item] };
        let row = Setting {
            id: SettingId::new(now),
            kind: Kind::Papers,
            category,
            region: region.clone(),
            valid_from,
            says: Says::Papers { demands: items(category).iter().map(demand).collect() },
            source: SOURCE.to_owned(),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: now,
            decided_by: None,
            decided_at: None,
        };
        store::setting::insert(db, row).await?;
    }
    Ok(())
}
