use dingtalk::{Cause, auth::UserToken};
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{body_json, header, path, query_param},
};

use crate::host::{Host, TOKEN};

const USER_TOKEN: &str = "/v1.0/oauth2/userAccessToken";
const ME: &str = "/v1.0/contact/users/me";

#[tokio::test]
async fn a_browser_code_becomes_a_token_and_the_token_a_person() {
    let host = Host::without_token().await;
    let answer =
        json!({"accessToken": "u-1", "refreshToken": "r-1", "expireIn": 7200, "corpId": "dingcorp1"});
    let asked = json!({"clientId": "dingapp1", "clientSecret": "hush-hush", "grantType": "authorization_code", "code": "c-1"});
    Mock::given(path(USER_TOKEN))
        .and(body_json(asked))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&host.server)
        .await;
    let asked = json!({"clientId": "dingapp1", "clientSecret": "hush-hush", "grantType": "refresh_token", "refreshToken": "r-1"});
    let answer = json!({"accessToken": "u-2", "refreshToken": "r-2", "expireIn": "7200", "corpId": ""});
    Mock::given(path(USER_TOKEN))
        .and(body_json(asked))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&host.server)
        .await;
    Mock::given(path(ME))
        .and(header("x-acs-dingtalk-access-token", "u-2"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"unionId": "U1", "nick": "李管理", "email": null})),
        )
        .mount(&host.server)
        .await;
    let client = host.client();
    let token = client.auth().user_token(&"c-1".into()).await.unwrap();
    assert_eq!(token.corp_id.as_ref().unwrap().as_str(), "dingcorp1");
    let token = client.auth().renew_user_token(&token.refresh_token.into()).await.unwrap();
    assert!(token.corp_id.is_none());
    assert_eq!(client.auth().me(&token).await.unwrap().union_id.as_str(), "U1");
    assert!(host.asked(TOKEN).await.is_empty(), "the app's own token is not needed");
}

#[tokio::test]
async fn a_persons_token_that_is_refused_is_not_fetched_again() {
    let host = Host::start().await;
    host.answers(ME, 400, json!({"code": "accesstoken.expired", "requestid": "R", "message": "m"})).await;
    let token: UserToken = serde_json::from_value(json!({"accessToken": "u-1", "expireIn": 1})).unwrap();
    let error = host.client().auth().me(&token).await.unwrap_err();
    assert_eq!(error.code(), "accesstoken.expired");
    assert_eq!((host.asked(ME).await.len(), host.asked(TOKEN).await.len()), (1, 0));
}

#[tokio::test]
async fn who_comes_from_the_back_office_is_asked_for_with_its_own_token() {
    let host = Host::without_token().await;
    let user = json!({"corpId": "dingcorp1", "corpName": "局", "userId": "gl0001", "userName": "管理",
        "email": null, "isAdmin": "true"});
    Mock::given(path("/v1.0/oauth2/ssoAccessToken"))
        .and(body_json(json!({"corpid": "dingcorp1", "ssoSecret": "sso-hush"})))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"accessToken": "s-1", "expireIn": 3600})),
        )
        .mount(&host.server)
        .await;
    Mock::given(path("/v1.0/oauth2/ssoUserInfo"))
        .and(query_param("code", "c-1"))
        .and(header("x-acs-dingtalk-access-token", "s-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(user))
        .mount(&host.server)
        .await;
    let client = host.client();
    let user = client.auth().back_office_user(&"sso-hush".into(), &"c-1".into()).await.unwrap();
    assert!(user.is_admin && user.user_id.as_str() == "gl0001");
}

#[tokio::test]
async fn a_used_code_asks_for_another() {
    let host = Host::without_token().await;
    let refusal: Value = json!({"code": "invalidCode", "requestid": "R", "message": "无效的授权码"});
    host.answers(USER_TOKEN, 400, refusal).await;
    let error = host.client().auth().user_token(&"c-1".into()).await.unwrap_err();
    assert_eq!(error.cause(), Some(Cause::SignInCode));
}
