//! Administrators sign in: with a browser outside DingTalk, and from the back office.

use chrono::TimeDelta;
use dingtalk::auth::{Authorise, UserToken, authorise_url};
use dingtalk::{Cause, Client};
use dingtalk_sim::{CodeKind, Options, Tenant};
use url::Url;

use crate::{own_client, raw, tenant};

/// The address of DingTalk's page, as our app would send the browser there.
fn page(tenant: &Tenant, back: &str, corp: Option<&str>) -> Url {
    let login = tenant.base_url().parse().unwrap();
    let redirect_uri = back.parse().unwrap();
    let corp_id = corp.map(|corp| corp.parse().unwrap());
    let ask = Authorise { redirect_uri: &redirect_uri, state: "state&1", corp_id: corp_id.as_ref() };
    authorise_url(&login, &crate::world().app.client_id, &ask)
}

/// Somebody scans; the browser is sent back.
async fn scanned(page: &Url, userid: &str) -> Url {
    let mut page = page.clone();
    page.query_pairs_mut().append_pair("sim_userid", userid);
    let answer = raw().get(page).send().await.unwrap();
    assert_eq!(answer.status(), 302);
    answer.headers()["location"].to_str().unwrap().parse().unwrap()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn token(client: &Client, code: &str) -> UserToken {
    client.auth().user_token(&code.into()).await.unwrap()
}

#[tokio::test]
async fn a_browser_goes_to_the_page_and_returns_with_somebody() {
    let tenant = tenant().await;
    let corp = crate::world().corp.id;
    let page = page(&tenant, "https://h5.example.gov.cn/desk/return?x=1", Some(&corp));
    let shown = raw().get(page.clone()).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    assert!(shown.text().await.unwrap().contains("何志明"));

    let back = scanned(&page, "gl0001").await;
    assert_eq!(back.host_str(), Some("h5.example.gov.cn"));
    assert_eq!(
        (parameter(&back, "x"), parameter(&back, "state")),
        (Some("1".into()), Some("state&1".into()))
    );
    let code = parameter(&back, "authCode").unwrap();
    assert_eq!(parameter(&back, "code").as_ref(), Some(&code));

    let client = own_client(&tenant);
    let token = token(&client, &code).await;
    assert_eq!(token.corp_id.as_ref().unwrap().as_str(), corp);
    let me = client.auth().me(&token).await.unwrap();
    assert_eq!(me.nick, "何志明");
    let found = client.contact().user_by_union_id(&me.union_id).await.unwrap();
    assert_eq!((found.userid.as_str(), found.contact_type), ("gl0001", 0));
    let again = client.auth().user_token(&code.as_str().into()).await.unwrap_err();
    assert_eq!(again.cause(), Some(Cause::SignInCode), "a code works once");
}

#[tokio::test]
async fn who_declines_or_is_nobody_comes_back_with_an_error() {
    let tenant = tenant().await;
    let back = scanned(&page(&tenant, "https://h5.example.gov.cn/", None), "nobody").await;
    assert!(parameter(&back, "error").is_some() && parameter(&back, "authCode").is_none());
    assert_eq!(parameter(&back, "state").as_deref(), Some("state&1"));
}

#[tokio::test]
async fn the_page_takes_only_what_is_documented_and_registered() {
    let mut world = crate::world();
    world.app.redirect_urls = Some(vec!["https://h5.example.gov.cn/desk".to_owned()]);
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let good = page(&tenant, "https://h5.example.gov.cn/desk/return", None);
    let changed = |name: &str, to: &str| {
        let mut url = good.clone();
        let pairs: Vec<_> = good.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
        url.query_pairs_mut().clear().extend_pairs(pairs).append_pair(name, to);
        url
    };
    let table = [
        (changed("state", "1"), 200),
        (page(&tenant, "https://h5.example.gov.cn/elsewhere", None), 400),
        (changed("client_id", "another"), 400),
        (changed("scope", "everything"), 400),
        (changed("prompt", "none"), 400),
        (changed("org_type", "management"), 400),
        (changed("surprise", "1"), 400),
        (changed("redirect_uri", "no address"), 400),
    ];
    for (url, status) in table {
        assert_eq!(raw().get(url.clone()).send().await.unwrap().status(), status, "{url}");
    }
}

#[tokio::test]
async fn a_persons_token_ends_after_two_hours_and_is_renewed_for_thirty_days() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let first = token(&client, &tenant.person("gl0001").code(CodeKind::Oauth).unwrap()).await;
    tenant.clock().advance(TimeDelta::seconds(7200));
    assert_eq!(client.auth().me(&first).await.unwrap_err().code(), "accesstoken.expired");
    let second = client.auth().renew_user_token(&first.refresh_token.as_str().into()).await.unwrap();
    assert_ne!(second.access_token, first.access_token);
    assert_eq!(client.auth().me(&second).await.unwrap().nick, "何志明");
    tenant.clock().advance(TimeDelta::days(30));
    let late = client.auth().renew_user_token(&second.refresh_token.into()).await.unwrap_err();
    assert_eq!(late.cause(), Some(Cause::SignInCode));
}

#[tokio::test]
async fn who_left_is_nobody_with_the_token_they_have() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let token = token(&client, &tenant.person("gl0001").code(CodeKind::Oauth).unwrap()).await;
    tenant.remove_person("gl0001").unwrap();
    assert!(client.auth().me(&token).await.is_err());
    assert!(client.auth().renew_user_token(&token.refresh_token.into()).await.is_err());
}

#[tokio::test]
async fn a_persons_number_needs_a_point_of_its_own() {
    for (points, mobile) in
        [(vec!["Contact.User.Read"], ""), (vec!["Contact.User.Read", "Contact.User.mobile"], "13800000001")]
    {
        let mut world = crate::world();
        world.app.permissions = Some(points.into_iter().map(str::to_owned).collect());
        let tenant = Tenant::start(world, Options::default()).await.unwrap();
        let client = own_client(&tenant);
        let token = token(&client, &tenant.person("lgb0001").code(CodeKind::Oauth).unwrap()).await;
        assert_eq!(client.auth().me(&token).await.unwrap().mobile, mobile);
    }
}

#[tokio::test]
async fn the_back_office_has_codes_of_its_own_and_one_is_known_beforehand() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let secret = crate::world().app.sso_secret.unwrap().into();
    let auth = client.auth();
    assert_eq!(auth.user_of_code("sim-back-office-code").await.unwrap_err().code(), "40078");
    let user = auth.back_office_user(&secret, &"sim-back-office-code".into()).await.unwrap();
    assert_eq!((user.user_id.as_str(), user.is_admin), ("gl0001", true));
    let again = auth.back_office_user(&secret, &"sim-back-office-code".into()).await.unwrap_err();
    assert_eq!((again.code().as_str(), again.cause()), ("invalidCode", Some(Cause::SignInCode)));

    let fresh = tenant.person("gl0001").code(CodeKind::BackOffice).unwrap();
    let wrong = auth.back_office_user(&"guessed".into(), &fresh.as_str().into()).await.unwrap_err();
    assert_eq!(wrong.code(), "invalidClientIdOrSecret");
    let container = tenant.person("gl0001").auth_code().unwrap();
    assert!(auth.back_office_user(&secret, &container.into()).await.is_err());
    auth.back_office_user(&secret, &fresh.into()).await.unwrap();
    assert!(
        tenant.person("lgb0001").code(CodeKind::BackOffice).is_err(),
        "only administrators come from there"
    );
}

#[tokio::test]
async fn an_administrator_is_told_from_others_in_the_container_too() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    for (userid, sys, level) in [("gl0001", true, 1), ("lgb0001", false, 0)] {
        let code = tenant.person(userid).auth_code().unwrap();
        let user = client.auth().user_of_code(&code).await.unwrap();
        assert_eq!((user.sys, user.sys_level), (sys, level));
    }
}
