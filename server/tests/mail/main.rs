//! Mail that really goes out: to a real mail server, read by a real mail reader, on SQLite and on PostgreSQL.

mod deliver;
mod house;
#[path = "../store/place.rs"]
#[expect(
    dead_code,
    reason = "shared with the store's tests, which use more of it"
)]
mod place;
mod post_office;
#[path = "../store/postgres.rs"]
mod postgres;
mod read;

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
    deliver::each_recipient_has_an_outcome_of_their_own,
    deliver::one_button_sends_what_failed_again,
    deliver::without_a_mail_server_nothing_waits_and_with_a_dead_one_everything,
    deliver::several_processes_and_restarts_send_each_letter_once,
    read::a_mail_reader_shows_an_incident_as_one_thread,
    read::changes_come_first_and_the_whole_text_below,
    read::the_incident_list_gets_every_sitrep_and_nobody_gets_two,
    read::a_sign_in_link_goes_the_same_way_and_its_secret_lies_nowhere,
    read::who_asks_for_a_link_gets_it_by_mail_and_nobody_learns_who_has_an_account,
    read::a_redaction_says_which_mails_left_with_it,
    read::an_overdue_promise_reminds_by_mail_once_and_up_the_ladder,
}
