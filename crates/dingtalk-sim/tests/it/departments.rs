//! Departments, read and changed by our own client; every change is told.

use dingtalk::contact::{DepartmentChange, DepartmentRights, NewDepartment};
use dingtalk::{DeptId, Error, UserId};

use crate::{own_client, tenant, tenant_with_app};

const BRANCH: DeptId = DeptId(910_001);
const BUREAU: DeptId = DeptId(910_002);

fn id(userid: &str) -> UserId {
    userid.parse().unwrap()
}

fn code<T: std::fmt::Debug>(refused: Result<T, Error>) -> String {
    refused.unwrap_err().code()
}

#[tokio::test]
async fn a_department_lives_from_its_making_to_its_end() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let new = NewDepartment { order: Some(3), ..NewDepartment::named("第二党支部", BUREAU) };
    let made = contact.create_department(&new).await.unwrap();
    let detail = contact.department(made).await.unwrap();
    assert_eq!((detail.name.as_str(), detail.parent_id, detail.order), ("第二党支部", Some(BUREAU), Some(3)));
    assert_eq!(contact.parents_of_department(made).await.unwrap(), [made, BUREAU, DeptId::ROOT]);
    assert_eq!(contact.department_ids(BUREAU).await.unwrap(), [made]);

    let rights = DepartmentRights {
        hide_dept: Some(true),
        user_permits: Some(vec![id("gz0001")].into()),
        ..DepartmentRights::default()
    };
    let change = DepartmentChange {
        code: Some("ZB-2".to_owned()),
        parent_id: Some(DeptId::ROOT),
        rights,
        ..Default::default()
    };
    contact.update_department(made, &change).await.unwrap();
    contact.update_department(made, &change).await.unwrap();
    let detail = contact.department(made).await.unwrap();
    assert_eq!((detail.code.as_str(), detail.parent_id), ("ZB-2", Some(DeptId::ROOT)));
    assert!(detail.hide_dept && detail.user_permits == [id("gz0001")]);

    contact.delete_department(made).await.unwrap();
    assert_eq!(code(contact.department(made).await), "60003");
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["org_dept_create", "org_dept_modify", "org_dept_remove"], "no change, no news");
}

#[tokio::test]
async fn what_makes_no_organisation_is_refused() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let named = |name: &str, parent| NewDepartment::named(name, parent);
    let below = contact.create_department(&named("二科", BUREAU)).await.unwrap();
    let moved = DepartmentChange { parent_id: Some(below), ..Default::default() };
    let led =
        DepartmentChange { dept_manager_userid_list: Some(vec![id("lgb0001")].into()), ..Default::default() };
    let table = [
        (code(contact.create_department(&named("三科", DeptId(7))).await), "60004"),
        (code(contact.create_department(&named("二科", BUREAU)).await), "60021"),
        (code(contact.create_department(&named("二,科", BUREAU)).await), "60009"),
        (code(contact.create_department(&named("", BUREAU)).await), "60001"),
        (code(contact.update_department(BUREAU, &moved).await), "60010"),
        (code(contact.update_department(DeptId::ROOT, &moved).await), "60018"),
        (code(contact.update_department(BUREAU, &led).await), "40031"),
        (code(contact.delete_department(DeptId::ROOT).await), "60007"),
        (code(contact.delete_department(BUREAU).await), "60006"),
        (code(contact.delete_department(BRANCH).await), "60005"),
        (code(contact.delete_department(DeptId(7)).await), "60003"),
    ];
    for (row, (given, expected)) in table.into_iter().enumerate() {
        assert_eq!(given, expected, "row {row}");
    }
}

#[tokio::test]
async fn leaders_are_those_of_the_department_and_can_be_taken_away() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    assert_eq!(contact.department(BRANCH).await.unwrap().dept_manager_userid_list, [id("zs0001")]);
    let led =
        DepartmentChange { dept_manager_userid_list: Some(vec![id("lgb0002")].into()), ..Default::default() };
    contact.update_department(BRANCH, &led).await.unwrap();
    let person = contact.user(&id("lgb0002")).await.unwrap();
    assert!(person.leader_in_dept[0].leader && person.leader_in_dept[0].dept_id == BRANCH);
    let none = DepartmentChange {
        force_update_fields: Some("dept_manager_userid_list".to_owned()),
        ..Default::default()
    };
    contact.update_department(BRANCH, &none).await.unwrap();
    let detail = contact.department(BRANCH).await.unwrap();
    assert!(detail.dept_manager_userid_list.is_empty());
    assert_eq!((detail.owning_member_count, detail.member_count), (Some(3), Some(3)));
}
