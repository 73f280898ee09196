//! What the section `[sending]` means.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context as _, bail};
use dingtalk::robot::Remind;
use domain::{
    notice::{Channel, Ladder},
    quota::{Budget, Limits},
};
use notify::sms::{SmsFolder, SmsProvider};

use super::Config;

impl Config {
    /// How much may be sent, and how fast.
    pub fn limits(&self) -> Limits {
        let (it, sending) = (&self.dingtalk, &self.sending);
        let budget = Budget { calls: sending.monthly_calls, deliveries: sending.monthly_deliveries };
        let robot = if it.robot_code.is_empty() { &it.client_id } else { &it.robot_code };
        Limits::new(&it.corp_id, budget, (robot, sending.robot_per_minute), sending.app_per_second)
    }

    /// The ways by which somebody is told, one after the other.
    pub fn ladder(&self) -> anyhow::Result<Ladder> {
        let mut rungs = Vec::new();
        for name in &self.sending.ladder {
            rungs.push(match name.as_str() {
                "robot" => Channel::Robot,
                "ding" => Channel::Ding,
                "sms" => Channel::Sms,
                "call" => Channel::Call,
                other => bail!("sending.ladder: {other} is none of robot, ding, sms, call"),
            });
        }
        let texts = rungs.contains(&Channel::Sms);
        // Without anybody who sends them, text messages are no way to anybody.
        if texts && self.sending.sms_folder.is_empty() {
            rungs.retain(|rung| *rung != Channel::Sms);
        }
        if self.ding()?.is_none() {
            rungs.retain(|rung| *rung != Channel::Ding);
        }
        Ok(Ladder::of(rungs))
    }

    /// How DING rings.
    pub fn ding(&self) -> anyhow::Result<Option<Remind>> {
        Ok(match self.sending.ding.as_str() {
            "" => None,
            "app" => Some(Remind::InApp),
            "sms" => Some(Remind::Sms),
            "phone" => Some(Remind::Phone),
            other => bail!("sending.ding: {other} is none of app, sms, phone"),
        })
    }

    /// Who sends text messages.
    pub fn sms(&self) -> anyhow::Result<Option<Arc<dyn SmsProvider>>> {
        if self.sending.sms_folder.is_empty() {
            return Ok(None);
        }
        let folder = PathBuf::from(&self.sending.sms_folder);
        std::fs::create_dir_all(&folder).context("sending.sms_folder cannot be made")?;
        Ok(Some(Arc::new(SmsFolder { folder })))
    }
}
