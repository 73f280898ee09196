//! Reading the whole directory: department after department from the root, and everybody in each. Nothing of it is counted.

use std::{collections::VecDeque, pin::pin};

use dingtalk::{Client, DeptId, contact::User};
use domain::{
    directory::{Department, Directory, Entry},
    ids::{AccountId, DepartmentId},
};
use futures_util::TryStreamExt;

/// The first error ends it: a part of the directory is no evidence of anything.
pub async fn walk(client: &Client) -> Result<Directory, dingtalk::Error> {
    let contact = client.contact();
    let mut seen = Directory::default();
    let root = contact.department(DeptId::ROOT).await?;
    let mut waiting = VecDeque::from([(DeptId::ROOT, Department { name: root.name, parent: None })]);
    while let Some((id, department)) = waiting.pop_front() {
        // Moved while we read: it is where it was seen first.
        if seen.departments.contains_key(&DepartmentId(id.0)) {
            continue;
        }
        seen.departments.insert(DepartmentId(id.0), department);
        for below in contact.departments(id).await? {
            let parent = Some(DepartmentId(id.0));
            waiting.push_back((below.dept_id, Department { name: below.name, parent }));
        }
        let mut people = pin!(contact.people(id));
        while let Some(user) = people.try_next().await? {
            enter(&mut seen, id, user);
        }
    }
    Ok(seen)
}

fn enter(seen: &mut Directory, id: DeptId, user: User) {
    let Some(account) = AccountId::parse(user.userid.as_str()) else {
        tracing::warn!("the directory shows a login that cannot be one");
        return;
    };
    let entry = seen.people.entry(account).or_insert_with(|| Entry {
        name: user.name,
        unionid: user.unionid.map(Into::into),
        ..Entry::default()
    });
    entry.departments.insert(DepartmentId(id.0));
}
