//! The proof of a branch post. Posts are rows of `branch`; the proof is here with the others.

use crate::ids::{AccountId, BranchId, PersonId, PostId};

/// 支部书记 (or another officer who keeps the branch's records): a live post in one branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secretary {
    account: AccountId,
    person: PersonId,
    branch: BranchId,
    post: PostId,
}

impl Secretary {
    /// To be called by `branch` alone, with a post that it has found in force.
    pub(crate) fn of_post(account: AccountId, person: PersonId, branch: BranchId, post: PostId) -> Self {
        Self { account, person, branch, post }
    }

    /// Who acts.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// The officer.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Of which branch.
    pub fn branch(&self) -> BranchId {
        self.branch
    }

    /// By which post.
    pub fn post(&self) -> PostId {
        self.post
    }
}
