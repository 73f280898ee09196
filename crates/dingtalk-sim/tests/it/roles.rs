//! Roles, read, made, given and taken; every change is told.

use dingtalk::contact::RoleMember;
use dingtalk::{Client, DeptId, Error, RoleGroupId, RoleId, UserId};
use futures_util::TryStreamExt;

use crate::{own_client, tenant, tenant_with_app};

const SECRETARY: RoleId = RoleId(880_002);

fn id(userid: &str) -> UserId {
    userid.parse().unwrap()
}

fn code<T: std::fmt::Debug>(refused: Result<T, Error>) -> String {
    refused.unwrap_err().code()
}

async fn members(client: &Client, role: RoleId) -> Vec<RoleMember> {
    client.contact().role_members(role).try_collect().await.unwrap()
}

#[tokio::test]
async fn roles_are_read_with_their_groups_and_the_built_in_ones_follow_the_organisation() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let groups: Vec<_> = contact.roles().try_collect().await.unwrap();
    let names: Vec<_> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["党务", "默认"]);
    assert_eq!((groups[0].roles[0].id, groups[0].roles[0].name.as_str()), (SECRETARY, "党支部书记"));
    let role = contact.role(SECRETARY).await.unwrap();
    assert_eq!((role.name.as_str(), role.group_id), ("党支部书记", groups[0].group_id));
    assert_eq!(contact.role_group(role.group_id).await.unwrap().roles[0].role_id, SECRETARY);
    assert_eq!(contact.user(&id("zs0001")).await.unwrap().role_list.len(), 2, "secretary, and leader");

    let built_in = |name: &str| groups[1].roles.iter().find(|role| role.name == name).unwrap().id;
    let leaders = members(&client, built_in("主管")).await;
    assert_eq!(leaders.iter().map(|one| one.userid.as_str()).collect::<Vec<_>>(), ["sp0001", "zs0001"]);
    assert_eq!(members(&client, built_in("主管理员")).await[0].userid, id("gl0001"));
    assert_eq!(code(contact.rename_role(built_in("主管"), "头儿").await), "23004");
    assert_eq!(code(contact.give_roles(&[built_in("主管")], &[id("lgb0001")]).await), "23004");
}

#[tokio::test]
async fn a_role_lives_from_its_making_to_its_end() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let group = contact.create_role_group("帮扶").await.unwrap();
    let role = contact.create_role(group, "联络员").await.unwrap();
    contact.rename_role(role, "帮扶联络员").await.unwrap();
    contact.rename_role(role, "帮扶联络员").await.unwrap();
    contact.give_roles(&[role], &[id("lgb0001"), id("gz0001")]).await.unwrap();
    contact.set_role_scope(role, &id("gz0001"), &[DeptId(910_002)]).await.unwrap();
    contact.give_roles(&[role], &[id("gz0001")]).await.unwrap();
    let people = members(&client, role).await;
    assert_eq!(people.len(), 2);
    assert_eq!(people[0].manage_scopes[0].dept_id, DeptId(910_002), "given again, the scope stays");
    assert!(people[1].manage_scopes.is_empty());
    assert_eq!(code(contact.delete_role(role).await), "400002", "somebody has it");
    contact.take_roles(&[role], &[id("lgb0001"), id("gz0001")]).await.unwrap();
    contact.delete_role(role).await.unwrap();
    assert_eq!(code(contact.role(role).await), "33011");
    tenant.pushes().settled().await;
    let told = app.events();
    assert_eq!(
        told,
        [
            "label_conf_add",
            "label_conf_add",
            "label_conf_modify",
            "label_user_change",
            "label_user_change",
            "label_conf_del"
        ]
    );
    assert_eq!(tenant.quota().deliveries, 0, "the directory's events are free");
    let modified = app.raw_of("label_conf_modify");
    let label: serde_json::Value =
        serde_json::from_str(modified["postLabelList"][0].as_str().unwrap()).unwrap();
    assert_eq!(label["name"], "帮扶联络员", "a label is an object inside a text");
    let taken = &app.raw_of("label_user_change");
    assert_eq!((&taken["action"], taken["userIdList"].as_array().unwrap().len()), (&"add".into(), 2));
}

#[tokio::test]
async fn what_does_not_exist_gets_no_role() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let table = [
        (code(contact.create_role(RoleGroupId(7), "某").await), "34020"),
        (code(contact.create_role(RoleGroupId(880_001), "党支部书记").await), "34021"),
        (code(contact.create_role(RoleGroupId(880_001), "").await), "34018"),
        (code(contact.give_roles(&[RoleId(7)], &[id("lgb0001")]).await), "33011"),
        (code(contact.give_roles(&[SECRETARY], &[id("nobody")]).await), "33012"),
        (code(contact.set_role_scope(SECRETARY, &id("lgb0001"), &[]).await), "40003"),
        (code(contact.role_group(RoleGroupId(7)).await), "400002"),
    ];
    for (row, (given, expected)) in table.into_iter().enumerate() {
        assert_eq!(given, expected, "row {row}");
    }
}

#[tokio::test]
async fn whoever_leaves_loses_their_roles() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    assert_eq!(members(&client, SECRETARY).await.len(), 1);
    tenant.remove_person("zs0001").unwrap();
    assert!(members(&client, SECRETARY).await.is_empty());
}
