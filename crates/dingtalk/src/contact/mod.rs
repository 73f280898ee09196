//! People, departments and roles (通讯录). Nearly all still the old host's `topapi`; not counted in the monthly quota; limited to
//! the app's contact scope where a call does not say otherwise.

mod extension;

mod department;
mod edit_department;
mod edit_person;
mod edit_role;
mod lookup;
mod people;
mod person;
mod role;
mod scope;
mod search;

pub use crate::commas::Commas;
pub use department::{
    Department, DepartmentDetail, DepartmentIds, DepartmentsRequest, ParentChain, ParentsOfDepartment,
    ParentsOfPerson,
};
pub use edit_department::{DepartmentChange, DepartmentRights, NewDepartment, NewDepartmentId};
pub use edit_person::{DepartmentTitle, NewPerson, NewPersonId, PersonChange};
pub use edit_role::MOST_ROLE_CHANGES;
pub use extension::{Extension, ExtensionMode};
pub use lookup::{Admin, AdminScope, Count, Found, FoundByUnionId};
pub use people::{Contact, PersonName, PersonNamePage, UserIds, UserListRequest, UserOrder, UserPage};
pub use person::{DepartmentLead, DepartmentOrder, PersonRole, User, UserRequest};
pub use role::{
    ManageScope, NamedRole, Role, RoleDetail, RoleGroup, RoleGroupDetail, RoleGroupPage, RoleMember,
    RoleMemberPage,
};
pub use scope::{OrgScopes, Scopes};
pub use search::{DepartmentSearch, Hits, PersonSearch};
