//! What is done to a case; where each step leads is [`case`](super::case).

use sea_orm::EnumIter;
use serde::{Deserialize, Serialize};

/// What is done to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 补正: a worker says what is missing.
    AskSupplement,
    /// The applicant answers, or it was handed in.
    Supply,
    /// 不予受理.
    Decline,
    /// A worker takes it.
    Accept,
    /// A home visit is written down; a second visit is one more.
    RecordVisit,
    /// 退回: the reviewer wants it visited again.
    SendBack,
    /// 初审不通过, or a meeting does not support it.
    Fail,
    /// 集体研究: a meeting supports it.
    Discuss,
    /// It goes to the approver.
    AskApproval,
    /// The approver agreed, and the budget had the money.
    Approve,
    /// The approver refused.
    Refuse,
    /// The round ended without a decision that counts.
    EndRound,
    /// The applicant takes it back.
    Withdraw,
    /// 本人不要了: what was approved is not wanted any more, and nothing of it is paid.
    GiveUp,
    /// The same of the rest, when a part was paid ahead.
    GiveUpRest,
    /// The public notice goes up.
    Publish,
    /// Somebody objects.
    Object,
    /// The objection was unfounded.
    Dismiss,
    /// The objection was right.
    Uphold,
    /// 申诉.
    Appeal,
    /// The appeal was right, and it is received once more.
    Reopen,
    /// The appeal was right, and it goes to another round.
    Rehear,
    /// The appeal was unfounded.
    RejectAppeal,
    /// The notice has hung long enough.
    CloseNotice,
    /// Into a payment batch.
    PutInBatch,
    /// Out of it again, before it went to the bank.
    TakeOutOfBatch,
    /// The bank paid.
    Pay,
    /// The bank sent it back.
    Return,
    /// The account was asked for and is right.
    CheckAccount,
    /// 先救后补: the second of two says yes, and the budget had the money.
    Grant,
    /// 先救后补: an approver takes the word back before the money has gone.
    TakeBack,
    /// 补手续: the papers have come, and the ordinary way begins.
    BringPapers,
    /// The bank sent back what was paid ahead, or to somebody whose case has ended since; the case stands where it is.
    ReturnHere,
    /// 确认: the ordinary way has ended, and nothing is left to pay of what was paid ahead.
    Confirm,
    /// 回执确认: the money is there.
    ConfirmReceipt,
    /// The money is not there.
    DenyReceipt,
    /// 回访: somebody went there once more.
    FollowUp,
    /// 定期复核.
    Review,
    /// 追回: what was paid is asked back; the case stands where it is.
    ClaimBack,
    /// 结案.
    Close,
    /// The person has died.
    Terminate,
}
