//! The organisation's token endpoint, and the ticket of pages.

use chrono::TimeDelta;
use dingtalk::jsapi::{Digest, signature};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{own_client, raw, tenant};
use dingtalk_sim::Tenant;

async fn ask(tenant: &Tenant, corp: &str, body: Value) -> (u16, Value) {
    let url = format!("{}/v1.0/oauth2/{corp}/token", tenant.base_url());
    let answer = raw().post(url).json(&body).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

#[tokio::test]
async fn the_organisations_endpoint_gives_the_token_that_the_others_give() {
    let tenant = tenant().await;
    let world = crate::world();
    let body = |grant: &str, secret: &str| json!({"client_id": world.app.client_id, "client_secret": secret, "grant_type": grant});
    let secret = &world.app.client_secret;
    let (status, answer) = ask(&tenant, &world.corp.id, body("client_credentials", secret)).await;
    assert_eq!((status, answer["expires_in"].as_i64()), (200, Some(7200)));
    let url = format!("{}/topapi/user/count", tenant.base_url());
    let counted = raw()
        .post(url)
        .query(&[("access_token", answer["access_token"].as_str().unwrap())])
        .json(&json!({"only_active": false}))
        .send()
        .await
        .unwrap();
    let counted: Value = serde_json::from_slice(&counted.bytes().await.unwrap()).unwrap();
    assert_eq!(counted["result"]["count"], 6);

    for (corp, body, expected) in [
        (world.corp.id.as_str(), body("password", secret), (400, "unsupported.grant.type")),
        (world.corp.id.as_str(), body("client_credentials", "guessed"), (400, "invalid.client")),
        ("dingother", body("client_credentials", secret), (401, "unauthorized.client")),
    ] {
        let (status, answer) = ask(&tenant, corp, body).await;
        assert_eq!((status, answer["code"].as_str().unwrap()), expected);
    }
}

#[tokio::test]
async fn a_page_is_signed_with_the_ticket_of_the_app() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let ticket = client.jsapi().ticket().await.unwrap();
    let now = tenant.clock().now();
    let config =
        client.jsapi().config("https://h5.example.gov.cn/app?x=1#/", Digest::Sha256, now).await.unwrap();
    let url = "https://h5.example.gov.cn/app?x=1";
    let by_hand =
        signature(Digest::Sha256, ticket.expose_secret(), &config.nonce_str, &config.time_stamp, url);
    assert_eq!(config.signature, by_hand);
    assert_eq!(config.corp_id.as_str(), crate::world().corp.id);

    tenant.clock().advance(TimeDelta::seconds(7000));
    client.jsapi().drop_ticket().await;
    assert_eq!(client.jsapi().ticket().await.unwrap().expose_secret(), ticket.expose_secret(), "prolonged");
    tenant.clock().advance(TimeDelta::hours(24));
    assert_ne!(client.jsapi().ticket().await.unwrap().expose_secret(), ticket.expose_secret());
}
