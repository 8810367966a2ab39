//! The host's process, serving the guest from a directory of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::client::{Response, post};

pub struct Host {
    pub address: String,
    process: Child,
    directory: PathBuf,
    options: Vec<String>,
}

impl Host {
    pub fn start(options: &[&str]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let directory =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("host-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("spin.toml"), MANIFEST.replace("@GUEST@", guest().to_str().unwrap()))
            .unwrap();
        Self::start_in(directory, options.iter().map(|option| option.to_string()).collect())
    }

    fn start_in(directory: PathBuf, options: Vec<String>) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_livery-spin-host"))
            .args(["up", "--listen", "127.0.0.1:0", "--quiet", "--from"])
            .arg(directory.join("spin.toml"))
            .arg("--state-dir")
            .arg(directory.join("state"))
            .args(&options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = lines.next().expect("the host did not start").unwrap();
        let address = address.strip_prefix("Serving http://").unwrap().to_owned();
        // The routes, up to the last.
        lines.find(|line| line.as_ref().unwrap().contains(":tenant")).unwrap().unwrap();
        lines.next().unwrap().unwrap();
        Self { address, process, directory, options }
    }

    pub fn post(&self, path: &str, body: &str) -> Response {
        post(&self.address, path, body)
    }

    pub fn log(&self, name: &str) -> String {
        std::fs::read_to_string(self.directory.join("state/logs").join(name)).unwrap()
    }

    pub fn killed_and_started_again(mut self) -> Self {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        Self::start_in(std::mem::take(&mut self.directory), std::mem::take(&mut self.options))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if !self.directory.as_os_str().is_empty() {
            let _ = std::fs::remove_dir_all(&self.directory);
        }
    }
}

/// Built once for all tests, into the target folder.
fn guest() -> &'static Path {
    static GUEST: OnceLock<PathBuf> = OnceLock::new();
    GUEST.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guest");
        let built = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--locked",
                "--release",
                "--target",
                "wasm32-wasip2",
                "--manifest-path",
            ])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("guest/Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .status()
            .unwrap();
        assert!(built.success(), "the guest does not build: rustup target add wasm32-wasip2");
        target.join("wasm32-wasip2/release/spin_host_guest.wasm")
    })
}

const MANIFEST: &str = r#"
spin_manifest_version = 2

[application]
name = "spin-host-guest"

[variables]
greeting = { default = "hello" }
port = { default = "1" }

[[trigger.http]]
route = "/..."
component = "guest"

[[trigger.http]]
route = "/t/:tenant/..."
component = "guest"

[component.guest]
source = "@GUEST@"
allowed_outbound_hosts = ["http://127.0.0.1:{{ port }}", "postgres://127.0.0.1:{{ port }}"]
key_value_stores = ["default"]
sqlite_databases = ["default"]

[component.guest.variables]
greeting = "{{ greeting }}, world"
"#;
