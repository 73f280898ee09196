//! 回避: a case of which its reader learns the number, and that he has nothing to do with it.

use std::collections::BTreeSet;

use domain::{
    By,
    aid::{
        Case,
        excused::{self, Excused},
        payment::Payment,
        separation::Part,
    },
    authority::Grants,
    ids::CaseId,
};

use crate::{
    app::{App, DbErr},
    authority::words::called,
    page::PageError,
};

/// What a list says of such a case instead of anything else.
pub(crate) const EXCUSED: &str = "您要回避";

/// From which cases a login is excused, for a list.
pub(crate) async fn of(app: &App, grants: &Grants) -> Result<Excused, DbErr> {
    Excused::of(&app.db, grants.account(), app.clock.now()).await
}

/// The cases of these payments from which a login is excused.
pub(super) async fn payments(
    app: &App,
    grants: &Grants,
    payments: &[Payment],
) -> Result<BTreeSet<CaseId>, DbErr> {
    of(app, grants).await?.among(&app.db, payments.iter().map(|payment| payment.case_id)).await
}

/// Whoever is excused from a case goes no further; that he tried is recorded.
pub(crate) async fn goes_on(app: &App, grants: &Grants, case: &Case) -> Result<(), PageError> {
    let covering = grants.all().iter().find(|live| live.role.sees_matters() && live.covers(&case.place()));
    let by = By::under(grants.account(), covering.ok_or(PageError::NotFound)?);
    let why = excused::kept_from(&app.db, &app.cx, (grants.account(), by), case, app.clock.now()).await?;
    let Some(why) = why else { return Ok(()) };
    let reason = match why {
        Part::Applicant => "您是申请人这一边的",
        Part::Recused => "您在集体研究时已经回避",
        _ => "您和申请人关系亲近",
    };
    let other = case.worker.as_ref().filter(|worker| *worker != grants.account());
    let ask = match other {
        Some(worker) => called(app, worker).await?,
        None => "同处室的同志".to_owned(),
    };
    let number = &case.number;
    Err(PageError::Excused(format!("个案{number}：{reason}，所以不看、也不办。\n要问这件事，请找{ask}。")))
}
