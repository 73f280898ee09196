//! The calls beyond making, reading, finding and withdrawing.

use super::{file, forecast, form, instance, schema, task};
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new};

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/workflow/processInstances/execute", Counted, "处理审批任务", task::execute),
    new("POST", "/v1.0/workflow/tasks/redirect", Counted, "转交审批任务", task::redirect),
    new("POST", "/v1.0/workflow/premium/tasks/append", Counted, "加签审批任务", task::append),
    new("POST", "/v1.0/workflow/processInstances/comments", Counted, "评论审批", task::comment),
    new("GET", "/v1.0/workflow/processes/todoTasks/numbers", Counted, "数待审批", instance::waiting),
    new("POST", "/v1.0/workflow/processes/forecast", Counted, "预测审批流程", forecast::forecast),
    new("POST", "/v1.0/workflow/forms", Counted, "保存审批模板", form::save),
    new("GET", "/v1.0/workflow/forms/schemas/processCodes", Counted, "读审批模板", schema::schema),
    new(
        "GET",
        "/v1.0/workflow/processes/userVisibilities/templates",
        Counted,
        "列可用的审批模板",
        schema::visible,
    ),
    new("POST", "/v1.0/workflow/processInstances/spaces/infos/query", Counted, "取审批钉盘空间", file::space),
    new(
        "POST",
        "/v1.0/workflow/processInstances/spaces/files/urls/download",
        Counted,
        "取审批附件地址",
        file::address,
    ),
    new(
        "POST",
        "/v1.0/workflow/processInstances/spaces/files/authDownload",
        Counted,
        "授权下载附件",
        file::let_download,
    ),
    new(
        "POST",
        "/v1.0/workflow/processInstances/spaces/authPreview",
        Counted,
        "授权预览附件",
        file::let_preview,
    ),
];
