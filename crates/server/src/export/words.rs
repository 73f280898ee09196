//! The words of exports.

use domain::{
    export::{
        Export, Status,
        commands::{ExportError, Refusal},
    },
    person::Retirement,
    segment::Book,
};

use crate::page::{PageError, Tag};

pub(super) fn page_error(error: ExportError) -> PageError {
    match error {
        ExportError::NotFound => PageError::NotFound,
        ExportError::Refused(rule) => PageError::Refused(refused(rule).to_owned()),
        ExportError::CannotOpen(error) => PageError::Broken(error.into()),
        ExportError::Db(error) => error.into(),
    }
}

/// A rule of exports.
pub(super) const fn refused(rule: Refusal) -> &'static str {
    match rule {
        Refusal::Nobody => "没有这样的人。请换一个范围。",
        Refusal::TooOften => "一小时里最多导出5次。请过一会儿再来。",
        Refusal::NotNow => "已经办到下一步了。请刷新再看。",
        Refusal::SamePerson => "自己申请的导出，不能自己复核。请另一位同志来办。",
        Refusal::InPart => "您看到的是一部分内容，没有号码和类别。请只选用途。",
        Refusal::TooLate => "已经过期，或人数变多了。请重新申请。",
    }
}

/// Where an export stands.
pub(super) const fn tag(status: Status) -> Tag {
    match status {
        Status::Ready => Tag::good(Status::Ready.label()),
        Status::Waiting => Tag::attention(Status::Waiting.label()),
        Status::Refused => Tag::quiet(Status::Refused.label()),
    }
}

/// Which people.
pub(super) fn which(export: &Export, book: &Book) -> String {
    let filter = &export.filter;
    let mut words = vec![filter.retirement.map_or("离休和退休", Retirement::label).to_owned()];
    words.extend(export.reach.as_ref().map(|_| "按组织".to_owned()));
    words.extend(filter.living_alone.then(|| "只要独居".to_owned()));
    // As it is called now, or was called last.
    let called = filter.segment.and_then(|id| book.versions_of(id).next());
    words.extend(called.map(|version| format!("只要“{}”名单里的", version.name)));
    words.push(if filter.dead { "包括已去世" } else { "不含已去世" }.to_owned());
    words.join("，")
}
