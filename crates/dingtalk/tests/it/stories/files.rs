//! Files that people send to the robot, and that the app fetches.

use dingtalk::{Client, Config, Error};
use dingtalk_sim::{AppEndpoints, SentFile, Tenant};
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::{client_of, config, open};

/// What the app is told of a file that somebody sends.
async fn told(tenant: &Tenant, file: SentFile) -> String {
    let app = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(json!({}))).mount(&app).await;
    let robot_url = Some(format!("{}/robot", app.uri()));
    tenant.connect(AppEndpoints { base_url: app.uri(), callback_url: None, robot_url });
    tenant.person("lgb0001").sends(file).await.unwrap();
    let told = app.received_requests().await.unwrap().pop().unwrap().body_json::<Value>().unwrap();
    told.pointer("/content/downloadCode").unwrap().as_str().unwrap().to_owned()
}

async fn with_a_file() -> (Tenant, Client, String) {
    let (tenant, client) = open().await;
    let code = told(&tenant, SentFile::file("票据.pdf", &[7; 1000])).await;
    (tenant, client, code)
}

#[tokio::test]
async fn what_somebody_sends_is_fetched_whole_and_without_the_token() {
    let (tenant, client, code) = with_a_file().await;
    assert_eq!(client.robot().file(&code).await.unwrap(), [7; 1000]);
    let asked = tenant.wire();
    assert!(asked.iter().any(|line| line.path == "/v1.0/robot/messageFiles/download"), "{asked:?}");
    assert_eq!(
        client.robot().file("no such code").await.unwrap_err().code(),
        "invalidParameter.robotCode.downloadCode"
    );
}

#[tokio::test]
async fn a_file_of_exactly_the_cap_is_fetched_and_one_byte_more_is_not() {
    let (tenant, _client, code) = with_a_file().await;
    let capped = |largest_file| client_of(&tenant, Config { largest_file, ..config(&tenant) });
    assert_eq!(capped(1000).robot().file(&code).await.unwrap().len(), 1000);
    let tried = capped(999).robot().file(&code).await;
    assert!(
        matches!(&tried, Err(Error::NotUnderstood { at, .. }) if at.contains("largest_file")),
        "{tried:?}"
    );
}
