//! People, read and changed by our own client; every change is told.

use dingtalk::contact::{
    DepartmentSearch, Extension, ExtensionMode, NewPerson, PersonChange, PersonSearch, UserListRequest,
    UserOrder,
};
use dingtalk::{Client, DeptId, Error, UserId};
use dingtalk_sim::{ContactScope, Options, Tenant};
use futures_util::TryStreamExt;

use crate::{own_client, tenant, tenant_with_app};

const BRANCH: DeptId = DeptId(910_001);
const BUREAU: DeptId = DeptId(910_002);

fn id(userid: &str) -> UserId {
    userid.parse().unwrap()
}

fn code<T: std::fmt::Debug>(refused: Result<T, Error>) -> String {
    refused.unwrap_err().code()
}

fn fields(pairs: &[(&str, &str)]) -> Extension {
    Extension(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

async fn newcomer(client: &Client, name: &str, mobile: &str) -> UserId {
    let new = NewPerson::named(name, mobile, vec![BRANCH]);
    client.contact().create_user(&new).await.unwrap().userid
}

#[tokio::test]
async fn a_person_comes_changes_and_goes() {
    let (tenant, app) = tenant_with_app().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let mut new = NewPerson::named("吴桂芳", "13800000009", vec![BRANCH, BUREAU]);
    new.job_number = Some("L-1998-07".to_owned());
    new.extension = fields(&[("独居", "是"), ("离退休时间", "1998-07-01")]);
    new.manager_userid = Some(id("zs0001"));
    let made = contact.create_user(&new).await.unwrap();
    let person = contact.user(&made.userid).await.unwrap();
    assert_eq!((person.job_number.as_str(), person.active), ("L-1998-07", false));
    assert_eq!(person.extension.get("独居"), Some("是"));
    assert_eq!(person.manager_userid, Some(id("zs0001")));
    assert_eq!(person.unionid, made.union_id);
    assert_eq!(contact.user_by_mobile("13800000009").await.unwrap(), made.userid);
    let chains = contact.parents_of_user(&made.userid).await.unwrap();
    assert_eq!(chains[0].parent_dept_id_list, [BRANCH, DeptId::ROOT]);

    let change = PersonChange {
        title: Some("退休干部".to_owned()),
        dept_id_list: Some(vec![BRANCH].into()),
        force_update_fields: Some("manager_userid".to_owned()),
        ..PersonChange::default()
    };
    contact.update_user(&made.userid, &change).await.unwrap();
    let person = contact.user(&made.userid).await.unwrap();
    assert_eq!((person.title.as_str(), person.dept_id_list.len()), ("退休干部", 1));
    assert_eq!((person.manager_userid, person.extension.0.len()), (None, 2));

    contact.delete_user(&made.userid).await.unwrap();
    assert_eq!(code(contact.user(&made.userid).await), "60121");
    assert_eq!(code(contact.user_by_mobile("13800000009").await), "60121");
    assert_eq!(code(contact.delete_user(&made.userid).await), "33012");
    tenant.pushes().settled().await;
    assert_eq!(app.events(), ["user_add_org", "user_modify_org", "user_leave_org"]);
}

#[tokio::test]
async fn added_fields_are_replaced_unless_they_are_merged() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let set = |pairs: &[(&str, &str)], mode| PersonChange {
        extension: Some(fields(pairs)),
        ext_attrs_update_mode: mode,
        ..PersonChange::default()
    };
    let wang = id("lgb0001");
    let merge = Some(ExtensionMode::Merge);
    for (change, left) in [
        (set(&[("独居", "是"), ("年龄", "82")], None), fields(&[("独居", "是"), ("年龄", "82")])),
        (set(&[("独居", "否")], merge), fields(&[("独居", "否"), ("年龄", "82")])),
        (set(&[("独居", "是")], Some(ExtensionMode::Replace)), fields(&[("独居", "是")])),
        (set(&[], None), fields(&[])),
    ] {
        contact.update_user(&wang, &change).await.unwrap();
        assert!(contact.user(&wang).await.unwrap().extension == left);
    }
}

#[tokio::test]
async fn a_field_that_the_console_does_not_know_is_refused() {
    let mut world = crate::world();
    world.extension_fields = Some(vec!["独居".to_owned()]);
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let change = PersonChange { extension: Some(fields(&[("爱好", "书法")])), ..PersonChange::default() };
    assert_eq!(code(own_client(&tenant).contact().update_user(&id("lgb0001"), &change).await), "60122");
}

#[tokio::test]
async fn two_people_do_not_share_what_is_one_persons() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let mut new = NewPerson::named("另一位", "13800000001", vec![BRANCH]);
    assert_eq!(code(contact.create_user(&new).await), "60104");
    new.mobile = "13800000008".to_owned();
    new.email = Some("admin@example.gov.cn".to_owned());
    assert_eq!(code(contact.create_user(&new).await), "60106");
    new.email = None;
    new.userid = Some(id("lgb0001"));
    assert_eq!(code(contact.create_user(&new).await), "60102");
    new.userid = None;
    new.manager_userid = Some(id("nobody"));
    assert_eq!(code(contact.create_user(&new).await), "60128");
    new.manager_userid = None;
    new.dept_id_list = vec![DeptId(7)].into();
    assert_eq!(code(contact.create_user(&new).await), "60003");
    new.dept_id_list = vec![BRANCH].into();
    new.mobile = "call me".to_owned();
    assert_eq!(code(contact.create_user(&new).await), "60103");
    assert_eq!(contact.count(false).await.unwrap(), 6, "nobody came");
}

#[tokio::test]
async fn a_long_department_is_read_to_its_end_in_every_way() {
    let tenant = tenant().await;
    for n in 0..205 {
        let person = serde_json::json!({"userid": format!("x{n:03}"), "name": "某", "departments": [910_002], "active": n % 2 == 0});
        tenant.add_person(serde_json::from_value(person).unwrap()).unwrap();
    }
    let client = own_client(&tenant);
    let contact = client.contact();
    let people: Vec<_> = contact.people(BUREAU).try_collect().await.unwrap();
    let names: Vec<_> = contact.names(BUREAU).try_collect().await.unwrap();
    let ids = contact.user_ids(BUREAU).await.unwrap();
    assert_eq!((people.len(), names.len(), ids.len()), (208, 208, 208));
    assert_eq!(names[207].userid, people[207].userid);
    assert_eq!((contact.count(false).await.unwrap(), contact.count(true).await.unwrap()), (211, 109));
    let beyond = UserListRequest { dept_id: BUREAU, cursor: 0, size: 101, order_field: None };
    assert_eq!(code(contact.user_page(&beyond).await), "400002");
}

#[tokio::test]
async fn people_are_listed_in_the_order_that_is_asked_for() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    tenant.clock().advance(chrono::TimeDelta::hours(1));
    let new = newcomer(&client, "新来的", "13800000010").await;
    tenant.clock().advance(chrono::TimeDelta::hours(1));
    let change = PersonChange { title: Some("改过的".to_owned()), ..PersonChange::default() };
    contact.update_user(&id("lgb0002"), &change).await.unwrap();
    let first = async |order| {
        let request = UserListRequest { dept_id: BRANCH, cursor: 0, size: 1, order_field: Some(order) };
        contact.user_page(&request).await.unwrap().list[0].userid.clone()
    };
    assert_eq!(first(UserOrder::EntryDesc).await, new);
    assert_eq!(first(UserOrder::ModifyDesc).await, id("lgb0002"));
    assert_eq!(first(UserOrder::EntryAsc).await, id("lgb0001"));
}

#[tokio::test]
async fn names_are_searched_and_administrators_listed() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let contact = client.contact();
    let mut search =
        PersonSearch { query_word: "王".to_owned(), offset: 0, size: 10, full_match_field: None };
    let hits = contact.search_users(&search).await.unwrap();
    assert_eq!((hits.list.as_slice(), hits.total_count, hits.has_more), (&[id("lgb0001")][..], 1, false));
    search.full_match_field = Some(1);
    assert!(contact.search_users(&search).await.unwrap().list.is_empty());
    let search = DepartmentSearch { query_word: "老干部".to_owned(), offset: 0, size: 1 };
    let hits = contact.search_departments(&search).await.unwrap();
    assert_eq!((hits.list.len(), hits.total_count, hits.has_more), (1, 2, true));

    let admins = contact.admins().await.unwrap();
    assert_eq!((admins[0].userid.as_str(), admins[0].sys_level, admins.len()), ("gl0001", 1, 1));
    assert_eq!(contact.admin_scope(&id("gl0001")).await.unwrap(), [DeptId::ROOT]);
    assert!(contact.admin_scope(&id("lgb0001")).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_app_sees_what_its_scope_holds_and_is_told_so() {
    let mut world = crate::world();
    world.app.contact_scope =
        Some(ContactScope { departments: vec![BRANCH.0], people: vec!["gz0001".to_owned()] });
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let client = own_client(&tenant);
    let contact = client.contact();
    let scopes = contact.scopes().await.unwrap().auth_org_scopes;
    assert_eq!((scopes.authed_dept, scopes.authed_user), (vec![BRANCH], vec![id("gz0001")]));
    contact.user(&id("lgb0001")).await.unwrap();
    contact.user(&id("gz0001")).await.unwrap();
    assert_eq!(contact.users(BRANCH).await.unwrap().len(), 3);
    assert_eq!(code(contact.user(&id("sp0001")).await), "50002");
    for refused in [
        code(contact.users(BUREAU).await),
        code(contact.departments(DeptId::ROOT).await),
        code(contact.department(BUREAU).await),
        code(contact.create_user(&NewPerson::named("某", "13800000011", vec![BUREAU])).await),
    ] {
        assert_eq!(refused, "50004");
    }
    // Some calls do not care.
    assert_eq!(contact.user_ids(BUREAU).await.unwrap().len(), 3);
    assert_eq!(contact.department_ids(DeptId::ROOT).await.unwrap().len(), 2);
    assert_eq!(contact.count(false).await.unwrap(), 6);
}

#[tokio::test]
async fn numbers_and_added_fields_need_field_permissions() {
    let mut world = crate::world();
    world.app.permissions = Some(vec!["qyapi_get_member".to_owned(), "fieldMobile".to_owned()]);
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let contact = own_client(&tenant);
    let contact = contact.contact();
    assert_eq!(contact.user(&id("lgb0001")).await.unwrap().mobile, "13800000001");
    assert_eq!(
        contact.user(&id("gl0001")).await.unwrap().email,
        "",
        "the personal fields are another permission"
    );
}
