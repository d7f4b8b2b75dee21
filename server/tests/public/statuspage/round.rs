//! What comes in from a Statuspage goes out again as it was: every capture against our own API, key by key in its order.

use super::import;
use super::real::{named, place};
use crate::site::Site;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// JSON with its keys in the order in which they came.
#[derive(Debug, Clone, PartialEq)]
enum Ordered {
    Plain(String),
    List(Vec<Ordered>),
    Object(Vec<(String, Ordered)>),
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Ordered;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Ordered, E> {
                Ok(Ordered::Plain(value.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Ordered, E> {
                Ok(Ordered::Plain(value.to_string()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Ordered, E> {
                Ok(Ordered::Plain(format!("{value:?}")))
            }
            fn visit_unit<E>(self) -> Result<Ordered, E> {
                Ok(Ordered::Plain("null".to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Ordered, A::Error> {
                let mut list = Vec::new();
                while let Some(one) = seq.next_element()? {
                    list.push(one);
                }
                Ok(Ordered::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut object = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    object.push(entry);
                }
                Ok(Ordered::Object(object))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl Ordered {
    fn keys(&self) -> Vec<&str> {
        match self {
            Self::Object(entries) => entries.iter().map(|(key, _)| key.as_str()).collect(),
            Self::Plain(_) | Self::List(_) => Vec::new(),
        }
    }

    fn get(&self, wanted: &str) -> Option<&Ordered> {
        match self {
            Self::Object(entries) => entries
                .iter()
                .find_map(|(key, value)| (key == wanted).then_some(value)),
            Self::Plain(_) | Self::List(_) => None,
        }
    }

    fn list(&self) -> &[Ordered] {
        match self {
            Self::List(list) => list,
            Self::Plain(_) | Self::Object(_) => &[],
        }
    }

    /// The rows of a list by their ids; the order of rows with one position is not Statuspage's to promise.
    fn by_id(&self) -> BTreeMap<String, &Ordered> {
        let id = |row: &Ordered| match row.get("id").or_else(|| row.get("code")) {
            Some(Self::Plain(id)) => id.clone(),
            _ => String::new(),
        };
        self.list().iter().map(|row| (id(row), row)).collect()
    }
}

/// Compares what the source has with what we say; `ours` are the keys whose values are our own.
fn same(path: &str, source: &Ordered, told: &Ordered, ours: &[&str]) {
    match source {
        Ordered::Object(entries) => {
            // Captures of 2020 lack `start_date`; what came later we have everywhere.
            let keys: Vec<&str> = told.keys();
            let expected = source.keys();
            let known = keys
                .iter()
                .filter(|key| expected.contains(key) || **key != "start_date");
            assert_eq!(known.copied().collect::<Vec<_>>(), expected, "{path}");
            for (key, value) in entries
                .iter()
                .filter(|(key, _)| !ours.contains(&key.as_str()))
            {
                let told = told.get(key).unwrap_or_else(|| panic!("{path}.{key}"));
                same(&format!("{path}.{key}"), value, told, ours);
            }
        }
        Ordered::List(rows) if rows.iter().any(|row| !row.keys().is_empty()) => {
            let (source, told) = (source.by_id(), told.by_id());
            let ids = |rows: &BTreeMap<String, &Ordered>| rows.keys().cloned().collect::<Vec<_>>();
            assert_eq!(ids(&told), ids(&source), "{path}");
            for (id, row) in source {
                same(&format!("{path}[{id}]"), row, told[&id], ours);
            }
        }
        Ordered::List(rows) => {
            let sorted = |list: &[Ordered]| {
                let mut list: Vec<String> = list.iter().map(|one| format!("{one:?}")).collect();
                list.sort();
                list
            };
            assert_eq!(sorted(told.list()), sorted(rows), "{path}");
        }
        // A house's name has no two spaces in a row; one source has them.
        Ordered::Plain(text) if path.ends_with("page.name") => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(*told, Ordered::Plain(text), "{path}");
        }
        Ordered::Plain(_) => assert_eq!(told, source, "{path}"),
    }
}

/// Where our page is, and when it last changed, is not where and when theirs did.
const OURS: [&str; 3] = ["url", "updated_at", "shortlink"];

#[cfg_attr(
    not(real_data),
    ignore = "there is no real data: set MUSTER_REAL_DATA to its folder"
)]
#[tokio::test]
async fn every_capture_comes_back() {
    let folder = place("statuspage-v2");
    let files = std::fs::read_dir(&folder).expect("the real data can be read");
    let mut count = 0;
    for file in files {
        let path = file.expect("a file").path();
        let source = std::fs::read_to_string(&path).expect("the real data can be read");
        let source: Ordered = serde_json::from_str(&source).expect("JSON");
        let site = Site::new().await;
        import(&site, &named(&path)).await;
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let document = if source.get("status").is_some() {
            "summary.json"
        } else {
            "components.json"
        };
        let told = site.get(&format!("/api/v2/{document}")).await;
        let told: Ordered = serde_json::from_str(&told.html).expect("JSON");
        assert_eq!(told.keys(), source.keys(), "{name}");
        for (key, ours) in [
            ("page", &OURS[..]),
            ("components", &[]),
            ("status", &[]),
            ("incidents", &OURS[2..]),
        ] {
            if let Some(part) = source.get(key) {
                let told = told.get(key).unwrap_or_else(|| panic!("{name}: {key}"));
                same(&format!("{name}: {key}"), part, told, ours);
            }
        }
        count += 1;
    }
    assert_eq!(count, 23);
}
