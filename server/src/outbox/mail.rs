//! Mail by SMTP: the first channel. One message to one address at a time, so that each recipient has an outcome of their own.

use super::letters::Written;
use domain::time::Time;
use lettre::address::AddressError;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;
use thiserror::Error;

/// How long the server may take for each answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one message may take in all; a server that drips answers must not hold a letter longer than it is reserved.
pub(super) const WHOLE: Duration = Duration::from_mins(2);

/// Why a message did not go out, in words for people. They hold what the mail server said and never a password.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MailError {
    /// The settings do not make sense.
    #[error("{0}")]
    Settings(String),
    /// The server could not be reached, or did not answer in time.
    #[error(
        "The mail server cannot be reached: {0}. Is it up, and does --smtp name it? It is tried again by itself."
    )]
    Away(String),
    /// The server wants us to come back later.
    #[error("The mail server asks to try later: {0}. It is tried again by itself.")]
    Later(String),
    /// The server does not let us in.
    #[error(
        "The mail server does not let Muster in: {0}. Look at the name and the password in --smtp. It is tried again by itself."
    )]
    Locked(String),
    /// The server will never take this message.
    #[error("The mail server refused it: {0}. Mend the address or the server, then send it again.")]
    Refused(String),
}

impl MailError {
    /// True when trying again would come to the same.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_))
    }
}

impl From<smtp::Error> for MailError {
    fn from(error: smtp::Error) -> Self {
        let said = words(&error);
        match error.status().map(|code| code.to_string()) {
            // Authentication, and what asks for it or for encryption: not the fault of this letter.
            Some(code) if code.starts_with("53") => Self::Locked(said),
            Some(code) if code == "454" => Self::Locked(said),
            // “Bad sequence of commands” is about the talk and not about this letter: the connection was left in the middle
            // of another one. It is closed now.
            Some(code) if code == "503" => Self::Later(said),
            Some(_) if error.is_permanent() => Self::Refused(said),
            Some(_) => Self::Later(said),
            None if error.is_client() && said.contains("uthentication") => Self::Locked(said),
            None => Self::Away(said),
        }
    }
}

/// What the error says, with what lies behind it, on one line.
fn words(error: &smtp::Error) -> String {
    let mut said = error.to_string();
    let mut behind = std::error::Error::source(error);
    while let Some(cause) = behind {
        let more = cause.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        behind = cause.source();
    }
    domain::text::clean_line(&said).chars().take(500).collect()
}

/// A mail server, and whom letters are from.
#[derive(Clone)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// From an address such as `smtp://user:password@mail.example.com:587?tls=required`, and a sender such as
    /// `Muster <muster@example.com>`. Connects to nothing yet. The error repeats nothing of the address: it may hold a password.
    pub fn new(smtp: &str, from: &str) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp)
            .map_err(|_| MailError::Settings(BAD_SMTP.to_owned()))?
            .timeout(Some(PATIENCE))
            .build();
        let from = from.parse().map_err(|_: AddressError| {
            MailError::Settings(format!(
                "--mail-from is “{from}”, which is not a sender such as Muster <muster@example.com>."
            ))
        })?;
        Ok(Self { transport, from })
    }

    /// Whom letters are from.
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// Says hello to the server and nothing more.
    pub async fn greet(&self) -> Result<(), MailError> {
        if self.transport.test_connection().await? {
            Ok(())
        } else {
            Err(MailError::Away(
                "it does not answer as a mail server".to_owned(),
            ))
        }
    }

    /// Sends a real message that only says that mail arrives.
    pub async fn prove(&self, to: &str, at: Time) -> Result<(), MailError> {
        let words = "Mail from Muster arrives.";
        let written = Written {
            subject: words.to_owned(),
            id: format!("<doctor-{}@muster>", at.timestamp_micros()),
            follows: Vec::new(),
            at,
            text: format!("{words}\n"),
            html: format!("<p>{words}</p>"),
        };
        self.send(written, to).await
    }

    /// Sends a message to one address.
    pub(super) async fn send(&self, written: Written, to: &str) -> Result<(), MailError> {
        let message = self.message(written, to)?;
        match tokio::time::timeout(WHOLE, self.transport.send(message)).await {
            Ok(sent) => sent.map(drop).map_err(MailError::from),
            Err(_) => Err(MailError::Away(format!(
                "it did not answer for {} seconds",
                WHOLE.as_secs()
            ))),
        }
    }

    fn message(&self, written: Written, to: &str) -> Result<Message, MailError> {
        let to: Mailbox = to
            .parse()
            .map_err(|error: AddressError| MailError::Refused(format!("{to}: {error}")))?;
        let Written {
            subject,
            id,
            follows,
            at,
            text,
            html,
        } = written;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .date(at.into())
            .message_id(Some(id))
            // RFC 3834: no out-of-office replies to a machine.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if let Some(last) = follows.last() {
            message = message
                .in_reply_to(last.clone())
                .references(follows.join(" "));
        }
        message
            .multipart(MultiPart::alternative_plain_html(text, html))
            .map_err(|error| MailError::Refused(error.to_string()))
    }
}

const BAD_SMTP: &str = "--smtp cannot be read. Write smtp://USER:PASSWORD@HOST:587?tls=required, smtps://USER:PASSWORD@HOST, \
     or smtp://HOST:25 for a server of your own, with special characters of the password as %XX.";

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bad_settings_are_named_without_the_password() {
        for url in ["mail.example.com", "http://x", "smtp://me:geheim@"] {
            if let Err(error) = Mail::new(url, "Muster <m@example.com>") {
                let words = error.to_string();
                assert!(
                    words.contains("--smtp") && !words.contains("geheim"),
                    "{words}"
                );
            } else {
                assert_eq!(url, "smtp://me:geheim@", "{url} is no mail server");
            }
        }
        let error = Mail::new("smtp://localhost", "nobody").err();
        let words = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(words.starts_with("--mail-from is “nobody”"), "{words}");
        let mail = Mail::new("smtp://localhost", "Muster <m@example.com>").expect("fine");
        assert_eq!(mail.from(), "Muster <m@example.com>");
    }
}
