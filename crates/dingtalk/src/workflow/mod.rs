//! Approvals (OA 审批), the new host's `/v1.0/workflow`. Every call is counted in the monthly quota.
//!
//! Pages: [发起审批实例][create], [获取单个审批实例详情][get], [获取审批实例ID列表][list], [撤销审批实例][terminate],
//! [同意或拒绝审批任务][execute], [转交OA审批任务][redirect], [加签审批任务][append], [添加审批评论][comment],
//! [获取审批单流程中的节点信息][forecast], [创建或更新审批表单模板][form], [FormComponent][controls].
//!
//! [create]: https://open.dingtalk.com/document/development/create-an-approval-instance
//! [get]: https://open.dingtalk.com/document/development/obtains-the-details-of-a-single-approval-instance-pop
//! [list]: https://open.dingtalk.com/document/development/obtain-an-approval-list-of-instance-ids
//! [terminate]: https://open.dingtalk.com/document/development/revoke-an-approval-instance
//! [execute]: https://open.dingtalk.com/document/development/approve-or-reject-the-approval-task
//! [redirect]: https://open.dingtalk.com/document/development/transfer-the-oa-approval-task
//! [append]: https://open.dingtalk.com/document/development/api-premiumappendtask
//! [comment]: https://open.dingtalk.com/document/development/official-approval-adds-approval-comments
//! [forecast]: https://open.dingtalk.com/document/development/approval-process-prediction
//! [form]: https://open.dingtalk.com/document/development/create-an-approval-form-template
//! [controls]: https://open.dingtalk.com/document/development/oa-formcomponent-message

mod call;
mod create;
mod field;
mod file;
mod forecast;
mod form;
mod instance;
mod schema;
mod search;
mod task;

pub use call::{TerminateAnswer, TerminateRequest, Workflow};
pub use create::{
    ApprovalMode, Approver, CcPosition, CreateAnswer, MOST_APPROVERS, MOST_COPIED, MOST_FIELDS, NewInstance,
    SelfSelected,
};
pub use field::{FormField, LONGEST_VALUE};
pub use file::{Attached, DownloadAnswer, DownloadRequest, FileInfo, Files, SpaceAnswer, SpaceRequest};
pub use file::{AuthDownloadRequest, AuthPreviewRequest, Download, Space};
pub use forecast::{
    Actioner, ActivityRule, Actor, Forecast, ForecastAnswer, ForecastRequest, Range, RangeLabel, RangeMember,
};
pub use form::{Component, ComponentProps, FormAnswer, FormCode, FormOption, NewForm, TemplateConfig};
pub use instance::{
    Attachment, BizAction, GetAnswer, Instance, InstanceResult, InstanceStatus, OperationRecord, Task,
};
pub use schema::VisibleAnswer;
pub use schema::{Schema, SchemaAnswer, SchemaContent, SchemaItem, SchemaProps, VisibleForm, VisiblePage};
pub use search::{ListAnswer, ListRequest, ListResult, MOST_IDS, Search};
pub use task::{
    AddSign, AddSignPlace, AddSignRequest, CommentRequest, DoneAnswer, ExecuteRequest, RedirectRequest,
};
