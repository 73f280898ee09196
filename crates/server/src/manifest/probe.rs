//! Permission points, each with a call that needs it and changes nothing. The platform looks at the point before it looks at what is
//! asked for, so a refusal of the request itself says that the point is there.

use chrono::TimeDelta;
use dingtalk::{
    Client, DeptId, Error, ProcessCode,
    contact::UserListRequest,
    robot::RobotMessage,
    workflow::{ListRequest, MOST_IDS},
};

use super::{Manifest, read::Permission};
use crate::{clock::Clock, config::Config, finding::Finding};

/// Nobody and nothing has this id.
const NOBODY: &str = "yinling-probe";

/// Which calls a look may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Those that are not counted by the month.
    Free,
    /// All.
    Full,
}

/// Every permission point of the manifest. One that cannot be probed without changing something is not among them.
pub async fn permissions(
    manifest: &Manifest,
    config: &Config,
    client: &Client,
    clock: &Clock,
    depth: Depth,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for permission in &manifest.permission {
        if let Some(answer) = probe(&permission.code, config, client, clock, depth).await {
            findings.push(judge(permission, config, answer));
        }
    }
    findings
}

async fn probe(
    code: &str,
    config: &Config,
    client: &Client,
    clock: &Clock,
    depth: Depth,
) -> Option<Result<(), Error>> {
    let contact = client.contact();
    let page = UserListRequest { dept_id: DeptId::ROOT, cursor: 0, size: 1, order_field: None };
    Some(match code {
        "qyapi_base" => client.auth().user_of_code(NOBODY).await.map(drop),
        "qyapi_get_member" => contact.count(false).await.map(drop),
        "qyapi_get_department_list" => contact.department(DeptId::ROOT).await.map(drop),
        "qyapi_get_department_member" => contact.user_page(&page).await.map(drop),
        _ if depth == Depth::Free => return None,
        "qyapi_robot_sendmsg" => {
            let message = RobotMessage::Text("探测".to_owned());
            client.robot().send_to_people(&[NOBODY.parse().ok()?], &message).await.map(drop)
        }
        "Workflow.Instance.Write" => client.workflow().terminate_as_system(&NOBODY.parse().ok()?, "").await,
        "Workflow.Instance.Read" => {
            let until = clock.now();
            let request = ListRequest {
                process_code: process_code(config)?,
                start_time: (until - TimeDelta::minutes(1)).timestamp_millis(),
                end_time: Some(until.timestamp_millis()),
                next_token: 0,
                max_results: MOST_IDS,
                user_ids: Vec::new(),
                statuses: Vec::new(),
            };
            client.workflow().list_ids(&request).await.map(drop)
        }
        "Workflow.Form.Read" => client.workflow().schema(&process_code(config)?).await.map(drop),
        // Making a form is no probe. When it is missing, `apply` says so.
        _ => return None,
    })
}

fn process_code(config: &Config) -> Option<ProcessCode> {
    config.dingtalk.aid_process_code.parse().or_else(|_unset| NOBODY.parse()).ok()
}

/// The app lacks the point.
fn lacks(code: &str) -> bool {
    matches!(code, "60011" | "43007") || code.ends_with("AccessTokenPermissionDenied")
}

/// The platform does not take calls from our address.
fn from_elsewhere(code: &str) -> bool {
    code == "60020" || code.ends_with("IpNotInWhiteList")
}

/// The contact scope does not reach the root.
fn out_of_scope(code: &str) -> bool {
    matches!(code, "50002" | "50004")
}

fn judge(permission: &Permission, config: &Config, answer: Result<(), Error>) -> Finding {
    let Permission { capability, code, name, reason, .. } = permission;
    let key = format!("permission.{code}");
    let app = format!("开发者后台 → 应用开发 → 银龄（{}）", config.dingtalk.client_id);
    match answer {
        Err(Error::Refused { code: refused, .. }) if lacks(&refused) => {
            Finding::fault(key, format!("权限点 {code}（{name}）没有开通"))
                .todo(format!("{app} → 权限管理 → {capability} → 搜索“{code}” → 申请权限。用途：{reason}"))
        }
        Err(Error::Refused { code: refused, message, .. }) if from_elsewhere(&refused) => {
            Finding::fault(key, format!("钉钉不接受这台服务器的地址：{message}"))
                .todo(format!("{app} → 安全设置 → 服务端出口IP，把上面的地址加进去"))
        }
        Err(Error::Refused { code: refused, .. }) if out_of_scope(&refused) => {
            Finding::fault(key, format!("权限点 {code} 已开通，但通讯录权限范围不包括全部员工"))
                .todo(format!("{app} → 权限管理 → 通讯录权限范围 → 全部员工"))
        }
        Ok(()) | Err(Error::Refused { .. }) if !is_the_app(&answer) => {
            Finding::well(key, format!("权限点 {code}（{name}）"))
        }
        Err(error) => Finding::look(key, format!("权限点 {code}（{name}）没查成：{}", error.code()))
            .todo("过一会儿再查；一直这样，先看“令牌”那一项"),
        Ok(()) => Finding::well(key, format!("权限点 {code}（{name}）")),
    }
}

/// Refused for what the app itself is (its secret, its quota), which says nothing about the point.
fn is_the_app(answer: &Result<(), Error>) -> bool {
    let cause = answer.as_ref().err().and_then(Error::cause);
    matches!(cause, Some(dingtalk::Cause::App | dingtalk::Cause::Quota))
}
