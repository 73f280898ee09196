//! 我的: what the office has on record of the reader, as far as the reader needs it to see that it is right.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use domain::{
    account::{self, mandate::Matter},
    branch,
    calendar::local_date,
    person::{self, Person, SealedColumn},
    privacy::mask,
};

use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "home/me.html")]
struct Me {
    frame: Frame,
    facts: Vec<Answer>,
    /// Is it the reader's own?
    own: bool,
    /// Does the reader have a desk, too?
    desk: bool,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (now, myself) = (app.clock.now(), by.acts(Matter::Information).await?);
    let found = person::store::find(&app.db, myself.person()).await?.ok_or(PageError::NotFound)?;
    let unit = person::store::find_unit(&app.db, found.unit_id).await?;
    let members = branch::store::live_memberships_of(&app.db, found.id, local_date(now)).await?;
    let ids: Vec<_> = members.iter().map(|member| member.branch_id).collect();
    let mut facts = vec![
        Answer::new("姓名", found.name.clone()),
        Answer::new("出生", format!("{}年{}月", found.born_on.year(), found.born_on.month())),
    ];
    facts.extend(unit.map(|unit| Answer::new("单位", unit.name)));
    for branch in branch::store::find_all(&app.db, &ids).await? {
        facts.push(Answer::new("支部", branch.name));
    }
    facts.extend(phone(&app, &found)?.map(|phone| Answer::new("电话", phone)));
    facts.push(Answer::new("身份证号", if found.identity.is_some() { "已登记" } else { "没有登记" }));
    if let (Some(bank), Some(tail)) = (&found.payout_bank, &found.payout_tail) {
        facts.push(Answer::new("银行卡", format!("{bank}，尾号{tail}")));
    }
    let proxies = account::store::proxies_of(&app.db, found.id, now).await?;
    for link in proxies {
        if let Some(helper) = account::store::find(&app.db, &link.account_id).await? {
            facts.push(Answer::new("可以替您办事的人", helper.name).changed_at("/mandates"));
        }
    }
    html(&Me {
        frame: by.frame().titled("我的信息"),
        facts,
        own: !myself.is_for_another(),
        desk: !by.grants().await?.is_empty(),
    })
}

/// One's own number, masked all the same: somebody may look over the shoulder.
fn phone(app: &App, person: &Person) -> Result<Option<String>, PageError> {
    let Some(sealed) = &person.phone else { return Ok(None) };
    let row = person.id.to_string();
    let opened = app.cx.seal.open(SealedColumn::Phone.cell(&row), sealed);
    let opened = opened.map_err(|error| PageError::Broken(error.into()))?;
    Ok(Some(mask::phone(secrecy::ExposeSecret::expose_secret(&opened))))
}
