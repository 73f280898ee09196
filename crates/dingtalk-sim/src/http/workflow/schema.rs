//! Templates as the app reads them.

use dingtalk::workflow::{
    Schema, SchemaAnswer, SchemaContent, SchemaItem, SchemaProps, VisibleAnswer, VisibleForm, VisiblePage,
};
use serde_json::{Map, Value, json};

use crate::config::Control;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::Refusal;

const LARGEST_PAGE: usize = 100;

pub(super) fn schema(mut call: Call<'_>) -> Result<Value, Refusal> {
    let code = call.query.text("processCode")?;
    call.query.ignore(&["appUuid"])?;
    call.read_whole()?;
    let template = call.state.tenancy.template(&code).ok_or(Refusal::NoSuchProcess(code))?;
    let result = Schema {
        creator_user_id: String::new(),
        form_code: template.code.clone(),
        form_uuid: format!("FORM-{}", template.code),
        name: template.name.clone(),
        memo: template.description.clone(),
        status: if template.off { "INVALID" } else { "PUBLISHED" }.to_owned(),
        schema_content: SchemaContent {
            title: template.name.clone(),
            items: template.controls.iter().map(item).collect(),
        },
    };
    wire(SchemaAnswer { result })
}

fn item(control: &Control) -> SchemaItem {
    // The platform writes each option as a JSON text.
    let option = |(index, value): (usize, &String)| {
        json!(json!({"value": value, "key": format!("option_{index}")}).to_string())
    };
    SchemaItem {
        component_name: control.kind.clone(),
        props: SchemaProps {
            id: control.id(),
            biz_alias: control.alias.clone(),
            label: control.label.clone(),
            required: control.required,
            options: control.options.iter().enumerate().map(option).collect(),
            more: more(control),
        },
        children: control.children.iter().map(item).collect(),
    }
}

fn more(control: &Control) -> Map<String, Value> {
    let mut more = control.more.clone();
    if let Some(format) = &control.format {
        more.insert("format".to_owned(), json!(format));
    }
    // Of departments the page names no such property.
    if control.kind == "InnerContactField" {
        more.insert("choice".to_owned(), json!(i32::from(control.several)));
    }
    more
}

pub(super) fn visible(mut call: Call<'_>) -> Result<Value, Refusal> {
    let userid = call.query.optional_text("userId")?;
    let size = usize::try_from(call.query.number("maxResults")?).unwrap_or(0);
    let offset = usize::try_from(call.query.number("nextToken")?).unwrap_or(usize::MAX);
    call.read_whole()?;
    if size == 0 || size > LARGEST_PAGE {
        return Err(Refusal::coded("invalidMaxResults", format!("maxResults: 1 to {LARGEST_PAGE}")));
    }
    let tenancy = &call.state.tenancy;
    if let Some(userid) = &userid {
        tenancy.directory.person(userid)?;
    }
    let seen =
        |one: &&crate::config::Template| userid.as_ref().is_none_or(|userid| one.is_visible_to(userid));
    let rest: Vec<_> = tenancy.all_templates().filter(seen).skip(offset).take(size + 1).collect();
    let form = |one: &&crate::config::Template| {
        let page = "https://aflow.dingtalk.com/dingtalk/mobile/homepage.htm";
        Ok(VisibleForm {
            name: one.name.clone(),
            process_code: id(one.code.clone())?,
            url: format!("{page}?corpid={}&processCode={}", call.world.corp.id, one.code),
            icon_url: "https://gw.alicdn.example/T-102-102.png".to_owned(),
            dir_id: String::new(),
            dir_name: String::new(),
        })
    };
    let process_list = rest.iter().take(size).map(form).collect::<Result<_, Refusal>>()?;
    let more = (rest.len() > size).then(|| i64::try_from(offset + size).unwrap_or(i64::MAX));
    wire(VisibleAnswer { result: VisiblePage { process_list, next_token: more } })
}
