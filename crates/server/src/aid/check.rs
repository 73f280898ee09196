//! Checking the answers, and sending them once.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    aid::{
        Category,
        commands::{draft as commands, ready, submit},
        draft::{Answers, Draft, Pay, Question, Reach},
        setting::papers::missing,
        store,
    },
    calendar::local_date,
    evidence,
    ids::RegionCode,
    person,
};
use serde::Deserialize;

use super::{
    question::{CHECKING, after, answers},
    start::Way,
    whose::Whose,
    words::{label, page_error, telephone},
};
use crate::{
    app::App,
    page::{Answer, Brand, Frame, PageError, html, see_other},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "aid/check.html")]
struct Page {
    frame: Frame,
    whose: Whose,
    back: String,
    draft: Draft,
    rows: Vec<Answer>,
}

pub(super) async fn page(
    app: web::Data<App>,
    way: web::Query<Way>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    let whose = Whose::of(&app, &by, &way.whose).await?;
    let open = commands::open(&app.db, &whose.myself, app.clock.now()).await.map_err(page_error)?;
    // Back after sending: it is among the requests.
    let Some(draft) = open else { return Ok(see_other("/aid/cases")) };
    let answers = answers(&app, &draft)?;
    if Question::next(&answers).is_some() {
        return Ok(see_other(&whose.address(&after(&answers))));
    }
    let region = person::store::place_of(&app.db, draft.person_id).await?.ok_or(PageError::NotFound)?.region;
    let today = local_date(app.clock.now());
    let offers = store::category::offers(&app.db, &region, today).await?;
    // What was offered when it was chosen, and is no more, is chosen again.
    let Some(offer) = offers.iter().find(|offer| Some(offer.category) == answers.category) else {
        return Ok(see_other(&changing(&whose, Question::WhatHappened)));
    };
    let papers = papers(&app, &draft, (offer.category, &region)).await?;
    let person = person::store::find(&app.db, draft.person_id).await?.ok_or(PageError::NotFound)?;
    html(&Page {
        frame: by.frame().branded(Brand::Care).titled("看一遍，再提交"),
        back: whose.address("/aid/apply/pay"),
        rows: rows(&whose, (&answers, &offer.label, &papers), person.payout_tail.as_deref()),
        whose,
        draft,
    })
}

/// How many there are, and what is missing: said before the request is sent.
async fn papers(
    app: &App,
    draft: &Draft,
    (category, region): (Category, &RegionCode),
) -> Result<String, PageError> {
    let sent = evidence::store::of_draft(&app.db, draft.id).await?;
    let wanted = ready::papers(&app.db, category, region, app.clock.now()).await?;
    let have = ready::shown_by(&sent);
    let lacks: Vec<String> = missing(&wanted, &have)
        .into_iter()
        .map(|it| format!("{}{}", it.demand.how(), it.demand.label()))
        .collect();
    let lacks = if lacks.is_empty() { String::new() } else { format!("。还缺：{}", lacks.join("；")) };
    Ok(match sent.len() {
        0 => format!("没有，可以以后再交{lacks}"),
        many => format!("{many}张{lacks}"),
    })
}

/// The page of one question, from which one comes back here.
fn changing(whose: &Whose, question: Question) -> String {
    let change = whose.address(&format!("/aid/apply/{}", question.code()));
    let glue = if change.contains('?') { '&' } else { '?' };
    format!("{change}{glue}from={CHECKING}")
}

fn rows(
    whose: &Whose,
    (answers, category, papers): (&Answers, &str, &str),
    account: Option<&str>,
) -> Vec<Answer> {
    let row = |question: Question, said: String| {
        let said = if said.is_empty() { "没有写".to_owned() } else { said };
        Answer::new(label(question), said).changed_at(changing(whose, question))
    };
    let both =
        |one: &str, other: &str| if other.is_empty() { one.to_owned() } else { format!("{one}，{other}") };
    let elsewhere: Vec<&str> = answers.elsewhere.iter().flatten().map(|one| one.label()).collect();
    let reach = match &answers.reach {
        Some(Reach::Other(phone)) => telephone(Some(phone)),
        Some(Reach::OnFile) => telephone(None),
        None => String::new(),
    };
    let pay = match (answers.pay, account) {
        (Some(Pay::OnFile), Some(tail)) => format!("登记的银行卡，尾号{tail}"),
        (Some(Pay::OnFile), None) => "登记的银行卡".to_owned(),
        (Some(Pay::CallMe), _) => "打电话商量".to_owned(),
        (None, _) => String::new(),
    };
    let someone = whose.name.as_ref().map(|name| Answer::new(label(Question::WhoFor), name.as_str()));
    let asked = [
        row(Question::WhatHappened, both(category, &answers.reason)),
        row(Question::OwnWords, answers.words.clone().unwrap_or_default()),
        row(Question::SinceWhen, answers.since.map(|since| since.label().to_owned()).unwrap_or_default()),
        row(Question::HelpElsewhere, elsewhere.join("、")),
        row(Question::HowToReach, both(&reach, &answers.visit_when)),
        row(Question::WhereToPay, pay),
        Answer::new("材料", papers).changed_at(whose.address("/aid/apply/papers")),
    ];
    someone.into_iter().chain(asked).collect()
}

/// The draft's id makes a form that is sent twice one request.
#[derive(Deserialize)]
pub(super) struct Sent {
    draft: String,
    version: i64,
    #[serde(default)]
    whose: String,
}

pub(super) async fn send(app: web::Data<App>, posted: Posted<Sent>) -> Result<HttpResponse, PageError> {
    let draft = posted.form.draft.parse().or(Err(PageError::Stale))?;
    let whose = Whose::of(&app, &posted.by, &posted.form.whose).await?;
    let sent = (draft, posted.form.version);
    let case = submit::submit(&app.db, &app.cx, &whose.myself, sent, app.clock.now()).await;
    let case = case.map_err(page_error)?;
    Ok(see_other(&format!("/aid/cases/{}/received", case.id)))
}
