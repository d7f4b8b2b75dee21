//! The messages that pages ask for. A message that nobody asks for is a variant that is never made, which the compiler sees;
//! that every one is in every language, a test sees.

/// Declares the keys with their names in the files.
macro_rules! keys {
    ($($variant:ident => $name:literal,)+) => {
        /// One message in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(in crate::http::status) enum Key {
            $(
                #[doc = concat!("`", $name, "`.")]
                $variant,
            )+
        }

        impl Key {
            /// The names of all. Not the keys themselves: making them here would hide those that nobody asks for.
            #[cfg(test)]
            pub const NAMES: &[&str] = &[$($name),+];

            /// Its name in the files.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

keys! {
    // The document around every page.
    SiteNobody => "site-nobody",
    Site => "site",
    SiteWord => "site-word",
    PageTitle => "page-title",
    Skip => "skip",
    Pages => "pages",
    Languages => "languages",
    Footer => "footer",
    AboutPage => "about-page",
    // What the script says.
    YourTime => "your-time",
    Updated => "updated",
    NotRenewed => "not-renewed",
    // Times.
    DateLong => "date-long",
    DateClock => "date-clock",
    DateWeek => "date-week",
    DateDay => "date-day",
    DateYear => "date-year",
    DateMonth => "date-month",
    DayClock => "day-clock",
    YearClock => "year-clock",
    WeekClock => "week-clock",
    Zoned => "zoned",
    LengthNone => "length-none",
    LengthMinutes => "length-minutes",
    LengthHours => "length-hours",
    LengthBoth => "length-both",
    LengthDays => "length-days",
    Percent => "percent",
    PercentWhole => "percent-whole",
    // Lists of names.
    ListComma => "list-comma",
    ListAnd => "list-and",
    // How components do.
    Working => "working",
    Maintenance => "maintenance",
    Slow => "slow",
    PartlyDown => "partly-down",
    Down => "down",
    NameAndState => "name-and-state",
    AllWorking => "all-working",
    OnAnIncident => "on-an-incident",
    AllMaintenance => "all-maintenance",
    SomeMaintenance => "some-maintenance",
    ManyMaintenance => "many-maintenance",
    AllSlow => "all-slow",
    SomeSlow => "some-slow",
    ManySlow => "many-slow",
    AllPartlyDown => "all-partly-down",
    SomePartlyDown => "some-partly-down",
    ManyPartlyDown => "many-partly-down",
    AllDown => "all-down",
    SomeDown => "some-down",
    ManyDown => "many-down",
    // Incidents.
    Investigating => "investigating",
    Identified => "identified",
    Monitoring => "monitoring",
    Resolved => "resolved",
    Update => "update",
    ImpactMinor => "impact-minor",
    ImpactMajor => "impact-major",
    ImpactCritical => "impact-critical",
    IncidentWith => "incident-with",
    IncidentNameless => "incident-nameless",
    NextUpdate => "next-update",
    NextUpdateMissed => "next-update-missed",
    NextUpdateLate => "next-update-late",
    NextUpdateNone => "next-update-none",
    StateSince => "state-since",
    ResolvedAfter => "resolved-after",
    Over => "over",
    Still => "still",
    Outcome => "outcome",
    OutcomeWithImpact => "outcome-with-impact",
    Sentence => "sentence",
    // Planned maintenance.
    Planned => "planned",
    PlannedScheduled => "planned-scheduled",
    PlannedInProgress => "planned-in-progress",
    PlannedVerifying => "planned-verifying",
    PlannedCompleted => "planned-completed",
    PlannedCancelled => "planned-cancelled",
    PlannedBegun => "planned-begun",
    PlannedDone => "planned-done",
    Window => "window",
    WindowState => "window-state",
    WindowLate => "window-late",
    WindowNotBegun => "window-not-begun",
    // Every page.
    AsOf => "as-of",
    Reload => "reload",
    AsOfOld => "as-of-old",
    AllComponents => "all-components",
    Follow => "follow",
    // On other sites.
    Close => "close",
    StateAndMore => "state-and-more",
    Calendar => "calendar",
    // The front page.
    PastIncidents => "past-incidents",
    PastIncidentsSpan => "past-incidents-span",
    NoIncidents => "no-incidents",
    AllIncidents => "all-incidents",
    AllUpdates => "all-updates",
    Components => "components",
    // The history.
    History => "history",
    HistoryOf => "history-of",
    Months => "months",
    NoIncidentsIn => "no-incidents-in",
    // The page of an incident.
    Updates => "updates",
    UpdatesOrder => "updates-order",
    NoUpdates => "no-updates",
    FromTo => "from-to",
    FromOnly => "from-only",
    ToOnly => "to-only",
    WhenUnknown => "when-unknown",
    Affected => "affected",
    Component => "component",
    Now => "now",
    Since => "since",
    AtWorst => "at-worst",
    KeptOne => "kept-one",
    KeptOneNot => "kept-one-not",
    KeptTwo => "kept-two",
    KeptTwoOne => "kept-two-one",
    KeptTwoNone => "kept-two-none",
    KeptAll => "kept-all",
    KeptSome => "kept-some",
    KeptNone => "kept-none",
    // The page of a component.
    LastDays => "last-days",
    DaysOf => "days-of",
    NoBadDays => "no-bad-days",
    DayUnknown => "day-unknown",
    DayWorking => "day-working",
    DayMaintenance => "day-maintenance",
    DaySlow => "day-slow",
    DayPartlyDown => "day-partly-down",
    DayDown => "day-down",
    DayIncidents => "day-incidents",
    Uptime => "uptime",
    UptimeNew => "uptime-new",
    UptimeUnknown => "uptime-unknown",
    UptimeOf => "uptime-of",
    UptimeHow => "uptime-how",
    UptimeUncounted => "uptime-uncounted",
    UptimeTake => "uptime-take",
    Incident => "incident",
    ItWas => "it-was",
    ItLasted => "it-lasted",
    Share => "share",
    OnDay => "on-day",
    // Where nothing is, and when nothing can be read.
    Missing => "missing",
    MissingHeading => "missing-heading",
    MissingWhy => "missing-why",
    MissingWays => "missing-ways",
    MissingFront => "missing-front",
    MissingHistory => "missing-history",
    NowhereHeading => "nowhere-heading",
    NowhereWhy => "nowhere-why",
    NowhereWays => "nowhere-ways",
    Unreadable => "unreadable",
    UnreadableHeading => "unreadable-heading",
    UnreadableWhy => "unreadable-why",
}
