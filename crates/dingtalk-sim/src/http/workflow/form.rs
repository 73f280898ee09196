//! Templates that the app makes and changes.

use dingtalk::workflow::{FormAnswer, FormCode};
use serde_json::{Map, Value, json};

use crate::config::Control;
use crate::forms::Strict;
use crate::http::answer::{id, wire};
use crate::http::call::Call;
use crate::world::{NewTemplate, Refusal};

const MOST_CONTROLS: usize = 200;

pub(super) fn save(mut call: Call<'_>) -> Result<Value, Refusal> {
    let code = call.body.optional_text("processCode")?;
    let name = call.body.short_text("name", 200)?;
    let description = call.body.short_text("description", 300)?;
    let controls: Vec<_> =
        call.body.objects("formComponents")?.into_iter().map(control).collect::<Result<_, _>>()?;
    if let Some(mut config) = call.body.optional_object("templateConfig")? {
        for switch in SWITCHES {
            config.flag(switch)?;
        }
        config.ignore(&["dirId", "originDirId"])?;
        config.done()?;
    }
    call.read_whole()?;
    if name.is_empty() {
        return Err(Refusal::coded("formName.error", "a template has a name"));
    }
    if controls.is_empty() || controls.len() > MOST_CONTROLS {
        return Err(Refusal::coded("formschema.error", format!("formComponents: 1 to {MOST_CONTROLS}")));
    }
    let new = NewTemplate { code, name, description, controls };
    let process_code = id(call.state.tenancy.save_template(new)?)?;
    wire(FormAnswer { result: FormCode { process_code } })
}

const SWITCHES: [&str; 6] = [
    "disableStopProcessButton",
    "hidden",
    "disableDeleteProcess",
    "disableFormEdit",
    "disableResubmit",
    "disableHomepage",
];

/// Properties that the page does not name and the platform's own libraries have, so that their users' forms pass.
const ONLY_IN_LIBRARIES: [&str; 11] = [
    "actionName",
    "align",
    "asyncCondition",
    "bizType",
    "commonBizType",
    "dataSource",
    "durationLabel",
    "formula",
    "invisible",
    "maxLength",
    "precision",
];

fn control(mut component: Strict) -> Result<Control, Refusal> {
    let kind = component.text("componentType")?;
    if !Control::KINDS.contains(&kind.as_str()) {
        return Err(Refusal::coded("formschema.error", format!("there is no kind of control {kind}")));
    }
    let mut props = component.object("props")?;
    let id = props.short_text("componentId", 64)?;
    let alias = props.short_text("bizAlias", 64)?;
    let label = props.short_text("label", 64)?;
    let mut options = Vec::new();
    for mut option in props.objects("options")? {
        options.push(option.text("value")?);
        option.ignore(&["key"])?;
        option.done()?;
    }
    let more = told_again(&props);
    let unit = props.optional_text("unit")?;
    let format = props.optional_text("format")?.or_else(|| {
        // A date with the unit 天 has no time.
        unit.filter(|_| kind.starts_with("DDDate")).map(|unit| match unit.as_str() {
            "天" => "yyyy-MM-dd".to_owned(),
            _ => "yyyy-MM-dd HH:mm".to_owned(),
        })
    });
    let several = props.optional_text("choice")?.as_deref() == Some("1") || props.flag("multiple")?;
    let limit = props.optional_number("limit")?.and_then(|limit| u8::try_from(limit).ok());
    let required = props.flag("required")?;
    props.short_text("placeholder", 128)?;
    props.ignore(&[
        "upper",
        "content",
        "print",
        "notPrint",
        "link",
        "tableViewMode",
        "addressModel",
        "mode",
    ])?;
    for switch in ["disabled", "duration", "payEnable", "verticalPrint"] {
        props.flag(switch)?;
    }
    for list in ["statField", "availableTemplates"] {
        props.list(list)?;
    }
    props.ignore_any(&["mask", "defaultValue"]);
    props.ignore_any(&ONLY_IN_LIBRARIES);
    props.done()?;
    let children: Vec<_> =
        component.objects("children")?.into_iter().map(control).collect::<Result<_, _>>()?;
    component.done()?;
    let schema = |why: &str| Refusal::coded("formschema.error", format!("{label}: {why}"));
    if id.is_empty() && alias.is_empty() {
        return Err(schema("a control has componentId or bizAlias"));
    }
    let labels: Vec<String> = serde_json::from_str(&label).unwrap_or_else(|_plain| vec![label.clone()]);
    if labels.iter().any(|label| label.chars().count() > 20) || (label.is_empty() && kind != "TextNote") {
        return Err(schema("a label has 1 to 20 characters"));
    }
    if kind.starts_with("DDSelect") && options.is_empty() {
        return Err(schema("options are required"));
    }
    if (kind == "TableField") == children.is_empty() {
        return Err(schema("a table, and nothing else, has children"));
    }
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Control {
        id: given(id).or_else(|| given(alias.clone())),
        alias: given(alias),
        label,
        kind,
        required,
        options,
        format,
        several,
        limit,
        children,
        more,
    })
}

/// What the page of the schema names as well, under the names that it has there. What it does not name is kept and not told.
fn told_again(props: &Strict) -> Map<String, Value> {
    let same = ["placeholder", "unit", "link", "disabled", "duration", "payEnable", "verticalPrint"];
    let same = same.into_iter().chain(["tableViewMode", "notPrint"]);
    let mut more: Map<_, _> =
        same.filter_map(|name| Some((name.to_owned(), props.get(name)?.clone()))).collect();
    for (asked, told) in [("print", "notPrint"), ("upper", "notUpper")] {
        if let Some(no) = props.get(asked).and_then(Value::as_str) {
            more.insert(told.to_owned(), json!(if no == "0" { "1" } else { "0" }));
        }
    }
    more
}
