use std::time::Duration;

use dingtalk::{
    DeptId, Error, Hosts,
    robot::RobotMessage,
    workflow::{FormField, NewInstance},
};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::host::{Host, INSTANCES, SEND, USER};

fn new_instance() -> NewInstance {
    let fields = vec![FormField::new("受理编号", "BF-1")];
    NewInstance::new("PROC-1".parse().unwrap(), "lgb0007".parse().unwrap(), DeptId(-1), fields)
}

#[tokio::test]
async fn a_request_without_an_answer_may_have_been_carried_out() {
    let host = Host::start().await;
    let late = ResponseTemplate::new(200).set_body_json(json!({"instanceId": "pi-1"}));
    host.answers_with(INSTANCES, late.set_delay(Duration::from_secs(5))).await;
    let mut config = host.config();
    config.timeout = Duration::from_millis(300);
    let error = host.client_of(config).workflow().create(&new_instance()).await.unwrap_err();
    assert!(matches!(error, Error::Unknown(Some(_))), "{error:?}");
}

#[tokio::test]
async fn a_gateway_that_gave_up_may_have_passed_the_request_on() {
    for status in [500, 502, 504] {
        let host = Host::start().await;
        host.answers_with(INSTANCES, ResponseTemplate::new(status).set_body_string("<html>")).await;
        let error = host.client().workflow().create(&new_instance()).await.unwrap_err();
        assert!(matches!(error, Error::Unknown(None)), "{status}: {error:?}");
        assert_eq!(host.asked(INSTANCES).await.len(), 1, "never sent again by itself");
    }
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_did_nothing() {
    let host = Host::start().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut config = host.config();
    config.hosts = Hosts { api: config.hosts.api, oapi: format!("http://{free}").parse().unwrap() };
    let webhook = format!("http://{free}/robot/sendBySession?session=0f00");
    let tried = host.client_of(config).robot().answer(&webhook, RobotMessage::Text("好".to_owned())).await;
    assert!(matches!(tried, Err(Error::Unavailable(Some(_)))), "{tried:?}");
}

#[tokio::test]
async fn a_lost_answer_does_not_show_the_address() {
    let host = Host::start().await;
    host.answers_with(USER, ResponseTemplate::new(200).set_delay(Duration::from_secs(5))).await;
    let mut config = host.config();
    config.timeout = Duration::from_millis(300);
    let error = host.client_of(config).contact().user(&"lgb0007".parse().unwrap()).await.unwrap_err();
    let Error::Unknown(Some(source)) = &error else { panic!("{error:?}") };
    let shown = format!("{error:?} {error} {source}");
    assert!(!shown.contains("access_token") && !shown.contains("t-1"), "{shown}");
}

#[tokio::test]
async fn a_busy_host_names_its_waiting_time() {
    let host = Host::start().await;
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "7");
    host.answers_with(SEND, busy.set_body_json(json!({"code": "systemBusy"}))).await;
    let to = ["lgb0007".parse().unwrap()];
    let error =
        host.client().robot().send_to_people(&to, &RobotMessage::Text("好".to_owned())).await.unwrap_err();
    let Error::RetryAfter { after, code } = error else { panic!("{error:?}") };
    assert_eq!((after, code.as_str()), (Duration::from_secs(7), "systemBusy"));
}

#[tokio::test]
async fn a_body_beyond_the_cap_is_not_read_to_its_end() {
    let host = Host::start().await;
    let huge = vec![b' '; 5 << 20];
    host.answers_with(INSTANCES, ResponseTemplate::new(200).set_body_bytes(huge)).await;
    let error = host.client().workflow().get(&"pi-1".parse().unwrap()).await.unwrap_err();
    assert!(matches!(&error, Error::NotUnderstood { at, .. } if at.contains("4 MiB")), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (host, elsewhere) = (Host::start().await, Host::without_token().await);
    let to = format!("{}{INSTANCES}", elsewhere.server.uri());
    host.answers_with(INSTANCES, ResponseTemplate::new(302).insert_header("location", to)).await;
    let error = host.client().workflow().get(&"pi-1".parse().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::NotUnderstood { status: 302, .. }), "{error:?}");
    assert!(elsewhere.server.received_requests().await.unwrap().is_empty());
}
