//! The categories that come with the program. They follow 离退休干部特殊困难帮扶 practice; their list and groups are examples (示例).

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use super::{Categories, Category, CategoryRow, Group, Offer};
use crate::{
    aid::{ProposalState, store},
    ids::{CategoryRowId, RegionCode},
};

const SOURCE: &str = "示例：离退休干部特殊困难帮扶类别目录（以本单位文件为准）";

impl Category {
    /// 重大疾病.
    pub const ILLNESS: Self = Self::of("illness");
    /// 高额自负医疗费.
    pub const MEDICAL_COST: Self = Self::of("medical_cost");
    /// 失能、半失能.
    pub const DISABILITY: Self = Self::of("disability");
    /// 意外或家庭变故.
    pub const ACCIDENT: Self = Self::of("accident");
    /// 自然灾害.
    pub const DISASTER: Self = Self::of("disaster");
    /// 高龄独居.
    pub const LIVING_ALONE: Self = Self::of("living_alone");
    /// 失独.
    pub const BEREAVED: Self = Self::of("bereaved");
    /// 无固定收入遗属.
    pub const SURVIVOR: Self = Self::of("survivor");
    /// 残疾家庭成员.
    pub const DISABLED_FAMILY: Self = Self::of("disabled_family");
    /// 低收入.
    pub const LOW_INCOME: Self = Self::of("low_income");
    /// 心理关怀.
    pub const PSYCHOLOGICAL: Self = Self::of("psychological");
    /// 其他, with a reason.
    pub const OTHER: Self = Self::of("other");

    /// Those that come with the program, in the order of the form.
    pub const FIRST: [Self; 12] = [
        Self::ILLNESS,
        Self::MEDICAL_COST,
        Self::DISABILITY,
        Self::ACCIDENT,
        Self::DISASTER,
        Self::LIVING_ALONE,
        Self::BEREAVED,
        Self::SURVIVOR,
        Self::DISABLED_FAMILY,
        Self::LOW_INCOME,
        Self::PSYCHOLOGICAL,
        Self::OTHER,
    ];
}

const fn words(category: Category) -> (&'static str, Group) {
    match category {
        Category::ILLNESS => ("重大疾病", Group::Medical),
        Category::MEDICAL_COST => ("高额自负医疗费", Group::Medical),
        Category::DISABILITY => ("失能、半失能", Group::Living),
        Category::ACCIDENT => ("意外或家庭变故", Group::Family),
        Category::DISASTER => ("自然灾害", Group::Family),
        Category::LIVING_ALONE => ("高龄独居、空巢", Group::Living),
        Category::BEREAVED => ("失独", Group::Family),
        Category::SURVIVOR => ("无固定收入遗属", Group::Family),
        Category::DISABLED_FAMILY => ("家里有残疾人", Group::Living),
        Category::LOW_INCOME => ("收入低", Group::Other),
        Category::PSYCHOLOGICAL => ("心理关怀", Group::Other),
        _ => ("其他困难", Group::Other),
    }
}

/// The rows of those, as of a moment.
pub fn rows(now: DateTime<Utc>) -> Vec<CategoryRow> {
    let (Some(region), Some(valid_from)) = (RegionCode::parse("33"), NaiveDate::from_ymd_opt(2020, 1, 1))
    else {
        return Vec::new();
    };
    let row = |(position, category): (i32, Category)| {
        let (label, of_group) = words(category);
        CategoryRow {
            id: CategoryRowId::new(now),
            category,
            region: region.clone(),
            valid_from,
            label: label.to_owned(),
            of_group,
            position,
            offered: true,
            reason_needed: category == Category::OTHER,
            source: SOURCE.to_owned(),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: now,
            decided_by: None,
            decided_at: None,
        }
    };
    (1..).zip(Category::FIRST).map(row).collect()
}

/// What may be asked for as long as nobody has written anything else, whatever standards there are.
pub fn offers() -> Vec<Offer> {
    let rows = rows(DateTime::UNIX_EPOCH);
    let first = rows.first().map(|row| (row.region.clone(), row.valid_from));
    first.map_or_else(Vec::new, |(region, day)| Categories::of(rows).offers(&region, day))
}

/// Adds those of which no row says anything yet. Safe to repeat.
pub async fn ensure(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    add(&tx, now).await?;
    tx.commit().await
}

pub(in crate::aid) async fn add(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let known = store::category::load(tx).await?;
    for row in rows(now).into_iter().filter(|row| !known.knows(row.category)) {
        store::category::insert(tx, row).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::rows;

    #[test]
    fn every_one_of_them_can_be() {
        let all = rows(DateTime::UNIX_EPOCH);
        assert_eq!(all.len(), 12);
        for row in &all {
            assert_eq!(row.check(), Ok(()), "{row:?}");
            assert_eq!(all.iter().filter(|other| other.label == row.label).count(), 1);
        }
        assert!(all.iter().filter(|row| row.reason_needed).map(|row| row.category.code()).eq(["other"]));
    }
}
