//! Starting and stopping a tenant, and what can be asked of it as a whole.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::{self, AppEndpoints, World};
use crate::gateway;
use crate::phone;
use crate::push;
use crate::shared::{Addresses, Shared};
use crate::tenant::beginning;
use crate::tenant::snapshot;
use crate::tenant::{
    Approvals, Cards, Days, FaultPlan, GroupHandle, Member, PhoneHandle, Pushes, SnapshotError, Stream,
};
use crate::tls::{Tls, TlsError};
use crate::wire_log::Exchange;
use crate::world::{Group, Line, Quota, Refusal};

/// How a tenant runs, as opposed to what it is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port 0 takes any free one.
    pub listen: SocketAddr,
    /// Where the tenant's state is kept between runs; nowhere when absent.
    pub state_file: Option<PathBuf>,
    /// Encrypts both hosts, the console and the control API; phones stay as they are.
    pub tls: Option<Tls>,
}

impl Default for Options {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), state_file: None, tls: None }
    }
}

/// Why a tenant does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where it should have been.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// What it calls the app with cannot be made.
    #[error("cannot build the HTTP client")]
    Client(#[from] reqwest::Error),
    /// The kept state cannot be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The certificate is no good.
    #[error("cannot serve encrypted")]
    Tls(#[from] TlsError),
    /// A server ended before it began.
    #[error("a server of the simulator does not start")]
    Server(#[source] std::io::Error),
}

/// A running tenant. [`Tenant::stop`] ends it in order and keeps its state; dropping it only ends it.
pub struct Tenant {
    shared: Arc<Shared>,
    servers: Vec<ServerHandle>,
    loops: Vec<JoinHandle<()>>,
    state_file: Option<PathBuf>,
}

impl Tenant {
    /// Starts it: the world is as it says, or as the state file has kept it.
    pub async fn start(world: World, options: Options) -> Result<Self, StartError> {
        // An error says that the process has chosen a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let kept = snapshot::load(options.state_file.as_deref())?;
        let clock = beginning::clock(&world, kept.as_ref());
        let state = beginning::state(&world, kept, clock.now());
        let listener = listen(options.listen)?;
        let mut phone_listeners = Vec::new();
        for phone in &world.phones {
            phone_listeners.push(listen(SocketAddr::new(options.listen.ip(), phone.port))?);
        }
        let tls = options.tls.as_ref().map(Tls::config).transpose()?;
        let addresses = Addresses {
            platform: url(if tls.is_some() { "https" } else { "http" }, &listener)?,
            phones: phone_listeners.iter().map(|one| url("http", one)).collect::<Result<_, _>>()?,
        };
        let shared = Arc::new(Shared::new(world, clock, addresses, state)?);

        let mut servers = vec![crate::serve::serve(&shared, listener, tls).map_err(StartError::Server)?];
        for (number, listener) in phone_listeners.into_iter().enumerate() {
            let Some(phone) = shared.world.phones.get(number) else { continue };
            servers.push(phone::serve(&shared, number, phone.kind, listener).map_err(StartError::Server)?);
        }
        let handles = servers.iter().map(actix_web::dev::Server::handle).collect();
        for server in servers {
            tokio::spawn(async {
                if let Err(error) = server.await {
                    tracing::error!(%error, "a server of the simulator ended");
                }
            });
        }
        let mut loops = vec![
            tokio::spawn(push::run(Arc::clone(&shared))),
            tokio::spawn(gateway::run(Arc::clone(&shared))),
        ];
        if let Some(path) = options.state_file.clone() {
            loops.push(tokio::spawn(snapshot::keep(Arc::clone(&shared), path)));
        }
        Ok(Self { shared, servers: handles, loops, state_file: options.state_file })
    }

    /// Ends every server and task, then keeps the state if it is to be kept.
    pub async fn stop(mut self) {
        futures_util::future::join_all(self.servers.drain(..).map(|server| server.stop(false))).await;
        for each in self.loops.drain(..) {
            each.abort();
            // Aborted is an error to the one who waits; either way it no longer touches the file.
            let _ = each.await;
        }
        if let Some(path) = &self.state_file {
            snapshot::save(&self.shared, path);
        }
    }

    /// Origin of both of the platform's hosts, of the console, and of the control API.
    pub fn base_url(&self) -> &str {
        &self.shared.addresses.platform
    }

    /// The tenant's clock; whoever has it can move the time.
    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    /// Makes everything as the world file says, the clock too. Where the app listens stays known; its Stream connections are cut.
    pub fn reset(&self) {
        beginning::reset(&self.shared);
    }

    /// Says where the app listens: pages, events, robot.
    pub fn connect(&self, app: AppEndpoints) {
        self.shared.change(|state, _now| state.app = Some(app.trimmed()));
    }

    /// Somebody, to say and read what they would. Whether they exist is asked when they do something.
    pub fn person(&self, userid: &str) -> Member {
        Member::new(&self.shared, userid)
    }

    /// A group by its `openConversationId`.
    pub fn group(&self, id: &str) -> GroupHandle {
        GroupHandle::new(&self.shared, id)
    }

    /// Every group, in the order of their making; disbanded ones too.
    pub fn groups(&self) -> Vec<Group> {
        self.shared.read(|state| state.tenancy.groups.all().to_vec())
    }

    /// A phone of the world file, counted from 0.
    pub fn phone(&self, number: usize) -> PhoneHandle {
        PhoneHandle::new(&self.shared, number)
    }

    /// The approvals, to decide them.
    pub fn approvals(&self) -> Approvals {
        Approvals::new(&self.shared)
    }

    /// The cards, to press their buttons.
    pub fn cards(&self) -> Cards {
        Cards::new(&self.shared)
    }

    /// Somebody's to-dos, calendar and check-ins.
    pub fn days(&self, userid: &str) -> Days {
        Days::new(&self.shared, userid)
    }

    /// The events on their way, to wait for them.
    pub fn pushes(&self) -> Pushes {
        Pushes::new(&self.shared)
    }

    /// The connections in Stream mode, to disturb them.
    pub fn stream(&self) -> Stream {
        Stream::new(&self.shared)
    }

    /// What goes wrong on purpose.
    pub fn faults(&self) -> FaultPlan {
        FaultPlan::new(&self.shared)
    }

    /// Joins somebody and tells the app.
    pub fn add_person(&self, person: config::Person) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.add_person(person, now))
    }

    /// Removes somebody and tells the app.
    pub fn remove_person(&self, userid: &str) -> Result<(), Refusal> {
        self.shared.change(|state, now| state.tenancy.remove_person(userid, now))
    }

    /// Everything people got from the app, in order: userid and line.
    pub fn sent(&self) -> Vec<(String, Line)> {
        self.shared.read(|state| state.tenancy.received_by_people())
    }

    /// The wire log, oldest first.
    pub fn wire(&self) -> Vec<Exchange> {
        self.shared.read(|state| state.wire.since(0).cloned().collect())
    }

    /// What this month has cost so far.
    pub fn quota(&self) -> Quota {
        self.shared.read(|state| state.tenancy.quota.clone())
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        for server in &self.servers {
            // The order is given at once; nobody waits for its end.
            drop(server.stop(false));
        }
        for each in &self.loops {
            each.abort();
        }
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|source| StartError::Listen { address, source })
}

fn url(scheme: &str, listener: &TcpListener) -> Result<String, StartError> {
    let mut address = listener.local_addr().map_err(StartError::Server)?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    Ok(format!("{scheme}://{address}"))
}
