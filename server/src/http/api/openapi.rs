//! The OpenAPI document, gathered from the handlers. What holds for every call is added here once, so that no handler can
//! forget it.

use super::problem::{PROBLEM_JSON, Problem};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{OpenApi, ToSchema};

/// What stands at the head of the document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Muster",
        version = "1",
        description = "Incidents, their sitreps and what customers are told. Times are RFC 3339 in UTC. Errors are problem+json \
                       (RFC 9457) with words for people in `detail`. Lists are read on with `meta.next_cursor`."
    ),
    servers((url = "/api/v1")),
    tags(
        (name = "Incidents", description = "Declare, look, change, end."),
        (name = "Roles", description = "Who does what."),
        (name = "Updates", description = "The one form: the sitrep and the word to customers."),
        (name = "Sitreps", description = "The log of situation reports."),
        (name = "Timeline", description = "What happened, and what people add to it."),
        (name = "Redaction", description = "Blanking what must not stand there."),
        (name = "People", description = "Accounts."),
        (name = "Components", description = "What customers know by name."),
        (name = "Settings", description = "What holds for the whole house.")
    ),
    components(schemas(Problem))
)]
struct Head;

/// The document before its calls.
pub fn head() -> utoipa::openapi::OpenApi {
    Head::openapi()
}

/// Adds to every call what holds for all.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    let components = document.components.get_or_insert_default();
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components
        .security_schemes
        .insert("token".to_owned(), bearer.into());
    document.security = Some(vec![SecurityRequirement::new("token", [] as [&str; 0])]);
    for (path, item) in &mut document.paths.paths {
        let of_incident = path.starts_with("/incidents/{number}");
        let PathItem {
            get,
            put,
            post,
            patch,
            delete,
            ..
        } = item;
        for (operation, changes) in [
            (get, false),
            (put, true),
            (post, true),
            (patch, true),
            (delete, true),
        ] {
            if let Some(operation) = operation {
                // Looking for a text changes nothing.
                let expects = changes && of_incident && !path.ends_with("/search");
                add(operation, changes, expects);
            }
        }
    }
}

fn add(operation: &mut Operation, changes: bool, expects_version: bool) {
    let parameters = operation.parameters.get_or_insert_default();
    if changes {
        parameters.push(header(
            "Idempotency-Key",
            "A request that comes twice with the same key happens once and is answered the same, with `Idempotency-Replayed: true`; also when the first answer was lost or its process was killed. Send it again until it is answered.",
        ));
    }
    if expects_version {
        parameters.push(header(
            "If-Match",
            "The version, as the ETag shows it: otherwise 412 with what happened since.",
        ));
    }
    let responses = &mut operation.responses.responses;
    if expects_version {
        for (_, response) in responses.iter_mut() {
            if let RefOr::T(response) = response {
                let version = HeaderBuilder::new()
                    .description(Some("The incident's version after it."))
                    .build();
                response.headers.insert("ETag".to_owned(), version.into());
            }
        }
        responses.insert(
            "412".to_owned(),
            problem("Something happened since; `incident` and `events` say what.").into(),
        );
    }
    responses.insert("401".to_owned(), problem("No token that works.").into());
    responses.insert(
        "403".to_owned(),
        problem("The token or its person may not.").into(),
    );
    responses.insert(
        "default".to_owned(),
        problem("It was not carried out; `detail` says why.").into(),
    );
}

fn header(name: &str, about: &str) -> RefOr<Parameter> {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
        .into()
}

fn problem(about: &str) -> Response {
    let schema = Ref::from_schema_name(Problem::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(about)
        .content(PROBLEM_JSON, content)
        .build()
}
