//! Every call about approvals.

use super::{create, detail, file, forecast, form, instance, schema, task};
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new};

const READ: &str = "Workflow.Instance.Read";
const WRITE: &str = "Workflow.Instance.Write";
const READ_FORMS: &str = "Workflow.Form.Read";
const WRITE_FORMS: &str = "Workflow.Form.Write";
/// OA 高级版 has a point of its own.
const PREMIUM: &str = "Workflow.ReadWrite";

const TEMPLATES: &str = "/v1.0/workflow/processes/userVisibilities/templates";
const DOWNLOAD: &str = "/v1.0/workflow/processInstances/spaces/files/urls/download";
const LET_DOWNLOAD: &str = "/v1.0/workflow/processInstances/spaces/files/authDownload";
const LET_PREVIEW: &str = "/v1.0/workflow/processInstances/spaces/authPreview";

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/workflow/processInstances", Counted, "发起审批", create::create).needs(WRITE),
    new("GET", "/v1.0/workflow/processInstances", Counted, "读一个审批", detail::detail).needs(READ),
    new("POST", "/v1.0/workflow/processes/instanceIds/query", Counted, "查审批编号", instance::list_ids)
        .needs(READ),
    new("POST", "/v1.0/workflow/processInstances/terminate", Counted, "撤销审批", instance::terminate)
        .needs(WRITE),
    new("POST", "/v1.0/workflow/processInstances/execute", Counted, "处理审批任务", task::execute)
        .needs(WRITE),
    new("POST", "/v1.0/workflow/tasks/redirect", Counted, "转交审批任务", task::redirect).needs(WRITE),
    new("POST", "/v1.0/workflow/premium/tasks/append", Counted, "加签审批任务", task::append).needs(PREMIUM),
    new("POST", "/v1.0/workflow/processInstances/comments", Counted, "评论审批", task::comment).needs(WRITE),
    new("GET", "/v1.0/workflow/processes/todoTasks/numbers", Counted, "数待审批", instance::waiting)
        .needs(READ),
    new("POST", "/v1.0/workflow/processes/forecast", Counted, "预测审批流程", forecast::forecast)
        .needs(WRITE),
    new("POST", "/v1.0/workflow/forms", Counted, "保存审批模板", form::save).needs(WRITE_FORMS),
    new("GET", "/v1.0/workflow/forms/schemas/processCodes", Counted, "读审批模板", schema::schema)
        .needs(READ_FORMS),
    new("GET", TEMPLATES, Counted, "列可用的审批模板", schema::visible).needs(READ_FORMS),
    new("POST", "/v1.0/workflow/processInstances/spaces/infos/query", Counted, "取审批钉盘空间", file::space)
        .needs(WRITE),
    new("POST", DOWNLOAD, Counted, "取审批附件地址", file::address).needs(WRITE),
    new("POST", LET_DOWNLOAD, Counted, "授权下载附件", file::let_download).needs(WRITE),
    new("POST", LET_PREVIEW, Counted, "授权预览附件", file::let_preview).needs(WRITE),
];
