//! What each screen is made from: the app's [`Backend`].

use super::{Refusal, Services};
use crate::store::{Listing as StoreListing, Scope};
use app::AppError;
use app::backend::{Backend, Viewer};
use app::data::{
    AuditFilter, AuditPage, Board, Comparison, Device, Devices, DraftField, Filter, Kept, Listing,
    Me, Nearness, Plans, Preference, Presence, Room, Sending, SitrepHead, SitrepLog, Token,
    UpdatePage,
};
use app::house::{HouseAnswer, HouseCommand};
use async_trait::async_trait;
use chrono::Duration;
use domain::diff;
use domain::incident::{Declaration, Entry, IncidentCommand, IncidentEvent, Sitrep, entry};
use domain::{Incident, Number, Phase, Recorded};
use std::sync::Arc;

/// Entries of the timeline that a room begins with.
const ENTRIES: i64 = 200;
/// Incidents on a page of the list.
const PAGE: i64 = 50;
/// Somebody whose room was open this long ago is away rather than gone, in seconds.
pub(super) const AWAY_SECONDS: i64 = 600;
/// Somebody whose room was open this long ago is here, in seconds: two heartbeats and a little.
pub const HERE_SECONDS: i64 = 50;

impl Services {
    async fn known(&self, number: Number) -> Result<Arc<Incident>, Refusal> {
        self.incident(number)
            .await?
            .ok_or_else(|| AppError::no_incident(number).into())
    }

    /// Who has a room open, or had it a moment ago.
    pub async fn presence(&self, number: Number) -> Result<Vec<Presence>, Refusal> {
        let now = self.now();
        let present = self
            .0
            .store
            .present(number, now - Duration::seconds(AWAY_SECONDS))
            .await?;
        Ok(present
            .into_iter()
            .map(|present| Presence {
                nearness: if now - present.seen_at <= Duration::seconds(HERE_SECONDS) {
                    Nearness::Here
                } else {
                    Nearness::Away
                },
                person: present.person,
                seen_at: present.seen_at,
            })
            .collect())
    }

    async fn entries(
        &self,
        number: Number,
        before: Option<i64>,
    ) -> Result<(Vec<Entry>, bool), Refusal> {
        let directory = self.directory();
        let tail = self.0.store.stream_tail(number, before, ENTRIES).await?;
        let more = tail.first().is_some_and(|first| first.version > 1);
        Ok((
            tail.iter()
                .map(|recorded| entry(recorded, &directory))
                .collect(),
            more,
        ))
    }

    async fn read_room(&self, by: &Viewer, number: Number) -> Result<Room, Refusal> {
        // The position comes first: what is committed while the rest is read comes again on the stream and is known by
        // its version, whereas the other way round it would be missed.
        let position = *self.0.store.head().borrow();
        let incident = self.known(number).await?;
        let (entries, more) = self.entries(number, None).await?;
        let read = match self.0.store.last_read(&by.person, number).await? {
            Some((version, at)) => self
                .0
                .store
                .sitrep(number, version)
                .await?
                .map(|sitrep| (sitrep, at)),
            None => None,
        };
        let presence = self.presence(number).await?;
        let reach = self.reach(number).await?;
        Ok(Room {
            incident: (*incident).clone(),
            entries,
            more,
            presence,
            read,
            reach,
            position,
        })
    }

    async fn read_log(&self, number: Number) -> Result<SitrepLog, Refusal> {
        let position = *self.0.store.head().borrow();
        let incident = self.known(number).await?;
        let heads = self.0.store.sitrep_heads(number).await?;
        let mut log = SitrepLog {
            incident: incident.summary.clone(),
            heads: heads
                .into_iter()
                .map(|head| SitrepHead {
                    version: head.version,
                    sent_at: head.sent_at,
                    by: head.by.map_or_else(|| "an import".to_owned(), |by| by.name),
                    headline: head.headline,
                    summary: head.summary,
                    changes: head.changes,
                })
                .collect(),
            phases: Vec::new(),
            told: Vec::new(),
            position,
        };
        for recorded in self.0.store.milestones(number).await? {
            milestone(&mut log, &recorded);
        }
        Ok(log)
    }

    /// Two sitreps compared; without `from` the one before `to`, without `to` the last.
    pub async fn comparison(
        &self,
        number: Number,
        from: Option<i64>,
        to: Option<i64>,
    ) -> Result<Comparison, Refusal> {
        let incident = self.known(number).await?;
        let last = incident
            .summary
            .last_sitrep
            .as_ref()
            .map_or(0, |sitrep| sitrep.version);
        let missing = |version: i64| AppError::NotFound {
            words: match last {
                0 => "No sitrep has been sent yet. Send the first from Update.".to_owned(),
                _ => format!("There is no sitrep {version}. The last one is {last}."),
            },
        };
        let to = to.unwrap_or(last);
        let newer = self
            .0
            .store
            .sitrep(number, to)
            .await?
            .ok_or_else(|| missing(to))?;
        let older = match from.or_else(|| (to > 1).then_some(to - 1)) {
            Some(from) => Some(
                self.0
                    .store
                    .sitrep(number, from)
                    .await?
                    .ok_or_else(|| missing(from))?,
            ),
            None => None,
        };
        let empty = Sitrep::default();
        let before = older.as_ref().map_or(&empty, |sent| &sent.sitrep);
        let diff = diff::sitreps(before.version, to, &before.fields(), &newer.sitrep.fields());
        Ok(Comparison {
            from: older,
            to: newer,
            diff,
        })
    }
}

fn milestone(log: &mut SitrepLog, recorded: &Recorded) {
    match &recorded.event {
        IncidentEvent::Declared { .. } => log.phases.push((Phase::Assess, recorded.occurred_at)),
        IncidentEvent::PhaseChanged { to, .. } | IncidentEvent::Reopened { to, .. } => {
            log.phases.push((*to, recorded.occurred_at));
        }
        IncidentEvent::Resolved { resolved_at } => log.phases.push((Phase::Cleanup, *resolved_at)),
        IncidentEvent::Closed {} => log.phases.push((Phase::Closed, recorded.occurred_at)),
        IncidentEvent::Cancelled { .. } => {
            log.phases.push((Phase::Cancelled, recorded.occurred_at));
        }
        IncidentEvent::Merged { .. } => log.phases.push((Phase::Merged, recorded.occurred_at)),
        IncidentEvent::PublicUpdatePublished { update } => {
            log.told.push((update.state, recorded.occurred_at));
        }
        IncidentEvent::Imported { .. }
        | IncidentEvent::TitleChanged { .. }
        | IncidentEvent::PublicTitleChanged { .. }
        | IncidentEvent::SeverityChanged { .. }
        | IncidentEvent::StartedAtChanged { .. }
        | IncidentEvent::RoleAssigned { .. }
        | IncidentEvent::RoleHandedOver { .. }
        | IncidentEvent::CommandTaken { .. }
        | IncidentEvent::RoleReleased { .. }
        | IncidentEvent::Reminded { .. }
        | IncidentEvent::Snoozed { .. }
        | IncidentEvent::Joined { .. }
        | IncidentEvent::Left { .. }
        | IncidentEvent::Noted { .. }
        | IncidentEvent::UpdateRequested { .. }
        | IncidentEvent::Linked { .. }
        | IncidentEvent::ComponentsAffected { .. }
        | IncidentEvent::SilenceDecided { .. }
        | IncidentEvent::SitrepSent { .. }
        | IncidentEvent::Redacted { .. } => {}
    }
}

#[async_trait]
impl Backend for Services {
    async fn me(&self, by: &Viewer) -> Result<Me, AppError> {
        let directory = self.directory();
        let person = directory
            .person(&by.person)
            .filter(|p| p.active)
            .ok_or(AppError::SignIn {})?
            .clone();
        let preference = self
            .0
            .store
            .preference(&by.person)
            .await
            .map_err(Refusal::from)?;
        Ok(Me {
            person,
            directory: (*directory).clone(),
            preference: Preference {
                theme: preference.theme.unwrap_or_default(),
                keys_off: preference.keys_off,
            },
            build: self.build().to_owned(),
        })
    }

    async fn board(&self, _by: &Viewer) -> Result<Board, AppError> {
        let position = *self.0.store.head().borrow();
        let incidents = self.0.store.summaries().await.map_err(Refusal::from)?;
        let last = if incidents.iter().any(|i| i.progress.phase().is_open()) {
            None
        } else {
            self.0.store.last_resolved().await.map_err(Refusal::from)?
        };
        Ok(Board {
            incidents,
            last,
            position,
        })
    }

    async fn incidents(&self, _by: &Viewer, filter: Filter) -> Result<Listing, AppError> {
        let q = domain::text::clean_line(&filter.q);
        let listing = StoreListing {
            phases: filter.phases,
            severities: filter.severities,
            kinds: filter.kind.into_iter().collect(),
            q: (!q.is_empty()).then_some(q),
            before: filter.before,
            limit: PAGE,
        };
        let page = self.list(listing).await.map_err(Refusal::from)?;
        Ok(Listing {
            incidents: page.incidents,
            next: page.next,
        })
    }

    async fn room(&self, by: &Viewer, number: Number) -> Result<Room, AppError> {
        Ok(self.read_room(by, number).await?)
    }

    async fn earlier(
        &self,
        _by: &Viewer,
        number: Number,
        before: i64,
    ) -> Result<(Vec<Entry>, bool), AppError> {
        Ok(self.entries(number, Some(before)).await?)
    }

    async fn write_draft(
        &self,
        by: &Viewer,
        number: Number,
        written: DraftField,
    ) -> Result<DraftField, AppError> {
        Ok(self.keep_draft(&by.person, number, written).await?)
    }

    async fn update_page(&self, by: &Viewer, number: Number) -> Result<UpdatePage, AppError> {
        let position = *self.0.store.head().borrow();
        let incident = self.known(number).await?;
        let draft = if self.may_draft(&by.person) {
            self.draft(number).await?
        } else {
            Vec::new()
        };
        Ok(UpdatePage {
            draft,
            incident: (*incident).clone(),
            mailed: self.letters(),
            position,
        })
    }

    async fn sitreps(&self, _by: &Viewer, number: Number) -> Result<SitrepLog, AppError> {
        Ok(self.read_log(number).await?)
    }

    async fn compare(
        &self,
        _by: &Viewer,
        number: Number,
        from: Option<i64>,
        to: Option<i64>,
    ) -> Result<Option<Comparison>, AppError> {
        if self.known(number).await?.sitrep.is_none() {
            return Ok(None);
        }
        Ok(Some(self.comparison(number, from, to).await?))
    }

    async fn mark_read(&self, by: &Viewer, number: Number, version: i64) -> Result<(), AppError> {
        let incident = self.known(number).await?;
        let last = incident
            .summary
            .last_sitrep
            .as_ref()
            .map_or(0, |sitrep| sitrep.version);
        if (1..=last).contains(&version) {
            let read = self
                .0
                .store
                .read_sitrep(&by.person, number, version, self.now());
            read.await.map_err(Refusal::from)?;
            self.0.store.wake_room(number).await;
        }
        Ok(())
    }

    async fn devices(&self, by: &Viewer) -> Result<Devices, AppError> {
        let password = self.0.store.password(&by.person).await;
        let sessions = self
            .0
            .store
            .sessions(&by.person, self.now())
            .await
            .map_err(Refusal::from)?;
        let devices = sessions
            .into_iter()
            .map(|session| Device {
                current: session.id == by.session,
                id: session.id,
                label: session.label,
                created_at: session.created_at,
                seen_at: session.seen_at,
            })
            .collect();
        Ok(Devices {
            devices,
            password: password.map_err(Refusal::from)?.is_some(),
        })
    }

    async fn audit(&self, by: &Viewer, asked: AuditFilter) -> Result<AuditPage, AppError> {
        Ok(self.audit_page(&by.person, &asked).await?)
    }

    async fn plans(&self, _by: &Viewer) -> Result<Plans, AppError> {
        Ok(self.planned().await?)
    }

    async fn kept(&self, by: &Viewer) -> Result<Kept, AppError> {
        if !self.is_admin(&by.person) {
            return Err(AppError::Forbidden {
                words: "Only administrators see API tokens and what was not delivered.".to_owned(),
            });
        }
        let tokens = self.0.store.tokens().await.map_err(Refusal::from)?;
        let tokens = tokens
            .into_iter()
            .filter(|token| token.revoked_at.is_none())
            .map(|token| Token {
                id: token.id,
                name: token.name,
                person: token.person,
                scope: Scope::as_str(token.scope).to_owned(),
                created_at: token.created_at,
                last_used_at: token.last_used_at,
            })
            .collect();
        let post = self.undelivered().await?;
        let look = self.look().await?;
        Ok(Kept { tokens, post, look })
    }

    async fn declare(
        &self,
        by: &Viewer,
        declaration: Declaration,
        key: Option<&str>,
    ) -> Result<Number, AppError> {
        let committed = self.declare_once(&by.person, declaration, key).await?;
        Ok(committed.incident.summary.number)
    }

    async fn execute(
        &self,
        by: &Viewer,
        number: Number,
        command: IncidentCommand,
        sending: Sending,
    ) -> Result<Vec<Recorded>, AppError> {
        let done = self
            .execute_once(&by.person, number, command, sending)
            .await?;
        Ok(done.recorded)
    }

    async fn keep_house(
        &self,
        by: &Viewer,
        command: HouseCommand,
    ) -> Result<HouseAnswer, AppError> {
        Ok(Services::keep_house(self, &by.person, Some(&by.session), command).await?)
    }
}
