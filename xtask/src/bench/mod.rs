//! `cargo xtask bench`: how fast the public side is, beside programs that others wrote, in one run on one machine. Figures of
//! different machines mean little; their ratios do.

mod load;
mod rivals;
mod served;
mod streams;

use std::fs;
use std::process::ExitCode;

use anyhow::{Result, bail};
use xshell::Shell;

use crate::build::{self, Profile};
use crate::steps::Steps;
use crate::{tools, workspace};
use load::{Load, median};
use served::Served;

/// So often each program is measured, in turns: a machine that grows slower meanwhile does so for all of them.
const ROUNDS: usize = 3;

/// Runs it. `words` may name what a child process of the benchmark is to be.
pub fn run(words: &[&str]) -> Result<ExitCode> {
    match words {
        [] => all()?,
        ["listen", url, count] => streams::listen(url, count.parse()?)?,
        ["bare"] => streams::bare()?,
        _ => bail!("`cargo xtask bench` takes no words"),
    }
    Ok(ExitCode::SUCCESS)
}

fn all() -> Result<()> {
    let shell = workspace::shell()?;
    let mut steps = Steps::new(build::STEPS + 4);
    build::run(&shell, &mut steps, Profile::Release)?;
    let folder = shell.create_temp_dir()?;
    let place = folder.path();
    let vigil = steps.step("Get nginx, wrk and vigil-server", || {
        tools::for_benchmarks(&shell)?;
        rivals::vigil_program(&shell)
    })?;
    let (muster, rivals) = steps.step("Start everything, with a past of two years", || {
        let muster = Served::start(place)?;
        let files = muster.export(place)?;
        let rivals = rivals::start(place, &files, &vigil)?;
        Ok((muster, rivals))
    })?;
    steps.step("Ask for the page, in turns", || {
        pages(&shell, &muster, &rivals)
    })?;
    drop(rivals);
    steps.step("Ten thousand streams", || streams::measure(&shell, &muster))?;
    steps.finish();
    Ok(())
}

/// The cached page, over connections that stay open, one processor for the server and one for the asking.
fn pages(shell: &Shell, muster: &Served, rivals: &rivals::Rivals) -> Result<()> {
    let targets = [
        ("nginx", format!("{}/status/", rivals.nginx), ""),
        ("muster", format!("{}/status", muster.public), ""),
        ("vigil", format!("{}/", rivals.vigil), ""),
        ("nginx, gzip", format!("{}/status/", rivals.nginx), "gzip"),
        ("muster, gzip", format!("{}/status", muster.public), "gzip"),
        (
            "nginx, summary.json",
            format!("{}/api/v2/summary.json", rivals.nginx),
            "",
        ),
        (
            "muster, summary.json",
            format!("{}/api/v2/summary.json", muster.public),
            "",
        ),
    ];
    let same = load::body(shell, &targets[0].1, "")? == load::body(shell, &targets[1].1, "")?;
    println!(
        "nginx and muster send the same bytes: {}",
        if same { "yes" } else { "no" }
    );
    let mut found: Vec<Vec<Load>> = vec![Vec::new(); targets.len()];
    for _ in 0..ROUNDS {
        for ((_, url, packing), loads) in targets.iter().zip(&mut found) {
            loads.push(load::load(shell, url, packing)?);
        }
    }
    println!("\n| | requests/s | p50 | p99 | bytes a visit |\n|---|---:|---:|---:|---:|");
    for ((name, url, packing), loads) in targets.iter().zip(&found) {
        let rate = median(loads.iter().map(|load| load.rate));
        let (half, most) = (
            median(loads.iter().map(|load| load.half)),
            median(loads.iter().map(|load| load.most)),
        );
        let bytes = load::weight(shell, url, packing)?;
        println!("| {name} | {rate:.0} | {half:.2} ms | {most:.2} ms | {bytes} |");
    }
    let rate = |at: usize| median(found[at].iter().map(|load| load.rate));
    println!("\nmuster / nginx: {:.2}", rate(1) / rate(0));
    println!("muster / nginx, gzip: {:.2}", rate(4) / rate(3));
    println!("muster / nginx, summary.json: {:.2}", rate(6) / rate(5));
    println!("muster / vigil: {:.2}", rate(1) / rate(2));
    println!(
        "resident memory: muster {} kB, vigil {} kB",
        muster.memory()?,
        rivals.memory()?
    );
    inside_under_load(shell, muster)
}

/// The war room's API with and without that load beside it.
fn inside_under_load(shell: &Shell, muster: &Served) -> Result<()> {
    let room = format!("{}/api/v1/incidents?limit=20", muster.inside);
    let quiet = load::quickness(shell, &room, &muster.token)?;
    let beside = load::begin(&format!("{}/status", muster.public))?;
    let busy = load::quickness(shell, &room, &muster.token)?;
    drop(beside);
    println!(
        "\na list of incidents, one after the other: p50 {:.1} ms, p99 {:.1} ms; with the public page under full load: p50 {:.1} ms, p99 {:.1} ms",
        quiet.0, quiet.1, busy.0, busy.1
    );
    Ok(())
}

/// Resident memory of a process in kB.
fn resident(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.unwrap_or_default().trim().trim_end_matches(" kB");
    Ok(words.trim().parse()?)
}
