//! The fixed words of the wire for the OpenAPI document, taken from the domain's own lists. These types only describe; the
//! domain's types are what is read and written.

use domain::directory::AccountRole;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($name:ident of $domain:ty: $about:literal;)*) => {$(
        #[doc = $about]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($about))
                    .enum_values(Some(<$domain>::ALL.map(<$domain>::as_str)))
                    .into()
            }
        }

        impl ToSchema for $name {}
    )*};
}

words! {
    Severity of domain::Severity: "How bad it is: sev1 most cannot work, sev2 many affected, sev3 some affected, sev4 nobody yet, unset not said yet.";
    Kind of domain::Kind: "Live; a drill, which never reaches customers; or backfilled, recorded afterwards.";
    Phase of domain::Phase: "Where it stands.";
    Confidence of domain::Confidence: "How sure the hypothesis is.";
    PublicState of domain::PublicState: "Where it stands for customers; update is a word without a change of state.";
    ComponentStatus of domain::ComponentStatus: "How a component does.";
    Impact of domain::Impact: "How bad it is for customers.";
    Account of AccountRole: "What an account may do.";
}
