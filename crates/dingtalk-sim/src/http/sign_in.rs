//! Tokens of the app, the codes of people who sign in, and the ticket of its pages.

use dingtalk::TokenAnswer;
use dingtalk::auth::{BackOfficeUser, Me, SignedIn, SsoTokenAnswer, UserToken};
use dingtalk::jsapi::TicketAnswer;
use serde_json::{Value, json};

use crate::config::CodeKind;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::http::endpoint::Cost::Free;
use crate::http::endpoint::{Endpoint, new, old};
use crate::world::{Person, Refusal};

pub(super) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/oauth2/accessToken", Free, "应用取令牌", access_token).open(),
    new("POST", "/v1.0/oauth2/{corpId}/token", Free, "应用取令牌", corp_token).open(),
    old("GET", "/gettoken", Free, "应用取令牌", get_token).open(),
    new("POST", "/v1.0/oauth2/jsapiTickets", Free, "取页面签名的票据", ticket).needs("qyapi_base"),
    old("POST", "/topapi/v2/user/getuserinfo", Free, "用免登码换身份", user_of_code).needs("qyapi_base"),
    new("POST", "/v1.0/oauth2/userAccessToken", Free, "用登录码换个人令牌", user_token)
        .open()
        .needs("open_app_api_base"),
    new("GET", "/v1.0/contact/users/{unionId}", Free, "读登录人自己", me).open().needs("Contact.User.Read"),
    new("POST", "/v1.0/oauth2/ssoAccessToken", Free, "取后台免登令牌", sso_token).open().needs("qyapi_base"),
    new("GET", "/v1.0/oauth2/ssoUserInfo", Free, "用后台免登码换身份", sso_user)
        .open()
        .needs("qyapi_get_omp_sso_userinfo"),
];

fn access_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (key, secret) = (call.body.text("appKey")?, call.body.text("appSecret")?);
    call.read_whole()?;
    let access_token = issue(&mut call, &key, &secret)?;
    wire(TokenAnswer { access_token, expire_in: 7200 })
}

/// The one that is to replace the others.
fn corp_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (key, secret) = (call.body.text("client_id")?, call.body.text("client_secret")?);
    let grant = call.body.text("grant_type")?;
    call.read_whole()?;
    let refused = |status, code| Refusal::coded_with(status, code, code);
    if grant != "client_credentials" {
        return Err(refused(400, "unsupported.grant.type"));
    }
    let app = &call.world.app;
    if key != app.client_id || secret != app.client_secret {
        return Err(refused(400, "invalid.client"));
    }
    if call.part()? != call.world.corp.id {
        return Err(refused(401, "unauthorized.client"));
    }
    let token = call.state.tenancy.issue_token(call.now).value;
    Ok(json!({"access_token": token, "expires_in": 7200}))
}

fn get_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (key, secret) = (call.query.text("appkey")?, call.query.text("appsecret")?);
    call.read_whole()?;
    let token = issue(&mut call, &key, &secret)?;
    Ok(json!({"access_token": token, "expires_in": 7200}))
}

fn issue(call: &mut Call<'_>, key: &str, secret: &str) -> Result<String, Refusal> {
    check_app(call, key, secret)?;
    Ok(call.state.tenancy.issue_token(call.now).value)
}

fn check_app(call: &Call<'_>, key: &str, secret: &str) -> Result<(), Refusal> {
    if key != call.world.app.client_id || secret != call.world.app.client_secret {
        return Err(Refusal::BadCredentials);
    }
    Ok(())
}

fn ticket(mut call: Call<'_>) -> Result<Value, Refusal> {
    call.read_whole()?;
    let (jsapi_ticket, expire_in) = call.state.tenancy.ticket(call.now);
    wire(TicketAnswer { jsapi_ticket, expire_in })
}

fn user_of_code(mut call: Call<'_>) -> Result<Value, Refusal> {
    let code = call.body.text("code")?;
    call.read_whole()?;
    let person = call.state.tenancy.redeem_code(&code, CodeKind::SignIn, call.now)?;
    let device_id = format!("sim-{}", person.userid);
    let sys_level = super::directory::sys_level(&person);
    let result = wire(SignedIn {
        userid: id(person.userid)?,
        unionid: Some(id(person.unionid)?),
        name: person.name,
        device_id,
        sys: sys_level != 0,
        sys_level,
    })?;
    Ok(json!({ "result": result }))
}

fn user_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (key, secret) = (call.body.text("clientId")?, call.body.text("clientSecret")?);
    let grant = call.body.text("grantType")?;
    let code = call.body.optional_text("code")?;
    let refresh = call.body.optional_text("refreshToken")?;
    call.read_whole()?;
    check_app(&call, &key, &secret)?;
    let (tenancy, now) = (&mut call.state.tenancy, call.now);
    let token = match (grant.as_str(), code, refresh) {
        ("authorization_code", Some(code), _) => tenancy.person_token(&code, now)?,
        ("refresh_token", _, Some(refresh)) => tenancy.person_token_again(&refresh, now)?,
        ("authorization_code", None, _) => return Err(Refusal::Parameter("code is required".to_owned())),
        ("refresh_token", _, None) => return Err(Refusal::Parameter("refreshToken is required".to_owned())),
        (other, _, _) => return Err(Refusal::Parameter(format!("grantType {other} is not known"))),
    };
    wire(UserToken {
        access_token: token.value,
        refresh_token: token.refresh,
        expire_in: 7200,
        corp_id: Some(id(call.world.corp.id.clone())?),
    })
}

/// With the person's own token; `me` or their own unionid, nobody else's.
fn me(mut call: Call<'_>) -> Result<Value, Refusal> {
    let whom = call.part()?;
    call.read_whole()?;
    let person = call.state.tenancy.person_of_token(call.token.as_deref(), call.now)?;
    if whom != "me" && whom != person.unionid {
        return Err(Refusal::coded_with(404, "invalidParameter.user.notFound", "找不到该用户"));
    }
    let mobile = person.mobile.clone().filter(|_| call.world.app.has("Contact.User.mobile"));
    wire(Me {
        union_id: id(person.unionid.clone())?,
        open_id: format!("o{}", person.unionid),
        nick: person.name.clone(),
        avatar_url: String::new(),
        state_code: if mobile.is_some() { "86".to_owned() } else { String::new() },
        mobile: mobile.unwrap_or_default(),
        email: String::new(),
    })
}

fn sso_token(mut call: Call<'_>) -> Result<Value, Refusal> {
    let (corp, secret) = (call.body.text("corpid")?, call.body.text("ssoSecret")?);
    call.read_whole()?;
    if corp != call.world.corp.id || Some(&secret) != call.world.app.sso_secret.as_ref() {
        return Err(Refusal::BadCredentials);
    }
    let access_token = call.state.tenancy.sso_token(call.now).value;
    wire(SsoTokenAnswer { access_token, expire_in: 3600 })
}

fn sso_user(mut call: Call<'_>) -> Result<Value, Refusal> {
    let code = call.query.text("code")?;
    call.read_whole()?;
    call.state.tenancy.check_sso_token(call.token.as_deref(), call.now)?;
    let Person { userid, name, entry, .. } =
        call.state.tenancy.redeem_code(&code, CodeKind::BackOffice, call.now)?;
    wire(BackOfficeUser {
        user_id: id(userid)?,
        corp_id: id(call.world.corp.id.clone())?,
        corp_name: call.world.corp.name.clone(),
        user_name: name,
        email: entry.email.unwrap_or_default(),
        avatar: String::new(),
        is_admin: entry.admin.is_some(),
    })
}
