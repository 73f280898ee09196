//! The simulator is strict about us: each mistake has the documented shape and a text that names it.

use serde_json::{Value, json};

use crate::{raw, tenant};
use dingtalk_sim::Tenant;

pub(crate) async fn token(tenant: &Tenant) -> String {
    let world = crate::world();
    let body = json!({"appKey": world.app.client_id, "appSecret": world.app.client_secret});
    let (_, answer) = post(tenant, "/v1.0/oauth2/accessToken", None, &body).await;
    answer["accessToken"].as_str().unwrap().to_owned()
}

async fn post(tenant: &Tenant, path: &str, token: Option<&str>, body: &Value) -> (u16, Value) {
    let mut request = raw().post(format!("{}{path}", tenant.base_url())).json(body);
    if let Some(token) = token {
        request = request.header("x-acs-dingtalk-access-token", token);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

const SEND: &str = "/v1.0/robot/oToMessages/batchSend";

fn message(to: &[String]) -> Value {
    let robot = crate::world().app.client_id;
    json!({"robotCode": robot, "userIds": to, "msgKey": "sampleText", "msgParam": "{\"content\":\"您好\"}"})
}

#[tokio::test]
async fn the_new_api_says_no_with_a_status_and_the_old_one_inside_a_200() {
    let tenant = tenant().await;
    let (status, answer) = post(&tenant, SEND, Some("wrong"), &message(&[])).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("InvalidAuthentication")));
    let (status, answer) = post(&tenant, "/topapi/v2/user/get?access_token=wrong", None, &json!({})).await;
    assert_eq!((status, answer["errcode"].as_i64()), (200, Some(40014)));
    let (status, answer) = post(&tenant, "/topapi/v2/user/get", None, &json!({})).await;
    assert_eq!((status, answer["errcode"].as_i64()), (200, Some(41001)));
    let (status, answer) = post(&tenant, "/topapi/nothing", None, &json!({})).await;
    assert_eq!((status, answer["errcode"].as_i64()), (200, Some(22)));
    let secret = json!({"appKey": "who", "appSecret": "what"});
    let (status, answer) = post(&tenant, "/v1.0/oauth2/accessToken", None, &secret).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("invalidClientIdOrSecret")));
}

#[tokio::test]
async fn the_token_ends_after_two_hours() {
    let tenant = tenant().await;
    let token = token(&tenant).await;
    let to = ["lgb0001".to_owned()];
    assert_eq!(post(&tenant, SEND, Some(&token), &message(&to)).await.0, 200);
    tenant.clock().advance(chrono::TimeDelta::seconds(7200));
    assert_eq!(post(&tenant, SEND, Some(&token), &message(&to)).await.1["code"], "InvalidAuthentication");
}

#[tokio::test]
async fn an_unknown_field_is_named() {
    let tenant = tenant().await;
    let token = token(&tenant).await;
    let mut body = message(&["lgb0001".to_owned()]);
    body["urgent"] = json!(true);
    let (status, answer) = post(&tenant, SEND, Some(&token), &body).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("invalidParameter")));
    assert_eq!(answer["message"], "parameter not accepted: body.urgent is not a field of this call");
    assert!(tenant.sent().is_empty(), "nothing was done");
}

#[tokio::test]
async fn twenty_recipients_are_the_most() {
    let tenant = tenant().await;
    let token = token(&tenant).await;
    let to: Vec<_> = (0..21).map(|n| format!("u{n}")).collect();
    let (status, answer) = post(&tenant, SEND, Some(&token), &message(&to)).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("invalidParameter.userIds.overMax")));
}

#[tokio::test]
async fn the_new_api_reads_json_only_and_the_old_one_forms_too() {
    let tenant = tenant().await;
    let token = token(&tenant).await;
    let url = |path: &str| format!("{}{path}", tenant.base_url());
    let form = [("userid", "lgb0001")];
    let answer =
        raw().post(url(SEND)).header("x-acs-dingtalk-access-token", &token).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    let answer = raw()
        .post(url("/topapi/v2/user/get"))
        .query(&[("access_token", &token)])
        .form(&form)
        .send()
        .await
        .unwrap();
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(answer["result"]["name"], "王秀英");
}

#[tokio::test]
async fn a_form_value_must_name_a_control_of_the_template() {
    let tenant = tenant().await;
    let token = token(&tenant).await;
    let body = json!({
        "processCode": "PROC-AID-APPROVAL",
        "originatorUserId": "gz0001",
        "deptId": 910_002,
        "formComponentValues": [{"name": "编号", "value": "BF-1"}],
    });
    let (status, answer) = post(&tenant, "/v1.0/workflow/processInstances", Some(&token), &body).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("formConverterError")));
    assert_eq!(answer["message"], "form control 编号: the template has no such control");
}
