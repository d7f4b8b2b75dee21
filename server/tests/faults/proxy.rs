//! The network between a process and its database: it passes, stalls, swallows answers, or is cut.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::{broadcast, watch};

/// How a process says that a transaction is to be kept.
pub const COMMIT: &[u8] = b"commit\0";
/// How it prepares to ask for the row that gives out positions; what the connection says next takes it.
pub const LOCK: &[u8] = b"from event_head where id = 1 for update";

/// What springs when a process says certain words to its database. The words still arrive.
#[derive(Debug, Clone, Copy)]
pub struct Trap {
    /// Which words.
    pub words: &'static [u8],
    /// How often they pass before.
    pub pass: u32,
    /// Whether nothing passes from then on, once the same connection has said one thing more; otherwise only answers do
    /// not, and at once.
    pub both_ways: bool,
}

/// A way to the database that can be disturbed.
pub struct Proxy {
    /// Where a process reaches it.
    pub port: u16,
    to_database: watch::Sender<bool>,
    from_database: watch::Sender<bool>,
    trap: Mutex<Option<Trap>>,
    cut: broadcast::Sender<()>,
}

impl Proxy {
    /// Opens a way to the socket of a server.
    pub async fn open(socket: PathBuf) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let proxy = Arc::new(Self {
            port: listener.local_addr().expect("an address").port(),
            to_database: watch::Sender::new(true),
            from_database: watch::Sender::new(true),
            trap: Mutex::new(None),
            cut: broadcast::Sender::new(1),
        });
        tokio::spawn(Arc::clone(&proxy).accept(listener, socket));
        proxy
    }

    /// Keeps every connection, and swallows time instead of passing anything on; or passes on again, nothing lost.
    pub fn stall(&self, stalled: bool) {
        self.set(None);
        self.to_database.send_replace(!stalled);
        self.from_database.send_replace(!stalled);
    }

    /// Stalls by itself, at a certain moment. [`Proxy::stall`] ends it.
    pub fn set(&self, trap: impl Into<Option<Trap>>) {
        *self.trap.lock().unwrap_or_else(PoisonError::into_inner) = trap.into();
    }

    /// Whether the trap has sprung.
    pub fn sprung(&self) -> bool {
        !*self.from_database.borrow()
    }

    /// Resets every connection there is. New ones pass.
    pub fn cut(&self) {
        // Nobody connected is no failure.
        let _ = self.cut.send(());
    }

    async fn accept(self: Arc<Self>, listener: TcpListener, socket: PathBuf) {
        while let Ok((client, _)) = listener.accept().await {
            let (proxy, socket) = (Arc::clone(&self), socket.clone());
            tokio::spawn(async move {
                let mut cut = proxy.cut.subscribe();
                tokio::select! {
                    // What was held back when the line was cut never arrives.
                    biased;
                    _ = cut.recv() => {}
                    _ = proxy.join(client, &socket) => {}
                }
            });
        }
    }

    /// Both ways until one end closes. Dropping the two ends with bytes unread resets them.
    async fn join(&self, mut client: TcpStream, socket: &Path) -> std::io::Result<()> {
        passing(&self.to_database).await;
        let mut server = UnixStream::connect(socket).await?;
        let prepared = AtomicBool::new(false);
        let (mut from_client, mut to_client) = client.split();
        let (mut from_server, mut to_server) = server.split();
        tokio::try_join!(
            pass_on(
                &self.to_database,
                &mut from_client,
                &mut to_server,
                |said| self.hear(said, &prepared)
            ),
            pass_on(
                &self.from_database,
                &mut from_server,
                &mut to_client,
                |_| ()
            ),
        )?;
        Ok(())
    }

    /// Springs the trap when its words are said. Answers stop before the words arrive, everything else after.
    fn hear(&self, said: &[u8], prepared: &AtomicBool) {
        let mut trap = self.trap.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(set) = trap.as_mut() else { return };
        let found = said.windows(set.words.len()).any(|part| part == set.words);
        let springs = if set.both_ways {
            prepared.swap(found, Ordering::Relaxed)
        } else {
            found
        };
        if !springs {
            return;
        }
        if set.pass > 0 {
            set.pass -= 1;
            return;
        }
        self.from_database.send_replace(false);
        self.to_database.send_replace(!set.both_ways);
        *trap = None;
    }
}

async fn pass_on(
    passes: &watch::Sender<bool>,
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    hear: impl Fn(&[u8]),
) -> std::io::Result<()> {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let count = from.read(&mut bytes).await?;
        // That an end closed does not arrive either while nothing does.
        passing(passes).await;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        hear(&bytes[..count]);
        to.write_all(&bytes[..count]).await?;
    }
}

/// Waits out a stall.
async fn passing(passes: &watch::Sender<bool>) {
    // The sender is there for as long as it is waited for.
    let _ = passes.subscribe().wait_for(|passes| *passes).await;
}
