//! What breaks, by a random generator whose seed is printed, and mends itself.

use crate::place::Place;
use crate::proxy::{COMMIT, Trap};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use server::clock::{Clock, SystemClock};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Something that breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A process is killed, and started anew.
    Kill,
    /// A process is told to stop, and started anew.
    Stop,
    /// The database is restarted in an orderly way.
    Restart,
    /// The database crashes, and comes back.
    Crash,
    /// The network of a process swallows everything for some seconds.
    Stall,
    /// The network of every process does, for longer than anything is waited for.
    LongStall,
    /// The connections of a process to its database are reset.
    Cut,
    /// The database does what it is told, its answers are lost, and then the connections are reset.
    Swallow,
    /// A short command of another process writes to the database.
    Beside,
}

const ON_SQLITE: [Fault; 3] = [Fault::Kill, Fault::Stop, Fault::Beside];
const ON_POSTGRES: [Fault; 9] = [
    Fault::Kill,
    Fault::Stop,
    Fault::Restart,
    Fault::Crash,
    Fault::Stall,
    Fault::LongStall,
    Fault::Cut,
    Fault::Swallow,
    Fault::Beside,
];

/// Something that broke and was mended. Times are milliseconds of the one clock of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Struck {
    /// What.
    pub fault: Fault,
    /// At which process, if at one.
    pub process: usize,
    /// When it had broken; a process was gone by then.
    pub broke: i64,
    /// When every process served again.
    pub whole: i64,
}

/// How often what broke.
pub type Counts = BTreeMap<Fault, u64>;

/// How often each thing broke.
pub fn counts(storm: &[Struck]) -> Counts {
    let mut counts = Counts::new();
    for struck in storm {
        *counts.entry(struck.fault).or_default() += 1;
    }
    counts
}

/// Milliseconds of the one clock of this machine.
pub fn now() -> i64 {
    SystemClock.now().timestamp_millis()
}

/// Breaks things until the time is over, each kind at least once, and leaves everything whole.
pub async fn rage(place: &mut Place, rng: &mut StdRng, lasting: Duration) -> Vec<Struck> {
    let mut kinds = if place.server.is_some() {
        ON_POSTGRES.to_vec()
    } else {
        ON_SQLITE.to_vec()
    };
    let (begun, mut storm) = (Instant::now(), Vec::new());
    loop {
        kinds.shuffle(rng);
        for fault in &kinds {
            let all = counts(&storm).len() == kinds.len();
            if all && begun.elapsed() >= lasting {
                return storm;
            }
            // Stalls that outlast all patience are worth having, and seldom.
            if all && *fault == Fault::LongStall && rng.random_bool(0.6) {
                continue;
            }
            let process = rng.random_range(0..place.processes.len());
            let broke = strike(place, rng, *fault, process).await;
            for process in &mut place.processes {
                process.ready().await;
            }
            storm.push(Struck {
                fault: *fault,
                process,
                broke,
                whole: now(),
            });
            sleep(Duration::from_millis(rng.random_range(300..2_000))).await;
        }
    }
}

/// Breaks something, and answers when it had broken.
async fn strike(place: &mut Place, rng: &mut StdRng, fault: Fault, which: usize) -> i64 {
    let pause = Duration::from_millis(rng.random_range(0..1_500));
    let mut broke = now();
    match fault {
        Fault::Kill => {
            place.processes[which].kill();
            broke = now();
            sleep(pause).await;
            place.processes[which].start();
        }
        Fault::Stop => {
            place.processes[which].stop().await;
            sleep(pause).await;
            place.processes[which].start();
        }
        Fault::Restart | Fault::Crash => {
            let how = if fault == Fault::Crash {
                "immediate"
            } else {
                "fast"
            };
            if let Some(server) = &mut place.server {
                server.stop(how);
                sleep(pause).await;
                server.start();
            }
        }
        Fault::Stall => {
            place.ways[which].stall(true);
            sleep(Duration::from_millis(rng.random_range(1_000..6_000))).await;
            place.ways[which].stall(false);
        }
        Fault::LongStall => {
            place.ways.iter().for_each(|way| way.stall(true));
            sleep(Duration::from_secs(14)).await;
            place.ways.iter().for_each(|way| way.stall(false));
        }
        Fault::Cut => place.ways[which].cut(),
        Fault::Swallow => {
            place.ways[which].set(Trap {
                words: COMMIT,
                // The first of a request reserves its key, the second carries it out.
                pass: rng.random_range(0..2),
                both_ways: false,
            });
            sleep(Duration::from_secs(1) + pause).await;
            place.ways[which].cut();
            place.ways[which].stall(false);
        }
        Fault::Beside => {
            let email = format!("guest{}@example.test", rng.random::<u32>());
            let words = ["user", "add", &email, "--name", "Guest", "--role", "reader"];
            place.say(&words);
        }
    }
    broke
}
