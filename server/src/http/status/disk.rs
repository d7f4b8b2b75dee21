//! The last good content of pages on disk, for a process that starts while the database is away.
//!
//! One file a page: a checksum, then what the page is and what it says. A file takes its place whole or not at all, and one
//! that cannot be read is as if it were not there. What is found is never shown as new: see [`super::shelf`].

use super::address::Page;
use super::content::Content;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// How our files end; nothing else in the folder is touched.
const END: &str = "kept";
/// The form of what is in them. One of another form is not read.
const FORM: u32 = 3;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 8 << 20;
/// The most that is read at the start, in files and bytes.
const MOST: (usize, u64) = (512, 64 << 20);
/// What may wait to be written. More than that says that the disk is too slow: it is left out, and written next time.
const WAITING: usize = 1024;

/// What is in a file, after its checksum.
#[derive(Serialize, Deserialize)]
struct Kept<C> {
    form: u32,
    page: Page,
    content: C,
}

/// What the disk is to do.
enum Job {
    /// Keep this.
    Put(Page, Arc<Content>),
    /// Keep this no longer.
    Remove(String, Page),
    /// The status pages are set up otherwise: keep nothing of before.
    StartOver,
    /// Look whether something was redacted.
    Look,
}

/// The way to the thread that writes. A thread of its own, because a disk that hangs must not hold up a page.
pub(super) struct Disk(mpsc::Sender<Job>);

impl Disk {
    /// Begins to write into a folder. `blanked` is the position of the last redaction: what was made before it goes.
    pub fn start(folder: PathBuf, blanked: watch::Receiver<i64>) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel(WAITING);
        std::thread::Builder::new()
            .name("kept pages".to_owned())
            .spawn(move || work(&folder, &blanked, waiting))?;
        Ok(Self(jobs))
    }

    /// Keeps a page.
    pub fn put(&self, page: Page, content: Arc<Content>) {
        self.hand(Job::Put(page, content));
    }

    /// Keeps a page of a status page no longer.
    pub fn remove(&self, of: &str, page: Page) {
        self.hand(Job::Remove(of.to_owned(), page));
    }

    /// Keeps nothing of what was kept so far.
    pub fn start_over(&self) {
        self.hand(Job::StartOver);
    }

    /// Lets go of what a redaction blanked. Should the disk be too slow to hear it, every later job looks first.
    pub fn forget(&self) {
        self.hand(Job::Look);
    }

    fn hand(&self, job: Job) {
        if self.0.try_send(job).is_err() {
            tracing::warn!("the disk is too slow to keep every page");
        }
    }
}

fn work(folder: &Path, blanked: &watch::Receiver<i64>, mut waiting: mpsc::Receiver<Job>) {
    let mut cleared = 0;
    while let Some(job) = waiting.blocking_recv() {
        let now = *blanked.borrow();
        if now > cleared {
            match clear(folder) {
                Ok(()) => cleared = now,
                Err(error) => {
                    tracing::error!(folder = %folder.display(), %error, "what was redacted could not be removed; it is tried again");
                }
            }
        }
        let done = match job {
            // What was read before the last redaction came too late.
            Job::Put(page, content) if content.position >= *blanked.borrow() => {
                put(folder, page, &content)
            }
            Job::Put(..) | Job::Look => Ok(()),
            Job::Remove(of, page) => remove(&folder.join(name(&of, page))),
            Job::StartOver => clear(folder),
        };
        if let Err(error) = done {
            tracing::warn!(folder = %folder.display(), %error, "a page could not be kept on disk");
        }
    }
}

/// The name of a page's file: the same for every process, and no text of anybody's.
fn name(of: &str, page: Page) -> String {
    let key = serde_json::to_vec(&(of, page)).unwrap_or_default();
    format!("{}.{END}", hex(&Sha256::digest(key)[..16]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn put(folder: &Path, page: Page, content: &Content) -> io::Result<()> {
    let kept = Kept {
        form: FORM,
        page,
        content,
    };
    let text = serde_json::to_vec(&kept)?;
    let place = folder.join(name(&content.of.id, page));
    // Named by the process: another one may keep its pages here too.
    let beside = place.with_extension(format!("{}.new", std::process::id()));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(hex(&Sha256::digest(&text)).as_bytes())?;
        file.write_all(b"\n")?;
        file.write_all(&text)?;
        // Else a machine that loses its power may be left with the name and without the bytes.
        file.sync_data()?;
        fs::rename(&beside, &place)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn is_ours(path: &Path, end: &str) -> bool {
    path.extension() == Some(OsStr::new(end))
}

/// Removes every file of ours, half written ones too.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_ours(&path, END) || is_ours(&path, "new") {
            remove(&path)?;
        }
    }
    Ok(())
}

/// What is in a folder, which is made if it is not there. Whatever cannot be read is left out, with a line in the log.
pub(super) fn load(folder: &Path) -> io::Result<Vec<(Page, Content)>> {
    fs::create_dir_all(folder)?;
    let mut found = Vec::new();
    let mut weight = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_ours(&path, "new") {
            // Half written when a process was killed. Another one that writes just now tries again.
            remove(&path)?;
        }
        if !is_ours(&path, END) {
            continue;
        }
        match read(&path) {
            Ok((page, content, bytes)) => {
                weight += bytes;
                if found.len() >= MOST.0 || weight > MOST.1 {
                    tracing::warn!(folder = %folder.display(), "more pages are kept there than fit; the rest is left alone");
                    break;
                }
                found.push((page, content));
            }
            Err(error) => {
                tracing::warn!(file = %path.display(), %error, "a page that was kept cannot be read; it is left out");
            }
        }
    }
    Ok(found)
}

fn read(path: &Path) -> io::Result<(Page, Content, u64)> {
    let wrong = |words: &str| io::Error::new(io::ErrorKind::InvalidData, words.to_owned());
    let about = fs::symlink_metadata(path)?;
    // Neither a pipe that never ends nor a way out of the folder.
    if !about.is_file() || about.len() > LARGEST {
        return Err(wrong("it is no file of ours"));
    }
    let text = fs::read(path)?;
    let mut parts = text.splitn(2, |byte| *byte == b'\n');
    let (Some(sum), Some(json)) = (parts.next(), parts.next()) else {
        return Err(wrong("it is torn"));
    };
    if hex(&Sha256::digest(json)).as_bytes() != sum {
        return Err(wrong("it is torn"));
    }
    let Kept {
        form,
        page,
        content,
    } = serde_json::from_slice::<Kept<Content>>(json)?;
    if form != FORM || path.file_name() != Some(OsStr::new(&name(&content.of.id, page))) {
        return Err(wrong("it is of another form or another page"));
    }
    Ok((page, content, about.len()))
}

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;
