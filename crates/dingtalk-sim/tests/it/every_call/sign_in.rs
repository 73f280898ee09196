//! Tokens, codes, and a place to connect to.

use serde_json::json;

use super::step::{Step, call};

pub(super) fn steps() -> Vec<Step> {
    vec![
        call("POST /v1.0/oauth2/accessToken")
            .body(json!({"appKey": "$key", "appSecret": "$secret"}))
            .keep("token", "/accessToken"),
        call("POST /v1.0/oauth2/{corpId}/token").at(&["$corp"]).body(
            json!({"client_id": "$key", "client_secret": "$secret", "grant_type": "client_credentials"}),
        ),
        call("GET /gettoken").query(json!({"appkey": "$key", "appsecret": "$secret"})),
        call("POST /v1.0/oauth2/userAccessToken")
            .body(json!({"clientId": "$key", "clientSecret": "$secret", "code": "strict-oauth-code",
                "grantType": "authorization_code"}))
            .keep("person", "/accessToken")
            .keep("refresh", "/refreshToken"),
        call("POST /v1.0/oauth2/userAccessToken").body(json!({"clientId": "$key", "clientSecret": "$secret",
            "refreshToken": "$refresh", "grantType": "refresh_token"})),
        call("GET /v1.0/contact/users/{unionId}").at(&["me"]).token("person"),
        call("POST /v1.0/oauth2/ssoAccessToken")
            .body(json!({"corpid": "$corp", "ssoSecret": "$sso_secret"}))
            .keep("back_office", "/accessToken"),
        call("GET /v1.0/oauth2/ssoUserInfo")
            .query(json!({"code": "sim-back-office-code"}))
            .token("back_office"),
        call("POST /v1.0/oauth2/jsapiTickets"),
        call("POST /topapi/v2/user/getuserinfo").body(json!({"code": "strict-sign-in-code"})),
        call("POST /v1.0/gateway/connections/open").body(json!({
            "clientId": "$key", "clientSecret": "$secret", "ua": "a-client/1.0", "localIp": "127.0.0.1",
            "extras": {"anything": "1"}, "subscriptions": [{"type": "EVENT", "topic": "*"}],
        })),
    ]
}
