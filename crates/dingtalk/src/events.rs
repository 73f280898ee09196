//! Events that were pushed and not taken: the platform keeps them in a list. Page:
//! [获取推送失败的事件列表](https://open.dingtalk.com/document/development/obtain-the-event-list-of-failed-push-messages).

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Client, error::Error, lenient, sealed::shows};

/// Calls about events, by [`Client::events`](crate::Client::events).
#[derive(Clone, Copy, Debug)]
pub struct Events<'a>(pub(crate) &'a Client);

/// `call_back/get_call_back_failed_result`, answer.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct FailedPage {
    /// Is there more than these (at most 200)?
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_more: bool,
    /// Records with `call_back_tag`, `event_time` and the event's data under a key that depends on the tag.
    #[serde(default, deserialize_with = "lenient::list")]
    pub failed_list: Vec<Value>,
}

shows!(FailedPage: has_more);

impl Events<'_> {
    /// One page of events that were not taken. Each call clears what the one before has shown (事件订阅与数据推送, 常见问题). A
    /// counted call. An event appears here three to five minutes after its last retry. Permission `qyapi_base`.
    pub async fn failed(&self) -> Result<FailedPage, Error> {
        self.0.oapi_flat(Method::GET, "/call_back/get_call_back_failed_result", None::<&Value>).await
    }
}
