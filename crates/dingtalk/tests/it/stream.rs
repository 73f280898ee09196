use dingtalk::{
    Cause, Error,
    stream::{CARD, ROBOT, Subscription},
};
use serde_json::json;

use crate::host::{Host, TOKEN};

const OPEN: &str = "/v1.0/gateway/connections/open";

fn everything() -> [Subscription; 3] {
    [Subscription::events(), Subscription::callback(ROBOT), Subscription::callback(CARD)]
}

#[tokio::test]
async fn a_connection_is_asked_for_with_the_secret_and_without_a_token() {
    let host = Host::start().await;
    let endpoint = host.server.uri().replace("http://", "ws://") + "/connect";
    host.answers(OPEN, 200, json!({"endpoint": endpoint, "ticket": "t-0001"})).await;
    let opened =
        host.client().stream().open(&everything(), "lgb-sdk-rust/1", Some("10.0.0.8")).await.unwrap();
    assert_eq!(opened.address().unwrap().as_str(), format!("{endpoint}?ticket=t-0001"));

    let asked = host.asked(OPEN).await;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].headers["accept"], "application/json", "or the gateway answers in XML");
    assert!(!asked[0].headers.contains_key("x-acs-dingtalk-access-token"));
    assert_eq!(
        asked[0].body_json::<serde_json::Value>().unwrap(),
        json!({"clientId": "dingapp1", "clientSecret": "hush-hush", "ua": "lgb-sdk-rust/1", "localIp": "10.0.0.8",
            "subscriptions": [{"type": "EVENT", "topic": "*"},
                {"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"},
                {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"}]})
    );
    assert!(host.asked(TOKEN).await.is_empty());
}

#[tokio::test]
async fn a_wrong_secret_is_somebodys_to_look_at() {
    let host = Host::start().await;
    host.answers(OPEN, 401, json!({"code": "authFailed", "message": "鉴权失败", "requestid": "r-1"})).await;
    let error = host.client().stream().open(&everything(), "ua", None).await.unwrap_err();
    assert_eq!(error.cause(), Some(Cause::App), "{error:?}");
    assert!(!format!("{error:?}").contains("hush"));
}

#[tokio::test]
async fn an_endpoint_elsewhere_is_not_connected_to() {
    for endpoint in ["ws://192.0.2.1:443/connect", "nonsense", "", "http://127.0.0.1/connect"] {
        let host = Host::start().await;
        host.answers(OPEN, 200, json!({"endpoint": endpoint, "ticket": "t-0001"})).await;
        let error = host.client().stream().open(&everything(), "ua", None).await.unwrap_err();
        assert!(
            matches!(&error, Error::NotUnderstood { at, .. } if at == "endpoint"),
            "{endpoint}: {error:?}"
        );
        assert!(!format!("{error:?}").contains("t-0001"));
    }
}
