//! What we are compared with: nginx with the exported files, and Vigil, a status page in Rust.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;
use xshell::{Shell, cmd};

use super::load::Running;
use super::served::{port, wait};
use crate::workspace;

const VIGIL: &str = "1.29.0";

/// The others, while they run.
pub struct Rivals {
    /// Where nginx is.
    pub nginx: String,
    /// Where Vigil is.
    pub vigil: String,
    _nginx: Running,
    vigil_process: Running,
}

impl Rivals {
    /// Vigil's resident memory in kB.
    pub fn memory(&self) -> Result<u64> {
        super::resident(self.vigil_process.0.id())
    }
}

/// The folder that Vigil was installed into, from crates.io.
pub fn vigil_program(shell: &Shell) -> Result<PathBuf> {
    let root = workspace::target().join("bench");
    if !root.join("bin/vigil").exists() {
        eprintln!("Installing vigil-server {VIGIL}: the public page is compared with it.");
        let (target, flags) = (root.join("target"), "");
        cmd!(
            shell,
            "cargo install vigil-server --version {VIGIL} --locked --root {root}"
        )
        .env("CARGO_TARGET_DIR", target)
        // Ours are for our own crates.
        .env("RUSTFLAGS", flags)
        .run()?;
    }
    Ok(root.join("bin/vigil"))
}

/// Starts both, each with one processor of its own.
pub fn start(place: &Path, files: &Path, vigil: &Path) -> Result<Rivals> {
    let shell = Shell::new()?;
    let (web, other) = (port()?, port()?);
    let nginx = place.join("nginx");
    fs::create_dir_all(&nginx)?;
    let config = nginx.join("nginx.conf");
    fs::write(&config, nginx_config(web, files, &nginx))?;
    // Packed beforehand, as ours are.
    cmd!(shell, "gzip -9 --keep --force --recursive {files}")
        .quiet()
        .run()?;
    let mut command = Command::new("taskset");
    command
        .args(["-c", "0", "nginx", "-c"])
        .arg(&config)
        .arg("-p")
        .arg(&nginx);
    let nginx_process = Running(command.stderr(Stdio::null()).spawn()?);

    let folder = place.join("vigil");
    fs::create_dir_all(&folder)?;
    let assets = vigil_assets()?;
    let config = folder.join("config.cfg");
    fs::write(&config, vigil_config(other, &assets))?;
    let mut command = Command::new("taskset");
    command
        .args(["-c", "0"])
        .arg(vigil)
        .arg("-c")
        .arg(&config)
        .current_dir(&folder);
    let vigil_process = Running(
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
    );

    let (nginx, vigil) = (
        format!("http://127.0.0.1:{web}"),
        format!("http://127.0.0.1:{other}"),
    );
    wait(&shell, &format!("{nginx}/status/"))?;
    wait(&shell, &format!("{vigil}/"))?;
    Ok(Rivals {
        nginx,
        vigil,
        _nginx: nginx_process,
        vigil_process,
    })
}

fn nginx_config(port: u16, files: &Path, own: &Path) -> String {
    let (files, own) = (files.display(), own.display());
    format!(
        "daemon off; master_process off; pid {own}/pid; error_log {own}/error.log;\n\
         events {{ worker_connections 4096; }}\n\
         http {{ include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static on;\n\
         open_file_cache max=2000;\n\
         server {{ listen 127.0.0.1:{port}; root {files}; add_header Cache-Control \"public, max-age=10\"; }} }}\n"
    )
}

/// Vigil's templates lie beside its source, which cargo keeps.
fn vigil_assets() -> Result<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let sources = home.unwrap_or_default().join("registry/src");
    for registry in fs::read_dir(sources)? {
        let assets = registry?
            .path()
            .join(format!("vigil-server-{VIGIL}/res/assets"));
        if assets.exists() {
            return Ok(assets);
        }
    }
    anyhow::bail!("the templates of vigil-server {VIGIL} are not among cargo's sources")
}

/// Nothing is asked of the network: two nodes that report by themselves and have not yet.
fn vigil_config(port: u16, assets: &Path) -> String {
    let assets = assets.display();
    format!(
        r##"[server]
log_level = "error"
inet = "127.0.0.1:{port}"
workers = 1
manager_token = "bench"
reporter_token = "bench"
[assets]
path = "{assets}/"
[branding]
page_title = "Status"
page_url = "http://127.0.0.1/status"
company_name = "Bench"
icon_color = "#1972f5"
icon_url = "http://127.0.0.1/icon.png"
logo_color = "#1972f5"
logo_url = "http://127.0.0.1/logo.svg"
website_url = "http://127.0.0.1/"
support_url = "http://127.0.0.1/"
custom_html = ""
[metrics]
poll_interval = 3600
poll_retry = 2
poll_http_status_healthy_above = 200
poll_http_status_healthy_below = 400
poll_delay_dead = 10
poll_delay_sick = 5
push_delay_dead = 20
push_system_cpu_sick_above = 0.90
push_system_ram_sick_above = 0.90
script_interval = 300
local_delay_dead = 40
[plugins]
[notify]
startup_notification = false
reminder_interval = 300
[probe]
[[probe.service]]
id = "web"
label = "Web nodes"
[[probe.service.node]]
id = "api"
label = "API"
mode = "push"
[[probe.service.node]]
id = "site"
label = "Site"
mode = "push"
"##
    )
}
