//! Logs: readable alone, to standard error; never a secret in them. `RUST_LOG` chooses how much.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, LevelFilter};

/// What is logged when nobody asks for anything else.
const USUAL: &str = "warn,server=info";
/// Logs the address of every request for whoever asks for all there is, and that of a sign-in link is a secret.
const TELLS_ADDRESSES: &str = "tower_http::csrf";

/// How lines of the log look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Starts writing logs; once a process.
pub fn start(format: LogFormat) {
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).ok();
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter(asked.as_deref()))
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => logs.init(),
        LogFormat::Json => logs.json().flatten_event(true).init(),
    }
}

/// What is logged when this is asked for; what would tell secrets is left out of it.
pub fn filter(asked: Option<&str>) -> EnvFilter {
    let filter = asked
        .and_then(|asked| EnvFilter::try_new(asked).ok())
        .unwrap_or_else(|| EnvFilter::new(USUAL));
    let silent = format!("{TELLS_ADDRESSES}={}", LevelFilter::WARN);
    match silent.parse::<Directive>() {
        Ok(silent) => filter.add_directive(silent),
        Err(_) => EnvFilter::new(USUAL),
    }
}
