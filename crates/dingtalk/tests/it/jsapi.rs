use chrono::{DateTime, Utc};
use dingtalk::jsapi::{Digest, signature};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use wiremock::{Mock, ResponseTemplate, matchers::path};

use crate::host::Host;

const TICKETS: &str = "/v1.0/oauth2/jsapiTickets";

async fn gives_tickets(host: &Host) {
    for ticket in ["ticket-1", "ticket-2"] {
        let answer = json!({"jsapiTicket": ticket, "expireIn": 7200});
        Mock::given(path(TICKETS))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .up_to_n_times(1)
            .mount(&host.server)
            .await;
    }
}

#[tokio::test]
async fn the_ticket_is_fetched_once_for_all_and_again_when_it_was_dropped_or_ends() {
    let host = Host::start().await;
    gives_tickets(&host).await;
    let client = host.client();
    let asking: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.jsapi().ticket().await })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap().unwrap().expose_secret(), "ticket-1");
    }
    host.pass(6899);
    assert_eq!(client.jsapi().ticket().await.unwrap().expose_secret(), "ticket-1");
    client.jsapi().drop_ticket().await;
    assert_eq!(client.jsapi().ticket().await.unwrap().expose_secret(), "ticket-2");
    assert_eq!(host.asked(TICKETS).await.len(), 2);
}

#[tokio::test]
async fn a_page_gets_everything_as_text_and_a_signature_over_it() {
    let host = Host::start().await;
    gives_tickets(&host).await;
    let now: DateTime<Utc> = "2026-09-02T02:00:00Z".parse().unwrap();
    let page = "https://h5.example.gov.cn/app?x=%E8%80%81#/list";
    let client = host.client();
    let config = client.jsapi().config(page, Digest::Sha256, now).await.unwrap();
    let url = "https://h5.example.gov.cn/app?x=老";
    let expected = signature(Digest::Sha256, "ticket-1", &config.nonce_str, &config.time_stamp, url);
    assert_eq!(config.signature, expected);
    let shown: Value = serde_json::to_value(&config).unwrap();
    assert_eq!(shown["agentId"], "300100200");
    assert_eq!(shown["timeStamp"], "1788314400000");
    assert_eq!(shown["corpId"], "dingcorp1");
    let another = client.jsapi().config(page, Digest::Sha1, now).await.unwrap();
    assert_ne!(another.nonce_str, config.nonce_str);
    assert_eq!(another.signature.len(), 40);
}
