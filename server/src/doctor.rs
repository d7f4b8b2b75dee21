//! `muster doctor`: looks at everything that Muster leans on, and says of each what is the matter and what to do.

use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::http::status::{EVERY, Target};
use crate::outbox::Mail;
use crate::store::{self, Store};
use chrono::TimeDelta;
use domain::time::length;
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// Less room than this on the disk of the database is a fault, in bytes; ten times of it is a warning.
const ROOM: u64 = 100 * 1024 * 1024;
/// So much may two clocks differ, in seconds.
const DRIFT: i64 = 2;
/// How long the base URL may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An exported site that was written so long ago is not kept up any more: two writings were missed.
const LATE: Duration = Duration::from_secs(2 * EVERY.as_secs());

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// As it should be.
    Good,
    /// It works, and something about it should be known.
    Mind,
    /// It does not work, or will not for long.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub health: Health,
    /// What was looked at.
    pub what: &'static str,
    /// What was seen, and what to do.
    pub words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.health {
            Health::Good => "good",
            Health::Mind => "mind",
            Health::Bad => "BAD ",
        };
        write!(f, "{mark}  {}: {}", self.what, self.words)
    }
}

fn found(health: Health, what: &'static str, words: impl Into<String>) -> Finding {
    Finding {
        health,
        what,
        words: words.into(),
    }
}

/// Looks at everything that `muster serve` would run with. `mail_to` gets a real message.
pub async fn examine(config: &Config, mail_to: Option<&str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    match store::open(&config.database).await {
        Ok(store) => {
            findings.extend(database(&*store, config).await);
            store.close().await;
        }
        Err(error) => findings.push(found(Health::Bad, "Database", error.to_string())),
    }
    findings.extend(disk(&config.database));
    findings.push(address(config).await);
    findings.push(cookies(config));
    findings.push(mail(config, mail_to).await);
    for target in &config.export {
        findings.push(export(target).await);
    }
    findings
}

async fn database(store: &dyn Store, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    match store.pending().await {
        Ok(missing) if missing.is_empty() => {
            findings.push(found(Health::Good, "Tables", "up to date"));
        }
        Ok(missing) => {
            let words = format!(
                "{} missing. Run muster migrate, or start muster serve.",
                missing.join(", ")
            );
            let health = if config.no_migrate {
                Health::Bad
            } else {
                Health::Mind
            };
            findings.push(found(health, "Tables", words));
            return findings;
        }
        Err(error) => {
            findings.push(found(Health::Bad, "Tables", error.to_string()));
            return findings;
        }
    }
    match store.checkup().await {
        Ok(checkup) => {
            if checkup.damage.is_empty() {
                findings.push(found(Health::Good, "Database", checkup.engine));
            } else {
                let words = format!(
                    "damaged: {}. Stop Muster, and put a backup in place.",
                    checkup.damage.join("; ")
                );
                findings.push(found(Health::Bad, "Database", words));
            }
            findings.push(clocks(checkup.clock, checkup.newest));
        }
        Err(error) => findings.push(found(Health::Bad, "Database", error.to_string())),
    }
    match store.backlog().await {
        Ok(backlog) if backlog.failed + backlog.waiting == 0 => {
            findings.push(found(Health::Good, "Outbox", "empty"));
        }
        Ok(backlog) => {
            let words = format!(
                "{} letters wait, {} were given up. Settings says why, and sends them again.",
                backlog.waiting, backlog.failed
            );
            findings.push(found(Health::Mind, "Outbox", words));
        }
        Err(error) => findings.push(found(Health::Bad, "Outbox", error.to_string())),
    }
    findings
}

/// The clock of the machine against that of the database server, and against what was recorded last.
fn clocks(other: Option<domain::time::Time>, newest: Option<domain::time::Time>) -> Finding {
    let now = SystemClock.now();
    let drift = other.map_or(0, |other| (other - now).num_seconds().abs());
    if drift > DRIFT {
        let words = format!(
            "{drift} s apart from the database server's. Let both machines follow a time server (NTP)."
        );
        return found(Health::Bad, "Clock", words);
    }
    match newest {
        Some(newest) if newest > now + TimeDelta::minutes(1) => {
            let words = format!(
                "it is {} UTC here, and something was recorded at {} UTC. Set the clock by a time server (NTP).",
                now.format("%H:%M:%S"),
                newest.format("%-d %b %Y, %H:%M:%S")
            );
            found(Health::Bad, "Clock", words)
        }
        Some(_) | None => {
            let words = format!("{} UTC", now.format("%-d %b %Y, %H:%M:%S"));
            found(Health::Good, "Clock", words)
        }
    }
}

/// Room on the disk of a SQLite file. A server's disk is the server's matter.
fn disk(database: &str) -> Option<Finding> {
    let path = database.strip_prefix("sqlite:")?.trim_start_matches("//");
    let folder = Path::new(path)
        .parent()
        .filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    Some(match fs4::available_space(folder) {
        Ok(room) => {
            let words = format!("{} MB are free in {}", room / 1024 / 1024, folder.display());
            match room {
                0..ROOM => found(
                    Health::Bad,
                    "Disk",
                    format!("{words}. Make room: a full disk refuses every change."),
                ),
                _ if room < 10 * ROOM => {
                    found(Health::Mind, "Disk", format!("{words}. Make room soon."))
                }
                _ => found(Health::Good, "Disk", words),
            }
        }
        Err(error) => found(
            Health::Bad,
            "Disk",
            format!("{} cannot be looked at: {error}.", folder.display()),
        ),
    })
}

/// Whether anybody answers where people are sent.
async fn address(config: &Config) -> Finding {
    let Some(url) = &config.base_url else {
        return found(
            Health::Mind,
            "Address",
            "--base-url is not set, so links lead to where Muster listens. Set it to what people type.",
        );
    };
    let (host, port) = host_and_port(url);
    let connect = tokio::net::TcpStream::connect((host.trim_matches(['[', ']']), port));
    match tokio::time::timeout(PATIENCE, connect).await {
        Ok(Ok(_)) => found(
            Health::Good,
            "Address",
            format!("somebody answers at {url}"),
        ),
        Ok(Err(error)) => found(
            Health::Mind,
            "Address",
            format!(
                "nobody answers at {url}: {error}. Is Muster running, and does the name lead here?"
            ),
        ),
        Err(_) => found(
            Health::Mind,
            "Address",
            format!(
                "{url} does not answer. Does the name lead here, and does a firewall let it through?"
            ),
        ),
    }
}

fn host_and_port(url: &str) -> (&str, u16) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let default = if scheme == "https" { 443 } else { 80 };
    match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().unwrap_or(default)),
        Some(_) | None => (rest, default),
    }
}

/// Browsers keep the session's cookie safest on https.
fn cookies(config: &Config) -> Finding {
    let url = config.base_url.as_deref().unwrap_or_default();
    let (host, _) = host_and_port(url);
    let local = matches!(host, "" | "localhost" | "[::1]") || host.starts_with("127.");
    if url.starts_with("https://") {
        found(Health::Good, "Cookies", "bound to https and to this host")
    } else if local {
        found(
            Health::Mind,
            "Cookies",
            "plain http, which is fine on this machine only",
        )
    } else {
        let words = "plain http: whoever can listen on the way can take over a session. Put a proxy with https in front and set --base-url https://…";
        found(Health::Bad, "Cookies", words)
    }
}

/// Whether the public site there is kept up.
async fn export(named: &str) -> Finding {
    let target: Target = match named.parse() {
        Ok(target) => target,
        Err(error) => return found(Health::Bad, "Export", error.to_string()),
    };
    match target.written().await {
        Ok(Some(at)) => {
            let age = SystemClock.now() - at;
            let words = format!("{target} was written {} ago", length(age));
            if age.to_std().is_ok_and(|age| age > LATE) {
                let what = "muster serve writes it every hour. Look whether it runs with this --export, and what its log says.";
                found(Health::Bad, "Export", format!("{words}. {what}"))
            } else {
                found(Health::Good, "Export", words)
            }
        }
        Ok(None) => {
            let words = format!("{target} has no site yet. muster serve writes it when it starts");
            found(Health::Mind, "Export", words)
        }
        Err(error) => found(Health::Bad, "Export", format!("{target}: {error}")),
    }
}

async fn mail(config: &Config, to: Option<&str>) -> Finding {
    let Some(smtp) = &config.smtp else {
        return found(
            Health::Mind,
            "Mail",
            "--smtp is not set, so nothing is mailed",
        );
    };
    let mail = match Mail::new(smtp, &config.mail_from) {
        Ok(mail) => mail,
        Err(error) => return found(Health::Bad, "Mail", error.to_string()),
    };
    let tried = match to {
        Some(to) => mail.prove(to, SystemClock.now()).await.map(|()| {
            format!(
                "{to} has a message from {}; look whether it arrived",
                mail.from()
            )
        }),
        None => mail.greet().await.map(|()| {
            "the mail server answers. Send a real message with --mail-to ADDRESS".to_owned()
        }),
    };
    match tried {
        Ok(words) => found(Health::Good, "Mail", words),
        Err(error) => found(Health::Bad, "Mail", error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (url, expected) in [
            ("https://muster.example.com", ("muster.example.com", 443)),
            (
                "http://muster.example.com:8080",
                ("muster.example.com", 8080),
            ),
            ("http://[::1]:3000", ("[::1]", 3000)),
            ("http://[::1]", ("[::1]", 80)),
        ] {
            assert_eq!(host_and_port(url), expected);
        }
    }

    #[test]
    fn a_clock_that_went_back_is_a_fault() {
        let now = SystemClock.now();
        let health = |other, newest| clocks(other, newest).health;
        assert_eq!(health(None, None), Health::Good);
        assert_eq!(health(Some(now), Some(now)), Health::Good);
        assert_eq!(
            health(Some(now - TimeDelta::seconds(60)), None),
            Health::Bad
        );
        assert_eq!(health(None, Some(now + TimeDelta::hours(1))), Health::Bad);
    }
}
