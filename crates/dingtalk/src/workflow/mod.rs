//! Approvals (OA 审批), the new host's `/v1.0/workflow`.

mod call;
mod instance;

pub use call::{
    CreateAnswer, ListAnswer, ListRequest, ListResult, MOST_IDS, TerminateAnswer, TerminateRequest, Workflow,
};
pub use instance::{
    FormField, GetAnswer, Instance, InstanceResult, InstanceStatus, NewInstance, OperationRecord, Task,
};
