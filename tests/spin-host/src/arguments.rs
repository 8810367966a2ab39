//! The command line: the options of `spin up` that our scripts use, with the same names.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::worker::Reuse;

pub const USAGE: &str = "\
usage: livery-spin-host up [--from spin.toml] [--listen 127.0.0.1:3000] [--state-dir .spin]
                           [--variable name=value]... [--quiet]
                           [--max-instance-reuse-count 1] [--max-instance-concurrent-reuse-count 16]";

#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    pub manifest: PathBuf,
    pub listen: SocketAddr,
    /// Where databases and logs live; `.spin` beside the manifest when not given, as with Spin.
    pub state_dir: Option<PathBuf>,
    pub variables: Vec<(String, String)>,
    /// Components write to their log files only, not also to our own stderr.
    pub quiet: bool,
    /// Unlike Spin, which gives an instance 128 requests unless told otherwise, one.
    pub reuse: Reuse,
}

impl Arguments {
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments.into_iter();
        match arguments.next().as_deref() {
            Some("up") => {}
            Some(other) => return Err(format!("unknown command '{other}'\n{USAGE}")),
            None => return Err(USAGE.to_owned()),
        }
        let mut parsed = Self {
            manifest: PathBuf::from("spin.toml"),
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            state_dir: None,
            variables: Vec::new(),
            quiet: false,
            reuse: Reuse { requests: 1, at_once: 16 },
        };
        while let Some(argument) = arguments.next() {
            let (option, attached) = match argument.split_once('=') {
                Some((option, value)) if option.starts_with("--") => {
                    (option.to_owned(), Some(value.to_owned()))
                }
                _ => (argument, None),
            };
            if matches!(option.as_str(), "--quiet" | "-q") && attached.is_none() {
                parsed.quiet = true;
                continue;
            }
            if !OPTIONS_WITH_VALUE.contains(&option.as_str()) {
                return Err(format!("unknown option '{option}'\n{USAGE}"));
            }
            let value = attached
                .or_else(|| arguments.next())
                .ok_or_else(|| format!("option '{option}' needs a value\n{USAGE}"))?;
            parsed.set(&option, value)?;
        }
        Ok(parsed)
    }

    fn set(&mut self, option: &str, value: String) -> Result<(), String> {
        match option {
            "--listen" => {
                self.listen = value
                    .parse()
                    .map_err(|_| format!("--listen '{value}' is not an address such as 127.0.0.1:3000"))?;
            }
            "--state-dir" => self.state_dir = Some(PathBuf::from(value)),
            "--variable" => self.variables.push(variable(&value)?),
            "--max-instance-reuse-count" => self.reuse.requests = count(option, &value)?,
            "--max-instance-concurrent-reuse-count" => self.reuse.at_once = count(option, &value)?,
            _ => self.manifest = PathBuf::from(value),
        }
        Ok(())
    }
}

const OPTIONS_WITH_VALUE: [&str; 7] = [
    "--from",
    "-f",
    "--listen",
    "--state-dir",
    "--variable",
    "--max-instance-reuse-count",
    "--max-instance-concurrent-reuse-count",
];

/// Spin takes a range as well and picks a number from it; a test shall not depend on luck.
fn count(option: &str, value: &str) -> Result<usize, String> {
    let count = value.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| format!("{option} '{value}' is not a number above 0"))
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.starts_with('@') => {
            Ok((name.to_owned(), value.to_owned()))
        }
        // Spin reads a file here; which line ends it keeps is not known to us, so no guess.
        Some((name, value)) if !name.is_empty() => Err(format!(
            "--variable {name}={value}: values from files are not supported, use SPIN_VARIABLE_{}",
            name.to_uppercase()
        )),
        _ => Err(format!("--variable '{text}' is not of the form name=value")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_line_that_our_scripts_use_is_understood() {
        let parsed =
            parse("up --from a/spin.toml --listen 127.0.0.1:8123 --state-dir s --variable a=b=c --quiet")
                .unwrap();
        assert_eq!(parsed.manifest, PathBuf::from("a/spin.toml"));
        assert_eq!(parsed.listen.port(), 8123);
        assert_eq!(parsed.state_dir, Some(PathBuf::from("s")));
        assert_eq!(parsed.variables, [("a".to_owned(), "b=c".to_owned())]);
        assert!(parsed.quiet);
        assert_eq!(parsed.reuse.requests, 1);
    }

    #[test]
    fn a_value_may_be_attached_with_an_equals_sign() {
        assert_eq!(
            parse("up --listen=127.0.0.1:1 --variable=a=").unwrap().variables,
            [("a".to_owned(), String::new())]
        );
    }

    #[test]
    fn an_unknown_option_is_refused_by_its_name() {
        assert!(parse("up --env a=b").unwrap_err().contains("'--env'"));
        assert!(parse("up spin.toml").unwrap_err().contains("'spin.toml'"));
        assert!(parse("build").unwrap_err().contains("'build'"));
    }

    #[test]
    fn what_would_change_the_meaning_of_a_run_is_refused() {
        assert!(parse("up --variable a=@file").is_err());
        assert!(parse("up --max-instance-reuse-count 1..8").is_err());
        assert!(parse("up --listen").is_err());
    }
}
