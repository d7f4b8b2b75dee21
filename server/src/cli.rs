//! The command line. Names are fixed so that others can script against Muster.

mod status;

use crate::clock::SystemClock;
use crate::config::{self, Config, DatabaseArg, ServeArgs};
use crate::doctor::{self, Health};
use crate::import::Report;
use crate::services::{LetIn, Refusal, Services};
use crate::store::{self, Scope};
use crate::telemetry::LogFormat;
use clap::{Parser, Subcommand};
use domain::AccountRole;
use status::StatusCommand;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Muster: an incident war room and status page
#[derive(Debug, Parser)]
#[command(name = "muster", version, disable_help_subcommand = true)]
pub struct Cli {
    /// How the log looks: text for people, json for programs
    #[arg(
        long,
        global = true,
        env = "MUSTER_LOG_FORMAT",
        value_enum,
        default_value_t
    )]
    pub log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(ServeArgs),
    /// Bring the database's tables up to date
    Migrate(DatabaseArg),
    /// Make every read model anew from the log
    Rebuild(DatabaseArg),
    /// Copy the database into a file while Muster runs (SQLite; for PostgreSQL use `pg_dump`)
    Backup {
        /// The file, which must not be there yet
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseArg,
    },
    /// Look at the database, the disk, the clock, mail and addresses, and say what to do. Takes the flags of serve
    Doctor {
        /// Send a real message there
        #[arg(long, value_name = "ADDRESS")]
        mail_to: Option<String>,
        #[command(flatten)]
        serve: ServeArgs,
    },
    /// Manage people
    #[command(subcommand)]
    User(UserCommand),
    /// Manage API tokens
    #[command(subcommand)]
    Token(TokenCommand),
    /// Bring in incidents from elsewhere
    #[command(subcommand)]
    Import(ImportCommand),
    /// Manage the public status page
    #[command(subcommand)]
    Status(StatusCommand),
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add somebody, let somebody in again, or change their name and role; prints a one-time sign-in link
    Add {
        /// Where they are reached
        email: String,
        /// Their name
        #[arg(long)]
        name: String,
        /// admin, responder or reader
        #[arg(long)]
        role: AccountRole,
        /// How people reach the server, for the link
        #[arg(long, env = "MUSTER_BASE_URL", value_name = "URL")]
        base_url: Option<String>,
        #[command(flatten)]
        database: DatabaseArg,
    },
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Make a token; prints it once
    Add {
        /// What it is for
        name: String,
        /// read, write or admin
        #[arg(long)]
        scope: Scope,
        /// The person it acts for; without it a service person of that name is made
        #[arg(long, value_name = "EMAIL")]
        person: Option<String>,
        #[command(flatten)]
        database: DatabaseArg,
    },
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// One incident a line, as JSON
    Jsonl {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseArg,
    },
    /// A Statuspage: its components, incidents and name. Takes summary.json, components.json, incidents.json and
    /// history.atom together, or the address of the page
    Statuspage {
        /// Files or addresses of one page, in any order; the bare address of its host stands for everything it has
        #[arg(required = true, value_name = "FILE_OR_URL")]
        from: Vec<String>,
        #[command(flatten)]
        database: DatabaseArg,
    },
}

type Failure = Box<dyn Error + Send + Sync>;

/// Does what the command line says.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Serve(args) => crate::serve::serve(Config::read(args)?).await,
        Command::Migrate(database) => {
            let store = store::open(&config::database(database)?).await?;
            let missing = store.pending().await?;
            store.migrate().await?;
            say(&format!(
                "{} migrations were missing; the tables are up to date.",
                missing.len()
            ));
            Ok(())
        }
        Command::Rebuild(database) => {
            let store = opened(database).await?;
            let report = store.rebuild().await?;
            say(&format!(
                "{} incidents were made anew from {} events.",
                report.incidents, report.events
            ));
            Ok(())
        }
        Command::Backup { file, database } => back_up(&file, database).await,
        Command::Doctor { mail_to, serve } => {
            let findings = doctor::examine(&Config::read(serve)?, mail_to.as_deref()).await;
            for finding in &findings {
                say(&finding.to_string());
            }
            match findings.iter().filter(|f| f.health == Health::Bad).count() {
                0 => Ok(()),
                1 => Err("One thing is not as it should be; it is marked above.".into()),
                many => Err(format!(
                    "{many} things are not as they should be; they are marked above."
                )
                .into()),
            }
        }
        Command::User(UserCommand::Add {
            email,
            name,
            role,
            base_url,
            database,
        }) => {
            let services = services(database, config::public_address(base_url)?).await?;
            let (person, done) = services.let_in(&email, &name, role).await.map_err(words)?;
            match done {
                LetIn::Added => {}
                LetIn::Again => say(&format!(
                    "{} had an account and has access again, as {role}.",
                    person.name
                )),
                LetIn::Changed => say(&format!(
                    "{} had an account already; that is the name now, and the role is {role}.",
                    person.name
                )),
                LetIn::Known => say(&format!(
                    "{} has an account already; this is a new sign-in link.",
                    person.name
                )),
            }
            say(&format!(
                "Sign in once, within two days:\n{}",
                services.sign_in_link(None, &person.id).await?
            ));
            Ok(())
        }
        Command::Token(TokenCommand::Add {
            name,
            scope,
            person,
            database,
        }) => {
            let services = services(database, config::public_address(None)?).await?;
            let person = match person {
                Some(email) => {
                    let known = services
                        .store()
                        .find_person(&email)
                        .await?
                        .filter(|person| person.active);
                    Some(
                        known
                            .ok_or_else(|| {
                                format!(
                                    "Nobody has the e-mail {email}. Add them with muster user add."
                                )
                            })?
                            .id,
                    )
                }
                None => None,
            };
            let token = services
                .add_token(None, &name, scope, person)
                .await
                .map_err(words)?;
            say(&token);
            Ok(())
        }
        Command::Status(command) => status::run(command).await,
        Command::Import(ImportCommand::Jsonl { file, database }) => {
            let store = opened(database).await?;
            let report = crate::import::jsonl(&*store, &SystemClock, &file).await;
            store.close().await;
            imported(&report?)
        }
        Command::Import(ImportCommand::Statuspage { from, database }) => {
            let store = opened(database).await?;
            let report = crate::import::statuspage(&*store, &SystemClock, &from).await;
            store.close().await;
            imported(&report?)
        }
    }
}

/// Says what came of an import. It fails when something could not be read, so that a script notices.
fn imported(report: &Report) -> Result<(), Failure> {
    say(report.to_string().trim_end());
    if report.is_whole() {
        Ok(())
    } else {
        Err("Some of it could not be read and is named above. The rest came in.".into())
    }
}

/// A command that does not exist for this database. The process ends with 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotHere(String);

async fn back_up(file: &Path, database: DatabaseArg) -> Result<(), Failure> {
    let url = config::database(database)?;
    let store = store::open(&url).await?;
    let copied = store.backup(file).await;
    store.close().await;
    match copied {
        Ok(bytes) => {
            let megabytes = bytes.div_ceil(1024 * 1024);
            say(&format!(
                "{} holds everything up to this moment, {megabytes} MB, and was checked. To restore it, stop Muster and put it in place of the database.",
                file.display()
            ));
            Ok(())
        }
        Err(error) if !url.starts_with("sqlite:") => Err(NotHere(error.to_string()).into()),
        Err(error) => Err(error.into()),
    }
}

async fn opened(database: DatabaseArg) -> Result<Arc<dyn store::Store>, Failure> {
    let store = store::open(&config::database(database)?).await?;
    store.migrate().await?;
    Ok(store)
}

async fn services(database: DatabaseArg, base_url: String) -> Result<Services, Failure> {
    let store = opened(database).await?;
    Ok(Services::open(store, Arc::new(SystemClock), base_url, crate::build()).await?)
}

fn words(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Store(error) => error.into(),
        other => other.to_string().into(),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "what a command answers goes to standard output"
)]
fn say(text: &str) {
    println!("{text}");
}
