//! The public side: what customers see, what they must never see, and what comes in from other systems.

mod age;
mod bucket;
mod embed;
mod every;
mod export;
mod follow;
mod hosts;
mod import;
mod import_real;
mod languages;
mod leak;
mod live;
mod look;
mod maintenance;
mod meta;
mod pages;
mod s3;
mod site;
mod statuspage;
mod statuspage_api;
mod tools;
mod trouble;
mod uptime;
