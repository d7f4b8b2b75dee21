//! Where documents are: at the root of the page's host, and below the page.

use super::{Code, Doc, Filter, Format, Heroku, MOST, Planned};
use domain::Number;

/// Where calendars subscribe.
const CALENDAR: &str = "/calendar.ics";

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Rss => "RSS",
            Self::Json => "JSON",
        }
    }

    /// What an answer says that it is.
    pub fn media(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }

    /// The address of the feed of an incident, below the page.
    pub fn of_incident(self, number: Number) -> String {
        format!("/incidents/{number}{}", self.address())
    }

    /// Its address, behind whatever it is a feed of.
    pub fn address(self) -> &'static str {
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
            Self::Feed(format, filter) => filter.address(format.address())?,
            Self::Updates(format, number) => format.of_incident(number),
            Self::Calendar(filter) => filter.address(CALENDAR)?,
            Self::Heroku(heroku) => heroku.address()?,
            Self::Text => "/status.txt".to_owned(),
            Self::Llms => "/llms.txt".to_owned(),
            Self::Badge(None) => "/badge.svg".to_owned(),
            Self::Badge(Some(code)) => format!("/badge/{}.svg", code.text()),
        })
    }

    /// True for what is about one thing on the page and stands beside its page: tools come there by a link, never by the host.
    pub fn is_beside_page(self) -> bool {
        match self {
            Self::Feed(_, filter) | Self::Calendar(filter) => filter.component.is_some(),
            Self::Updates(..) => true,
            _ => false,
        }
    }

    /// The feeds of an incident.
    pub fn of_incident(number: Number) -> impl Iterator<Item = Self> {
        Format::ALL
            .map(|format| Self::Updates(format, number))
            .into_iter()
    }

    /// The feeds and the calendar of what a filter asks for.
    pub fn to_follow(filter: Filter) -> impl Iterator<Item = Self> {
        let feeds = Format::ALL.map(|format| Self::Feed(format, filter));
        feeds.into_iter().chain([Self::Calendar(filter)])
    }

    /// The badge at an address below `/badge/`.
    pub fn badge(file: &str) -> Option<Self> {
        let code = Code::read(file.strip_suffix(".svg")?)?;
        Some(Self::Badge(Some(code)))
    }

    /// The documents that every page has.
    pub fn common() -> impl Iterator<Item = Self> {
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
            Self::Llms,
            Self::Badge(None),
        ]
        .into_iter()
        .chain(Self::to_follow(Filter::default()))
        .chain(heroku.map(Self::Heroku))
    }
}

impl Filter {
    /// Of one component. The other filters there are without end.
    pub fn of_component(code: Code) -> Self {
        Self {
            component: Some(code),
            ..Self::default()
        }
    }

    /// Where the document called `name` is that holds what it asks for; nothing for what needs a question.
    fn address(&self, name: &str) -> Option<String> {
        if *self == Self::default() {
            return Some(name.to_owned());
        }
        let code = self.only_component()?;
        Some(format!("/components/{}{name}", code.text()))
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
