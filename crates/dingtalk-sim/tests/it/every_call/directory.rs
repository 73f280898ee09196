//! People, departments, roles.

use serde_json::json;

use super::step::{Step, call};

pub(super) fn steps() -> Vec<Step> {
    [reading(), departments(), people(), roles()].into_iter().flatten().collect()
}

fn reading() -> Vec<Step> {
    let page = json!({"dept_id": 910_001, "cursor": 0, "size": 10, "order_field": "custom",
        "contain_access_limit": false, "language": "zh_CN"});
    vec![
        call("GET /auth/scopes"),
        call("POST /topapi/v2/user/get").body(json!({"userid": "lgb0001", "language": "zh_CN"})),
        call("POST /topapi/v2/user/list").body(page.clone()),
        call("POST /topapi/user/listsimple").body(page),
        call("POST /topapi/user/listid").body(json!({"dept_id": 910_001})),
        call("POST /topapi/v2/user/getbymobile")
            .body(json!({"mobile": "13800000001", "support_exclusive_account_search": false})),
        call("POST /topapi/user/getbyunionid").body(json!({"unionid": "union-lgb0001"})),
        call("POST /topapi/user/listadmin").body(json!({})),
        call("POST /topapi/user/get_admin_scope").body(json!({"userid": "gl0001"})),
        call("POST /topapi/user/count").body(json!({"only_active": true})),
        call("POST /topapi/v2/department/get").body(json!({"dept_id": 910_001, "language": "zh_CN"})),
        call("POST /topapi/v2/department/listsub").body(json!({"dept_id": 1, "language": "zh_CN"})),
        call("POST /topapi/v2/department/listsubid").body(json!({"dept_id": 1})),
        call("POST /topapi/v2/department/listparentbydept").body(json!({"dept_id": 910_001})),
        call("POST /topapi/v2/department/listparentbyuser").body(json!({"userid": "lgb0001"})),
        call("POST /v1.0/contact/users/search")
            .body(json!({"queryWord": "王秀英", "offset": 0, "size": 10, "fullMatchField": 1})),
        call("POST /v1.0/contact/departments/search")
            .body(json!({"queryWord": "支部", "offset": 0, "size": 10})),
    ]
}

fn departments() -> Vec<Step> {
    vec![
        call("POST /topapi/v2/department/create")
            .body(json!({
                "name": "离退休干部第二党支部", "parent_id": 1, "order": 3, "hide_dept": true,
                "dept_permits": "910001,910002", "user_permits": "lgb0001,lgb0002",
                "create_dept_group": false, "source_identifier": "branch-2",
            }))
            .keep("department", "/result/dept_id"),
        call("POST /topapi/v2/department/update").body(json!({
            "dept_id": 910_001, "name": "离退休干部第三党支部", "parent_id": 1, "order": 4,
            "dept_manager_userid_list": "zs0001", "force_update_fields": "dept_manager_userid_list",
            "auto_add_user": true, "outer_dept": true, "outer_permit_depts": "910001",
            "outer_permit_users": "lgb0001", "code": "B3", "language": "zh_CN",
        })),
    ]
}

fn people() -> Vec<Step> {
    vec![
        call("POST /topapi/v2/user/create").body(json!({
            "userid": "lgb0009", "name": "吴桂芳", "mobile": "13800000009", "dept_id_list": "910001",
            "dept_order_list": [{"dept_id": 910_001, "order": 1}], "title": "退休干部", "job_number": "9",
            "telephone": "0571-1", "email": "wu@example.gov.cn", "org_email": "wu@example.gov.cn",
            "work_place": "活动中心", "remark": "爱好书法", "manager_userid": "zs0001",
            "hired_date": 1_600_000_000_000_i64, "hide_mobile": false, "senior_mode": true,
            "extension": {"爱好": "书法"}, "extension_i18n": {}, "dept_title_list": [], "dept_position_list": [],
        })),
        call("POST /topapi/v2/user/update").body(json!({
            "userid": "lgb0009", "name": "吴桂芳", "dept_id_list": "910001,910002",
            "dept_order_list": [{"dept_id": 910_001, "order": 2}], "title": "退休干部",
            "ext_attrs_update_mode": 1, "force_update_fields": "manager_userid", "hide_mobile": true,
            "extension": {"特长": "书法"}, "language": "zh_CN",
        })),
    ]
}

fn roles() -> Vec<Step> {
    let both = json!({"roleIds": "$role", "userIds": "lgb0009,lgb0001"});
    vec![
        call("POST /role/add_role_group").body(json!({"name": "志愿"})).keep("role_group", "/groupId"),
        call("POST /role/add_role")
            .body(json!({"roleName": "志愿者", "groupId": "$role_group"}))
            .keep("role", "/roleId"),
        call("POST /role/update_role").body(json!({"roleId": "$role", "roleName": "志愿队员"})),
        call("POST /topapi/role/addrolesforemps").body(both.clone()),
        call("POST /topapi/role/scope/update")
            .body(json!({"userid": "lgb0009", "role_id": "$role", "dept_ids": "910001"})),
        call("POST /topapi/role/list").body(json!({"offset": 0, "size": 10})),
        call("POST /topapi/role/simplelist").body(json!({"role_id": "$role", "offset": 0, "size": 10})),
        call("POST /topapi/role/getrole").body(json!({"roleId": "$role"})),
        call("POST /topapi/role/getrolegroup").body(json!({"group_id": "$role_group"})),
        call("POST /topapi/role/removerolesforemps").body(both),
        call("POST /topapi/role/deleterole").body(json!({"role_id": "$role"})),
    ]
}

/// What was added goes again.
pub(super) fn last_steps() -> Vec<Step> {
    vec![
        call("POST /topapi/v2/user/delete").body(json!({"userid": "lgb0009"})),
        call("POST /topapi/v2/department/delete").body(json!({"dept_id": "$department"})),
        call("GET /call_back/get_call_back_failed_result"),
    ]
}
