//! Figures for whoever runs Muster, in the form that Prometheus reads. They count, and name neither people nor incidents.

use crate::services::Services;
use crate::store::{CommitError, StoreError};
use metrics::{
    Gauge, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;

/// Upper ends of what a commit or a request takes, in seconds.
const SPANS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// Begins to count; once a process, however often it is called. Nothing when something else in the process counts already.
pub fn start() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let handle = HANDLE.get_or_init(|| {
        let spans = Matcher::Suffix("_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(spans, &SPANS);
        let handle = builder.and_then(PrometheusBuilder::install_recorder);
        if let Err(error) = &handle {
            tracing::error!(error = %error, "figures cannot be counted");
        }
        describe();
        handle.ok()
    });
    handle.as_ref()
}

fn describe() {
    describe_counter!(
        "muster_commands_total",
        "Commands of people and programs, by outcome: done, refused, conflict, failed"
    );
    describe_counter!(
        "muster_rejections_total",
        "Commands that a rule refused, by its code"
    );
    describe_histogram!(
        "muster_commit_seconds",
        "From handing a decision to the store until it is on disk"
    );
    describe_counter!("muster_requests_total", "Requests, by route and status");
    describe_histogram!(
        "muster_request_seconds",
        "How long requests took to be answered, by route; streams are not counted"
    );
    describe_gauge!(
        "muster_streams",
        "Open live streams, by side: inside, api, public"
    );
    describe_counter!(
        "muster_letters_total",
        "Tries to send a letter, by outcome: sent, again, given_up"
    );
    describe_gauge!("muster_outbox_waiting", "Letters that have not gone out");
    describe_gauge!("muster_outbox_failed", "Letters that were given up");
    describe_gauge!(
        "muster_outbox_oldest_seconds",
        "How long the oldest waiting letter has waited"
    );
    describe_counter!(
        "muster_exports_total",
        "Exports of the public site, by target and outcome: done, failed"
    );
    describe_gauge!(
        "muster_export_failing",
        "How often in a row the export to a target failed; 0 when it works"
    );
    describe_gauge!("muster_position", "The last position in the log");
    describe_gauge!("muster_incidents_open", "Incidents that go on, by severity");
    describe_counter!(
        "muster_writer_transactions_total",
        "Transactions of the writer that are on disk"
    );
    describe_counter!(
        "muster_writer_jobs_total",
        "Commits done in them; many to a transaction mean that they queue"
    );
}

/// What came of a command. `code` is that of the rule that refused it.
pub fn command(outcome: &'static str, code: Option<String>) {
    counter!("muster_commands_total", "outcome" => outcome).increment(1);
    if let Some(code) = code {
        counter!("muster_rejections_total", "code" => code).increment(1);
    }
}

/// How long a commit took, and whether it came to pass.
pub fn commit<T>(took: Duration, result: &Result<T, CommitError>) {
    match result {
        Ok(_) => histogram!("muster_commit_seconds").record(took),
        Err(CommitError::Conflict { .. }) => command("conflict", None),
        // Done already, by whoever asked first.
        Err(CommitError::AlreadyCarriedOut) => {}
        Err(CommitError::AlreadyImported { .. } | CommitError::Store(_)) => command("failed", None),
    }
}

/// A request that was answered. `route` is a pattern and never an address: addresses may hold secrets.
pub fn request(route: &str, status: u16, took: Duration) {
    let route = route.to_owned();
    counter!("muster_requests_total", "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    histogram!("muster_request_seconds", "route" => route).record(took);
}

/// What came of a try to send a letter.
pub fn letter(outcome: &'static str) {
    counter!("muster_letters_total", "outcome" => outcome).increment(1);
}

/// What came of an export; `failures` in a row since it last worked.
pub fn exported(target: &str, failures: usize) {
    let target = target.to_owned();
    let outcome = if failures == 0 { "done" } else { "failed" };
    counter!("muster_exports_total", "target" => target.clone(), "outcome" => outcome).increment(1);
    let failures = u32::try_from(failures).unwrap_or(u32::MAX);
    gauge!("muster_export_failing", "target" => target).set(f64::from(failures));
}

/// Counts an open stream for as long as it is held.
pub struct OpenStream(Gauge);

impl OpenStream {
    /// A stream of a side: `inside`, `api` or `public`.
    pub fn new(side: &'static str) -> Self {
        let open = gauge!("muster_streams", "side" => side);
        open.increment(1.0);
        Self(open)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// Looks at what is not counted as it happens.
pub async fn look(services: &Services) -> Result<(), StoreError> {
    let store = services.store();
    let backlog = store.backlog().await?;
    whole("muster_outbox_waiting", backlog.waiting);
    whole("muster_outbox_failed", backlog.failed);
    let age = backlog
        .oldest
        .map_or(0, |oldest| (services.now() - oldest).num_seconds());
    whole("muster_outbox_oldest_seconds", age);
    whole("muster_position", *store.head().borrow());
    let figures = store.writer_figures();
    counter!("muster_writer_transactions_total").absolute(figures.transactions);
    counter!("muster_writer_jobs_total").absolute(figures.jobs);
    let open = store.summaries().await?;
    for severity in domain::Severity::ALL {
        let count = open
            .iter()
            .filter(|i| i.severity == severity && i.progress.phase().is_open())
            .count();
        gauge!("muster_incidents_open", "severity" => severity.as_str())
            .set(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    }
    Ok(())
}

fn whole(name: &'static str, value: i64) {
    // Exact up to 2^53, which no such figure reaches.
    #[expect(
        clippy::cast_precision_loss,
        reason = "figures are far smaller than 2^53"
    )]
    gauge!(name).set(value as f64);
}
