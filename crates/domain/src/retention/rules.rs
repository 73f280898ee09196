//! The rules: those that an installation starts with, those in force, and a new one.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::json;

use super::{
    Class, Fate, Rule, Ruled, all, find,
    period::{Counted, Period},
    refusal::{RetentionError, RetentionRefusal},
    rule, ruled,
};
use crate::{
    Act, By, Context,
    authority::{Scope, SystemAdmin},
    calendar::local_date,
    ids::RetentionRuleId,
};

/// The longest name of a document.
pub const DOCUMENT: usize = 100;
/// Nothing that goes is kept longer; what stays for good has no rule.
const MOST: Period = Period::years(100);

/// A rule that is to be.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// Of which class.
    pub class: String,
    /// How long.
    pub period: Period,
    /// From which day.
    pub counted: Counted,
    /// Which document says so.
    pub document: String,
    /// From when on.
    pub valid_from: NaiveDate,
}

/// Is it a whole province? What goes for good is decided for all of it.
pub(super) fn is_province(scope: &Scope) -> bool {
    matches!(scope, Scope::Region(code) if code.as_str().len() == 2)
}

/// The rules that an installation starts with, for every class that has none.
pub async fn ensure(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let tx = mailbox::transaction::write(db).await?;
    for (class, ruled) in ruled() {
        if rule::of_class(&tx, class.code).await?.is_empty() {
            let usual = ruled.floor.usual;
            let row = Rule {
                id: RetentionRuleId::new(now),
                class: class.code.to_owned(),
                months: count(usual.months),
                days: count(usual.days),
                counted: ruled.floor.counted,
                document: ruled.floor.document.to_owned(),
                made_by: None,
                made_at: now,
                valid_from: NaiveDate::from_ymd_opt(1949, 10, 1).unwrap_or_default(),
            };
            rule::insert(&tx, row).await?;
        }
    }
    tx.commit().await
}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Every class that goes by a rule, with the one in force on a day.
pub async fn in_force(
    db: &impl ConnectionTrait,
    on: NaiveDate,
) -> Result<Vec<(&'static Class, &'static Ruled, Option<Rule>)>, DbErr> {
    let mut all = Vec::new();
    for (class, ruled) in ruled() {
        all.push((class, ruled, rule::in_force(db, class.code, on).await?));
    }
    Ok(all)
}

/// The history of a class, the rule that counts last first.
pub async fn history(db: &impl ConnectionTrait, class: &str) -> Result<Vec<Rule>, DbErr> {
    rule::of_class(db, class).await
}

/// Sets a rule, from a day on that has not begun without it.
pub async fn set(
    db: &DatabaseConnection,
    cx: &Context,
    admin: &SystemAdmin,
    new: NewRule,
    now: DateTime<Utc>,
) -> Result<Rule, RetentionError> {
    fits(&new, local_date(now))?;
    if !is_province(admin.scope()) {
        return Err(RetentionRefusal::NotProvince.into());
    }
    let tx = mailbox::transaction::write(db).await?;
    let row = Rule {
        id: RetentionRuleId::new(now),
        class: new.class,
        months: count(new.period.months),
        days: count(new.period.days),
        counted: new.counted,
        document: new.document.trim().to_owned(),
        made_by: Some(admin.account().clone()),
        made_at: now,
        valid_from: new.valid_from,
    };
    let row = rule::insert(&tx, row).await?;
    let act = Act {
        by: By::from(admin),
        action: "retention.rule_set",
        subject: format!("retention/{}", row.class),
        detail: json!({ "rule": row.id, "months": row.months, "days": row.days, "counted": row.counted.code() }),
    };
    cx.record(&tx, act, now).await?;
    tx.commit().await?;
    Ok(row)
}

fn fits(new: &NewRule, today: NaiveDate) -> Result<(), RetentionRefusal> {
    let Some((_, ruled)) = find(&new.class) else {
        let permanent = all().find(|class| class.code == new.class && !matches!(class.fate, Fate::Ruled(_)));
        return Err(permanent.map_or(RetentionRefusal::UnknownClass, |_| RetentionRefusal::NoRuleThere));
    };
    let document = new.document.trim();
    if document.is_empty() || document.chars().count() > DOCUMENT {
        return Err(RetentionRefusal::NoDocument);
    }
    if new.period.months == 0 && new.period.days == 0 || !MOST.reaches(new.period) {
        return Err(RetentionRefusal::NoPeriod);
    }
    let floor = &ruled.floor;
    // What the document counts from the end of the year is too short from the day itself.
    let earlier = floor.counted == Counted::YearEnd && new.counted == Counted::Day;
    let asked = if earlier {
        Period { months: new.period.months.saturating_sub(12), ..new.period }
    } else {
        new.period
    };
    if !asked.reaches(floor.least) {
        return Err(RetentionRefusal::TooShort { least: floor.least, document: floor.document });
    }
    if new.valid_from < today {
        return Err(RetentionRefusal::Begun);
    }
    Ok(())
}
