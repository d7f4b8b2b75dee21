//! Settings of the process: a flag, a `MUSTER_…` variable, a key in `muster.toml`, in that order of strength. A wrong one
//! is named with its key, its value and the form that would be right.

use clap::Args;
use ipnet::IpNet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use thiserror::Error;
use toml::Spanned;

/// Where `muster.toml` is looked for.
const FILE: &str = "muster.toml";
/// Where the data is when nothing says otherwise.
const DATABASE: &str = "sqlite:data/muster.db";
/// Where to listen when nothing says otherwise.
const LISTEN: &str = "127.0.0.1:3000";

/// Where a process with nothing but the public side keeps the last good pages when nothing says otherwise.
const STATUS_KEEP: &str = "data/status";

/// Which database, for every command.
#[derive(Debug, Clone, Default, Args)]
pub struct DatabaseArg {
    /// `sqlite:PATH` or `postgres://…`
    #[arg(
        long,
        env = "MUSTER_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database: Option<String>,
}

/// Flags of `muster serve`.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would print it as help")]
    pub database: DatabaseArg,
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "MUSTER_LISTEN", value_name = "ADDR")]
    pub listen: Option<String>,
    /// A second address that serves only the public status page
    #[arg(long, env = "MUSTER_STATUS_LISTEN", value_name = "ADDR")]
    pub status_listen: Option<String>,
    /// Serve only the public status page: no sign-in, no timers, no mail. Needs PostgreSQL, and goes on without it with the
    /// last good pages
    #[arg(long, env = "MUSTER_STATUS_ONLY", value_parser = clap::builder::FalseyValueParser::new())]
    pub status_only: bool,
    /// The folder in which --status-only keeps the last good pages [default: data/status]
    #[arg(long, env = "MUSTER_STATUS_KEEP", value_name = "DIR")]
    pub status_keep: Option<PathBuf>,
    /// Write the public site there after every public change: a folder, or `s3://BUCKET/PREFIX` with AWS_… variables for the
    /// keys. Can be given more than once
    #[arg(
        long,
        env = "MUSTER_EXPORT",
        value_name = "TARGET",
        value_delimiter = ','
    )]
    pub export: Vec<String>,
    /// How people reach this server, for links: <http://host:port> or <https://host>
    #[arg(long, env = "MUSTER_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// The mail server, such as <smtps://user:password@mail.example.com>; without it no mail is sent
    #[arg(long, env = "MUSTER_SMTP", hide_env_values = true, value_name = "URL")]
    pub smtp: Option<String>,
    /// Whom mail is from [default: Muster at the host of --base-url]
    #[arg(long, env = "MUSTER_MAIL_FROM", value_name = "SENDER")]
    pub mail_from: Option<String>,
    /// Proxies whose X-Forwarded-For says where a request comes from: addresses or networks, with commas between
    #[arg(long, env = "MUSTER_TRUSTED_PROXIES", value_name = "LIST")]
    pub trusted_proxies: Option<String>,
    /// Begin with an example organisation and an incident in progress; refuses a database that holds anything
    #[arg(long)]
    pub demo: bool,
    /// Refuse to start when migrations are missing, instead of running them
    #[arg(long)]
    pub no_migrate: bool,
}

/// Keys of `muster.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: Option<String>,
    listen: Option<String>,
    status_listen: Option<String>,
    status_keep: Option<PathBuf>,
    export: Option<String>,
    base_url: Option<String>,
    smtp: Option<String>,
    mail_from: Option<String>,
    trusted_proxies: Option<String>,
}

/// What `muster serve` runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database's address.
    pub database: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where to serve the public side alone.
    pub status_listen: Option<SocketAddr>,
    /// Serve the public side and nothing else.
    pub status_only: bool,
    /// Where the last good pages are kept then.
    pub status_keep: PathBuf,
    /// Where the public site is written to after every public change.
    pub export: Vec<String>,
    /// How people reach this server, without a slash at the end. Empty: it follows from where it listens.
    pub base_url: Option<String>,
    /// The mail server's address; it may hold a password. Without it no mail is sent.
    pub smtp: Option<String>,
    /// Whom mail is from.
    pub mail_from: String,
    /// Proxies whose word counts for where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Begin with an example.
    pub demo: bool,
    /// Do not migrate.
    pub no_migrate: bool,
}

/// A setting that cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// One key's value.
    #[error("{key} is “{value}”, which is not {form}.")]
    Value {
        /// The flag's name, from which the variable and the file's key follow; or the file's key, when only there it can
        /// be so.
        key: String,
        /// What was given.
        value: String,
        /// What would be right.
        form: &'static str,
    },
    /// The file as a whole.
    #[error(
        "{FILE} cannot be read: {0}. It may have the keys database, listen, status_listen, status_keep, export, base_url, smtp, mail_from and trusted_proxies, each a text."
    )]
    File(String),
}

impl Config {
    /// Puts flags, variables and the file together.
    pub fn read(args: ServeArgs) -> Result<Self, ConfigError> {
        let file = read_file(Path::new(FILE))?;
        let listen = args
            .listen
            .or(file.listen)
            .unwrap_or_else(|| LISTEN.to_owned());
        let status_listen = args.status_listen.or(file.status_listen);
        let base_url = args
            .base_url
            .or(file.base_url)
            .map(|url| base_url(&url))
            .transpose()?;
        let mail_from = args
            .mail_from
            .or(file.mail_from)
            .unwrap_or_else(|| sender(base_url.as_deref()));
        Ok(Self {
            database: args
                .database
                .database
                .or(file.database)
                .unwrap_or_else(|| DATABASE.to_owned()),
            listen: address("--listen", &listen)?,
            status_listen: status_listen
                .map(|text| address("--status-listen", &text))
                .transpose()?,
            export: targets(args.export, file.export),
            status_only: args.status_only,
            status_keep: args
                .status_keep
                .or(file.status_keep)
                .unwrap_or_else(|| PathBuf::from(STATUS_KEEP)),
            base_url,
            smtp: args.smtp.or(file.smtp),
            mail_from,
            trusted_proxies: args
                .trusted_proxies
                .or(file.trusted_proxies)
                .map(|list| networks(&list))
                .transpose()?
                .unwrap_or_default(),
            demo: args.demo,
            no_migrate: args.no_migrate,
        })
    }
}

/// Where to export to: what the flags or the variable say, or else the file.
fn targets(args: Vec<String>, file: Option<String>) -> Vec<String> {
    let named = match file {
        Some(list) if args.is_empty() => list.split(',').map(str::to_owned).collect(),
        Some(_) | None => args,
    };
    let named = named.iter().map(|one| one.trim());
    named
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The database of a command that only needs that.
pub fn database(arg: DatabaseArg) -> Result<String, ConfigError> {
    let file = read_file(Path::new(FILE))?;
    Ok(arg
        .database
        .or(file.database)
        .unwrap_or_else(|| DATABASE.to_owned()))
}

/// How people reach the server, for commands that print a link.
pub fn public_address(arg: Option<String>) -> Result<String, ConfigError> {
    let file = read_file(Path::new(FILE))?;
    match arg.or(file.base_url) {
        Some(url) => base_url(&url),
        None => Ok(format!("http://{LISTEN}")),
    }
}

fn read_file(path: &Path) -> Result<File, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(File::default()),
        Err(error) => Err(ConfigError::File(error.to_string())),
    }
}

fn parse(text: &str) -> Result<File, ConfigError> {
    let unreadable = |error: toml::de::Error| ConfigError::File(error.message().to_owned());
    // Looked at one by one: what reads them all at once says which type is wrong, and not of which key.
    let keys: BTreeMap<String, Spanned<toml::Value>> = toml::from_str(text).map_err(unreadable)?;
    match keys.iter().find(|(_, value)| !value.get_ref().is_str()) {
        Some((key, value)) => Err(ConfigError::Value {
            key: format!("{key} in {FILE}"),
            value: text.get(value.span()).unwrap_or_default().to_owned(),
            form: form_of(key),
        }),
        None => toml::from_str(text).map_err(unreadable),
    }
}

/// The right form of a key's value in the file.
fn form_of(key: &str) -> &'static str {
    match key {
        "database" => "a text in quotes such as \"sqlite:data/muster.db\"",
        "listen" | "status_listen" => "a text in quotes such as \"127.0.0.1:3000\"",
        "export" => "a text in quotes such as \"site, s3://bucket/status\"",
        "status_keep" => "a text in quotes such as \"data/status\"",
        "base_url" => "a text in quotes such as \"https://muster.example.com\"",
        "smtp" => "a text in quotes such as \"smtps://user:password@mail.example.com\"",
        "mail_from" => "a text in quotes such as \"Muster <muster@example.com>\"",
        "trusted_proxies" => "a text in quotes such as \"10.0.0.0/8, 192.0.2.1\"",
        _ => {
            "a setting: there are database, listen, status_listen, status_keep, export, base_url, smtp, mail_from and trusted_proxies, each a text in quotes"
        }
    }
}

fn address(key: &str, value: &str) -> Result<SocketAddr, ConfigError> {
    let form = "an address and port such as 127.0.0.1:3000 or [::1]:3000";
    value.parse().map_err(|_| ConfigError::Value {
        key: key.to_owned(),
        value: value.to_owned(),
        form,
    })
}

/// Addresses and networks, with commas between.
fn networks(value: &str) -> Result<Vec<IpNet>, ConfigError> {
    let parts = value.split(',').map(str::trim).filter(|p| !p.is_empty());
    let read = |part: &str| {
        let network = part
            .parse()
            .or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
        network.map_err(|_| ConfigError::Value {
            key: "--trusted-proxies".to_owned(),
            value: part.to_owned(),
            form: "an address or a network such as 192.0.2.1 or 10.0.0.0/8",
        })
    };
    parts.map(read).collect()
}

fn base_url(value: &str) -> Result<String, ConfigError> {
    let trimmed = value.trim_end_matches('/');
    let host = trimmed
        .strip_prefix("https://")
        .or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => {
            Ok(trimmed.to_owned())
        }
        Some(_) | None => Err(ConfigError::Value {
            key: "--base-url".to_owned(),
            value: value.to_owned(),
            form: "http:// or https:// with a host and nothing after it",
        }),
    }
}

/// Whom mail is from when nothing says so: Muster at the host that people know.
fn sender(base_url: Option<&str>) -> String {
    let host = base_url
        .and_then(|url| url.split("://").last())
        .and_then(|host| host.split(':').next())
        .filter(|host| !host.is_empty() && !host.starts_with('['));
    format!("Muster <muster@{}>", host.unwrap_or("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_named_with_its_key_and_the_right_form() {
        let error = address("--listen", "everywhere").unwrap_err().to_string();
        assert_eq!(
            error,
            "--listen is “everywhere”, which is not an address and port such as 127.0.0.1:3000 or [::1]:3000."
        );
        for (text, words) in [
            (
                "listen = 3000",
                "listen in muster.toml is “3000”, which is not a text in quotes such as \"127.0.0.1:3000\".",
            ),
            (
                "database = \"sqlite:x\"\nbase_url = true",
                "base_url in muster.toml is “true”, which is not a text in quotes such as \"https://muster.example.com\".",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), words);
        }
        let table = parse("[serve]\nlisten = \"x\"").unwrap_err().to_string();
        assert!(table.starts_with("serve in muster.toml is "), "{table}");
        let unknown = parse("port = \"3000\"").unwrap_err().to_string();
        assert!(unknown.contains("unknown field `port`"), "{unknown}");
        let file = parse("listen = \"127.0.0.1:1\"").unwrap();
        assert_eq!(file.listen.as_deref(), Some("127.0.0.1:1"));
        let proxies = networks("10.0.0.0/8, 192.0.2.1,2001:db8::/32,").unwrap();
        let expected = ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"];
        assert_eq!(proxies, expected.map(|n| n.parse::<IpNet>().unwrap()));
        assert_eq!(
            networks("10.0.0.0/8, proxy").unwrap_err().to_string(),
            "--trusted-proxies is “proxy”, which is not an address or a network such as 192.0.2.1 or 10.0.0.0/8."
        );
        assert!(base_url("ftp://x").is_err());
        assert!(base_url("https://x/y").is_err());
        assert_eq!(base_url("https://x/").unwrap(), "https://x");
    }
}
