//! Letters as people see them: whom a sitrep reached, what did not go out, and trying again.

use super::{Refusal, Services};
use crate::ids::new_id;
use crate::store::{Letter, NewLetter, Posted, Standing};
use app::AppError;
use app::data::{MailState, Post, Reach, Reached, Undelivered};
use domain::{Number, Person, PersonId, Rejection};

impl Services {
    /// Whom the last sitrep reached: who has read it, and where its letters are. Nothing before the first.
    pub async fn reach(&self, number: Number) -> Result<Option<Reach>, Refusal> {
        let Some(incident) = self.incident(number).await? else {
            return Err(AppError::no_incident(number).into());
        };
        let Some(version) = incident.sitrep.as_ref().map(|sent| sent.sitrep.version) else {
            return Ok(None);
        };
        let directory = self.directory();
        let letters = self.0.store.sitrep_letters(number, version).await?;
        let readers = self.0.store.readers(number, version).await?;
        let mut people: Vec<Reached> = Vec::new();
        let mut of = |person: &PersonId, change: &dyn Fn(&mut Reached)| {
            let known = people
                .iter()
                .position(|p| p.person.as_ref() == Some(person));
            let place = known.unwrap_or(people.len());
            if known.is_none() {
                people.push(Reached {
                    name: directory.name(person),
                    person: Some(person.clone()),
                    seen_at: None,
                    mail: None,
                });
            }
            change(&mut people[place]);
        };
        for person in &incident.participants {
            of(person, &|_| {});
        }
        for (person, at) in &readers {
            of(person, &|reached| reached.seen_at = Some(*at));
        }
        for letter in &letters {
            if let Some(person) = &letter.person {
                of(person, &|reached| reached.mail = Some(mail_state(letter)));
            }
        }
        let listed = letters.iter().filter(|letter| letter.person.is_none());
        people.extend(listed.map(|letter| Reached {
            name: letter.address.clone(),
            person: None,
            seen_at: None,
            mail: Some(mail_state(letter)),
        }));
        Ok(Some(Reach { version, people }))
    }

    /// What has not gone out, with every address: for administrators.
    pub(super) async fn undelivered(&self) -> Result<Post, Refusal> {
        let backlog = self.0.store.backlog().await?;
        let directory = self.directory();
        let about = |letter: &Letter| match letter {
            Letter::Sitrep { incident, version } => {
                format!("Sitrep {version} of {}", directory.tag(*incident))
            }
            Letter::Reminder {
                incident, clock, ..
            } => format!("Reminder in {}: {}", directory.tag(*incident), clock.duty()),
            Letter::Maintenance { maintenance, .. } => {
                format!("Reminder of maintenance {maintenance}")
            }
            Letter::SignIn { person } => format!("Sign-in link for {}", directory.name(person)),
            Letter::Test {} => "Test mail".to_owned(),
        };
        Ok(Post {
            from: self.letters_from().map(str::to_owned),
            waiting: backlog.waiting,
            oldest: backlog.oldest,
            failed: backlog.failed,
            troubled: backlog
                .troubled
                .iter()
                .map(|posted| Undelivered {
                    about: about(&posted.letter),
                    to: posted.address.clone(),
                    tries: posted.tries,
                    mail: mail_state(posted),
                })
                .collect(),
        })
    }

    /// Tries a letter that is in trouble again, at once; without a key all of them. Answers how many.
    pub(super) async fn send_again(&self, key: Option<&str>) -> Result<u64, Refusal> {
        if !self.letters() {
            return Err(no_mail());
        }
        Ok(self.0.store.retry_letters(key, self.now()).await?)
    }

    /// A mail that only says that mail arrives.
    pub(super) async fn send_test(&self, to: &Person) -> Result<String, Refusal> {
        let address = to.email.clone().ok_or_else(|| {
            Refusal::from(Rejection::Unreadable {
                words: "Your account has no e-mail address. Ask another administrator to send the test.".to_owned(),
                field: "person".to_owned(),
            })
        })?;
        self.post(to, address.clone(), Letter::Test {}).await?;
        Ok(address)
    }

    /// A one-time sign-in link by mail, where mail is set up and the person has an address. True when it is on its way.
    pub async fn mail_sign_in_link(&self, to: &Person) -> Result<bool, Refusal> {
        let Some(address) = to.email.clone().filter(|_| self.letters()) else {
            return Ok(false);
        };
        let person = to.id.clone();
        self.post(to, address, Letter::SignIn { person }).await?;
        Ok(true)
    }

    async fn post(&self, to: &Person, address: String, letter: Letter) -> Result<(), Refusal> {
        if !self.letters() {
            return Err(no_mail());
        }
        let letter = NewLetter {
            key: new_id(),
            letter,
            person: Some(to.id.clone()),
            address,
        };
        Ok(self.0.store.post(vec![letter], self.now()).await?)
    }
}

fn no_mail() -> Refusal {
    // Nobody may, so it is no matter of rights: what it would take is not there.
    AppError::NotFound {
        words: "No mail server is set up. Start Muster with --smtp and --mail-from.".to_owned(),
    }
    .into()
}

fn mail_state(posted: &Posted) -> MailState {
    match &posted.standing {
        Standing::Waiting { trouble, .. } => MailState::Waiting {
            letter: posted.key.clone(),
            trouble: trouble.clone(),
        },
        Standing::Sent { at } => MailState::Sent { at: *at },
        Standing::Failed { trouble } => MailState::Failed {
            letter: posted.key.clone(),
            trouble: trouble.clone(),
        },
    }
}
