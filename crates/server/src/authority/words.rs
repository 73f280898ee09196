//! What the pages about grants share: places and terms in words, who is meant, which place is meant.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    account::{self, Account},
    authority::{Grant, Scope, SecurityAdmin, reaches},
    branch,
    calendar::{local_date, say, utc},
    ids::{AccountId, RegionCode},
    person::{leader, store as people},
    region::Regions,
    tree::{self, NodeKind, Tree},
};
use url::form_urlencoded::byte_serialize;

use crate::{
    app::App,
    page::{PageError, Tag},
    session::SignedIn,
};

/// The proof of whoever grants. For others there are no such pages.
pub(super) async fn admin(by: &SignedIn) -> Result<SecurityAdmin, PageError> {
    SecurityAdmin::somewhere(&by.grants().await?).ok_or(PageError::NotFound)
}

/// The page of a login.
pub(crate) fn login_at(account: &AccountId) -> String {
    format!("/console/logins/{}", byte_serialize(account.as_str().as_bytes()).collect::<String>())
}

/// What a login is called.
pub(crate) async fn called(app: &App, account: &AccountId) -> Result<String, PageError> {
    let found = account::store::find(&app.db, account).await?;
    Ok(found.map_or_else(|| account.to_string(), |account| account.name))
}

/// Where, in words. Of a provincial leader the number.
pub(crate) async fn place(app: &App, regions: &Regions, scope: &Scope) -> Result<String, PageError> {
    let (db, today) = (&app.db, local_date(app.clock.now()));
    Ok(match scope {
        Scope::Region(code) => match regions.full_name(code, today) {
            name if name.is_empty() => code.to_string(),
            name => name,
        },
        Scope::Unit(unit) => people::find_unit(db, *unit).await?.map(|unit| unit.name).unwrap_or_default(),
        Scope::Branch(branch) => {
            branch::store::find(db, *branch).await?.map(|branch| branch.name).unwrap_or_default()
        }
        Scope::Organ(node) | Scope::Party(node) | Scope::Corps(node) => {
            let name = tree::look::node(db, *node, today).await?.map(|node| node.name).unwrap_or_default();
            format!("{name}及下属")
        }
        Scope::Person(person) => {
            let leader = leader::store::of_person(db, *person).await?;
            leader.map_or_else(|| "省级老领导".to_owned(), |leader| leader.says())
        }
    })
}

/// From when to when, in words.
pub(crate) fn term(from: DateTime<Utc>, to: Option<DateTime<Utc>>) -> String {
    let from = say::full_date(local_date(from));
    match to {
        None => format!("{from}起"),
        Some(to) => format!("{from}至{}", say::full_date(last_day(to))),
    }
}

/// The last day of a period whose end is not in it.
pub(crate) fn last_day(to: DateTime<Utc>) -> NaiveDate {
    local_date(to - TimeDelta::milliseconds(1))
}

/// Where a grant stands.
pub(super) fn state(grant: &Grant, now: DateTime<Utc>) -> Tag {
    if grant.valid_to.is_some_and(|to| to <= now) {
        Tag::quiet(if grant.revoked_by.is_some() { "已收回" } else { "已到期" })
    } else if grant.is_waiting() {
        Tag::waiting("等第二人确认")
    } else if now < grant.valid_from {
        Tag::waiting("还没开始")
    } else {
        Tag::good("有效")
    }
}

/// From a day on: today's is from now.
pub(crate) fn begins(on: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    if on == local_date(now) { now } else { utc(on, NaiveTime::MIN) }
}

/// Until a day, which is the last.
pub(crate) fn ends(on: NaiveDate) -> DateTime<Utc> {
    utc(on.succ_opt().unwrap_or(on), NaiveTime::MIN)
}

/// Who is meant, or what to do about it.
pub(crate) async fn who(app: &App, text: &str) -> Result<Result<Account, &'static str>, PageError> {
    if text.trim().is_empty() {
        return Ok(Err("请写姓名或钉钉员工账号"));
    }
    let mut found = account::store::called(&app.db, text).await?;
    Ok(match (found.pop(), found.is_empty()) {
        (None, _) => Err("没有这个账号，请看通讯录"),
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err("有同名的，请写钉钉员工账号"),
    })
}

/// Which place is meant, among those that the administrator reaches: a region by name or code, a unit, a branch, a node of a tree, a
/// provincial leader by number.
pub(super) async fn which(
    app: &App,
    admin: &SecurityAdmin,
    text: &str,
) -> Result<Result<Scope, &'static str>, PageError> {
    let text: String = text.split_whitespace().collect();
    if text.is_empty() {
        return Ok(Err("请写在哪里"));
    }
    let mut reached = Vec::new();
    for scope in candidates(app, &text).await? {
        if !reached.contains(&scope) && reaches(&app.db, admin.scope(), &scope).await? {
            reached.push(scope);
        }
    }
    Ok(match (reached.pop(), reached.is_empty()) {
        (None, _) => Err("没有这个地方，或者不归您授权"),
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err("有同名的地方，请写全称或代码"),
    })
}

async fn candidates(app: &App, text: &str) -> Result<Vec<Scope>, PageError> {
    let (db, today) = (&app.db, local_date(app.clock.now()));
    let regions = Regions::load(db).await?;
    if let Some(code) = RegionCode::from_gb2260(text) {
        return Ok(regions.find(&code, today).map(|_| Scope::Region(code)).into_iter().collect());
    }
    if let Some(number) = text.strip_prefix("省级").and_then(|number| number.parse().ok()) {
        let leader = leader::store::by_number(db, number).await?;
        return Ok(leader.map(|leader| Scope::Person(leader.person_id)).into_iter().collect());
    }
    let mut all: Vec<Scope> =
        regions.called(text, today).into_iter().map(|region| Scope::Region(region.code.clone())).collect();
    all.extend(people::units_called(db, text, today).await?.into_iter().map(|unit| Scope::Unit(unit.id)));
    all.extend(branch::store::called(db, text, today).await?.into_iter().map(|one| Scope::Branch(one.id)));
    let nodes = tree::store::called(db, text, today).await?;
    all.extend(nodes.into_iter().map(|node| match NodeKind::tree(node.kind) {
        Tree::Organ => Scope::Organ(node.id),
        Tree::Party => Scope::Party(node.id),
        Tree::Corps => Scope::Corps(node.id),
    }));
    Ok(all)
}
