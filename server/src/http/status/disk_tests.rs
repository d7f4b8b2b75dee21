use super::super::content::Body;
use super::*;
use chrono::TimeDelta;
use domain::Number;
use domain::time::Time;
use std::time::{Duration, Instant};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("muster_disk_{name}_{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").path())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn content(position: i64) -> Content {
    Content {
        styled: false,
        links: Vec::new(),
        footer: String::new(),
        of: domain::StatusPage::default(),
        organisation: "Hobbyhost".to_owned(),
        names: std::iter::once((domain::ComponentId::new("c1"), "API".to_owned())).collect(),
        zone: chrono_tz::Tz::Europe__Berlin,
        as_of: Time::UNIX_EPOCH + TimeDelta::days(20_000),
        position,
        body: Body::Missing,
    }
}

const PAGE: Page = Page::Incident(Number(7));

#[test]
fn what_is_kept_comes_back() {
    let folder = Folder::new("back");
    put(&folder.0, PAGE, &content(5)).expect("it is kept");
    put(&folder.0, Page::Front, &content(5)).expect("it is kept");
    put(&folder.0, Page::Front, &content(6)).expect("it is kept anew");
    let mut found = load(&folder.0).expect("it is read");
    found.sort_by_key(|(_, content)| content.position);
    assert_eq!(found, [(PAGE, content(5)), (Page::Front, content(6))]);
    assert_eq!(folder.files().len(), 2);
    remove(&folder.0.join(name("main", PAGE))).expect("it goes");
    remove(&folder.0.join(name("main", PAGE))).expect("and is gone");
    assert_eq!(load(&folder.0).expect("it is read").len(), 1);
}

#[test]
fn what_cannot_be_trusted_is_left_out() {
    let folder = Folder::new("torn");
    put(&folder.0, PAGE, &content(5)).expect("it is kept");
    let place = folder.0.join(name("main", PAGE));
    let whole = fs::read(&place).expect("a file");
    let broken = |bytes: &[u8]| {
        fs::write(&place, bytes).expect("a file");
        load(&folder.0).expect("the folder is read").len()
    };
    assert_eq!(broken(&whole), 1);
    for length in [0, 1, 64, 65, whole.len() / 2, whole.len() - 1] {
        assert_eq!(broken(&whole[..length]), 0, "{length}");
    }
    let mut other = whole.clone();
    let at = whole.len() - 3;
    other[at] ^= 1;
    assert_eq!(broken(&other), 0, "a bit fell over");
    let signed = |json: &str| {
        let sum = hex(&Sha256::digest(json.as_bytes()));
        format!("{sum}\n{json}").into_bytes()
    };
    let json = str::from_utf8(&whole[65..]).expect("text");
    assert_eq!(broken(&signed(json)), 1, "the sum is as ours");
    assert_eq!(
        broken(&signed(&json.replace("\"form\":3", "\"form\":2"))),
        0
    );
    assert_eq!(
        broken(&signed(&json.replace("\"Incident\":7", "\"Incident\":8"))),
        0
    );
    assert_eq!(
        broken(&signed(&"[".repeat(100_000))),
        0,
        "no stack is that deep"
    );
    assert_eq!(
        broken(&vec![b' '; usize::try_from(LARGEST).expect("fits") + 1]),
        0
    );

    // Neither followed nor waited for.
    fs::remove_file(&place).expect("it goes");
    let elsewhere = folder.0.join("elsewhere");
    fs::write(&elsewhere, &whole).expect("a file");
    std::os::unix::fs::symlink(&elsewhere, &place).expect("a link");
    assert_eq!(load(&folder.0).expect("the folder is read").len(), 0);
    fs::remove_file(&place).expect("it goes");
    let made = std::process::Command::new("mkfifo").arg(&place).status();
    assert!(made.expect("mkfifo runs").success());
    assert_eq!(load(&folder.0).expect("the folder is read").len(), 0);
}

#[test]
fn a_redaction_takes_what_was_kept_before_it_and_what_comes_too_late() {
    let folder = Folder::new("blanked");
    fs::write(folder.0.join("notes.txt"), "not ours").expect("a file");
    fs::write(folder.0.join("x.1.new"), "half").expect("a file");
    let (blank, blanked) = watch::channel(0);
    let disk = Disk::start(folder.0.clone(), blanked).expect("a thread");
    // Whole ones: what is half written counts when it has its name.
    let whole = |path: &PathBuf| is_ours(path, END);
    let count = || folder.files().iter().filter(|path| whole(path)).count();
    let until = |wanted: usize| {
        let begun = Instant::now();
        while count() != wanted {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{:?}",
                folder.files()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    disk.put(PAGE, Arc::new(content(5)));
    disk.put(Page::Front, Arc::new(content(6)));
    until(2);
    blank.send_replace(7);
    disk.forget();
    until(0);
    // Read before, written after.
    disk.put(PAGE, Arc::new(content(6)));
    disk.put(Page::Front, Arc::new(content(7)));
    until(1);
    let found = load(&folder.0).expect("it is read");
    assert_eq!(found, [(Page::Front, content(7))]);
    assert!(folder.0.join("notes.txt").exists());
    assert!(!folder.0.join("x.1.new").exists());
}
