//! What is done to approvals beyond making and reading them.

use chrono::{DateTime, TimeDelta};
use dingtalk::{
    Error, InstanceId,
    workflow::{
        AddSign, AddSignPlace, AddSignRequest, Attached, CommentRequest, DownloadRequest, ExecuteRequest,
        Files, InstanceResult, RedirectRequest, Search,
    },
};
use futures_util::TryStreamExt;
use serde_json::{Value, json};
use wiremock::{
    Mock, ResponseTemplate,
    matchers::{body_partial_json, path},
};

use crate::host::{Host, INSTANCES};

const IDS: &str = "/v1.0/workflow/processes/instanceIds/query";

fn instance() -> InstanceId {
    "pi-1".parse().unwrap()
}

fn user(id: &str) -> dingtalk::UserId {
    id.parse().unwrap()
}

async fn body(host: &Host, path: &str) -> Value {
    host.asked(path).await.first().unwrap().body_json().unwrap()
}

#[tokio::test]
async fn an_instance_is_read_with_everything_that_the_page_names() {
    let host = Host::start().await;
    let task = json!({"taskId": 111, "userId": "boss1", "status": "COMPLETED", "result": "REDIRECTED",
        "createTime": "2026-08-22T10:00Z", "finishTime": "2026-08-22T11:00Z", "mobileUrl": "https://m.example/1",
        "pcUrl": "https://pc.example/1", "processInstanceId": "pi-1", "activityId": "a-1", "taskGroupName": "审批人1"});
    let record = json!({"userId": "boss1", "date": "2026-08-22T11:00Z", "type": "EXECUTE_TASK_NORMAL", "result": "AGREE",
        "remark": "同意", "activityId": "a-1", "showName": "审批人", "images": ["https://static.example/1.jpg"],
        "ccUserIds": ["cc1"], "attachments": [{"fileName": "证明", "fileSize": 1024, "fileId": "f-1", "fileType": "pdf",
            "spaceId": "12345"}]});
    let whole = json!({"title": "困难帮扶", "status": "RUNNING", "originatorUserId": "cadre1", "originatorDeptId": "-1",
        "originatorDeptName": "县局", "approverUserIds": ["boss1"], "ccUserIds": ["cc1"], "businessId": "1",
        "bizAction": "MODIFY", "bizData": "{\"k\":1}", "attachedProcessInstanceIds": ["pi-0"], "mainProcessInstanceId": "pi-9",
        "formComponentValues": [{"id": "T-1", "name": "事由", "value": "住院", "extValue": "x", "componentType": "TextField",
            "bizAlias": "why"}],
        "createTime": "2026-08-22T10:00Z", "tasks": [task], "operationRecords": [record]});
    host.answers(INSTANCES, 200, json!({"success": "true", "result": whole})).await;
    let read = host.client().workflow().get(&instance()).await.unwrap();
    // Whatever was written comes out again: nothing was left unread.
    let mut again = serde_json::to_value(&read).unwrap();
    let mut whole = whole;
    for value in [&mut again, &mut whole] {
        value["operationRecords"][0]["attachments"][0]["fileSize"] = json!("1024");
    }
    assert_eq!(again, whole);
}

#[tokio::test]
async fn ids_are_streamed_window_by_window_and_page_by_page() {
    let host = Host::start().await;
    let from = DateTime::from_timestamp_millis(1_793_600_000_000).unwrap();
    let second = (from + TimeDelta::days(120)).timestamp_millis() + 1;
    let pages = [
        (from.timestamp_millis(), 0, json!({"list": ["pi-1"], "nextToken": "1"})),
        (from.timestamp_millis(), 1, json!({"list": ["pi-2"]})),
        (second, 0, json!({"list": ["pi-3"]})),
    ];
    for (start, token, result) in pages {
        Mock::given(path(IDS))
            .and(body_partial_json(json!({"startTime": start, "nextToken": token})))
            .respond_with(
                ResponseTemplate::new(200).set_body_json(json!({"success": true, "result": result})),
            )
            .mount(&host.server)
            .await;
    }
    let search = Search {
        process_code: "PROC-1".parse().unwrap(),
        from,
        until: from + TimeDelta::days(200),
        originators: Vec::new(),
        statuses: Vec::new(),
    };
    let client = host.client();
    let workflow = client.workflow();
    let found: Vec<InstanceId> = workflow.ids(&search).try_collect().await.unwrap();
    assert_eq!(found.iter().map(InstanceId::as_str).collect::<Vec<_>>(), ["pi-1", "pi-2", "pi-3"]);
    let too_many = Search { originators: vec![user("a"); 11], ..search };
    let refused = workflow.ids(&too_many).try_collect::<Vec<_>>().await;
    assert!(matches!(refused, Err(Error::NotSent(_))));
}

#[tokio::test]
async fn a_task_is_decided_passed_on_and_shared() {
    let host = Host::start().await;
    let paths = [
        "/v1.0/workflow/processInstances/execute",
        "/v1.0/workflow/tasks/redirect",
        "/v1.0/workflow/premium/tasks/append",
        "/v1.0/workflow/processInstances/comments",
    ];
    for path in paths {
        host.answers(path, 200, json!({"result": true})).await;
    }
    let client = host.client();
    let workflow = client.workflow();
    let file = Attached {
        space_id: "1".to_owned(),
        file_id: "f-1".to_owned(),
        file_name: "证明.pdf".to_owned(),
        file_size: "1024".to_owned(),
        file_type: "pdf".to_owned(),
    };
    let decision = ExecuteRequest {
        process_instance_id: instance(),
        task_id: 7,
        actioner_user_id: user("boss1"),
        result: InstanceResult::Refuse,
        remark: "材料不全".to_owned(),
        file: Some(Files { photos: Vec::new(), attachments: vec![file.clone()] }),
    };
    workflow.decide(&decision).await.unwrap();
    assert_eq!(
        body(&host, paths[0]).await,
        json!({"processInstanceId": "pi-1", "taskId": 7, "actionerUserId": "boss1", "result": "refuse",
            "remark": "材料不全", "file": {"attachments": [{"spaceId": "1", "fileId": "f-1", "fileName": "证明.pdf",
                "fileSize": "1024", "fileType": "pdf"}]}})
    );
    let many = Files { photos: Vec::new(), attachments: vec![file; 21] };
    let refused = workflow.decide(&ExecuteRequest { file: Some(many), ..decision }).await;
    assert!(matches!(refused, Err(Error::NotSent(_))));

    let redirect = RedirectRequest {
        task_id: 7,
        to_user_id: user("boss2"),
        operate_user_id: user("boss1"),
        remark: String::new(),
        action_name: None,
        file: None,
    };
    workflow.redirect(&redirect).await.unwrap();
    assert_eq!(
        body(&host, paths[1]).await,
        json!({"taskId": 7, "toUserId": "boss2", "operateUserId": "boss1"})
    );

    let added = vec![user("boss3"), user("boss4")];
    let shared =
        AddSignRequest::new((instance(), 7), user("boss1"), added, AddSignPlace::Before, AddSign::Any);
    workflow.add_sign(&shared).await.unwrap();
    assert_eq!(
        body(&host, paths[2]).await,
        json!({"processInstanceId": "pi-1", "taskId": 7, "operateUserId": "boss1",
            "appenderUserIds": ["boss3", "boss4"], "activateType": "ALL", "type": "before", "agreeAll": false})
    );
    let oneself = AddSignRequest { appender_user_ids: vec![user("boss1")], ..shared };
    assert!(matches!(workflow.add_sign(&oneself).await, Err(Error::NotSent(_))));

    let comment = CommentRequest {
        process_instance_id: instance(),
        text: "请补材料".to_owned(),
        comment_user_id: user("boss1"),
        file: None,
    };
    workflow.comment(&comment).await.unwrap();
    assert_eq!(
        body(&host, paths[3]).await,
        json!({"processInstanceId": "pi-1", "text": "请补材料", "commentUserId": "boss1"})
    );
}

#[tokio::test]
async fn files_are_asked_for_with_the_platforms_spelling() {
    let host = Host::start().await;
    let path = "/v1.0/workflow/processInstances/spaces/files/urls/download";
    let answer = json!({"spaceId": 399, "fileId": "f-1", "downloadUri": "https://oss.example/f-1"});
    host.answers(path, 200, json!({"success": true, "result": answer})).await;
    let request = DownloadRequest {
        process_instance_id: instance(),
        file_id: "f-1".to_owned(),
        with_comment_attatchment: true,
    };
    let found = host.client().workflow().file_address(&request).await.unwrap();
    assert_eq!((found.space_id, &*found.download_uri), (399, "https://oss.example/f-1"));
    assert!(!format!("{found:?}").contains("oss.example"), "whoever has the address has the file");
    assert_eq!(
        body(&host, path).await,
        json!({"processInstanceId": "pi-1", "fileId": "f-1", "withCommentAttatchment": true})
    );
}
