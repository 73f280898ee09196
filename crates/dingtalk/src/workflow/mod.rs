//! Approvals (OA 审批), the new host's `/v1.0/workflow`. Every call is counted in the monthly quota.
//!
//! Pages: [发起审批实例][create], [获取单个审批实例详情][get], [获取审批实例ID列表][list], [撤销审批实例][terminate].
//!
//! [create]: https://open.dingtalk.com/document/development/create-an-approval-instance
//! [get]: https://open.dingtalk.com/document/development/obtains-the-details-of-a-single-approval-instance-pop
//! [list]: https://open.dingtalk.com/document/development/obtain-an-approval-list-of-instance-ids
//! [terminate]: https://open.dingtalk.com/document/development/revoke-an-approval-instance

mod call;
mod instance;

pub use call::{
    CreateAnswer, ListAnswer, ListRequest, ListResult, MOST_IDS, TerminateAnswer, TerminateRequest, Workflow,
};
pub use instance::{
    FormField, GetAnswer, Instance, InstanceResult, InstanceStatus, NewInstance, OperationRecord, Task,
};
