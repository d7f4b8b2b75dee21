//! Logs: readable alone, to standard error; never a secret in them. `RUST_LOG` chooses how much.

use tracing_subscriber::EnvFilter;

/// Starts writing logs; once a process.
pub fn start() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,server=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
