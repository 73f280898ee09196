//! What an applicant is told about a request for hardship aid. The letters name the request by its number only.

use domain::aid::letters::News;

use crate::message::Message;

const OPEN: &str = "看看进度";

/// The words for each piece of news.
pub fn told(news: News, number: &str, page: &str) -> Message {
    match news {
        News::Received => received(number, page),
        News::Supplement { .. } => supplement(number, page),
        News::Declined { .. } => declined(number, page),
        News::Accepted => accepted(number, page),
        News::Approved | News::ApprovedAgain { .. } => approved(number, page),
        News::Refused | News::RefusedAgain { .. } => refused(number, page),
        News::Appealed { .. } => appealed(number, page),
        News::AppealUpheld { .. } => appeal_upheld(number, page),
        News::AppealDismissed { .. } => appeal_dismissed(number, page),
        News::Granted { .. } => granted(number, page),
        News::TakenBack { .. } => taken_back(number, page),
        News::PaidAhead { .. } => paid_ahead(number, page),
        News::Confirmed => confirmed(number, page),
        News::AskedBack { .. } => asked_back(number, page),
        News::Closed => closed(number, page),
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

/// 补正. What is missing stands on the page: it may say something of an illness.
fn supplement(number: &str, page: &str) -> Message {
    Message::plain(
        format!("您的申请还差一点（{number}）"),
        "您的帮扶申请还差一点材料。\n差什么写在里面，补上就接着办。不方便就打电话给我们。",
    )
    .button("看看差什么", page)
}

/// 不予受理, with the way to appeal.
fn declined(number: &str, page: &str) -> Message {
    Message::plain(
        format!("您的申请没有受理（{number}）"),
        "这次的帮扶申请没有受理。\n原因写在里面。不同意的话，可以申诉，由别的同志再看一次。",
    )
    .button("看看原因", page)
}

/// 申诉已收到.
fn appealed(number: &str, page: &str) -> Message {
    Message::plain(
        format!("申诉已收到（{number}）"),
        "您的申诉我们收到了。\n由没有办过这件事的同志再看一次。",
    )
    .button(OPEN, page)
}

/// 申诉成立.
fn appeal_upheld(number: &str, page: &str) -> Message {
    Message::plain(format!("申诉有结果了（{number}）"), "您说得对，这件事我们接着办。\n有进展就告诉您。")
        .button(OPEN, page)
}

/// 申诉不成立; why stands on the page.
fn appeal_dismissed(number: &str, page: &str) -> Message {
    Message::plain(
        format!("申诉看过了（{number}）"),
        "我们又看了一次，结果没有改变。\n原因写在里面。有疑问请打电话给我们。",
    )
    .button("看看原因", page)
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
        "这次的帮扶申请没有通过。\n原因写在里面。不同意的话，可以申诉，由别的同志再看一次。",
    )
    .button("看看原因", page)
}

/// 已发放.
fn paid(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款已发放（{number}）"),
        "帮扶款已经汇出，请留意您登记的银行卡。\n收到了，请点一下告诉我们。三天后还没收到，也请告诉我们。",
    )
    .button("收到没有", page)
}

/// 退汇: the bank sent it back; a person calls, nothing is asked of the reader.
fn returned(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款没有汇成（{number}）"),
        "银行把帮扶款退回来了，钱没有丢。\n工作人员会打电话和您核对银行卡。",
    )
    .button(OPEN, page)
}

/// 先救后补, 同意.
fn granted(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款先给您发（{number}）"),
        "您的事情急，帮扶款先发给您。\n钱汇到登记的银行卡，手续以后再补。",
    )
    .button(OPEN, page)
}

/// 先救后补, 收回: what was said before does not hold, and the request goes on.
fn taken_back(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款照正常手续发（{number}）"),
        "原来说先给您发的，这次不能先发了。\n您的申请接着办，工作人员会上门看望。",
    )
    .button(OPEN, page)
}

/// 先救后补, 已发放: the papers are waited for.
fn paid_ahead(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶款先汇出了（{number}）"),
        "帮扶款已经先汇出。\n请把材料补一补，哪天之前写在里面。不方便就打电话给我们。",
    )
    .button("看看怎么补", page)
}

/// 先救后补, 手续办好.
fn confirmed(number: &str, page: &str) -> Message {
    Message::plain(
        format!("帮扶手续办好了（{number}）"),
        "先发给您的帮扶款，手续都办好了。\n您不用再做什么。",
    )
    .button(OPEN, page)
}

/// 追回; what and why stands on the page.
fn asked_back(number: &str, page: &str) -> Message {
    Message::plain(
        format!("有一件事和您商量（{number}）"),
        "关于您的帮扶款，有一件事要和您商量，写在里面。\n不着急，有疑问请打电话给我们。",
    )
    .button("看看什么事", page)
}

/// 结案; why stands on the page.
fn closed(number: &str, page: &str) -> Message {
    Message::plain(
        format!("这次帮扶结束了（{number}）"),
        "您的这次帮扶已经结束，原因写在里面。\n以后有需要，随时可以再找我们。",
    )
    .button("看看原因", page)
}

/// 已撤回, by the applicant.
fn withdrawn(number: &str, page: &str) -> Message {
    Message::plain(format!("申请已撤回（{number}）"), "您的帮扶申请已经撤回。\n以后有需要，随时可以再申请。")
        .button(OPEN, page)
}
