//! The API as a program sees it: a whole server, spoken to over HTTP, on SQLite and on PostgreSQL.

mod app;
mod bad;
mod browser;
mod change;
mod drafts;
mod editor;
#[path = "../public/every.rs"]
mod every;
mod functions;
mod headers;
mod house;
mod idempotent;
mod list;
mod live;
mod once;
mod passwords;
#[path = "../store/place.rs"]
mod place;
#[path = "../store/postgres.rs"]
mod postgres;
mod redact;
mod rights;
#[path = "../store/rows.rs"]
#[expect(
    dead_code,
    reason = "shared with the store's tests, which use more of it"
)]
mod rows;
mod schema;
mod sign_in;
mod story;
mod upkeep;

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
    story::the_main_job_by_http_alone_makes_the_stream_that_the_browser_makes,
    bad::bad_bodies_are_refused_with_the_field_to_blame,
    bad::hostile_texts_are_kept_as_text_or_refused,
    bad::bad_addresses_and_headers_are_refused,
    bad::five_megabytes_are_refused_and_the_answer_arrives,
    rights::who_may_what_by_every_server_function,
    rights::who_may_what_by_every_form,
    rights::who_may_what_over_every_call_of_the_document,
    rights::an_ended_token_and_a_former_person_are_shut_out,
    rights::cookies_count_for_nothing,
    change::if_match_names_what_happened_since,
    change::a_patch_changes_all_or_nothing,
    change::two_commanders_in_the_same_instant_leave_one,
    change::many_notes_in_the_same_instant_are_all_kept,
    change::command_is_handed_over_or_taken_and_other_roles_are_given,
    change::every_way_through_the_phases,
    editor::whatever_is_done_to_components_can_be_undone,
    editor::undoing_does_not_overrule_somebody_else,
    idempotent::the_same_request_happens_once,
    idempotent::a_key_belongs_to_one_request_and_one_person,
    idempotent::of_two_at_once_one_is_carried_out,
    idempotent::what_was_cut_off_is_carried_out_by_the_next_and_by_nobody_else,
    idempotent::what_was_done_and_never_answered_is_answered_by_the_next,
    idempotent::an_answer_that_comes_after_a_redaction_is_not_kept,
    idempotent::every_call_that_changes_something_takes_a_key,
    idempotent::a_refusal_gives_the_key_back,
    idempotent::a_link_to_sign_in_is_not_kept,
    list::incidents_are_paged_and_filtered,
    list::events_and_sitreps_are_paged,
    live::the_stream_is_complete_and_goes_on_where_it_was,
    live::a_stream_ends_with_its_token_or_its_person,
    functions::settings_are_looked_at_whoever_sends_them,
    functions::whatever_stops_a_function_is_told_in_the_shape_of_functions,
    once::a_command_with_a_key_stands_once,
    once::a_plain_form_posted_twice_is_carried_out_once,
    drafts::a_draft_is_for_those_who_write_updates,
    drafts::every_change_of_a_draft_is_sent_to_open_forms_and_to_nobody_else,
    drafts::a_plain_form_shows_the_draft_and_clears_what_it_showed,
    sign_in::a_link_lets_in_on_plain_http_and_from_nowhere_else,
    sign_in::without_the_database_it_says_what_is_still_so,
    sign_in::a_first_link_that_is_printed_again_takes_the_place_of_the_last,
    headers::every_kind_of_answer_says_all_of_it,
    headers::on_plain_http_nobody_is_sent_to_https,
    passwords::a_password_lets_in_and_a_new_one_ends_what_was_open,
    passwords::a_link_by_mail_is_offered_where_there_is_mail,
    passwords::whoever_is_shut_out_gets_in_by_no_way,
    passwords::who_guesses_waits_and_links_go_on_working,
    passwords::from_one_address_there_is_an_end_to_trying,
    passwords::administrators_see_who_did_what,
    passwords::neither_passwords_nor_links_reach_a_log,
    live::a_sign_in_wakes_no_tab,
    upkeep::old_rows_are_forgotten_and_rooms_that_are_not_there_leave_none,
    redact::a_secret_is_nowhere_after_it_was_redacted,
    redact::by_hand_it_is_found_and_blanked_without_a_script,
    redact::a_version_that_is_expected_is_asked_for,
    house::people_components_and_settings,
    house::status_pages_are_set_up_and_stand_alone,
    house::a_page_asks_for_its_data_once,
    house::who_was_added_beside_the_server_is_let_in_at_once,
}
