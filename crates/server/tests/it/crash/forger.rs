//! Somebody who knows the address, and an old push or two: what is not what it should be is refused, or counts once.

use chrono::{TimeDelta, Utc};
use dingtalk_callback::{Key, Pushed};
use dingtalk_sim::World;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use super::{Scene, pause, survivors::rows};
use crate::harness::{WORLD, client};

/// Signed by somebody else, for somebody else, no JSON inside, cut off, too old, and twice.
pub(super) const KINDS: usize = 6;

/// Everybody of whom a forger says that they have left.
const VICTIM: &str = "zhaodefu";
/// Of whom it is true.
const GHOST: &str = "ghost";

pub(super) struct Forger<'a> {
    scene: &'a Scene,
    address: String,
    client: reqwest::Client,
    key: Key,
    world: World,
    rng: ChaCha8Rng,
    at: usize,
    refused: usize,
}

impl<'a> Forger<'a> {
    pub(super) fn new(scene: &'a Scene, rng: ChaCha8Rng) -> Self {
        let world = World::parse(WORLD).unwrap();
        let key = Key::parse(&world.events.aes_key).unwrap();
        let address = format!("{}/callback/dingtalk", scene.site.address("web"));
        Self { scene, address, client: client(), key, world, rng, at: 0, refused: 0 }
    }

    /// Pushes that many, each of another kind than the last.
    pub(super) async fn forges(&mut self, times: usize) {
        let most = if self.scene.over.get() { 5 } else { 400 };
        for _ in 0..times {
            let kind = self.at % KINDS;
            self.at += 1;
            let push = self.forged(kind);
            // Twice, so that whatever is taken is a repetition, too.
            for _ in 0..2 {
                self.push(kind, &push).await;
                pause(self.rng.random_range(1..most)).await;
            }
        }
    }

    fn forged(&mut self, kind: usize) -> Pushed {
        #[expect(clippy::disallowed_methods, reason = "the server has the machine's clock")]
        let now = Utc::now();
        let (token, owner) = (self.world.events.token.clone(), self.world.app.client_id.clone());
        let says = |who: &str| {
            json!({ "EventType": "user_leave_org", "TimeStamp": now.timestamp_millis().to_string(),
                "eventId": format!("forged-{who}-{}", self.at), "UserId": [who] })
            .to_string()
        };
        let seal = |token: &str, owner: &str, says: &str, at| {
            Pushed::seal(&self.key, token, owner, says, at).unwrap()
        };
        match kind {
            0 => seal("another-token", &owner, &says(VICTIM), now),
            1 => seal(&token, "anotherapp", &says(VICTIM), now),
            2 => seal(&token, &owner, &says(VICTIM).replace('{', "["), now),
            3 => {
                let whole = seal(&token, &owner, &says(VICTIM), now);
                let cut = self.rng.random_range(1..whole.body.len());
                Pushed { body: whole.body.chars().take(cut).collect(), ..whole }
            }
            4 => seal(&token, &owner, &says(VICTIM), now - TimeDelta::hours(2)),
            _ => seal(&token, &owner, &says(GHOST), now),
        }
    }

    async fn push(&mut self, kind: usize, push: &Pushed) {
        let request = self.client.post(&self.address).query(&push.query).body(push.body.clone());
        // Nobody there, or killed over it.
        let Ok(answer) = request.send().await else { return };
        let status = answer.status().as_u16();
        if kind == KINDS - 1 {
            assert!(matches!(status, 200 | 500 | 503), "true, if late: {status}");
        } else {
            assert_eq!(status, 400, "kind {kind}");
            self.refused += 1;
        }
    }

    pub(super) fn was_refused(&self) -> usize {
        self.refused
    }
}

/// Nobody is away because a forger said so; who was pushed more than once left as often as there were events.
pub(super) async fn nobody_believed(scene: &Scene) {
    let left = |who: &str| {
        format!(
            "SELECT account_id, COUNT(*) FROM account_event WHERE account_id = '{who}' AND kind = 'left' GROUP BY account_id"
        )
    };
    assert_eq!(rows(scene, &left(VICTIM)).await, []);
    let ghost = rows(scene, &left(GHOST)).await;
    let most = i64::try_from(scene.scale.forged / KINDS + 2).unwrap();
    assert!(ghost.iter().all(|(_, times)| (1..=most).contains(times)), "{ghost:?}");
}
