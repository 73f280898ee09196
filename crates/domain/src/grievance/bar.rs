//! 回避: who may not answer it. Pure; whose logins these are is found out in [`super::reach`].

use super::Refusal;
use crate::{
    aid::{separation::Part, standard::Level},
    ids::AccountId,
};

/// Why somebody may not answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It names him.
    Named,
    /// He is on the side of whoever says it, or of the person whose case it is about.
    Side,
    /// 申报过的关系, or of the family.
    Close,
    /// He acted in the case it is about.
    Acted(Part),
    /// He wrote it down.
    Wrote,
    /// He answered it before.
    Answered,
}

impl Bar {
    /// May he not even read it? Who wrote it down knows it, and who answered it before does, too.
    pub const fn hides(self) -> bool {
        !matches!(self, Self::Wrote | Self::Answered)
    }

    /// Why, in words for the office.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Named => "反映里提到了",
            Self::Side => "是反映人一方",
            Self::Close => "和反映人有亲近关系",
            Self::Acted(_) => "办过这件申请",
            Self::Wrote => "是记录的人",
            Self::Answered => "上一次是他答复的",
        }
    }
}

/// May somebody answer it, who stands so high, where so much is needed?
pub(super) fn admits(bar: Option<Bar>, (stands, needs): (Level, Level)) -> Result<(), Refusal> {
    match bar {
        Some(bar) => Err(Refusal::Barred(bar)),
        None if stands < needs => Err(Refusal::NotThere),
        None => Ok(()),
    }
}

/// Whoever has to do with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// Whom it names: found in its words, or marked by whoever read it.
    pub named: Vec<AccountId>,
    /// Who says it, and who acts for him.
    pub side: Vec<AccountId>,
    /// Who acted in the case.
    pub acted: Vec<(Part, AccountId)>,
    /// Who wrote it down.
    pub wrote: Option<AccountId>,
    /// Who answered it before.
    pub answered: Vec<AccountId>,
}

impl Sides {
    /// May this login not answer it, or one for whom it stands in? What hides it comes first.
    pub fn bar(&self, hands: &[AccountId]) -> Option<Bar> {
        let any = |of: &[AccountId]| of.iter().any(|account| hands.contains(account));
        if any(&self.named) {
            return Some(Bar::Named);
        }
        if any(&self.side) {
            return Some(Bar::Side);
        }
        // As with an appeal: whoever had any part in it that is more than writing down. Who judged one has decided in it, too.
        let judged = |part: Part| part == Part::AppealJudge || part.excludes(Part::AppealJudge);
        let acted = self.acted.iter().find(|(part, account)| judged(*part) && hands.contains(account));
        if let Some((part, _)) = acted {
            return Some(Bar::Acted(*part));
        }
        if self.wrote.as_ref().is_some_and(|account| hands.contains(account)) {
            return Some(Bar::Wrote);
        }
        any(&self.answered).then_some(Bar::Answered)
    }
}
