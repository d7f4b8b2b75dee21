//! Processes are killed, the database crashes, the network stalls, and eight clients work on: what was acknowledged is there
//! once, everybody sees the same in the same order, and somebody always commands.
//!
//! `MUSTER_FAULTS_SECONDS=600` lets it last, `MUSTER_FAULTS_SEED` repeats what the generators chose.

mod alone;
mod batch;
mod checker;
mod clients;
mod faults;
mod followers;
mod forged;
mod history;
mod letters;
mod log;
mod lost;
mod net;
mod place;
mod post;
#[path = "../mail/post_office.rs"]
#[expect(
    dead_code,
    reason = "shared with the mail tests, which read more of it"
)]
mod post_office;
mod postgres;
mod presence;
mod process;
mod proxy;
mod story;

/// Processes on one PostgreSQL.
const PROCESSES: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_skipped_or_doubled_on_sqlite() {
    story::tell("SQLite", place::Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_skipped_or_doubled_on_postgresql() {
    story::tell("PostgreSQL", place::Place::postgres(PROCESSES).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_is_in_a_room_is_seen_at_every_process_and_is_gone_after_a_kill() {
    presence::story(place::Place::postgres(2).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_commit_whose_answer_was_lost_is_answered_to_the_next_try() {
    lost::answer(place::Place::postgres(1).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_killed_process_did_is_answered_by_another() {
    lost::process(place::Place::postgres(2).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_process_without_a_network_holds_nobody_up() {
    lost::network(place::Place::postgres(2).await).await;
}

/// A story as a test of its own.
macro_rules! single {
    ($($name:ident: $story:expr;)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $name() {
            $story.await;
        })*
    };
}

single! {
    the_page_stays_when_everything_behind_it_is_gone: alone::everything_gone(place::Place::postgres(2).await);
    a_redaction_reaches_what_was_kept_on_disk: alone::redacted(place::Place::postgres(2).await);
    a_kill_in_a_batch_doubles_only_what_was_in_flight_on_sqlite: batch::killed(place::Place::sqlite());
    a_kill_in_a_batch_doubles_only_what_was_in_flight_on_postgresql: batch::killed(place::Place::postgres(1).await);
    a_stop_in_a_batch_doubles_nothing_on_sqlite: batch::stopped(place::Place::sqlite());
    a_stop_in_a_batch_doubles_nothing_on_postgresql: batch::stopped(place::Place::postgres(1).await);
    a_database_that_is_away_for_a_moment_doubles_no_letter: batch::without_a_database(place::Place::postgres(1).await);
}
