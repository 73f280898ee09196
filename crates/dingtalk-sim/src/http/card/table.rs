//! Every call about interactive cards.

use super::{change, create};
use crate::http::endpoint::Cost::Counted;
use crate::http::endpoint::{Endpoint, new};

const WRITE: &str = "Card.Instance.Write";
const STREAM: &str = "Card.Streaming.Write";

pub(in crate::http) const CALLS: &[Endpoint] = &[
    new("POST", "/v1.0/card/instances/createAndDeliver", Counted, "发互动卡片", create::create_and_deliver)
        .needs(WRITE),
    new("POST", "/v1.0/card/instances", Counted, "建互动卡片", create::create).needs(WRITE),
    new("POST", "/v1.0/card/instances/deliver", Counted, "投放互动卡片", create::deliver).needs(WRITE),
    new("PUT", "/v1.0/card/instances", Counted, "改互动卡片", change::update).needs(WRITE),
    new("PUT", "/v1.0/card/instances/spaces", Counted, "改卡片场域", change::spaces).needs(WRITE),
    new("PUT", "/v1.0/card/streaming", Counted, "流式写卡片", change::stream).needs(STREAM),
    new("POST", "/v1.0/card/tops/close", Counted, "关吊顶卡片", change::close_top).needs(WRITE),
    new("POST", "/v1.0/card/callbacks/register", Counted, "登记卡片回调", change::register).needs(WRITE),
];
