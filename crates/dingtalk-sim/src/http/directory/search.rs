//! Searching by name. Pinyin is not known here.

use dingtalk::contact::Hits;
use dingtalk::{DeptId, UserId};
use serde_json::Value;

use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::Refusal;

pub(super) fn people(mut call: Call<'_>) -> Result<Value, Refusal> {
    let word = call.body.text("queryWord")?;
    let exact = call.body.optional_number("fullMatchField")? == Some(1);
    let page = Page::read(&mut call)?;
    let people = call.state.tenancy.directory.people();
    let found = people.filter(|one| if exact { one.name == word } else { one.name.contains(&word) });
    let found = found.filter(|one| call.sees_person(&one.userid).is_ok());
    let ids = found.map(|one| id(one.userid.clone())).collect::<Result<Vec<UserId>, _>>()?;
    wire(page.of(ids))
}

pub(super) fn departments(mut call: Call<'_>) -> Result<Value, Refusal> {
    let word = call.body.text("queryWord")?;
    let page = Page::read(&mut call)?;
    let departments = call.state.tenancy.directory.departments();
    let found = departments.filter(|one| one.name.contains(&word) && call.sees_department(one.id).is_ok());
    let ids: Vec<_> = found.map(|one| DeptId(one.id)).collect();
    wire(page.of(ids))
}

struct Page {
    number: usize,
    size: usize,
}

impl Page {
    fn read(call: &mut Call<'_>) -> Result<Self, Refusal> {
        let (number, size) = (call.body.number("offset")?, call.body.number("size")?);
        call.read_whole()?;
        match (usize::try_from(number), usize::try_from(size)) {
            (Ok(number), Ok(size)) if size > 0 => Ok(Self { number, size }),
            _ => Err(Refusal::coded("parameter.error", "参数错误")),
        }
    }

    fn of<T>(&self, all: Vec<T>) -> Hits<T> {
        let total = all.len();
        let before = self.number.saturating_mul(self.size);
        let list = all.into_iter().skip(before).take(self.size).collect();
        let has_more = before.saturating_add(self.size) < total;
        Hits { has_more, total_count: i64::try_from(total).unwrap_or(i64::MAX), list }
    }
}
