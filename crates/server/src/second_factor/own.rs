//! The own second factor: whether there is one, binding one, and the codes for the day on which the telephone is lost.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    calendar::{local_date, say as dates},
    ids::AccountId,
    second_factor::{
        RecoveryCode, SecondFactor, SecondFactorError, SecondFactorRefusal, Secret, confirm, offer, offered,
        store,
    },
};
use notify::words::second_factor as say;
use url::form_urlencoded::byte_serialize;

use super::{
    gate::Held,
    typed::Typed,
    words::{page_error, staff},
};
use crate::{
    app::App,
    page::{Answer, Frame, Mistakes, PageError, Tag, html, mistaken, pattern},
    session::{Posted, SignedIn, kept_fields},
};

/// How an authenticator app calls us.
const ISSUER: &str = "银龄";
const HERE: &str = "/console/second-factor";

#[derive(Template)]
#[template(path = "second_factor/own.html")]
struct Own {
    frame: Frame,
    bound: bool,
    tag: Tag,
    rows: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "second_factor/offered.html")]
struct Offered {
    frame: Frame,
    account: String,
    pattern: String,
    secret: String,
    on: Typed,
}

#[derive(Template)]
#[template(path = "second_factor/codes.html")]
struct Spare {
    frame: Frame,
    codes: Vec<String>,
    /// The act that goes on: where, and its fields.
    act: Option<(String, Vec<(String, String)>)>,
}

pub(super) async fn page(app: web::Data<App>, by: SignedIn) -> Result<HttpResponse, PageError> {
    let (grants, now) = (by.grants().await?, app.clock.now());
    let found = store::find(&app.db, &by.account.id).await?.filter(SecondFactor::is_bound);
    let mut rows = Vec::new();
    if let Some(row) = &found {
        let since = row.confirmed_at.map(|at| dates::full_date(local_date(at)));
        rows.extend(since.map(|since| Answer::new("绑定日期", since)));
        let left = store::codes_left(&app.db, row.id).await?;
        rows.push(Answer::new("备用码", format!("还有{left}个")));
        let locked = row.locked(now).map(say::until);
        rows.extend(locked.map(|until| Answer::new("锁定", format!("{until}以后再输"))));
    }
    let tag = match &found {
        Some(_) => Tag::good("已绑定"),
        None if grants.need_second_factor() && app.config.second_factor.required => {
            Tag::attention("还没有绑定")
        }
        None => Tag::quiet("还没有绑定"),
    };
    html(&Own { frame: by.frame().console().titled("我的动态口令"), bound: found.is_some(), tag, rows })
}

/// For an app: the office and the number of the login, and nothing about whose it is.
fn uri(secret: &Secret, account: &AccountId) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let (issuer, account, secret) = (encoded(ISSUER), encoded(account.as_str()), secret.reveal());
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

fn shown(by: &SignedIn, secret: &Secret, on: Typed) -> Result<Offered, PageError> {
    Ok(Offered {
        frame: by.frame().console().titled("绑定动态口令"),
        account: by.account.id.to_string(),
        pattern: pattern(&uri(secret, &by.account.id))?,
        secret: secret.grouped(),
        on,
    })
}

/// Shows a new secret. Whoever has one already shows a code of that one first.
pub(super) async fn begin(app: web::Data<App>, posted: Posted<Typed>) -> Result<HttpResponse, PageError> {
    let Posted { by, form: on } = posted;
    staff(&by).await?;
    match offer(&app.db, &app.cx, by.session(), app.clock.now()).await {
        Ok(secret) => html(&shown(&by, &secret, on)?),
        Err(SecondFactorError::Refused(SecondFactorRefusal::NotSteppedUp)) => {
            let to = format!("{HERE}/new");
            let on = Typed { to, kept: "again=1".to_owned(), from: HERE.to_owned(), ..Typed::default() };
            Err(PageError::HeldUp(Box::new(Held { bind: false, on })))
        }
        Err(error) => Err(page_error(error)),
    }
}

/// The first code: from now on it counts, and the act that was held up goes on from the page with the codes on paper.
pub(super) async fn first_code(
    app: web::Data<App>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: on } = posted;
    staff(&by).await?;
    let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
    let refusal = match confirm(db, cx, by.session(), &on.code, now).await {
        Ok(codes) => {
            let act = if on.waits() { Some((on.to.clone(), kept_fields(&on.kept)?)) } else { None };
            let codes = codes.iter().map(RecoveryCode::reveal).collect();
            return html(&Spare { frame: by.frame().console().titled("抄下备用码"), codes, act });
        }
        Err(SecondFactorError::Refused(refusal @ SecondFactorRefusal::Wrong { .. })) => refusal,
        Err(error) => return Err(page_error(error)),
    };
    let secret = offered(db, cx, by.session(), now).await.map_err(page_error)?;
    let gone = || PageError::Refused(say::refusal(SecondFactorRefusal::NotOffered));
    let page = shown(&by, &secret.ok_or_else(gone)?, on)?;
    mistaken(&Offered { frame: page.frame.with(Mistakes::one("code", say::refusal(refusal))), ..page })
}

#[cfg(test)]
mod tests {
    use super::{AccountId, Secret, uri};

    #[test]
    fn an_app_learns_the_number_of_the_login_and_no_name() {
        let account = AccountId::parse("lgb0007").unwrap();
        let said = uri(&Secret::from_bytes(*b"12345678901234567890"), &account);
        assert_eq!(
            said,
            "otpauth://totp/%E9%93%B6%E9%BE%84:lgb0007?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%E9%93%B6%E9%BE%84&algorithm=SHA1&digits=6&period=30"
        );
    }
}
