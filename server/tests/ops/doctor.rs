//! What the doctor sees, and the code it ends with.

use crate::post_office::PostOffice;
use crate::process::{House, said};

fn doctor(house: &House, arguments: &[&str]) -> (Option<i32>, String) {
    let output = house.muster().arg("doctor").args(arguments).output();
    let output = output.expect("it runs");
    (output.status.code(), said(&output))
}

#[test]
fn a_sound_house_is_good_and_what_should_be_known_is_said() {
    let house = House::new("doctor");
    house.token();
    let (code, words) = doctor(&house, &[]);
    assert_eq!(code, Some(0), "{words}");
    for line in [
        "good  Tables: up to date",
        "good  Database: SQLite 3.",
        "good  Clock: ",
        "Disk: ",
        "mind  Address: --base-url is not set",
        "mind  Mail: --smtp is not set",
    ] {
        assert!(words.contains(line), "{line} in {words}");
    }
}

#[test]
fn each_fault_is_named_with_what_to_do() {
    let house = House::new("doctor_bad");
    house.token();
    let (code, words) = doctor(
        &house,
        &[
            "--base-url",
            "http://muster.example",
            "--smtp",
            "smtp://127.0.0.1:9",
        ],
    );
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("BAD   Cookies: plain http"), "{words}");
    assert!(
        words.contains("BAD   Mail: The mail server cannot be reached"),
        "{words}"
    );
    assert!(
        words.contains("2 things are not as they should be"),
        "{words}"
    );

    // A database that somebody wrote into by hand.
    let file = house.0.join("muster.db");
    let mut bytes = std::fs::read(&file).expect("the database");
    for byte in bytes.iter_mut().skip(8192).step_by(97).take(400) {
        *byte ^= 0x5a;
    }
    std::fs::write(&file, bytes).expect("written");
    let (code, words) = doctor(&house, &[]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("BAD "), "{words}");
}

#[test]
fn mail_is_proven_by_a_real_message() {
    let (house, office) = (House::new("doctor_mail"), PostOffice::start());
    house.token();
    let smtp = office.url();
    let (code, words) = doctor(&house, &["--smtp", &smtp]);
    assert_eq!(code, Some(0), "{words}");
    assert!(
        words.contains("good  Mail: the mail server answers"),
        "{words}"
    );
    let (code, words) = doctor(&house, &["--smtp", &smtp, "--mail-to", "ada@example.test"]);
    assert_eq!(code, Some(0), "{words}");
    let delivered = office.delivered();
    assert_eq!(delivered[0].header("Subject"), "Mail from Muster arrives.");
    let (code, words) = doctor(
        &house,
        &["--smtp", &smtp, "--mail-to", "refused@example.test"],
    );
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("No such user here"), "{words}");
}
