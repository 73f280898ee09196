//! The calls.

use super::{change, create};
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new};

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/card/instances/createAndDeliver", Counted, "发互动卡片", create::create_and_deliver),
    new("POST", "/v1.0/card/instances", Counted, "建互动卡片", create::create),
    new("POST", "/v1.0/card/instances/deliver", Counted, "投放互动卡片", create::deliver),
    new("PUT", "/v1.0/card/instances", Counted, "改互动卡片", change::update),
    new("PUT", "/v1.0/card/instances/spaces", Counted, "改卡片场域", change::spaces),
    new("PUT", "/v1.0/card/streaming", Counted, "流式写卡片", change::stream),
    new("POST", "/v1.0/card/tops/close", Counted, "关吊顶卡片", change::close_top),
    new("POST", "/v1.0/card/callbacks/register", Counted, "登记卡片回调", change::register),
];
