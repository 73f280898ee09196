//! Somebody presses the card of an approver's task. The platform waits two seconds, so what our rows say is the answer: who decided and
//! when, once somebody has. While they say that nobody has, the instance is read again, because that news may have been lost; the card is
//! changed when it has been read. A press decides nothing, and on the card of another's task it does nothing.

use chrono::{DateTime, Utc};
use dingtalk::card::CallbackAnswer;
use dingtalk_callback::card::CardPress;
use domain::{aid::deciding, ids::ApprovalTaskId};
use notify::{dispatch, words};

use super::{Incoming, Intake, intake::Way};
use crate::app::DbErr;

impl Intake {
    /// What the card shows from now on; nothing where it stays as it is.
    pub(super) async fn press(&self, press: &CardPress, way: Way, now: DateTime<Utc>) -> CallbackAnswer {
        self.meter.press(now).await;
        match self.pressed(press, way, now).await {
            Ok(answer) => answer.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a press was not looked into");
                CallbackAnswer::nothing()
            }
        }
    }

    async fn pressed(
        &self,
        press: &CardPress,
        way: Way,
        now: DateTime<Utc>,
    ) -> Result<Option<CallbackAnswer>, DbErr> {
        let db = &self.meter.db;
        let Ok(id) = press.out_track_id.parse::<ApprovalTaskId>() else {
            tracing::warn!(card = %press.out_track_id, "somebody pressed a card that is not ours");
            return Ok(None);
        };
        let own = |holder: &str| press.user.as_deref() == Some(holder);
        let task = deciding::store::find(db, id).await?.filter(|task| own(task.holder.as_str()));
        let Some(task) = task else {
            tracing::warn!(card = %id, "somebody pressed the card of another's task");
            return Ok(None);
        };
        if let Some(said) = dispatch::ended(db, &task, now).await? {
            return Ok(Some(CallbackAnswer::show(words::card::over(&said))));
        }
        // Once a minute: each look is a counted call.
        let key = format!("card/{id}/{}", now.timestamp() / 60);
        if let Ok(instance) = task.instance_id.parse() {
            let moved = Incoming::Moved { instance, form: None };
            // Not kept is said in the log there; the card can be pressed again.
            let _ = self.keep(&moved, way.card(), key, now).await;
        }
        Ok(None)
    }
}
