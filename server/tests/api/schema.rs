//! Holds every answer against the OpenAPI document: as much of JSON Schema as the document uses, and stricter in one thing:
//! a field that the document does not name is an error.

use crate::app::Reply;
use http::Method;
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// The document.
pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(server::http::api::document()).expect("a document"));

/// The document's path for an address, such as `/incidents/{number}` for `/incidents/1`.
pub fn template(path: &str) -> Option<&'static String> {
    let path = path.split('?').next().unwrap_or_default();
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    let fits = |template: &&String| {
        let (mut names, mut values) = (template.split('/'), path.split('/'));
        let all = names
            .by_ref()
            .zip(values.by_ref())
            .all(|(name, value)| name == value || (name.starts_with('{') && !value.is_empty()));
        all && template.split('/').count() == path.split('/').count()
    };
    paths.keys().find(fits)
}

/// Fails when an answer is not what the document says.
pub fn check(method: &Method, path: &str, reply: &Reply) {
    if path == "/openapi.json" {
        return;
    }
    let kind = reply.header("content-type");
    let expected = if reply.status < 400 {
        "application/json"
    } else {
        "application/problem+json"
    };
    assert_eq!(kind, expected, "{method} {path}: {}", reply.text);
    let problem = || &DOCUMENT["components"]["schemas"]["Problem"];
    let operation =
        template(path).map(|found| &DOCUMENT["paths"][found][method.as_str().to_lowercase()]);
    let schema = match operation.filter(|operation| !operation.is_null()) {
        // Calls that there are not have no place in the document.
        None => problem(),
        Some(operation) => {
            let responses = &operation["responses"];
            let response = responses.get(reply.status.to_string());
            let response = response.unwrap_or_else(|| {
                assert!(
                    reply.status >= 400,
                    "{method} {path}: {} is not documented",
                    reply.status
                );
                &responses["default"]
            });
            &response["content"][expected]["schema"]
        }
    };
    assert!(
        !schema.is_null(),
        "{method} {path}: {} has no schema",
        reply.status
    );
    if let Err(wrong) = valid(schema, &reply.json()) {
        panic!("{method} {path} {}: {wrong}\n{}", reply.status, reply.text);
    }
    if reply.status >= 400 {
        assert_eq!(reply.json()["status"], reply.status, "{}", reply.text);
    }
}

fn resolved(schema: &Value) -> &Value {
    match schema["$ref"].as_str() {
        Some(name) => {
            let name = name.rsplit('/').next().unwrap_or_default();
            let found = &DOCUMENT["components"]["schemas"][name];
            assert!(found.is_object(), "{name} is not in the document");
            resolved(found)
        }
        None => schema,
    }
}

/// Says where a value is not what a schema takes.
pub fn valid(schema: &Value, value: &Value) -> Result<(), String> {
    let schema = resolved(schema);
    if let Some(choices) = schema["oneOf"].as_array() {
        let wrong: Vec<String> = choices
            .iter()
            .filter_map(|one| valid(one, value).err())
            .collect();
        return if wrong.len() < choices.len() {
            Ok(())
        } else {
            Err(wrong.join(" / "))
        };
    }
    if let Some(all) = schema["allOf"].as_array() {
        if value.is_object() {
            return object(&parts(schema), value);
        }
        return all.iter().try_for_each(|one| valid(one, value));
    }
    is_of_type(schema, value)?;
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return Err(format!("{value} is none of {words:?}"));
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for one in values {
            valid(items, one)?;
        }
    }
    if schema["properties"].is_object() && value.is_object() {
        return object(&parts(schema), value);
    }
    Ok(())
}

/// The objects that a schema is put together from.
fn parts(schema: &Value) -> Vec<&Value> {
    let schema = resolved(schema);
    match schema["allOf"].as_array() {
        Some(all) => all.iter().flat_map(parts).collect(),
        None => vec![schema],
    }
}

fn object(parts: &[&Value], value: &Value) -> Result<(), String> {
    let fields: &Map<String, Value> = value.as_object().ok_or("not an object")?;
    let required = parts
        .iter()
        .filter_map(|part| part["required"].as_array())
        .flatten();
    for name in required.filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            return Err(format!("{name} is missing"));
        }
    }
    for (name, one) in fields {
        let schema = parts.iter().find_map(|part| part["properties"].get(name));
        let schema = schema.ok_or_else(|| format!("{name} is not in the document"))?;
        valid(schema, one).map_err(|wrong| format!("{name}: {wrong}"))?;
    }
    Ok(())
}

fn is_of_type(schema: &Value, value: &Value) -> Result<(), String> {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    };
    let fits = match &schema["type"] {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    };
    if !fits {
        return Err(format!("{value} is not of type {}", schema["type"]));
    }
    if schema["format"] == "date-time"
        && let Some(text) = value.as_str()
        && !(text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok())
    {
        return Err(format!("{text} is not a time in UTC"));
    }
    Ok(())
}
