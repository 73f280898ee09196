//! What an applicant is told about a request for hardship aid. The letters name the request by its number only.

use domain::aid::letters::News;

use crate::message::Message;

const OPEN: &str = "看看进度";

/// The words for each piece of news.
pub fn told(news: News, number: &str, page: &str) -> Message {
    match news {
        News::Received => received(number, page),
        News::Accepted => accepted(number, page),
        News::Approved => approved(number, page),
        News::Refused => refused(number, page),
        News::Withdrawn => withdrawn(number, page),
        News::Paid { .. } => paid(number, page),
        News::Returned { .. } => returned(number, page),
    }
}

/// 已收到.
fn received(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶申请已收到（{number}）"),
        "您的帮扶申请我们收到了。\n工作人员会在5个工作日内和您联系，上门看望。",
    )
    .button(OPEN, page)
}

/// 已受理, somebody has taken it.
fn accepted(number: &str, page: &str) -> Message {
    Message::plain(
        format!("有人在办您的申请了（{number}）"),
        "您的帮扶申请已经有工作人员负责。\n接下来会有两位同志上门看望您。",
    )
    .button(OPEN, page)
}

/// 审批通过. The amount is on the page.
fn approved(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶申请通过了（{number}）"),
        "您的帮扶申请通过了。\n接下来公示5个工作日，没有异议就发放。",
    )
    .button(OPEN, page)
}

/// 不通过, with the way to appeal.
fn refused(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶申请有结果了（{number}）"),
        "这次的帮扶申请没有通过。\n原因写在里面。不同意的话，可以打电话请我们再看一次。",
    )
    .button("看看原因", page)
}

/// 已发放.
fn paid(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款已发放（{number}）"),
        "帮扶款已经汇出，请留意您登记的银行卡。\n三天后还没收到，请打电话告诉我们。",
    )
    .button(OPEN, page)
}

/// 退汇: the bank sent it back; a person calls, nothing is asked of the reader.
fn returned(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款没有汇成（{number}）"),
        "银行把帮扶款退回来了，钱没有丢。\n工作人员会打电话和您核对银行卡。",
    )
    .button(OPEN, page)
}

/// 已撤回, by the applicant.
fn withdrawn(number: &str, page: &str) -> Message {
    Message::plain(format!("申请已撤回（{number}）"), "您的帮扶申请已经撤回。\n以后有需要，随时可以再申请。")
        .button(OPEN, page)
}
