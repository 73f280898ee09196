//! A control of the tenant's form on its way back. The call that reads a form (获取表单 schema) and the call that writes one
//! (创建或更新审批表单模板) name the same properties differently, and neither names all of the other's. What has no place on the way
//! back is said, and then the form is not written: nobody loses what he set.

use dingtalk::workflow::{Component, ComponentProps, FormOption, SchemaItem};
use serde_json::{Map, Value, json};

/// The kinds that the writing call takes: what people call them, and which of their properties the reading call does not name. Where such
/// a property is absent, it may be unset or left out, and nobody can tell.
const KINDS: [(&str, &str, &[&str]); 19] = [
    ("TextField", "单行输入框", &[]),
    ("TextareaField", "多行输入框", &[]),
    ("NumberField", "数字输入框", &["defaultValue"]),
    ("MoneyField", "金额", &[]),
    ("StarRatingField", "评分", &["limit"]),
    ("DDSelectField", "单选框", &[]),
    ("DDMultiSelectField", "多选框", &[]),
    ("DDDateField", "日期", &["defaultValue"]),
    ("DDDateRangeField", "时间区间", &[]),
    ("PhoneField", "电话", &["mode"]),
    ("DDPhotoField", "图片", &[]),
    ("InnerContactField", "联系人", &[]),
    ("DepartmentField", "部门", &["multiple"]),
    ("RelateField", "关联审批单", &["availableTemplates"]),
    ("AddressField", "省市区", &["addressModel"]),
    ("TableField", "明细", &[]),
    ("DDAttachment", "附件", &[]),
    ("TimeAndLocationField", "地点", &["mask"]),
    ("TextNote", "文字说明", &["content"]),
];

/// What people call a kind of control.
pub(super) fn spoken(kind: &str) -> &str {
    KINDS.iter().find(|(name, ..)| *name == kind).map_or(kind, |(_, spoken, _)| *spoken)
}

/// The control as it is written; or, in words, what of it would be lost. `ours`: the code fills it in, so that what it is filled in with
/// before does not matter.
pub(super) fn back(item: &SchemaItem, ours: bool) -> Result<Component, String> {
    let kind = item.component_name.as_str();
    let called = format!("“{}”（{}）", item.props.label, spoken(kind));
    let Some((.., unsaid)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
        return Err(format!("{called}这种控件"));
    };
    let (mut props, mut lost) = properties(item);
    for name in unsaid.iter().filter(|name| !ours && !props.contains_key(**name)) {
        lost.push((*name).to_owned());
    }
    let options = options(&item.props.options);
    match &options {
        Some(options) if !options.is_empty() => drop(props.insert("options".to_owned(), json!(options))),
        Some(_) => {}
        None => lost.push("options".to_owned()),
    }
    let children: Result<Vec<Component>, String> =
        item.children.iter().map(|column| back(column, false)).collect();
    let children = children.map_err(|why| format!("{called}里的{why}"))?;
    let props = serde_json::from_value::<ComponentProps>(Value::Object(props));
    match props {
        Ok(props) if lost.is_empty() => Ok(Component { component_type: kind.to_owned(), props, children }),
        Ok(_) => Err(format!("{called}的设置 {}", lost.join("、"))),
        Err(_) => Err(format!("{called}的设置")),
    }
}

/// By the names of the writing call; and what has no name there.
fn properties(item: &SchemaItem) -> (Map<String, Value>, Vec<String>) {
    let (mut props, mut lost) = (Map::new(), Vec::new());
    let mut put = |name: &str, value: Value| drop(props.insert(name.to_owned(), value));
    let named = &item.props;
    if !named.id.is_empty() {
        put("componentId", json!(named.id));
    }
    if let Some(alias) = named.biz_alias.as_ref().filter(|alias| !alias.is_empty()) {
        put("bizAlias", json!(alias));
    }
    put("label", json!(named.label));
    put("required", json!(named.required));
    for (name, value) in named.more.iter().filter(|(_, value)| !value.is_null()) {
        match name.as_str() {
            "placeholder" | "unit" | "format" | "link" | "disabled" | "duration" | "payEnable"
            | "verticalPrint" | "tableViewMode" | "defaultValue" | "limit" | "mode" | "multiple"
            | "availableTemplates" | "addressModel" | "mask" | "content" => put(name, value.clone()),
            "choice" => put(name, json!(plain(value))),
            // The options once more.
            "objOptions" => {}
            "notPrint" if item.component_name == "TextNote" => put(name, value.clone()),
            "notPrint" | "notUpper" if is_nothing(value) => {}
            "notPrint" => put("print", json!(turned(value))),
            "notUpper" => put("upper", json!(turned(value))),
            "statField" => match sums(value) {
                Some(sums) => put(name, sums),
                None => lost.push(name.clone()),
            },
            _ if is_nothing(value) => {}
            _ => lost.push(name.clone()),
        }
    }
    (props, lost)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `1` for no becomes `0` for yes.
fn turned(no: &Value) -> &'static str {
    if plain(no) == "1" { "0" } else { "1" }
}

/// As it is when nobody has set it.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// The columns that a table adds up. How a sum is written has no certain form on the way back.
fn sums(value: &Value) -> Option<Value> {
    let sum = |one: &Value| {
        let known = |(name, value): (&String, &Value)| matches!(&**name, "id" | "label") || is_nothing(value);
        let column = one.as_object().filter(|fields| fields.iter().all(known))?;
        Some(json!({ "componentId": column.get("id")?, "label": column.get("label")? }))
    };
    value.as_array()?.iter().map(sum).collect::<Option<Vec<_>>>().map(Value::Array)
}

/// What can be chosen: each a text, plain or itself JSON. None when something of it would be lost.
fn options(given: &[Value]) -> Option<Vec<FormOption>> {
    let option = |given: &Value| {
        let inner = given.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        match inner.as_ref().filter(|inner| inner.is_object()).unwrap_or(given) {
            Value::Object(fields) => {
                let known = |(name, value): (&String, &Value)| {
                    matches!(&**name, "value" | "key") || is_nothing(value)
                };
                let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
                let value = text("value").filter(|_| fields.iter().all(known))?;
                Some(FormOption { value, key: text("key") })
            }
            // Only its key says that people may write something themselves.
            Value::String(value) if matches!(&**value, "其他" | "其它") => None,
            Value::String(value) => Some(FormOption { value: value.clone(), key: None }),
            _ => None,
        }
    };
    given.iter().map(option).collect()
}

#[cfg(test)]
mod tests {
    use dingtalk::workflow::SchemaItem;
    use serde_json::{Value, json};

    use super::back;

    fn sent(kind: &str, props: &Value) -> Result<Value, String> {
        let item: SchemaItem =
            serde_json::from_value(json!({ "componentName": kind, "props": props })).unwrap();
        back(&item, false).map(|control| serde_json::to_value(control.props).unwrap())
    }

    #[test]
    fn what_both_calls_name_goes_back_under_the_name_it_has_there() {
        let props = json!({
            "id": "T-1", "label": "附言", "bizAlias": "", "required": false, "placeholder": "请写明", "notPrint": "1",
            "pushToCalendar": 0, "hidden": false, "formula": "", "behaviorLinkage": [],
        });
        let back = json!({ "componentId": "T-1", "label": "附言", "placeholder": "请写明", "print": "0" });
        assert_eq!(sent("TextareaField", &props), Ok(back));
        let props =
            json!({ "id": "M-1", "label": "金额", "required": true, "notUpper": "1", "payEnable": false });
        let back = json!({ "componentId": "M-1", "label": "金额", "required": true, "upper": "0", "payEnable": false });
        assert_eq!(sent("MoneyField", &props), Ok(back));
        let props = json!({ "id": "I-1", "label": "联系人", "choice": 1 });
        assert_eq!(sent("InnerContactField", &props).unwrap()["choice"], "1");
        let options =
            json!(["生活", r#"{"value":"医疗","key":"option_1"}"#, r#"{"value":"其他","key":"other"}"#]);
        let props =
            json!({ "id": "S-1", "label": "类别", "options": options, "objOptions": [{ "value": "生活" }] });
        let back = json!([{ "value": "生活" }, { "value": "医疗", "key": "option_1" }, { "value": "其他", "key": "other" }]);
        assert_eq!(sent("DDSelectField", &props).unwrap()["options"], back);
        let props = json!({ "id": "X-1", "label": "明细", "tableViewMode": "table", "statField": [{ "id": "M-1", "label": "金额", "upper": false }] });
        let sums = json!([{ "componentId": "M-1", "label": "金额" }]);
        assert_eq!(sent("TableField", &props).unwrap()["statField"], sums);
    }

    #[test]
    fn what_the_other_call_has_no_place_for_is_said() {
        for (kind, props, lost) in [
            ("FormRelateField", json!({}), "“附言”（FormRelateField）这种控件"),
            ("TextField", json!({ "formula": "A+B" }), "“附言”（单行输入框）的设置 formula"),
            ("TextField", json!({ "hidden": true }), "“附言”（单行输入框）的设置 hidden"),
            ("RelateField", json!({}), "“附言”（关联审批单）的设置 availableTemplates"),
            ("DDSelectField", json!({ "options": ["其他"] }), "“附言”（单选框）的设置 options"),
            (
                "DDSelectField",
                json!({ "options": [{ "value": "医疗", "extension": "{}" }] }),
                "“附言”（单选框）的设置 options",
            ),
            (
                "TableField",
                json!({ "statField": [{ "id": "M-1", "label": "金额", "unit": "元" }] }),
                "“附言”（明细）的设置 statField",
            ),
            ("TextField", json!({ "placeholder": ["写"] }), "“附言”（单行输入框）的设置"),
        ] {
            let mut props = props;
            (props["id"], props["label"]) = (json!("T-1"), json!("附言"));
            assert_eq!(sent(kind, &props), Err(lost.to_owned()));
        }
        // What the platform does tell of it goes back.
        let props = json!({ "id": "R-1", "label": "关联单", "availableTemplates": [{ "name": "出差", "processCode": "P-1" }] });
        assert_eq!(sent("RelateField", &props).unwrap()["availableTemplates"], props["availableTemplates"]);
    }

    #[test]
    fn a_column_that_cannot_go_back_keeps_its_table_back() {
        let column = json!({ "componentName": "RelateField", "props": { "id": "R-1", "label": "关联单" } });
        let table = json!({ "componentName": "TableField", "props": { "id": "X-1", "label": "明细" }, "children": [column] });
        let item: SchemaItem = serde_json::from_value(table).unwrap();
        let lost = "“明细”（明细）里的“关联单”（关联审批单）的设置 availableTemplates";
        assert_eq!(back(&item, false).unwrap_err(), lost);
    }
}
