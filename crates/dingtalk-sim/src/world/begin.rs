//! Starting an approval: who may, by which flow, with which form.

use chrono::{DateTime, Utc};

use crate::config::{CcAt, Node, Template};
use crate::world::{FormValue, Instance, InstanceStatus, Known, Person, ROOT, Refusal, Tenancy, form_check};

/// What the app asks for when it starts an approval.
#[derive(Clone, Debug)]
pub(crate) struct NewInstance {
    pub(crate) process_code: String,
    pub(crate) originator: String,
    pub(crate) department: Option<i64>,
    pub(crate) form: Vec<FormValue>,
    /// Replaces the template's route when not empty.
    pub(crate) route: Vec<Node>,
    /// Copies, with a route of its own only.
    pub(crate) cc: Vec<String>,
    pub(crate) cc_at: CcAt,
    /// People for the steps that the originator fills, by the step's key.
    pub(crate) chosen: Vec<(String, Vec<String>)>,
}

impl Tenancy {
    pub(crate) fn start_instance(&mut self, new: NewInstance, now: DateTime<Utc>) -> Result<String, Refusal> {
        let NewInstance { process_code, originator, department, form, route, cc, cc_at, chosen } = new;
        let template =
            self.template(&process_code).ok_or_else(|| Refusal::NoSuchProcess(process_code.clone()))?;
        let parameter = |refusal: Refusal| Refusal::InstanceParameter(refusal.to_string());
        let starter = self.directory.person(&originator).map_err(parameter)?;
        if !template.is_visible_to(&originator) {
            return Err(Refusal::coded("needAuth", format!("{originator} may not use this template")));
        }
        let department = self.department_of(starter, department, !route.is_empty())?;
        let named = !route.is_empty();
        let route = if named { route } else { self.route(template, department, &chosen)? };
        let (cc, cc_at) = if named { (cc, cc_at) } else { (template.cc.clone(), template.cc_at) };
        for userid in route.iter().flat_map(|node| &node.approvers).chain(&cc) {
            self.directory.person(userid).map_err(parameter)?;
        }
        let known = Known { directory: &self.directory, instances: &self.instances };
        form_check(template, &form, known)?;
        let (title, withdrawable) =
            (format!("{}提交的{}", starter.name, template.name), template.withdrawable);
        let mut instance = Instance {
            id: self.ids.word(24),
            process_code,
            business_id: format!(
                "{}{:06}",
                crate::local_time::local(now).format("%Y%m%d%H%M"),
                self.instances.len() + 1
            ),
            title,
            originator,
            department,
            created_at: now,
            finished_at: None,
            status: InstanceStatus::Running,
            result: None,
            form,
            tasks: Vec::new(),
            records: Vec::new(),
            cc,
            cc_at,
            route,
            node: 0,
            askings: Vec::new(),
            withdrawable,
        };
        let happened = instance.start(&mut self.ids, now);
        let id = instance.id.clone();
        self.instances.push(instance);
        self.tell(happened, now);
        Ok(id)
    }

    /// The root is -1 here and 1 everywhere else; everybody is under it.
    pub(crate) fn department_of(
        &self,
        starter: &Person,
        department: Option<i64>,
        optional: bool,
    ) -> Result<i64, Refusal> {
        let wrong = |why: &str| Refusal::InstanceParameter(why.to_owned());
        match department {
            Some(-1) => Ok(ROOT),
            Some(id) => {
                let parameter = |refusal: Refusal| Refusal::InstanceParameter(refusal.to_string());
                let id = self.directory.department(id).map_err(parameter)?.id;
                if id != ROOT && !starter.departments.contains(&id) {
                    return Err(wrong("the originator is not in deptId"));
                }
                Ok(id)
            }
            None if optional => Ok(starter.departments.first().copied().unwrap_or(ROOT)),
            None => Err(wrong("deptId is required when approvers are absent")),
        }
    }

    /// The template's flow, with the people whom the originator chose.
    pub(crate) fn route(
        &self,
        template: &Template,
        department: i64,
        chosen: &[(String, Vec<String>)],
    ) -> Result<Vec<Node>, Refusal> {
        let mut route = self.flow(template, department);
        for (index, node) in route.iter_mut().enumerate().filter(|(_, node)| node.self_select) {
            let key = actor_key(template, index);
            let people = chosen.iter().find(|(one, people)| *one == key && !people.is_empty());
            let missing = || Refusal::coded("targetSelectApproverMissing", format!("{}: {key}", node.name));
            let (_, people) = people.ok_or_else(missing)?;
            let outside = |userid: &&String| !node.approvers.is_empty() && !node.approvers.contains(userid);
            if let Some(userid) = people.iter().find(outside) {
                return Err(Refusal::coded(
                    "targetSelectApproverScopeError",
                    format!("{}: {userid}", node.name),
                ));
            }
            node.approvers.clone_from(people);
        }
        if let Some((key, _)) = chosen.iter().find(|(key, _)| {
            !template
                .nodes
                .iter()
                .enumerate()
                .any(|(n, node)| node.self_select && actor_key(template, n) == *key)
        }) {
            return Err(Refusal::Parameter(format!("targetSelectActioners: there is no step {key}")));
        }
        Ok(route)
    }

    /// A template that was made by API has the platform's default flow: the department's leaders; without leaders it agrees by itself.
    pub(crate) fn flow(&self, template: &Template, department: i64) -> Vec<Node> {
        if !template.nodes.is_empty() {
            return template.nodes.clone();
        }
        let leads = |person: &&Person| person.leads.contains(&department);
        let approvers = self.directory.people().filter(leads).map(|person| person.userid.clone()).collect();
        vec![Node { name: "直接主管".to_owned(), approvers, ..Node::default() }]
    }
}

/// What the app calls a step that the originator fills.
pub(crate) fn actor_key(template: &Template, index: usize) -> String {
    format!("{}-{}", template.code, index + 1)
}
