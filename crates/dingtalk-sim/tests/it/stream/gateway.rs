//! The gateway as any client meets it.

use chrono::TimeDelta;
use dingtalk::stream::{OpenAnswer, Subscription};
use dingtalk_callback::frame::Frame;
use dingtalk_sim::Tenant;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite};

use super::listening::{emit, moment, tenant, world};

async fn open(tenant: &Tenant) -> OpenAnswer {
    crate::own_client(tenant).stream().open(&[Subscription::events()], "test-sdk-rust/1", None).await.unwrap()
}

async fn connect(opened: &OpenAnswer) -> Result<WebSocketStream<TcpStream>, u16> {
    let address = opened.address().unwrap();
    let port = address.port().unwrap();
    let tcp = TcpStream::connect((address.host_str().unwrap(), port)).await.unwrap();
    match client_async(address.as_str(), tcp).await {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

async fn next(socket: &mut WebSocketStream<TcpStream>) -> Value {
    let text = socket.next().await.unwrap().unwrap().into_text().unwrap();
    serde_json::from_str(text.as_str()).unwrap()
}

async fn ask(tenant: &Tenant, body: Option<Value>) -> (u16, Value) {
    let request = crate::raw().post(format!("{}/v1.0/gateway/connections/open", tenant.base_url()));
    let request = request.header("content-type", "application/json");
    let answer = match body {
        Some(body) => request.body(body.to_string()),
        None => request,
    };
    let answer = answer.send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

fn asked() -> Value {
    let world = world();
    json!({"clientId": world.app.client_id, "clientSecret": world.app.client_secret, "ua": "test-sdk-java/1",
        "localIp": "10.0.0.8,10.0.0.9", "extras": {"a": "b"},
        "subscriptions": [{"type": "SYSTEM", "topic": "ping"}, {"type": "EVENT", "topic": "*"}]})
}

#[tokio::test]
async fn a_ticket_opens_one_connection_within_ninety_seconds() {
    let tenant = tenant().await;
    let opened = open(&tenant).await;
    assert!(!opened.endpoint.contains('?') && opened.endpoint.ends_with("/connect"), "{}", opened.endpoint);
    assert!(opened.ticket.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let first = connect(&opened).await.unwrap();
    assert_eq!(connect(&opened).await.unwrap_err(), 401, "used");
    drop(first);
    assert_eq!(connect(&opened).await.unwrap_err(), 401, "used, though the connection is gone");

    let late = open(&tenant).await;
    tenant.clock().advance(TimeDelta::seconds(90));
    assert_eq!(connect(&late).await.unwrap_err(), 401);
    let forged = OpenAnswer { ticket: "forged".to_owned(), ..open(&tenant).await };
    assert_eq!(connect(&forged).await.unwrap_err(), 401);
}

#[tokio::test]
async fn the_gateway_is_strict_about_what_is_asked() {
    let tenant = tenant().await;
    assert_eq!(ask(&tenant, Some(asked())).await.0, 200);
    let (status, answer) = ask(&tenant, None).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("Missingbody")));
    let with = |path: &str, value: Value| {
        let mut body = asked();
        body[path] = value;
        body
    };
    let (status, answer) = ask(&tenant, Some(with("clientSecret", json!("guessed")))).await;
    assert_eq!((status, answer["code"].as_str()), (401, Some("authFailed")));
    assert!(answer["message"].as_str().unwrap().starts_with("鉴权失败") && answer["requestid"].is_string());
    for (name, value) in [
        ("subscriptions", json!([])),
        ("subscriptions", json!([{"type": "SYSTEM", "topic": "ping"}])),
        ("subscriptions", json!([{"type": "EVENT", "topic": "user_add_org"}])),
        ("subscriptions", json!([{"type": "EVENTS", "topic": "*"}])),
        ("subscriptions", json!([{"type": "EVENT", "topic": "*", "filter": "x"}])),
        ("subscriptions", json!([{"type": "CALLBACK", "topic": "robot"}])),
        ("subscriptions", json!("*")),
        ("clientId", json!(null)),
        ("language", json!("rust")),
    ] {
        let (status, answer) = ask(&tenant, Some(with(name, value.clone()))).await;
        assert_eq!(
            (status, answer["code"].as_str()),
            (400, Some("invalidParameter")),
            "{name} {value}: {answer}"
        );
    }
}

#[tokio::test]
async fn every_header_of_a_frame_is_a_text_and_so_is_its_data() {
    let tenant = tenant().await;
    let mut socket = connect(&open(&tenant).await).await.unwrap();
    tenant.remove_person("lgb0002").unwrap();
    let frame = next(&mut socket).await;
    assert_eq!((frame["specVersion"].as_str(), frame["type"].as_str()), (Some("1.0"), Some("EVENT")));
    let headers = frame["headers"].as_object().unwrap();
    assert!(headers.values().all(Value::is_string), "{frame}");
    for name in [
        "topic",
        "messageId",
        "contentType",
        "time",
        "appId",
        "connectionId",
        "eventType",
        "eventId",
        "eventBornTime",
        "eventCorpId",
        "eventUnifiedAppId",
    ] {
        assert!(headers.contains_key(name), "{name}: {frame}");
    }
    let data: Value = serde_json::from_str(frame["data"].as_str().unwrap()).unwrap();
    assert_eq!(
        data,
        json!({"timeStamp": crate::now().timestamp_millis().to_string(), "userId": ["lgb0002"]})
    );
}

#[tokio::test]
async fn ten_seconds_after_the_notice_the_connection_is_closed() {
    let tenant = tenant().await;
    let mut socket = connect(&open(&tenant).await).await.unwrap();
    let id = tenant.stream().connections()[0].id.clone();
    assert!(tenant.stream().disconnect(&id));
    let frame = next(&mut socket).await;
    assert_eq!(frame["headers"], json!({"topic": "disconnect"}), "no id to answer to");
    assert!(frame.get("specVersion").is_none());
    assert!(Frame::parse(&frame.to_string()).unwrap().data.contains("reason"));

    tenant.clock().advance(TimeDelta::milliseconds(9999));
    emit(&tenant, 1);
    for _ in 0..20 {
        moment().await;
    }
    assert!(tenant.stream().connections()[0].leaving);
    assert_eq!(tenant.stream().connections()[0].sent, 0, "it gets nothing new");
    tenant.clock().advance(TimeDelta::milliseconds(1));
    assert!(socket.next().await.unwrap().unwrap().is_close());
    assert!(!tenant.stream().disconnect("nobody"));
}

#[tokio::test]
async fn what_no_client_should_write_is_kept_as_a_complaint() {
    use futures_util::SinkExt;
    let tenant = tenant().await;
    let mut socket = connect(&open(&tenant).await).await.unwrap();
    for text in [
        "nonsense",
        "{}",
        r#"{"code":200,"headers":{},"message":"OK","data":{}}"#,
        r#"{"code":200,"headers":{"messageId":"never"},"message":"OK","data":""}"#,
        r#"{"code":"200","headers":{"messageId":"never"},"message":"OK","data":""}"#,
    ] {
        socket.send(tungstenite::Message::text(text)).await.unwrap();
    }
    socket.send(tungstenite::Message::binary(vec![1, 2, 3])).await.unwrap();
    super::listening::until("all six are heard", || tenant.stream().complaints().len() >= 7).await;
    assert_eq!(tenant.stream().connections().len(), 1);
}

#[tokio::test]
async fn a_visitor_can_do_what_a_test_can() {
    let tenant = tenant().await;
    let app = super::listening::Listening::start(&tenant, super::listening::single()).await;
    let at = |path: &str| format!("{}/_sim/stream{path}", tenant.base_url());
    let post = async |path: &str, body: Value| {
        let answer = crate::raw().post(at(path)).json(&body).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice::<Value>(&answer.bytes().await.unwrap()).unwrap())
    };
    let shown = crate::raw().get(at("")).send().await.unwrap().bytes().await.unwrap();
    let shown: Value = serde_json::from_slice(&shown).unwrap();
    let id = shown["connections"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(post("/ping", json!({})).await, (200, json!({"echoes": 1})));
    assert_eq!(post("/raw", json!({"connection": id, "text": "nonsense"})).await.0, 200);
    assert_eq!(post("/raw", json!({"connection": "nobody", "text": "nonsense"})).await.0, 400);
    assert_eq!(post("/disconnect", json!({"connection": id})).await.0, 200);
    super::listening::until("it is replaced", || app.report().opened == 2).await;
    assert_eq!(post("/cut", json!({})).await.0, 200);
    super::listening::until("and again", || app.report().opened == 3).await;
    assert_eq!(post("/cut", json!({"connection": "nobody"})).await.0, 400);
    assert!(!format!("{:?}", tenant.wire()).contains(&world().app.client_secret));
}
