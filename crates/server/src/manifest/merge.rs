//! The tenant's form with ours put into it: its own controls stay where they are and as they are, ours are put right, and those that
//! are missing come behind the one that they follow in ours.

use dingtalk::{
    ProcessCode,
    workflow::{Component, NewForm, Schema, SchemaItem},
};

use super::{back::back, differences::place};

/// The form to be written, which replaces the tenant's; or, in words, what that would lose.
///
/// What people may do with the form is left out: no call tells how it is set, and it is not ours to set again.
pub(super) fn merged(form: &NewForm, code: ProcessCode, schema: &Schema) -> Result<NewForm, Vec<String>> {
    let items = &schema.schema_content.items;
    let ours: Vec<Option<usize>> =
        form.form_components.iter().map(|wanted| place(wanted, form, items)).collect();
    let (mut controls, mut lost) = (Vec::new(), Vec::new());
    for (place, item) in items.iter().enumerate() {
        let mut pairs = form.form_components.iter().zip(&ours);
        let wanted = pairs.find(|(_, found)| **found == Some(place)).map(|(wanted, _)| wanted);
        match wanted.map_or_else(|| back(item, false), |wanted| put_right(item, wanted)) {
            Ok(control) => controls.push(control),
            Err(why) => lost.push(why),
        }
    }
    if !lost.is_empty() {
        return Err(lost);
    }
    let mut next = 0;
    for wanted in &form.form_components {
        let found = controls.iter().position(|control| control.props.label == wanted.props.label);
        if found.is_none() {
            controls.insert(next, wanted.clone());
        }
        next = found.unwrap_or(next) + 1;
    }
    Ok(NewForm {
        process_code: Some(code),
        name: if schema.name.is_empty() { form.name.clone() } else { schema.name.clone() },
        description: schema.memo.clone(),
        form_components: controls,
        template_config: None,
    })
}

/// One of ours, as the tenant has it, with what is wrong about it put right.
fn put_right(item: &SchemaItem, wanted: &Component) -> Result<Component, String> {
    if item.component_name != wanted.component_type {
        // Of the other kind, no property can be kept but who it is.
        let mut control = wanted.clone();
        if !item.props.id.is_empty() {
            control.props.component_id = Some(item.props.id.clone());
        }
        return Ok(control);
    }
    let mut control = back(item, true)?;
    control.props.label.clone_from(&wanted.props.label);
    for option in &wanted.props.options {
        if !control.props.options.iter().any(|one| one.value == option.value) {
            control.props.options.push(option.clone());
        }
    }
    Ok(control)
}
