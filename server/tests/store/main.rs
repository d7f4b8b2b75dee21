//! What every store must do, on SQLite and on PostgreSQL alike. One case is one function that knows only the trait.

mod batches;
mod feed;
mod log;
mod make;
mod place;
mod postgres;
mod texts;

/// Each case as a test of its own on each database.
macro_rules! on_both {
    ($($file:ident :: $case:ident,)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                crate::place::on_sqlite(crate::$file::$case).await;
            })*
        }
        mod postgresql {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                crate::place::on_postgres(crate::$file::$case).await;
            })*
        }
    };
}

on_both! {
    log::events_come_back_as_they_went_in,
    log::the_tail_reads_backwards_in_pages,
    log::of_two_who_decide_on_one_version_one_wins,
    log::two_commanders_in_the_same_instant_leave_one,
    log::a_commit_must_make_sense,
    log::an_import_comes_in_once,
    batches::many_waiting_commits_share_few_transactions,
    batches::a_bad_commit_harms_no_other,
    batches::positions_and_numbers_have_no_gap_under_eight_writers,
    batches::closing_finishes_what_waits,
    feed::a_reader_that_remembers_its_place_misses_nothing,
    feed::two_processes_on_one_database_miss_nothing_of_each_other,
    feed::the_head_wakes_another_process,
    texts::every_sign_comes_back,
    texts::nul_breaks_nothing,
    texts::the_longest_texts_fit,
}
