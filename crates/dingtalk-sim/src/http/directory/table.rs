//! Every call of the directory. Those in the platform's list of free calls are free.

use super::{departments, edit_departments, edit_people, edit_roles, find_people, people, roles, search};
use crate::http::endpoint::Cost::{Counted, Free};
use crate::http::endpoint::{Endpoint, new, old};

const PERSON: &str = "qyapi_get_member";
const MEMBERS: &str = "qyapi_get_department_member";
const DEPARTMENTS: &str = "qyapi_get_department_list";
const BY_MOBILE: &str = "qyapi_get_member_by_mobile";
const MANAGE: &str = "qyapi_manage_addresslist";
const SEARCH: &str = "qyapi_addresslist_search";

pub(in crate::http) const CALLS: &[Endpoint] = &[
    old("GET", "/auth/scopes", Counted, "读通讯录范围", find_people::scopes).needs("qyapi_base"),
    old("POST", "/topapi/v2/user/get", Free, "读一个人", people::user).needs(PERSON),
    old("POST", "/topapi/v2/user/list", Free, "读一个部门的人", people::users).needs(MEMBERS),
    old("POST", "/topapi/user/listsimple", Free, "读一个部门的名单", people::names).needs(MEMBERS),
    old("POST", "/topapi/user/listid", Free, "读一个部门的编号", people::ids).needs(PERSON),
    old("POST", "/topapi/v2/user/getbymobile", Free, "用手机号找人", find_people::by_mobile).needs(BY_MOBILE),
    old("POST", "/topapi/user/getbyunionid", Free, "用unionid找人", find_people::by_union_id).needs(PERSON),
    old("POST", "/topapi/user/listadmin", Free, "读管理员", find_people::admins).needs(PERSON),
    old("POST", "/topapi/user/get_admin_scope", Free, "读管理范围", find_people::admin_scope).needs(PERSON),
    old("POST", "/topapi/user/count", Free, "数人", find_people::count).needs(PERSON),
    old("POST", "/topapi/v2/user/create", Free, "加人", edit_people::create).needs(MANAGE),
    old("POST", "/topapi/v2/user/update", Free, "改人", edit_people::update).needs(MANAGE),
    old("POST", "/topapi/v2/user/delete", Free, "删人", edit_people::delete).needs(MANAGE),
    old("POST", "/topapi/v2/department/get", Free, "读一个部门", departments::one).needs(DEPARTMENTS),
    old("POST", "/topapi/v2/department/listsub", Free, "读下级部门", departments::below).needs(DEPARTMENTS),
    old("POST", "/topapi/v2/department/listsubid", Free, "读下级部门编号", departments::ids_below)
        .needs(DEPARTMENTS),
    old("POST", "/topapi/v2/department/listparentbydept", Free, "读部门的上级", departments::above)
        .needs(DEPARTMENTS),
    old("POST", "/topapi/v2/department/listparentbyuser", Free, "读人的上级部门", departments::above_person)
        .needs(DEPARTMENTS),
    old("POST", "/topapi/v2/department/create", Free, "建部门", edit_departments::create).needs(MANAGE),
    old("POST", "/topapi/v2/department/update", Free, "改部门", edit_departments::update).needs(MANAGE),
    old("POST", "/topapi/v2/department/delete", Free, "删部门", edit_departments::delete).needs(MANAGE),
    old("POST", "/topapi/role/list", Free, "读角色", roles::list).needs(DEPARTMENTS),
    old("POST", "/topapi/role/simplelist", Free, "读角色的人", roles::members).needs(MEMBERS),
    old("POST", "/topapi/role/getrole", Free, "读一个角色", roles::one).needs(MEMBERS),
    old("POST", "/topapi/role/getrolegroup", Free, "读一个角色组", roles::group).needs(DEPARTMENTS),
    old("POST", "/role/add_role", Free, "建角色", edit_roles::create).needs(MANAGE),
    old("POST", "/role/update_role", Free, "改角色", edit_roles::rename).needs(MANAGE),
    old("POST", "/role/add_role_group", Free, "建角色组", edit_roles::create_group).needs(MANAGE),
    old("POST", "/topapi/role/deleterole", Free, "删角色", edit_roles::delete).needs(MANAGE),
    old("POST", "/topapi/role/addrolesforemps", Free, "给角色", edit_roles::give).needs(MANAGE),
    old("POST", "/topapi/role/removerolesforemps", Free, "收角色", edit_roles::take).needs(MANAGE),
    old("POST", "/topapi/role/scope/update", Free, "定角色范围", edit_roles::scope).needs(MANAGE),
    new("POST", "/v1.0/contact/users/search", Counted, "按名字找人", search::people).needs(SEARCH),
    new("POST", "/v1.0/contact/departments/search", Counted, "按名字找部门", search::departments)
        .needs(SEARCH),
];
