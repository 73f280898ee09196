//! The people of the three stories, the same in every size.

use crate::{
    authority::Role,
    ids::{AccountId, BranchId, PersonId},
};

/// Ids of the cast; they never change, so nothing has to be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// 王秀英, 82, lives alone, reads extra large.
    pub wang: PersonId,
    /// 李国强, the branch's secretary.
    pub li: PersonId,
    /// 赵德福, a member.
    pub zhao: PersonId,
    /// 孙桂兰, a member who died lately and whose login is still there.
    pub sun: PersonId,
    /// 翠苑退休干部第一党支部.
    pub branch: BranchId,
}

/// The cast.
pub fn cast() -> Cast {
    let id = |number: u128| uuid::Uuid::from_u128(0x016f_5e66_e800_7000_8000_0000_0000_0000 + number);
    Cast {
        wang: PersonId::from_uuid(id(1)),
        li: PersonId::from_uuid(id(2)),
        zhao: PersonId::from_uuid(id(3)),
        sun: PersonId::from_uuid(id(4)),
        branch: BranchId::from_uuid(id(5)),
    }
}

/// The county of the cast.
pub(super) const REGION: &str = "330106";

/// Login, name and role of the staff.
pub(super) const STAFF: [(&str, &str, Role); 9] = [
    ("chenjing", "陈静", Role::Worker),
    ("zhouming", "周明", Role::Worker),
    ("linfang", "林芳", Role::Worker),
    // Without a part in a case, so that somebody can judge an objection.
    ("fangyuan", "方圆", Role::Worker),
    ("shenlan", "沈岚", Role::Approver),
    ("hemiao", "何苗", Role::Publisher),
    ("wumin", "吴敏", Role::Payer),
    ("xuke", "许可", Role::Payer),
    ("zhengzhe", "郑哲", Role::AuditAdmin),
];

/// Who grants, in the province: two, because an administrator's role needs two.
pub(super) const GRANTERS: [(&str, &str); 2] = [("qianwei", "钱维"), ("suhui", "苏慧")];

/// A login of the cast.
pub(super) fn login(name: &str) -> Option<AccountId> {
    AccountId::parse(name)
}
