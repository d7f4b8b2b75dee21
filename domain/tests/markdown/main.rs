//! Markdown: what the marks become, what hostile texts do not become, and what holds for any text.

mod any;
mod marks;
mod nodes;
mod safety;
