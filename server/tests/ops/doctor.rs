//! What the doctor sees, and the code it ends with.

use crate::post_office::PostOffice;
use crate::process::{House, said};
use crate::s3::{KEY, NAME, S3, SECRET};
use chrono::TimeDelta;
use server::clock::{Clock, SystemClock};

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

#[tokio::test(flavor = "multi_thread")]
async fn where_the_site_is_exported_to_is_looked_at_and_no_key_is_told() {
    let house = House::new("doctor_export");
    house.token();
    let s3 = S3::start(&house.0.join("s3")).await;
    let bucket = format!("s3://{NAME}/some/prefix");
    let doctor = |target: &str, secret: &str| {
        let mut command = house.muster();
        command
            .args(["doctor", "--export", target])
            .env("RUST_LOG", "trace")
            .env("AWS_ENDPOINT_URL", format!("http://{}", s3.address))
            .env("AWS_ACCESS_KEY_ID", KEY)
            .env("AWS_SECRET_ACCESS_KEY", secret)
            .env("AWS_REGION", "us-east-1");
        let output = command.output().expect("it runs");
        let words = said(&output);
        assert!(!words.contains(secret), "{words}");
        (output.status.code(), words)
    };
    let says = |words: &str, line: &str| assert!(words.contains(line), "{line} in {words}");

    let (code, words) = doctor(&bucket, SECRET);
    assert_eq!(code, Some(0), "{words}");
    says(
        &words,
        &format!("mind  Export: {bucket} has no site yet. muster serve writes it"),
    );
    let place = house.0.join("s3").join(NAME).join("some/prefix");
    std::fs::create_dir_all(&place).expect("a folder");
    std::fs::write(place.join(".muster-export"), "").expect("a file");
    let (code, words) = doctor(&bucket, SECRET);
    assert_eq!(code, Some(0), "{words}");
    says(
        &words,
        &format!("good  Export: {bucket} was written under 1 min ago"),
    );
    let (code, words) = doctor(&bucket, "a wrong secret");
    assert_eq!(code, Some(1), "{words}");
    says(
        &words,
        &format!("BAD   Export: {bucket}: The bucket could not be read"),
    );
    let (code, words) = doctor("gs://elsewhere", SECRET);
    assert_eq!(code, Some(1), "{words}");
    says(
        &words,
        "BAD   Export: An export goes into a folder or to s3://BUCKET/PREFIX",
    );

    // A folder that nobody keeps up any more.
    let folder = house.0.join("site");
    std::fs::create_dir(&folder).expect("a folder");
    let mark = std::fs::File::create(folder.join(".muster-export")).expect("a file");
    let before = SystemClock.now() - TimeDelta::hours(3);
    mark.set_modified(before.into()).expect("its time");
    let (code, words) = doctor(&folder.to_string_lossy(), SECRET);
    assert_eq!(code, Some(1), "{words}");
    says(
        &words,
        "was written 3 h ago. muster serve writes it every hour.",
    );
}
