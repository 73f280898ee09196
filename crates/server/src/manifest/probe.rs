//! Permission points, each with a call that needs it and changes nothing. The platform looks at the point before it looks at what is
//! asked for, so a refusal of the request itself says that the point is there.

use chrono::TimeDelta;
use dingtalk::{
    Client, DeptId, Error, ProcessCode,
    card::{CardData, CardUpdate},
    contact::UserListRequest,
    robot::RobotMessage,
    workflow::{ListRequest, MOST_IDS, NewForm},
};

use super::{
    Manifest,
    read::{Permission, form as own_form},
};
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

/// What came of looking for a point.
enum Probe {
    /// The call was made.
    Asked(Result<(), Error>),
    /// The call is counted, and only free ones may be made.
    Counted,
    /// Nothing that the configuration has switched on needs the point.
    Unused(&'static str),
    /// No call is known that needs the point and changes nothing.
    None,
}

/// Every permission point of the manifest; without those whose call is counted, where only free ones may be made.
pub async fn permissions(
    manifest: &Manifest,
    config: &Config,
    client: &Client,
    clock: &Clock,
    depth: Depth,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for permission in &manifest.permission {
        let Permission { code, name, .. } = permission;
        let key = format!("permission.{code}");
        findings.push(match probe(&permission.code, config, client, clock, depth).await {
            Probe::Asked(answer) => judge(permission, config, answer),
            Probe::Counted => continue,
            Probe::Unused(switch) => Finding::well(
                key,
                format!("权限点 {code}（{name}）用不到，不用申请：配置里没有打开 {switch}"),
            ),
            Probe::None => Finding::look(key, format!("权限点 {code}（{name}）没有办法试，要人看"))
                .todo(where_to_apply(permission, config)),
        });
    }
    findings
}

async fn probe(code: &str, config: &Config, client: &Client, clock: &Clock, depth: Depth) -> Probe {
    let contact = client.contact();
    let page = UserListRequest { dept_id: DeptId::ROOT, cursor: 0, size: 1, order_field: None };
    Probe::Asked(match code {
        "qyapi_base" => client.auth().user_of_code(NOBODY).await.map(drop),
        "qyapi_get_member" => contact.count(false).await.map(drop),
        "qyapi_get_department_list" => contact.department(DeptId::ROOT).await.map(drop),
        "qyapi_get_department_member" => contact.user_page(&page).await.map(drop),
        "Card.Instance.Write" if config.dingtalk.approval_card_template.is_empty() => {
            return Probe::Unused("dingtalk.approval_card_template");
        }
        "Premium.Ding.Write" if config.sending.ding.is_empty() => return Probe::Unused("sending.ding"),
        _ if depth == Depth::Free => return Probe::Counted,
        _ => return counted(code, config, client, clock).await,
    })
}

async fn counted(code: &str, config: &Config, client: &Client, clock: &Clock) -> Probe {
    let (Ok(person), Ok(instance), Ok(card), Ok(no_form)) =
        (NOBODY.parse(), NOBODY.parse(), NOBODY.parse(), NOBODY.parse())
    else {
        return Probe::None;
    };
    let (Some(form), Ok(own)) = (process_code(config), own_form()) else { return Probe::None };
    let workflow = client.workflow();
    Probe::Asked(match code {
        "qyapi_robot_sendmsg" => {
            let message = RobotMessage::Text("探测".to_owned());
            client.robot().send_to_people(&[person], &message).await.map(drop)
        }
        // No DING has this id, so none is taken back.
        "Premium.Ding.Write" => client.robot().recall_ding(NOBODY).await,
        // No card has this id, so none is changed.
        "Card.Instance.Write" => {
            let nothing = CardData::of([("state", "")]);
            client.cards().update(&CardUpdate::by_key(card, nothing)).await
        }
        "Workflow.Instance.Write" => workflow.terminate_as_system(&instance, "").await,
        "Workflow.Instance.Read" => {
            let until = clock.now();
            let request = ListRequest {
                process_code: form,
                start_time: (until - TimeDelta::minutes(1)).timestamp_millis(),
                end_time: Some(until.timestamp_millis()),
                next_token: 0,
                max_results: MOST_IDS,
                user_ids: Vec::new(),
                statuses: Vec::new(),
            };
            workflow.list_ids(&request).await.map(drop)
        }
        "Workflow.Form.Read" => workflow.schema(&form).await.map(drop),
        // A change of a form that does not exist. If the platform overlooked that, it would make no other form than `apply` makes.
        "Workflow.Form.Write" => {
            let nowhere = NewForm { process_code: Some(no_form), ..own };
            workflow.save_form(&nowhere).await.map(drop)
        }
        _ => return Probe::None,
    })
}

fn process_code(config: &Config) -> Option<ProcessCode> {
    config.dingtalk.aid_process_code.parse().or_else(|_unset| NOBODY.parse()).ok()
}

fn app(config: &Config) -> String {
    format!("开发者后台 → 应用开发 → 银龄（{}）", config.dingtalk.client_id)
}

fn where_to_apply(permission: &Permission, config: &Config) -> String {
    let Permission { capability, code, reason, .. } = permission;
    format!("{} → 权限管理 → {capability} → 搜索“{code}” → 申请权限。用途：{reason}", app(config))
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
    let Permission { code, name, .. } = permission;
    let (key, app) = (format!("permission.{code}"), app(config));
    match answer {
        Err(Error::Refused { code: refused, .. }) if lacks(&refused) => {
            Finding::fault(key, format!("权限点 {code}（{name}）没有开通"))
                .todo(where_to_apply(permission, config))
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
