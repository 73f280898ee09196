//! Every id of the product in one list. An id is a newtype over a UUID made from the caller's `now`,
//! so that ids of one table sort by time of creation and no two kinds can be confused.

mod made;

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::made::fresh;

pub use crate::{
    account::id::{AccountId, DepartmentId},
    region::RegionCode,
};

/// The text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, ordered by `now`.
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(fresh(now))
            }

            /// An id that is derived elsewhere (deterministic seeds, foreign rows).
            pub fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(text).map(Self).or(Err(NotAnId))
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

ids! {
    /// 人员: one person, whatever the roles.
    PersonId,
    /// 人员变动: one thing that happened to a person's record.
    PersonEventId,
    /// 事实: one dated thing known of a person.
    PersonFactId,
    /// 出生说法: what one source says of a birth.
    PersonBirthId,
    /// 联系方式.
    PersonContactId,
    /// 家庭成员.
    PersonKinId,
    /// 身后事项: one thing that a death leaves to do.
    DeathTaskId,
    /// 误登去世更正: a death that was recorded by mistake is taken back.
    DeathUndoId,
    /// What is left to be done by hand after that.
    DeathUndoLeftId,
    /// One thing that a death ended.
    DeathStopId,
    /// 姓名读音.
    PersonNameId,
    /// 疑似重复: two records that look like one human being.
    PersonDoubleId,
    /// 合并.
    PersonMergeId,
    /// 变更申请: a change of a protected field.
    PersonChangeId,
    /// 待遇底线.
    TreatmentFloorId,
    /// 统计快照.
    SnapshotId,
    /// 分类: a saved rule over the registers.
    SegmentId,
    /// 分类的一版规则.
    SegmentVersionId,
    /// 分类的一次计算.
    SegmentRunId,
    /// 在一个分类里的一段时间.
    SegmentMemberId,
    /// 经费单: what two people decide about money.
    BudgetOrderId,
    /// 银行文件格式.
    BankLayoutId,
    /// 银行回单: a file in which a bank answers to a batch.
    BankAnswerId,
    /// 在世核对: who of a batch has died, on a day.
    DayCheckId,
    /// 别处帮扶的说明.
    ElsewhereNoteId,
    /// 担保: somebody has made sure of a new account.
    AccountVouchId,
    /// 单位: a managing unit in the organisation tree.
    UnitId,
    /// 账号关联: which login may act as which person.
    AccountLinkId,
    /// One yes or no to a use of somebody's data.
    ConsentId,
    /// What somebody asked about the own record.
    WishId,
    /// 代办申请: somebody would like to act for somebody.
    MandateAskId,
    /// What was done under a mandate.
    ProxyActId,
    /// 授权: a role of a login in a place and a period.
    GrantId,
    /// 代理: who stands in for whom.
    SubstitutionId,
    /// 回避申报里的一条关系.
    DeclaredRelationId,
    /// 树上的一个节点: of the organisation, the party or the volunteer corps.
    TreeNodeId,
    /// 上下级: a dated edge of a tree.
    TreeEdgeId,
    /// 节点与单位、支部、地区的联系, dated.
    TreeJoinId,
    /// 节点的名称, from a day on.
    TreeNameId,
    /// 等第二人确认的一次调整.
    TreeChangeId,
    /// 省级老领导的一段登记.
    LeaderId,
    /// 查阅省级老领导的一次说明.
    LeaderReadId,
    /// 登录会话.
    SessionId,
    /// 通讯录核对: one walk through the platform's directory.
    DirectoryRunId,
    /// 党支部.
    BranchId,
    /// 组织关系 / 参加活动: a person's episode in a branch.
    MembershipId,
    /// 支部职务: who held a post, from when to when.
    PostId,
    /// 支部活动: one planned or held meeting of a branch.
    MeetingId,
    /// 签到.
    AttendanceId,
    /// 职责规则: how often a branch owes which kind of meeting.
    ObligationRuleId,
    /// 提醒计划.
    ReminderPlanId,
    /// 提醒计划的一次执行.
    OccurrenceId,
    /// 通知台账: one thing told to one login on one occasion.
    NoticeId,
    /// 电话任务.
    CallTaskId,
    /// 帮扶申请草稿.
    DraftId,
    /// 空白申请表.
    AidFormId,
    /// 帮扶个案.
    CaseId,
    /// 个案事件.
    CaseEventId,
    /// 家访.
    VisitId,
    /// 材料.
    EvidenceId,
    /// 审批: one round of a case in the platform's approval.
    ApprovalId,
    /// 审批对账的一次核对.
    ApprovalCheckId,
    /// 审批对账发现的一件事.
    ApprovalFindingId,
    /// 钉钉审批记录: a line of the platform's own record of a round.
    ApprovalEntryId,
    /// A file that came with a line of it.
    ApprovalFileId,
    /// 待审任务: whom the platform asks to decide.
    ApprovalTaskId,
    /// 公示.
    PublicNoticeId,
    /// 异议.
    ObjectionId,
    /// 帮扶标准.
    AidRuleId,
    /// 办理期限: how long a step may take, from a day on.
    ProcedureId,
    /// 分类规定.
    SettingId,
    /// 帮扶类别的一条规定.
    CategoryRowId,
    /// 家访评估.
    AssessmentId,
    /// 代收人.
    PayeeId,
    /// 一步用了几天.
    ClockId,
    /// 补正.
    SupplementId,
    /// 不予受理、退回、不通过的决定.
    RulingId,
    /// 申诉.
    AppealId,
    /// 回执.
    ReceiptId,
    /// 回访抽样.
    SampleId,
    /// 回访.
    FollowUpId,
    /// 定期复核.
    ReviewId,
    /// 结案.
    ClosingId,
    /// 追回.
    ClawbackId,
    /// 坏账核销: a claim that is asked for in vain.
    WriteOffId,
    /// 追回的一笔.
    InstalmentId,
    /// 先救后补.
    EmergencyId,
    /// 集体研究.
    CouncilId,
    /// 集体研究的一票.
    CouncilVoteId,
    /// 发放批次.
    BatchId,
    /// 发放明细.
    PaymentId,
    /// 慰问标准.
    OutreachStandardId,
    /// 慰问计划.
    OutreachPlanId,
    /// 慰问名单里的一个人.
    OutreachEntryId,
    /// 一次走访.
    OutreachVisitId,
    /// 一次住院.
    OutreachStayId,
    /// 一种慰问品.
    OutreachItemId,
    /// 一次采购.
    OutreachPurchaseId,
    /// 慰问品的一次出入.
    OutreachMovementId,
    /// 反映的问题.
    GrievanceId,
    /// 反映的问题的一步.
    GrievanceStepId,
    /// 动态口令.
    SecondFactorId,
    /// 备用码.
    RecoveryCodeId,
    /// 导入.
    IntakeId,
    /// 导出.
    ExportId,
    /// 保管期限: one dated rule.
    RetentionRuleId,
    /// 到期清单.
    RetentionListId,
    /// 冻结.
    HoldId,
    /// 销毁登记.
    TombstoneId,
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::{AccountId, CaseId};

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let at = |second| Utc.with_ymd_and_hms(2026, 11, 2, 9, 0, second).unwrap();
        assert!(CaseId::new(at(1)) < CaseId::new(at(2)));
        assert_ne!(CaseId::new(at(1)), CaseId::new(at(1)));
    }

    #[test]
    fn ids_of_one_moment_sort_in_the_order_of_their_making() {
        let now = Utc.with_ymd_and_hms(2026, 11, 2, 9, 0, 0).unwrap();
        let ids: Vec<CaseId> = (0..5000).map(|_| CaseId::new(now)).collect();
        assert!(ids.is_sorted_by(|one, next| one < next));
        let uuid = ids[0].uuid();
        assert_eq!((uuid.get_version_num(), uuid.get_variant()), (7, uuid::Variant::RFC4122));
        let (seconds, nanos) = uuid.get_timestamp().unwrap().to_unix();
        assert_eq!((i64::try_from(seconds).unwrap(), nanos), (now.timestamp(), 0));
    }

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = CaseId::new(Utc.with_ymd_and_hms(2026, 11, 2, 9, 0, 0).unwrap());
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("nonsense".parse::<CaseId>().is_err());
    }

    #[test]
    fn an_account_is_what_the_platform_allows() {
        assert!(AccountId::parse("lgb0007").is_some());
        for bad in ["", "a b", "a\n", &"x".repeat(65)] {
            assert!(AccountId::parse(bad).is_none(), "{bad:?}");
        }
    }
}
