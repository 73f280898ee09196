//! One item: how many are where, what happened to them, and handing out, taking back, counting.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::{self, Place, Role},
    calendar::{local_date, say},
    ids::{AccountId, OutreachItemId},
    outreach::{
        Item, Movement, OutreachError,
        commands::{
            counting::counted,
            stock::{hand, take_back},
        },
        store,
    },
};
use serde::Deserialize;

use super::{
    reader::{Reader, frame, name, names},
    words::{page_error, said},
};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Said, html, mistaken, see_other_saying},
    session::{Posted, SignedIn},
};

/// Lines of what happened.
const SHOWN: u64 = 40;

#[derive(Template)]
#[template(path = "outreach/item.html")]
pub(super) struct Page {
    frame: Frame,
    id: OutreachItemId,
    rows: Vec<Answer>,
    level: bool,
    works: bool,
    people: Vec<(String, String)>,
    purchases: Vec<(String, String, &'static str)>,
    moves: Vec<String>,
    bought: Bought,
}

impl Page {
    /// The same with what is wrong in its forms.
    pub(super) fn with(self, mistakes: Mistakes) -> Self {
        Self { frame: self.frame.with(mistakes), ..self }
    }
}

/// What was typed of a purchase.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Bought {
    pub(super) quantity: String,
    pub(super) amount: String,
    pub(super) source: String,
}

pub(super) async fn reached(app: &App, by: &SignedIn, id: &str) -> Result<(Reader, Item), PageError> {
    let reader = Reader::of(by).await?;
    let id: OutreachItemId = id.parse().or(Err(PageError::NotFound))?;
    let item = store::stock::item(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let place = Place::from(&item.region);
    if reader.scopes().iter().any(|scope| scope.covers(&place)) {
        Ok((reader, item))
    } else {
        Err(PageError::NotFound)
    }
}

pub(super) async fn show(app: &App, by: &SignedIn, id: &str, bought: Bought) -> Result<Page, PageError> {
    let (reader, item) = reached(app, by, id).await?;
    let (now, today) = (app.clock.now(), local_date(app.clock.now()));
    let stock = store::stock::stock(&app.db, item.id).await?;
    let moved = store::stock::movements_of(&app.db, item.id, SHOWN).await?;
    let known = moved.iter().flat_map(|row| [Some(&row.moved_by), row.hand.as_ref(), row.witness.as_ref()]);
    let who = names(app, known.flatten().chain(stock.hands().map(|(id, _)| id))).await?;
    let named = |id: &AccountId| who.get(id).cloned().unwrap_or_default();
    let mut rows = vec![
        Answer::new("单价", item.value.to_string()),
        Answer::new("一共来了", format!("{}份", stock.came())),
        Answer::new("库里", format!("{}份", stock.store())),
        Answer::new("已发", format!("{}份", stock.given())),
        Answer::new("盘亏", format!("{}份", stock.lost())),
    ];
    rows.extend(
        stock.hands().map(|(id, many)| Answer::new(format!("{}手上", named(id)), format!("{many}份"))),
    );
    let told = |row: &Movement| {
        let hand = row.hand.as_ref().map(|id| format!("，{}", named(id))).unwrap_or_default();
        let witness = row.witness.as_ref().map(|id| format!("，和{}一起盘点", named(id))).unwrap_or_default();
        let day = say::date(local_date(row.moved_at), today);
        format!("{day}，{}{}份{hand}{witness}，{}记", row.kind.label(), row.quantity, named(&row.moved_by))
    };
    let mut purchases = Vec::new();
    for row in store::stock::purchases_of(&app.db, item.id, SHOWN).await? {
        let words = format!("{}份，{}", row.quantity, row.amount);
        purchases.push((row.id.to_string(), words, row.state.label()));
    }
    let works = reader.worker(item.region.clone()).is_ok();
    let mut people = Vec::new();
    if works {
        for id in authority::store::holders(&app.db, Role::Worker, &Place::from(&item.region), now).await? {
            people.push((id.to_string(), name(app, &id).await?));
        }
    }
    Ok(Page {
        id: item.id,
        rows,
        level: stock.is_level(),
        works,
        people,
        purchases,
        moves: moved.iter().map(told).collect(),
        bought,
        frame: frame(by, item.name),
    })
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<String>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    html(&show(&app, &by, &path, Bought::default()).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct Button {
    act: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    many: String,
}

pub(super) async fn act(
    app: web::Data<App>,
    path: web::Path<String>,
    posted: Posted<Button>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form } = posted;
    let (reader, item) = reached(&app, &by, &path).await?;
    let worker = reader.worker(item.region.clone())?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let field = match form.act.as_str() {
        "hand" => "hand-many",
        "take_back" => "back-many",
        "count" => "count-many",
        _ => return Err(PageError::NotFound),
    };
    let mut mistakes = Mistakes::new();
    let many = mistakes.need(field, form.many.trim().parse::<i32>().or(Err("请写数量")));
    let who = mistakes.need(field, AccountId::parse(&form.who).ok_or("请选是谁"));
    if let (Some(many), Some(who)) = (many, who) {
        let done = match form.act.as_str() {
            "hand" => hand(db, cx, &worker, (item.id, &who, many), now).await,
            "take_back" => take_back(db, cx, &worker, (item.id, &who, many), now).await,
            _ => counted(db, cx, &worker, (item.id, many, &who), now).await.map(|_| ()),
        };
        match done {
            Ok(()) => {
                return Ok(see_other_saying(&format!("/console/outreach/stock/{}", item.id), Said::Kept));
            }
            Err(OutreachError::Refused(no)) => mistakes.add(field, said(&no)),
            Err(error) => return Err(page_error(error)),
        }
    }
    let page = show(&app, &by, &path, Bought::default()).await?;
    mistaken(&page.with(mistakes))
}
