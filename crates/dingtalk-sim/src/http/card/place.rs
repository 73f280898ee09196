//! What cards are like where, and where they hang.

use std::collections::{BTreeMap, BTreeSet};

use crate::forms::Strict;
use crate::http::call::Call;
use crate::world::{CardPlaces, Refusal};

const PREFIX: &str = "dtv1.card//";
const KINDS: [&str; 4] = ["IM_ROBOT", "IM_GROUP", "IM_SINGLE", "ONE_BOX"];
const LONGEST_KEY: usize = 100;
const LONGEST_VALUE: usize = 1024;
const LARGEST: usize = 100 * 1024;

/// The kinds of places whose model is there.
pub(super) fn space_models(body: &mut Strict) -> Result<BTreeSet<String>, Refusal> {
    let models = [
        ("imRobotOpenSpaceModel", "IM_ROBOT"),
        ("imGroupOpenSpaceModel", "IM_GROUP"),
        ("imSingleOpenSpaceModel", "IM_SINGLE"),
    ];
    let mut found = BTreeSet::new();
    for (name, kind) in models {
        let Some(mut model) = body.optional_object(name)? else { continue };
        if !model.has("supportForward") {
            return Err(model.complaint("supportForward", "is required"));
        }
        model.flag("supportForward")?;
        model.text_map("lastMessageI18n")?;
        if let Some(mut search) = model.optional_object("searchSupport")? {
            for field in ["searchIcon", "searchTypeName", "searchDesc"] {
                search.optional_text(field)?;
            }
            search.done()?;
        }
        if let Some(mut notification) = model.optional_object("notification")? {
            notification.optional_text("alertContent")?;
            notification.flag("notificationOff")?;
            notification.done()?;
        }
        model.done()?;
        found.insert(kind.to_owned());
    }
    if let Some(mut model) = body.optional_object("topOpenSpaceModel")? {
        if model.text("spaceType")? != "ONE_BOX" {
            return Err(model.complaint("spaceType", "must be ONE_BOX"));
        }
        model.done()?;
        found.insert("ONE_BOX".to_owned());
    }
    Ok(found)
}

/// `openSpaceId` and the models that say how the card comes there.
pub(super) fn places(call: &mut Call<'_>) -> Result<CardPlaces, Refusal> {
    let written = call.body.optional_text("openSpaceId")?.unwrap_or_default();
    if written.is_empty() {
        return Err(Refusal::coded("param.openSpaceIdEmpty", "openSpaceId is empty"));
    }
    let invalid = || Refusal::coded("param.openSpaceIdInvalid", written.clone());
    let mut to = Vec::new();
    for part in written.strip_prefix(PREFIX).ok_or_else(invalid)?.split(';') {
        let (kind, id) = part.split_once('.').ok_or_else(invalid)?;
        let kind = kind.to_uppercase();
        if !KINDS.contains(&kind.as_str()) || id.is_empty() {
            return Err(invalid());
        }
        to.push((kind, id.to_owned()));
    }
    let models = deliver_models(call)?;
    Ok(CardPlaces { to, models, by_union: false })
}

fn deliver_models(call: &mut Call<'_>) -> Result<Vec<&'static str>, Refusal> {
    let own = call.world.robot_code();
    let wrong = |why: &str| Refusal::coded("param.openDeliverModelError", why);
    let mut models = Vec::new();
    if let Some(mut model) = call.body.optional_object("imRobotOpenDeliverModel")? {
        if model.text("spaceType")? != "IM_ROBOT" {
            return Err(wrong("imRobotOpenDeliverModel.spaceType is not IM_ROBOT"));
        }
        if model.optional_text("robotCode")?.is_some_and(|code| code != own) {
            return Err(wrong("the robot is another app's"));
        }
        model.text_map("extension")?;
        model.done()?;
        models.push("IM_ROBOT");
    }
    if let Some(mut model) = call.body.optional_object("imGroupOpenDeliverModel")? {
        if model.text("robotCode")? != own {
            return Err(wrong("the robot is another app's"));
        }
        model.text_map("atUserIds")?;
        model.texts("recipients")?;
        model.text_map("extension")?;
        model.done()?;
        models.push("IM_GROUP");
    }
    if let Some(mut model) = call.body.optional_object("imSingleOpenDeliverModel")? {
        model.text_map("atUserIds")?;
        model.text_map("extension")?;
        model.done()?;
        models.push("IM_SINGLE");
    }
    if let Some(mut model) = call.body.optional_object("topOpenDeliverModel")? {
        model.number("expiredTimeMillis")?;
        model.texts("userIds")?;
        model.texts("platforms")?;
        model.done()?;
        models.push("ONE_BOX");
    }
    Ok(models)
}

/// `1`, the default, or `2`: ids of people are union ids.
pub(super) fn by_union(body: &mut Strict) -> Result<bool, Refusal> {
    match body.optional_number("userIdType")? {
        None | Some(1) => Ok(false),
        Some(2) => Ok(true),
        Some(other) => Err(Refusal::coded("param.invalid", format!("userIdType {other}"))),
    }
}

/// `cardData`; absent is none.
pub(super) fn public(body: &mut Strict) -> Result<Option<BTreeMap<String, String>>, Refusal> {
    let Some(mut data) = body.optional_object("cardData")? else { return Ok(None) };
    let values = data.text_map("cardParamMap")?;
    data.done()?;
    check(&values)?;
    Ok(Some(values))
}

/// `privateData`, by userid.
pub(super) fn private(
    call: &mut Call<'_>,
    by_union: bool,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, Refusal> {
    let Some(mut people) = call.body.optional_object("privateData")? else { return Ok(BTreeMap::new()) };
    let mut found = BTreeMap::new();
    for name in people.names() {
        let mut data = people.object(&name)?;
        let values = data.text_map("cardParamMap")?;
        data.done()?;
        check(&values)?;
        let tenancy = &call.state.tenancy;
        let person = if by_union { tenancy.by_union(&name) } else { tenancy.directory.person(&name).ok() };
        let person = person.ok_or_else(|| Refusal::coded("param.userIdNotExist", name))?;
        found.insert(person.userid.clone(), values);
    }
    Ok(found)
}

fn check(values: &BTreeMap<String, String>) -> Result<(), Refusal> {
    let long = values.iter().find(|(key, value)| key.len() > LONGEST_KEY || value.len() > LONGEST_VALUE);
    if let Some((key, _)) = long {
        return Err(Refusal::coded("param.invalid", format!("{key}: a name has 100 bytes, a value 1 KB")));
    }
    if values.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>() > LARGEST {
        return Err(Refusal::coded("param.invalid", "a card has at most 100 KB"));
    }
    Ok(())
}
