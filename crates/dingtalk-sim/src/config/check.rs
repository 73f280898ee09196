//! A world file may parse and still make no sense. Each complaint names the entry.

use std::collections::BTreeSet;

use dingtalk_callback::Key;

use crate::config::{Control, World};
use crate::world::{BUILT_IN, ROOT};

pub(crate) fn check(world: &World) -> Result<(), String> {
    let departments = departments(world)?;
    let people = people(world, &departments)?;
    roles(world, &people)?;
    sign_in(world, &people, &departments)?;
    templates(world, &people)?;
    cards(world)?;
    groups(world, &people)?;
    phones(world, &people)?;
    stories(world, &people)?;
    Key::parse(&world.events.aes_key).map(drop).map_err(|error| format!("events.aes_key: {error}"))
}

fn departments(world: &World) -> Result<BTreeSet<i64>, String> {
    let mut known = BTreeSet::from([ROOT]);
    for department in &world.departments {
        let name = &department.name;
        if !known.contains(&department.parent) {
            return Err(format!(
                "department {name}: parent {} is not above it in the file",
                department.parent
            ));
        }
        if !known.insert(department.id) {
            return Err(format!("department {name}: id {} is already taken", department.id));
        }
    }
    Ok(known)
}

fn people<'a>(world: &'a World, departments: &BTreeSet<i64>) -> Result<BTreeSet<&'a str>, String> {
    let mut known = BTreeSet::new();
    let mut mobiles = BTreeSet::new();
    for person in &world.people {
        let userid = &person.userid;
        if !known.insert(userid.as_str()) {
            return Err(format!("person {userid}: the userid is already taken"));
        }
        if let Some(mobile) = &person.mobile
            && !mobiles.insert(mobile)
        {
            return Err(format!("person {userid}: the mobile number is already taken"));
        }
        for department in person.departments.iter().chain(&person.leads) {
            if !departments.contains(department) {
                return Err(format!("person {userid}: there is no department {department}"));
            }
        }
    }
    Ok(known)
}

fn roles(world: &World, people: &BTreeSet<&str>) -> Result<(), String> {
    let mut groups = BTreeSet::new();
    for group in &world.role_groups {
        if !groups.insert(group.id) || BUILT_IN.contains(&group.id) {
            return Err(format!("role group {}: id {} is already taken", group.name, group.id));
        }
    }
    let mut known = BTreeSet::new();
    for role in &world.roles {
        let name = &role.name;
        if !known.insert(role.id) || groups.contains(&role.id) || BUILT_IN.contains(&role.id) {
            return Err(format!("role {name}: id {} is already taken", role.id));
        }
        if !groups.contains(&role.group) {
            return Err(format!("role {name}: there is no group {}", role.group));
        }
        if let Some(userid) = role.members.iter().find(|userid| !people.contains(userid.as_str())) {
            return Err(format!("role {name}: there is no person {userid}"));
        }
    }
    Ok(())
}

fn sign_in(world: &World, people: &BTreeSet<&str>, departments: &BTreeSet<i64>) -> Result<(), String> {
    let mut known = BTreeSet::new();
    for code in &world.codes {
        if !known.insert(&code.code) {
            return Err(format!("code {}: it is already there", code.code));
        }
        if !people.contains(code.userid.as_str()) {
            return Err(format!("code {}: there is no person {}", code.code, code.userid));
        }
    }
    let Some(scope) = &world.app.contact_scope else { return Ok(()) };
    if let Some(id) = scope.departments.iter().find(|id| !departments.contains(id)) {
        return Err(format!("contact_scope: there is no department {id}"));
    }
    match scope.people.iter().find(|userid| !people.contains(userid.as_str())) {
        Some(userid) => Err(format!("contact_scope: there is no person {userid}")),
        None => Ok(()),
    }
}

fn templates(world: &World, people: &BTreeSet<&str>) -> Result<(), String> {
    let mut codes = BTreeSet::new();
    for template in &world.templates {
        let code = &template.code;
        if !codes.insert(code) {
            return Err(format!("template {code}: the code is already taken"));
        }
        if template.nodes.is_empty() {
            return Err(format!("template {code}: it needs at least one node"));
        }
        for node in &template.nodes {
            if node.approvers.is_empty() && !node.self_select {
                return Err(format!("template {code}, node {}: nobody approves", node.name));
            }
            if let Some(userid) = node.approvers.iter().find(|userid| !people.contains(userid.as_str())) {
                return Err(format!("template {code}, node {}: there is no person {userid}", node.name));
            }
        }
        let mut named = template.cc.iter().chain(&template.visible_to);
        if let Some(userid) = named.find(|userid| !people.contains(userid.as_str())) {
            return Err(format!("template {code}: there is no person {userid}"));
        }
        if let Some(id) =
            template.branches_on.iter().find(|id| Control::kind_of(&template.controls, id).is_none())
        {
            return Err(format!("template {code}: there is no control {id} to branch on"));
        }
        for control in template.controls.iter().flat_map(|one| std::iter::once(one).chain(&one.children)) {
            if !Control::KINDS.contains(&control.kind.as_str()) {
                return Err(format!("template {code}: there is no kind of control {}", control.kind));
            }
        }
    }
    Ok(())
}

fn cards(world: &World) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for card in &world.cards {
        let id = &card.id;
        if !ids.insert(id) {
            return Err(format!("card {id}: the id is already taken"));
        }
        if let Some(name) = card.used().into_iter().find(|name| !card.variables.iter().any(|one| one == name))
        {
            return Err(format!("card {id}: there is no variable {name}"));
        }
        let mut buttons = BTreeSet::new();
        if let Some(button) = card.buttons.iter().find(|button| !buttons.insert(&button.id)) {
            return Err(format!("card {id}: there are two buttons {}", button.id));
        }
    }
    Ok(())
}

fn groups(world: &World, people: &BTreeSet<&str>) -> Result<(), String> {
    let (mut titles, mut tokens, mut ids) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for group in &world.groups {
        let title = &group.title;
        if !(1..=20).contains(&title.chars().count()) {
            return Err(format!("group {title}: a title has 1 to 20 characters"));
        }
        if !titles.insert(title) {
            return Err(format!("group {title}: the title is already taken"));
        }
        if let Some(id) = group.id.iter().chain(&group.chat_id).find(|id| !ids.insert(*id)) {
            return Err(format!("group {title}: the id {id} is already taken"));
        }
        let mut named = std::iter::once(&group.owner).chain(&group.members);
        if let Some(userid) = named.find(|userid| !people.contains(userid.as_str())) {
            return Err(format!("group {title}: there is no person {userid}"));
        }
        if let Some(robot) = group.custom_robots.iter().find(|robot| !tokens.insert(&robot.token)) {
            return Err(format!("group {title}, robot {}: the token is already taken", robot.name));
        }
    }
    Ok(())
}

fn phones(world: &World, people: &BTreeSet<&str>) -> Result<(), String> {
    for phone in &world.phones {
        let named = std::iter::once(&phone.user).chain(&phone.people);
        for userid in named {
            if !people.contains(userid.as_str()) {
                return Err(format!("phone {}: there is no person {userid}", phone.name));
            }
        }
    }
    Ok(())
}

fn stories(world: &World, people: &BTreeSet<&str>) -> Result<(), String> {
    for story in &world.stories {
        for (index, step) in story.steps.iter().enumerate() {
            let place = format!("story {}, step {}", story.title, index + 1);
            if let Some(phone) = step.phone.filter(|phone| *phone >= world.phones.len()) {
                return Err(format!("{place}: there is no phone {phone}"));
            }
            if let Some(userid) = step.user.as_deref().filter(|userid| !people.contains(userid)) {
                return Err(format!("{place}: there is no person {userid}"));
            }
        }
    }
    Ok(())
}
