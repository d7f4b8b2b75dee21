//! Load by `wrk`, and what it says.

use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

const SECONDS: &str = "6";
const CONNECTIONS: &str = "32";
/// Requests one after the other.
const ONE_BY_ONE: usize = 300;

/// What one run came to; times in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub rate: f64,
    pub half: f64,
    pub most: f64,
}

/// Asks for an address as often as it can.
pub fn load(shell: &Shell, url: &str, packing: &str) -> Result<Load> {
    let header = format!(
        "Accept-Encoding: {}",
        if packing.is_empty() {
            "identity"
        } else {
            packing
        }
    );
    let said = cmd!(
        shell,
        "taskset -c 1 wrk --latency -t 1 -c {CONNECTIONS} -d {SECONDS} -H {header} {url}"
    )
    .quiet()
    .read()?;
    ensure!(
        !said.contains("Non-2xx"),
        "{url} does not answer as it should:\n{said}"
    );
    let after = |word: &str| {
        said.lines()
            .find_map(|line| line.trim().strip_prefix(word))
            .map(|rest| rest.trim().to_owned())
            .with_context(|| format!("wrk says no {word}:\n{said}"))
    };
    Ok(Load {
        rate: after("Requests/sec:")?.parse()?,
        half: milliseconds(&after("50%")?)?,
        most: milliseconds(&after("99%")?)?,
    })
}

/// The same, in the background until it is dropped.
pub fn begin(url: &str) -> Result<Running> {
    let mut command = Command::new("wrk");
    command.args(["-t", "1", "-c", CONNECTIONS, "-d", "600", url]);
    let child = command.stdout(Stdio::null()).spawn()?;
    Ok(Running(child))
}

/// A child that ends with its owner.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// "1.23ms", "456.00us", "1.20s".
fn milliseconds(text: &str) -> Result<f64> {
    let (number, factor) = if let Some(number) = text.strip_suffix("us") {
        (number, 0.001)
    } else if let Some(number) = text.strip_suffix("ms") {
        (number, 1.0)
    } else {
        (text.trim_end_matches('s'), 1000.0)
    };
    Ok(number.trim().parse::<f64>()? * factor)
}

/// The middle one.
pub fn median(all: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = all.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The body of an answer.
pub fn body(shell: &Shell, url: &str, packing: &str) -> Result<Vec<u8>> {
    let header = format!("Accept-Encoding: {packing}");
    let output = cmd!(shell, "curl --silent --show-error --fail -H {header} {url}")
        .quiet()
        .output()?;
    Ok(output.stdout)
}

/// The bytes of an answer and of what its page loads: stylesheet and script.
pub fn weight(shell: &Shell, url: &str, packing: &str) -> Result<usize> {
    let page = body(shell, url, packing)?;
    let plain = String::from_utf8_lossy(&body(shell, url, "")?).into_owned();
    let host = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let mut all = page.len();
    for tag in plain.split('<').filter_map(|rest| rest.split('>').next()) {
        let loads = tag.starts_with("script ")
            || (tag.starts_with("link ") && tag.contains("rel=\"stylesheet\""));
        let address = [" href=\"", " src=\""]
            .iter()
            .find_map(|name| tag.split(name).nth(1)?.split('"').next());
        if let Some(address) = address.filter(|address| loads && address.starts_with('/')) {
            all += body(shell, &format!("{host}{address}"), packing)?.len();
        }
    }
    Ok(all)
}

/// How long an answer takes when one is asked for after the other: the middle and the slowest of a hundred, in milliseconds.
pub fn quickness(shell: &Shell, url: &str, token: &str) -> Result<(f64, f64)> {
    let list = shell.create_temp_dir()?;
    let config = list.path().join("curl");
    // A header counts for every address after it: once is enough, and three hundred would be refused.
    let head = format!("header = \"Authorization: Bearer {token}\"\n");
    let line = format!("url = \"{url}\"\noutput = \"/dev/null\"\n");
    std::fs::write(&config, head + &line.repeat(ONE_BY_ONE))?;
    let begun = Instant::now();
    let said = cmd!(
        shell,
        "curl --silent --fail -w '%{time_total}\n' --config {config}"
    )
    .quiet()
    .read()?;
    let mut times: Vec<f64> = said
        .lines()
        .filter_map(|line| line.trim().parse().ok())
        .collect();
    ensure!(
        times.len() >= ONE_BY_ONE,
        "only {} answers in {:?}",
        times.len(),
        begun.elapsed()
    );
    times.sort_by(f64::total_cmp);
    Ok((
        times[times.len() / 2] * 1000.0,
        times[times.len() * 99 / 100] * 1000.0,
    ))
}
