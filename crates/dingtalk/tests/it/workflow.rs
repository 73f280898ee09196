use chrono::DateTime;
use dingtalk::{
    Error, InstanceId,
    workflow::{InstanceResult, InstanceStatus},
};
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{body_partial_json, path},
};

use crate::host::{Host, INSTANCES};

const IDS: &str = "/v1.0/workflow/processes/instanceIds/query";
const TERMINATE: &str = "/v1.0/workflow/processInstances/terminate";

fn id(text: &str) -> InstanceId {
    text.parse().unwrap()
}

#[tokio::test]
async fn an_instance_is_read_as_the_platform_writes_it() {
    let host = Host::start().await;
    host.answers(
        INSTANCES,
        200,
        json!({"success": "true", "result": {
            "title": "困难帮扶审批", "createTime": "2026-08-22T10:00Z", "finishTime": "2026-08-22T11:00Z",
            "status": "COMPLETED", "result": "agree", "originatorUserId": "cadre1", "originatorDeptId": "-1",
            "businessId": "202608220001", "bizAction": "NONE", "ccUserIds": [],
            "formComponentValues": [{"id": "T-1", "name": "受理编号", "value": "BF-1", "componentType": "TextField"},
                {"name": "附件", "value": null}],
            "operationRecords": [{"userId": "boss1", "date": "2026-08-22T11:00Z", "type": "EXECUTE_TASK_NORMAL",
                "result": "AGREE", "remark": "同意"}],
            "tasks": [{"taskId": "67580001", "userId": "boss1", "status": "COMPLETED", "result": "AGREE"}]}}),
    )
    .await;
    let instance = host.client().workflow().get(&id("pi-1")).await.unwrap();
    assert_eq!(instance.status, InstanceStatus::Completed);
    assert_eq!(instance.result, Some(InstanceResult::Agree));
    assert_eq!((instance.field("受理编号"), instance.field("附件")), (Some("BF-1"), Some("")));
    assert_eq!(instance.tasks[0].task_id, 67_580_001);
    assert_eq!(instance.operation_records[0].remark.as_deref(), Some("同意"));
    assert_eq!(host.asked(INSTANCES).await[0].url.query(), Some("processInstanceId=pi-1"));
}

#[tokio::test]
async fn a_running_instance_has_no_result_yet() {
    for result in [json!(null), json!("")] {
        let host = Host::start().await;
        let running = json!({"status": "RUNNING", "originatorUserId": "cadre1", "result": result});
        host.answers(INSTANCES, 200, json!({"success": true, "result": running})).await;
        assert_eq!(host.client().workflow().get(&id("pi-1")).await.unwrap().result, None);
    }
}

#[tokio::test]
async fn a_search_reads_every_page_and_ends() {
    let host = Host::start().await;
    // The last page points to itself; the search ends nevertheless.
    let pages = [(0, json!(["pi-1", "pi-2"]), json!("20")), (20, json!(["pi-3"]), json!("20"))];
    for (token, list, next) in pages {
        let answer = json!({"success": true, "result": {"list": list, "nextToken": next}});
        Mock::given(path(IDS))
            .and(body_partial_json(json!({"nextToken": token})))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount(&host.server)
            .await;
    }
    let since = DateTime::from_timestamp_millis(1_793_599_000_000).unwrap();
    let client = host.client();
    let (form, originator) = ("PROC-1".parse().unwrap(), "cadre1".parse().unwrap());
    let found = client.workflow().created_since(&form, &originator, since).await.unwrap();
    assert_eq!(found, ["pi-1", "pi-2", "pi-3"].map(id));
    assert_eq!(
        host.asked(IDS).await[0].body_json::<Value>().unwrap(),
        json!({"processCode": "PROC-1", "startTime": 1_793_599_000_000_i64, "nextToken": 0, "maxResults": 20,
            "userIds": ["cadre1"]})
    );
}

#[tokio::test]
async fn a_withdrawal_that_did_not_happen_is_a_refusal() {
    for (result, done) in [(true, true), (false, false)] {
        let host = Host::start().await;
        host.answers(TERMINATE, 200, json!({"result": result, "success": true})).await;
        let tried =
            host.client().workflow().terminate(&id("pi-1"), &"cadre1".parse().unwrap(), "申请人撤回").await;
        assert_eq!(tried.is_ok(), done);
        assert!(done || matches!(tried, Err(Error::Refused { .. })));
        assert_eq!(
            host.asked(TERMINATE).await[0].body_json::<Value>().unwrap(),
            json!({"processInstanceId": "pi-1", "isSystem": false, "operatingUserId": "cadre1",
                "remark": "申请人撤回"})
        );
    }
}
