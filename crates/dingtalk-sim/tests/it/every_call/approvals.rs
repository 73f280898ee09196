//! Approvals: forms, instances, tasks, files.

use serde_json::{Value, json};

use super::step::{Step, call};

const INSTANCES: &str = "POST /v1.0/workflow/processInstances";
const INSTANCE: &str = "GET /v1.0/workflow/processInstances";

pub(super) fn steps() -> Vec<Step> {
    [forms(), begun(), files(), tasks(), ended()].into_iter().flatten().collect()
}

fn form() -> Value {
    let fields = [
        ("受理编号", "BF-1"),
        ("轮次", "1"),
        ("申请人", "王秀英"),
        ("帮扶类别", "医疗"),
        ("建议金额（元）", "3000"),
        ("审批级别", "县级"),
        ("个案页面", "/aid/1"),
    ];
    let field = |(name, value)| {
        json!({"name": name, "value": value, "bizAlias": "alias", "id": "id", "extValue": "",
            "componentType": "TextField", "details": [{"name": "行", "value": "1"}]})
    };
    fields.into_iter().map(field).collect()
}

fn forms() -> Vec<Step> {
    let asked = json!({"maxResults": 10, "nextToken": 0, "userId": "gz0001"});
    vec![
        call("POST /v1.0/workflow/forms").body(json!({
            "name": "用车", "description": "活动用车", "templateConfig": {"hidden": false, "disableHomepage": false,
                "dirId": "d", "originDirId": "d", "disableFormEdit": true},
            "formComponents": [
                {"componentType": "DDSelectField", "props": {"componentId": "Select_1", "bizAlias": "kind",
                    "label": "车型", "required": true, "placeholder": "请选", "disabled": false, "print": "1",
                    "options": [{"key": "option_0", "value": "大巴"}], "multiple": false, "choice": "0",
                    "limit": 5, "format": "text", "unit": "辆", "statField": [], "availableTemplates": []}},
                {"componentType": "TableField", "props": {"componentId": "Table_1", "label": "乘客"},
                    "children": [{"componentType": "TextField",
                        "props": {"componentId": "Text_1", "label": "姓名"}}]},
            ],
        })),
        call("GET /v1.0/workflow/forms/schemas/processCodes")
            .query(json!({"processCode": "PROC-AID-APPROVAL", "appUuid": "uuid"})),
        call("GET /v1.0/workflow/processes/userVisibilities/templates").query(asked),
        call("POST /v1.0/workflow/processes/forecast").body(json!({"processCode": "PROC-AID-APPROVAL",
            "userId": "gz0001", "deptId": 910_002, "formComponentValues": form()})),
    ]
}

fn begun() -> Vec<Step> {
    vec![
        call(INSTANCES)
            .body(json!({
                "processCode": "PROC-AID-APPROVAL", "originatorUserId": "gz0001", "deptId": 910_002,
                "microappAgentId": "$agent", "formComponentValues": form(), "ccList": ["zs0001"],
                "ccPosition": "FINISH", "bizDetailPageUrl": "https://h5.example/aid/1",
                "targetSelectActioners": [],
                "approvers": [{"actionType": "NONE", "userIds": ["sp0001"]}],
            }))
            .keep("instance", "/instanceId"),
        call(INSTANCE)
            .query(json!({"processInstanceId": "$instance"}))
            .keep("task", "/result/tasks/0/taskId"),
        call("POST /v1.0/workflow/processes/instanceIds/query").body(json!({
            "processCode": "PROC-AID-APPROVAL", "startTime": "$yesterday", "endTime": "$now", "nextToken": 0,
            "maxResults": 10, "userIds": ["gz0001"], "statuses": ["RUNNING"],
        })),
        call("GET /v1.0/workflow/processes/todoTasks/numbers").query(json!({"userId": "sp0001"})),
    ]
}

fn attached() -> Value {
    json!({"photos": ["https://h5.example/1.png"], "attachments": [{"spaceId": "7001", "fileId": "file-1",
        "fileName": "票据.pdf", "fileSize": "3", "fileType": "pdf"}]})
}

fn files() -> Vec<Step> {
    vec![
        call("POST /v1.0/workflow/processInstances/comments").body(json!({"processInstanceId": "$instance",
            "text": "请看票据", "commentUserId": "sp0001", "file": attached()})),
        call("POST /v1.0/workflow/processInstances/spaces/infos/query")
            .body(json!({"userId": "gz0001", "agentId": "$agent"}))
            .keep("space", "/result/spaceId"),
        call("POST /v1.0/workflow/processInstances/spaces/files/urls/download").body(json!({
            "processInstanceId": "$instance", "fileId": "file-1", "withCommentAttatchment": true})),
        call("POST /v1.0/workflow/processInstances/spaces/files/authDownload")
            .body(json!({"userId": "gz0001", "fileInfos": [{"spaceId": "$space", "fileId": "file-1"}]})),
        call("POST /v1.0/workflow/processInstances/spaces/authPreview").body(json!({
            "userId": "gz0001", "agentId": "$agent", "processInstanceId": "$instance", "fileId": "file-1",
            "fileIdList": ["file-1"], "withCommentAttatchment": true})),
    ]
}

fn tasks() -> Vec<Step> {
    vec![
        call("POST /v1.0/workflow/tasks/redirect").body(json!({"taskId": "$task", "toUserId": "gl0001",
            "operateUserId": "sp0001", "remark": "请代看", "actionName": "转交", "file": attached()})),
        call(INSTANCE)
            .query(json!({"processInstanceId": "$instance"}))
            .keep("task", "/result/tasks/1/taskId"),
        call("POST /v1.0/workflow/premium/tasks/append").body(json!({"processInstanceId": "$instance",
            "taskId": "$task", "operateUserId": "gl0001", "appenderUserIds": ["zs0001"], "remark": "请一起看",
            "agreeAll": true, "activateType": "ALL", "type": "after"})),
        call("POST /v1.0/workflow/processInstances/execute").body(json!({"processInstanceId": "$instance",
            "taskId": "$task", "actionerUserId": "gl0001", "result": "agree", "remark": "同意",
            "file": attached()})),
    ]
}

fn ended() -> Vec<Step> {
    vec![call("POST /v1.0/workflow/processInstances/terminate").after(16).body(json!({
        "processInstanceId": "$instance", "isSystem": false, "operatingUserId": "gz0001", "remark": "撤回"}))]
}
