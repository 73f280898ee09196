//! How often the platform may be called, as data, and who keeps count.
//!
//! Pages: [调用频率限制](https://open.dingtalk.com/document/development/call-frequency-limit),
//! [计费模型说明](https://open.dingtalk.com/document/development/dingtalk-application-development-platform-billing-model),
//! [不纳入调用量限制的接口清单](https://open.dingtalk.com/document/development/basic-interfaces-such-as-log-off-and-address-book),
//! [不纳入使用量限制的事件清单](https://open.dingtalk.com/document/development/appendix-a-list-of-events-not-included-in-webhook).

mod api;
mod plan;
mod table;

mod in_process;
mod limiter;
mod windows;

pub use api::{Api, Cost, Metered, api};
pub use in_process::{InProcess, Month};
pub use limiter::{Call, Heard, Limiter, OWN_PACE, OWN_QUOTA, Verdict};
pub use plan::{ADDRESS_BAN, ADDRESS_CALLS, ADDRESS_WINDOW, Plan, event_is_counted};
pub use table::APIS;
