//! Row: `notice_choice`. What a login has said about being told: one word stops, another undoes it.

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr, entity::prelude::*};
use serde_json::json;

use super::{Topic, readers};
use crate::{Act, By, Context, ids::AccountId};

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Choice {
    /// 退订.
    Stopped,
    /// 恢复: asked for, so that the caps of a day and a week do not hold.
    Asked,
}

/// 退订与恢复: what a login said about a topic last.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_choice")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// About what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: Topic,
    /// What.
    pub choice: Choice,
    /// When.
    pub chosen_at: DateTime<Utc>,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Nothing of the topic is said to this login any more, but for what must be said.
pub async fn stop_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    account: &AccountId,
    topic: Topic,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    chosen(tx, cx, (account, topic, Choice::Stopped), now).await
}

/// It is said again. Undoing everything forgets what was said; asking for one topic is a wish to hear of it every time.
pub async fn resume_in(
    tx: &DatabaseTransaction,
    cx: &Context,
    account: &AccountId,
    topic: Topic,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if topic != Topic::All {
        return chosen(tx, cx, (account, topic, Choice::Asked), now).await;
    }
    readers::forget_choices(tx, account).await?;
    note(tx, cx, (account, topic, Choice::Asked), now).await
}

async fn chosen(
    tx: &DatabaseTransaction,
    cx: &Context,
    (account, topic, choice): (&AccountId, Topic, Choice),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = Model { account_id: account.clone(), topic, choice, chosen_at: now };
    readers::set_choice(tx, row).await?;
    note(tx, cx, (account, topic, choice), now).await
}

async fn note(
    tx: &DatabaseTransaction,
    cx: &Context,
    (account, topic, choice): (&AccountId, Topic, Choice),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let act = Act {
        by: By::login(account),
        action: match choice {
            Choice::Stopped => "notice.stopped",
            Choice::Asked => "notice.resumed",
        },
        subject: format!("account/{account}"),
        detail: json!({ "topic": topic }),
    };
    cx.record(tx, act, now).await
}

/// What the words together mean for one topic: what was said about it, else what was said about everything.
pub(super) fn about(choices: &[Model], topic: Topic) -> Option<Choice> {
    let of = |wanted| choices.iter().find(|row| row.topic == wanted).map(|row| (row.choice, row.chosen_at));
    match (of(topic), of(Topic::All)) {
        // Whoever stops everything after having asked for one thing means everything; the later word counts.
        (Some(one), Some(all)) => Some(if one.1 >= all.1 { one.0 } else { all.0 }),
        (one, all) => one.or(all).map(|(choice, _)| choice),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, TimeZone, Utc};

    use super::{Choice, Model, about};
    use crate::{ids::AccountId, notice::Topic};

    fn at(minute: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap() + TimeDelta::minutes(minute)
    }

    fn row(topic: Topic, choice: Choice, minute: i64) -> Model {
        Model { account_id: AccountId::parse("wang").unwrap(), topic, choice, chosen_at: at(minute) }
    }

    #[test]
    fn the_later_word_counts() {
        use Choice::{Asked, Stopped};
        use Topic::{All, Digest, Meeting};
        let table: [(&[Model], Option<Choice>); 5] = [
            (&[], None),
            (&[row(Meeting, Stopped, 0)], Some(Stopped)),
            (&[row(Digest, Stopped, 0)], None),
            (&[row(All, Stopped, 0), row(Meeting, Asked, 1)], Some(Asked)),
            (&[row(Meeting, Asked, 0), row(All, Stopped, 1)], Some(Stopped)),
        ];
        for (choices, meant) in table {
            assert_eq!(about(choices, Meeting), meant, "{choices:?}");
        }
    }
}
