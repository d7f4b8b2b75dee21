//! Where documents are: at the root of the page's host, and below the page.

use super::{Code, Doc, Filter, Format, Heroku, MOST, Planned};

impl Format {
    /// Its address.
    pub(super) fn address(self) -> &'static str {
        match self {
            Self::Atom => "/history.atom",
            Self::Rss => "/history.rss",
            Self::Json => "/feed.json",
        }
    }
}

impl Doc {
    /// The document at an address below `/api/v2/`.
    pub fn v2(path: &str) -> Option<Self> {
        Some(match path {
            "summary.json" => Self::Summary,
            "status.json" => Self::Status,
            "components.json" => Self::Components,
            "incidents.json" => Self::Incidents,
            "incidents/unresolved.json" => Self::Unresolved,
            "scheduled-maintenances.json" => Self::Maintenances(Planned::All),
            "scheduled-maintenances/upcoming.json" => Self::Maintenances(Planned::Upcoming),
            "scheduled-maintenances/active.json" => Self::Maintenances(Planned::Active),
            _ => {
                let code = path.strip_prefix("incidents/")?.strip_suffix(".json")?;
                Self::Incident(Code::read(code)?)
            }
        })
    }

    /// Its address. `None` for what is only told from others by a question: of that there is no end, and a host of files does
    /// not hear it.
    pub fn address(self) -> Option<String> {
        Some(match self {
            Self::Summary => "/api/v2/summary.json".to_owned(),
            Self::Status => "/api/v2/status.json".to_owned(),
            Self::Components => "/api/v2/components.json".to_owned(),
            Self::Incidents => "/api/v2/incidents.json".to_owned(),
            Self::Unresolved => "/api/v2/incidents/unresolved.json".to_owned(),
            Self::Incident(code) => format!("/api/v2/incidents/{}.json", code.text()),
            Self::Maintenances(planned) => match planned {
                Planned::All => "/api/v2/scheduled-maintenances.json".to_owned(),
                Planned::Upcoming => "/api/v2/scheduled-maintenances/upcoming.json".to_owned(),
                Planned::Active => "/api/v2/scheduled-maintenances/active.json".to_owned(),
            },
            Self::Feed(format, filter) => {
                (filter == Filter::default()).then(|| format.address().to_owned())?
            }
            Self::Calendar(filter) => {
                (filter == Filter::default()).then(|| "/calendar.ics".to_owned())?
            }
            Self::Heroku(heroku) => heroku.address()?,
            Self::Text => "/status.txt".to_owned(),
            Self::Badge(None) => "/badge.svg".to_owned(),
            Self::Badge(Some(code)) => format!("/badge/{}.svg", code.text()),
        })
    }

    /// The badge at an address below `/badge/`.
    pub fn badge(file: &str) -> Option<Self> {
        let code = Code::read(file.strip_suffix(".svg")?)?;
        Some(Self::Badge(Some(code)))
    }

    /// The documents that every page has.
    pub fn common() -> impl Iterator<Item = Self> {
        let feeds = [Format::Atom, Format::Rss, Format::Json]
            .map(|format| Self::Feed(format, Filter::default()));
        let heroku = [
            Heroku::Status3,
            Heroku::Issues {
                since: None,
                limit: MOST,
            },
            Heroku::Status4,
            Heroku::Incidents { limit: MOST },
        ];
        [
            Self::Summary,
            Self::Status,
            Self::Components,
            Self::Incidents,
            Self::Unresolved,
            Self::Maintenances(Planned::All),
            Self::Maintenances(Planned::Upcoming),
            Self::Maintenances(Planned::Active),
            Self::Text,
            Self::Badge(None),
            Self::Calendar(Filter::default()),
        ]
        .into_iter()
        .chain(feeds)
        .chain(heroku.map(Self::Heroku))
    }
}

impl Heroku {
    fn address(self) -> Option<String> {
        Some(match self {
            Self::Status3 => "/api/v3/current-status".to_owned(),
            Self::Issues {
                since: None,
                limit: MOST,
            } => "/api/v3/issues".to_owned(),
            Self::Incidents { limit: MOST } => "/api/v4/incidents".to_owned(),
            Self::Issues { .. } | Self::Incidents { .. } => return None,
            Self::Issue(number) => format!("/api/v3/issues/{number}"),
            Self::Status4 => "/api/v4/current-status".to_owned(),
            Self::Incident(number) => format!("/api/v4/incidents/{number}"),
        })
    }

    /// True for a list whose address goes on to what is in it.
    pub fn has_more_below(self) -> bool {
        matches!(self, Self::Issues { .. } | Self::Incidents { .. })
    }
}
