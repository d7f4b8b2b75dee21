//! A copy is made while Muster runs, and a house that is restored from it has everything up to that moment.

use crate::process::{House, said};
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_copy_made_in_the_middle_of_a_storm_holds_everything_before_it() {
    let house = House::new("backup");
    let token = house.token();
    let server = house.serve(&[]);
    server.declare(&token, "Storm");
    let (stop, before) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut early = Vec::new();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                let (server, token, stop, before) = (&server, &token, &stop, &before);
                scope.spawn(move || {
                    let mut kept = Vec::new();
                    for n in 0.. {
                        if stop.load(Ordering::SeqCst) {
                            return kept;
                        }
                        let text = format!("w{writer}n{n}");
                        // Answered before the copy began.
                        let counts = !before.load(Ordering::SeqCst);
                        if server.note(token, &text) == 201
                            && counts
                            && !before.load(Ordering::SeqCst)
                        {
                            kept.push(text);
                        }
                    }
                    unreachable!("numbers do not end")
                })
            })
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(400));
        before.store(true, Ordering::SeqCst);
        let copied = house.run(&["backup", "copy.db"]);
        std::thread::sleep(std::time::Duration::from_millis(200));
        stop.store(true, Ordering::SeqCst);
        assert!(copied.status.success(), "{}", said(&copied));
        assert!(said(&copied).contains("was checked"), "{}", said(&copied));
        for writer in writers {
            early.extend(writer.join().expect("a writer"));
        }
    });
    assert!(early.len() > 5, "the storm was a storm: {}", early.len());
    server.stop();

    // Restored: the copy in place of the database.
    let restored = House::new("restored");
    std::fs::copy(house.0.join("copy.db"), restored.0.join("muster.db")).expect("copied");
    let server = restored.serve(&[]);
    let events = server.events(&token);
    for text in &early {
        let there = events.matches(&format!("\"{text}\"")).count();
        assert_eq!(there, 1, "{text} was answered before the copy");
    }
    assert_eq!(server.note(&token, "and it goes on"), 201);
    server.stop();
}

#[test]
fn a_copy_never_overwrites_and_leaves_nothing_half_done() {
    let house = House::new("backup_twice");
    house.token();
    assert!(house.run(&["backup", "copy.db"]).status.success());
    let again = house.run(&["backup", "copy.db"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        said(&again).contains("is there already"),
        "{}",
        said(&again)
    );
    let nowhere = house.run(&["backup", "no/such/folder/copy.db"]);
    assert_eq!(nowhere.status.code(), Some(1), "{}", said(&nowhere));
    let left: Vec<String> = std::fs::read_dir(&house.0)
        .expect("the folder")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.contains(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn postgresql_is_left_to_its_own_tools() {
    let database = crate::postgres::Database::new().await;
    let house = House::new("backup_postgres");
    let output = house
        .muster()
        .args(["backup", "copy.db", "--database", &database.url()])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("pg_dump"), "{}", said(&output));
    database.drop().await;
}
