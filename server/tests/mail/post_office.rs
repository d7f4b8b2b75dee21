//! A real mail server (`aiosmtpd`) for a test, and the mail that it delivered.

use crate::place::Folder;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A mail server that ends with the test.
pub struct PostOffice {
    folder: Folder,
    child: Child,
    _input: ChildStdin,
    port: u16,
}

impl PostOffice {
    /// Starts one with nothing delivered.
    pub fn start() -> Self {
        let folder = Folder::new();
        let (child, input, port) = run(&folder.0.join("mail"));
        Self {
            folder,
            child,
            _input: input,
            port,
        }
    }

    /// Its address for `--smtp`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Where the mail is.
    pub fn maildir(&self) -> PathBuf {
        self.folder.0.join("mail")
    }

    /// Everything that was delivered, in order.
    pub fn delivered(&self) -> Vec<Mail> {
        let files = std::fs::read_dir(self.maildir().join("new")).expect("a Maildir");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        files.iter().map(|file| Mail::read(file)).collect()
    }

    /// How many letters each address got.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for mail in self.delivered() {
            *counts.entry(mail.header("Delivered-To")).or_default() += 1;
        }
        counts
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Debian's own Python has the server as a package; another one on the path may not.
fn python() -> &'static str {
    let debian = "/usr/bin/python3";
    if Path::new(debian).exists() {
        debian
    } else {
        "python3"
    }
}

fn run(maildir: &Path) -> (Child, ChildStdin, u16) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/smtpd.py");
    let mut child = Command::new(python())
        .arg(script)
        .arg(maildir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python with aiosmtpd (Debian: python3-aiosmtpd)");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("its output");
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("its port");
    let port = line.trim().parse();
    let port = port.expect("a port: is python3-aiosmtpd installed?");
    let input = child.stdin.take().expect("its input");
    (child, input, port)
}

/// A delivered message.
#[derive(Debug)]
pub struct Mail {
    headers: Vec<(String, String)>,
    /// Everything below the headers, quoted-printable undone.
    pub body: String,
}

impl Mail {
    fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).expect("a message");
        let (head, body) = text.split_once("\n\n").expect("a head and a body");
        // A line that begins with a space goes on the one before.
        let head = head.replace("\n ", " ").replace("\n\t", " ");
        let headers = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            headers: headers.collect(),
            body: unquoted(body),
        }
    }

    /// A header; empty when there is none.
    pub fn header(&self, name: &str) -> String {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The part with this type.
    pub fn part(&self, kind: &str) -> &str {
        let from = self.body.find(&format!("Content-Type: {kind}"));
        let rest = &self.body[from.expect("the part")..];
        let (_, rest) = rest.split_once("\n\n").expect("its head");
        // The next part begins with the same mark as a signature, which has a space behind it.
        let ends = rest
            .match_indices("\n--")
            .find(|(at, _)| !rest[*at..].starts_with("\n-- "));
        &rest[..ends.map_or(rest.len(), |(at, _)| at)]
    }
}

/// Undoes quoted-printable, as far as tests need it.
fn unquoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        if let Some(byte) = hex.filter(|_| *first == b'=') {
            bytes.push(byte);
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
