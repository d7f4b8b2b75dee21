//! What every store must do, on SQLite and on PostgreSQL alike. One case is one function that knows only the trait.

mod access;
mod batches;
mod drafts;
mod feed;
mod house;
mod incidents;
mod log;
mod make;
mod outbox;
mod passwords;
mod place;
mod postgres;
mod public;
mod rebuild;
mod rooms;
mod rows;
mod schema;
mod search;
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
    log::a_stream_is_read_in_pages,
    log::of_two_who_decide_on_one_version_one_wins,
    log::two_commanders_in_the_same_instant_leave_one,
    log::a_commit_must_make_sense,
    log::an_import_comes_in_once,
    batches::many_waiting_commits_share_few_transactions,
    batches::a_bad_commit_harms_no_other,
    batches::positions_and_numbers_have_no_gap_under_eight_writers,
    batches::closing_finishes_what_waits,
    drafts::of_eight_with_one_key_one_is_carried_out,
    drafts::of_two_who_write_on_one_revision_one_is_told_what_stands,
    drafts::an_update_clears_what_it_was_made_of_and_nothing_newer,
    drafts::a_key_goes_with_its_events_or_not_at_all,
    feed::a_reader_that_remembers_its_place_misses_nothing,
    feed::two_processes_on_one_database_miss_nothing_of_each_other,
    feed::the_head_wakes_another_process,
    texts::every_sign_comes_back,
    texts::nul_breaks_nothing,
    texts::the_longest_texts_fit,
    incidents::an_incident_is_read_as_it_was_folded,
    incidents::a_person_who_changes_names_is_shown_with_the_new_one,
    incidents::the_board_holds_what_is_not_over,
    incidents::lists_are_filtered_and_come_in_pages,
    incidents::sitreps_are_found_by_version,
    search::words_are_found_wherever_they_stand,
    search::a_number_is_found_as_it_is,
    search::hostile_questions_find_nothing_and_break_nothing,
    search::the_newest_come_first_in_pages,
    public::only_what_is_public_is_there,
    public::words_move_an_incident_through_the_public_side,
    public::the_history_comes_in_pages_and_months,
    rebuild::a_rebuild_makes_the_same_rows,
    access::a_session_lives_until_it_ends,
    access::a_link_lets_in_once_also_in_a_race,
    access::a_token_works_until_it_is_revoked,
    passwords::a_password_lets_in_until_it_is_another,
    passwords::the_log_of_the_house_is_read_backwards_in_pages,
    passwords::who_failed_too_often_waits_in_every_process,
    house::every_change_is_in_the_log_and_wakes,
    house::a_change_says_whether_customers_see_it,
    house::of_two_administrators_who_demote_each_other_one_stays,
    house::what_must_be_unique_is_named,
    house::components_keep_their_order,
    outbox::a_sitrep_and_its_letters_are_one_transaction,
    outbox::of_many_workers_one_gets_each_letter,
    outbox::a_letter_comes_back_when_its_worker_is_gone,
    outbox::a_worker_that_lost_its_letters_lets_go_of_them_and_of_no_others,
    outbox::what_is_in_trouble_is_seen_and_tried_again,
    rooms::presence_is_a_heartbeat,
    rooms::a_woken_room_is_heard_in_every_process,
    rooms::who_read_which_sitrep_is_known,
    rooms::preferences_are_kept,
    rooms::a_request_with_a_key_happens_once,
    schema::an_open_store_says_what_it_lacks,
    schema::migrating_twice_is_migrating_once,
}

#[tokio::test]
async fn both_databases_have_the_same_tables() {
    schema::both_have_the_same_tables().await;
}

#[tokio::test]
async fn sqlite_is_set_as_it_must_be() {
    schema::sqlite_is_set_as_it_must_be().await;
}
