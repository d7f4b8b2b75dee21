//! Planned maintenance: scheduling, changing, telling, and what happens by the clock.

use super::house::unreadable;
use super::{Refusal, Services};
use crate::store::{HouseChange, HouseError};
use app::AppError;
use app::data::{MaintenanceWindow, Planned, Plans};
use app::house::TypedPlan;
use chrono::{LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use domain::maintenance::Plan;
use domain::time::Time;
use domain::{Maintenance, MaintenanceNumber, MaintenanceState, PersonId};

/// So many that are over are shown.
const OVER: i64 = 20;

/// The forms in which times are typed.
const FORMS: [&str; 3] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];

impl Services {
    /// Schedules a maintenance. The same key again answers the same one.
    pub async fn schedule(
        &self,
        by: &PersonId,
        plan: &TypedPlan,
        message: &str,
        key: Option<String>,
    ) -> Result<Maintenance, Refusal> {
        if let Some(known) = self.asked_for(key.as_deref()).await? {
            return Ok(known);
        }
        let plan = self.read_plan(plan)?;
        let new = Maintenance::schedule(plan, message, Some(by.clone()), self.now())?;
        // Without a key nobody can ask for it again.
        let key = key.unwrap_or_else(crate::ids::new_id);
        match self.put_maintenance(Some(by), new, Some(key.clone())).await {
            // What is scheduled is found by its key; of two that ask at once the second finds the first one's.
            Ok(()) | Err(HouseError::AskedBefore) => {}
            Err(error) => return Err(error.into()),
        }
        self.asked_for(Some(&key)).await?.ok_or_else(gone)
    }

    /// Changes the plan. `revision` is the one that was seen.
    pub async fn change_maintenance(
        &self,
        by: &PersonId,
        number: MaintenanceNumber,
        revision: i64,
        plan: &TypedPlan,
        message: &str,
    ) -> Result<Maintenance, Refusal> {
        let plan = self.read_plan(plan)?;
        let mut one = self.seen(number, revision).await?;
        one.change(plan, message, self.now())?;
        self.put_maintenance(Some(by), one.clone(), None).await?;
        Ok(one)
    }

    /// Tells customers, and moves it on. `revision` is the one that was seen.
    pub async fn tell_of_maintenance(
        &self,
        by: &PersonId,
        number: MaintenanceNumber,
        revision: i64,
        state: MaintenanceState,
        message: &str,
    ) -> Result<Maintenance, Refusal> {
        let mut one = self.seen(number, revision).await?;
        one.tell(state, message, self.now())?;
        self.put_maintenance(Some(by), one.clone(), None).await?;
        Ok(one)
    }

    /// Does what is due by the clock. Answers how many steps were taken; of several processes one takes each.
    pub async fn keep_windows(&self) -> Result<usize, Refusal> {
        let mut taken = 0;
        for mut one in self.0.store.maintenances_open().await? {
            while let Some(step) = one.due(self.now()) {
                one.take(step, self.now());
                match self.put_maintenance(None, one.clone(), None).await {
                    Ok(()) => taken += 1,
                    // Somebody else was faster; the next look sees what is left.
                    Err(HouseError::Stale) => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(taken)
    }

    /// A window as it is typed: by the clock of the page.
    pub fn window(&self, plan: &Plan) -> MaintenanceWindow {
        let zone = self.zone();
        let typed = |at: Time| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string();
        MaintenanceWindow {
            from: typed(plan.from),
            to: typed(plan.to),
        }
    }

    /// What the screens show: everything that is not over, and the last that are.
    pub(super) async fn planned(&self) -> Result<Plans, Refusal> {
        let typed = |maintenance: Maintenance| Planned {
            window: self.window(&maintenance.plan),
            maintenance,
        };
        let position = *self.0.store.head().borrow();
        let open = self.0.store.maintenances_open().await?;
        let mut over = self
            .0
            .store
            .maintenances(None, OVER + i64::try_from(open.len()).unwrap_or_default())
            .await?;
        over.retain(|one| one.state.is_over());
        let night = self.now().with_timezone(&self.zone()).date_naive() + chrono::Days::new(1);
        Ok(Plans {
            position,
            open: open.into_iter().map(typed).collect(),
            over: over.into_iter().map(typed).collect(),
            suggested: MaintenanceWindow {
                from: format!("{night}T02:00"),
                to: format!("{night}T03:00"),
            },
        })
    }

    async fn put_maintenance(
        &self,
        by: Option<&PersonId>,
        maintenance: Maintenance,
        key: Option<String>,
    ) -> Result<(), HouseError> {
        let next = maintenance
            .state
            .is_over()
            .then(|| maintenance.follows(&self.zone(), self.now()));
        let change = HouseChange::PutMaintenance {
            maintenance: Box::new(maintenance),
            key,
            next: next.flatten().map(Box::new),
        };
        let by = by.and_then(|by| self.actor(by));
        let put = self.0.store.change_house(by, self.now(), change).await;
        put.map(drop)
    }

    async fn asked_for(&self, key: Option<&str>) -> Result<Option<Maintenance>, Refusal> {
        match key {
            Some(key) => Ok(self.0.store.maintenance_by_key(key).await?),
            None => Ok(None),
        }
    }

    /// The one that somebody saw; refused when it was changed since.
    async fn seen(&self, number: MaintenanceNumber, revision: i64) -> Result<Maintenance, Refusal> {
        let one = self.0.store.maintenance(number).await?.ok_or_else(gone)?;
        if one.revision != revision {
            return Err(HouseError::Stale.into());
        }
        Ok(one)
    }

    fn zone(&self) -> Tz {
        let directory = self.directory();
        directory.settings.time_zone.parse().unwrap_or(Tz::Etc__UTC)
    }

    fn read_plan(&self, typed: &TypedPlan) -> Result<Plan, Refusal> {
        let directory = self.directory();
        for id in &typed.components {
            if directory.component(id).is_none() {
                return Err(unreadable(
                    "components",
                    "One of these components is not there any more. Reload the page.",
                ));
            }
        }
        let zone = self.zone();
        Ok(Plan {
            title: typed.title.clone(),
            components: typed.components.clone(),
            from: moment("from", &typed.from, zone)?,
            to: moment("to", &typed.to, zone)?,
            starts_itself: typed.starts_itself,
            ends_itself: typed.ends_itself,
            remind_before: typed.remind_before,
            repeat: typed.repeat,
        })
    }
}

fn gone() -> Refusal {
    AppError::NotFound {
        words: "This maintenance is not there. Reload the page.".to_owned(),
    }
    .into()
}

/// Reads a time by the clock of a zone. A time that clocks jump over is refused: nobody means it.
fn moment(field: &str, typed: &str, zone: Tz) -> Result<Time, Refusal> {
    let typed = typed.trim();
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(typed) {
        return Ok(at.to_utc());
    }
    let read = |form: &&str| NaiveDateTime::parse_from_str(typed, form).ok();
    let Some(wall) = FORMS.iter().find_map(read) else {
        let words = format!("“{typed}” is not a time. Write it as 2026-11-24 01:30.");
        return Err(unreadable(field, words));
    };
    match zone.from_local_datetime(&wall) {
        // Of the two that a night in autumn has, the first.
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Ok(at.to_utc()),
        LocalResult::None => {
            let words = format!(
                "There is no {} in {zone}: clocks go forward then. Choose another time.",
                wall.format("%H:%M on %-d %B %Y")
            );
            Err(unreadable(field, words))
        }
    }
}
