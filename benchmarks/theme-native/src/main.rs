//! Compiles on this machine, and says how long that took: one command a line in, one JSON object a line out.
//!
//! * `default` gives the draft of a new tenant: `draft`;
//! * `load FILE` reads a draft;
//! * `livery N`, `lightningcss N`, `parse_and_print N` compile it `N` times: `cpu` in microseconds for one of them, `bytes` of the result;
//! * `print` gives the stylesheet of Livery: `css`;
//! * `accepts FILE` says of each sheet in a JSON list whether Livery accepts it as custom CSS: `accepted`.

mod alone;
mod publish;

use alone::{minified, parsed_and_printed};
use livery_domain::brand::theme::Theme;
use serde_json::{Value as Json, json};
use std::{
    fs,
    io::{self, BufRead, Write},
    time::{Duration, Instant},
};

/// What can go wrong: reported to the calling process, which ends then.
type Answer = Result<Json, String>;

#[derive(Default)]
struct Room {
    theme: Theme,
    /// Its custom CSS after its tokens as custom properties: the input of a compiler without checks.
    sheet: String,
}

fn main() -> io::Result<()> {
    let mut room = Room::default();
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = room.answer(command, argument).unwrap_or_else(|fault| json!({ "fault": fault }));
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

impl Room {
    fn answer(&mut self, command: &str, argument: &str) -> Answer {
        match command {
            "default" => Ok(json!({ "draft": Theme::default().to_value() })),
            "load" => self.load(argument),
            "livery" => timed(argument, || publish::compiled(&self.theme)),
            "lightningcss" => timed(argument, || minified(&self.sheet)),
            "parse_and_print" => timed(argument, || parsed_and_printed(&self.sheet)),
            "print" => Ok(json!({ "css": publish::compiled(&self.theme)? })),
            "accepts" => accepts(argument),
            unknown => Err(format!("no command {unknown}")),
        }
    }

    fn load(&mut self, path: &str) -> Answer {
        self.theme = publish::read(&fs::read_to_string(path).map_err(|fault| fault.to_string())?)?;
        let tokens = publish::compiled(&Theme { custom_css: String::new(), ..self.theme.clone() })?;
        self.sheet = format!("{tokens}\n{}", self.theme.custom_css);
        Ok(json!({ "bytes": self.theme.custom_css.len() }))
    }
}

fn accepts(path: &str) -> Answer {
    let text = fs::read_to_string(path).map_err(|fault| fault.to_string())?;
    let sheets: Vec<String> = serde_json::from_str(&text).map_err(|fault| fault.to_string())?;
    let accepted: Vec<bool> =
        sheets.iter().map(|css| livery_theme::compile_custom_css(css).is_ok()).collect();
    Ok(json!({ "accepted": accepted }))
}

fn timed(times: &str, work: impl Fn() -> Result<String, String>) -> Answer {
    let times: u32 = times.parse().map_err(|_| "how often?".to_owned())?;
    let mut bytes = 0;
    let (from, cpu_from) = (Instant::now(), cpu());
    for _ in 0..times {
        bytes = std::hint::black_box(work()?).len();
    }
    let each = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(times.max(1));
    Ok(json!({ "cpu": each(cpu().saturating_sub(cpu_from)), "wall": each(from.elapsed()), "bytes": bytes }))
}

/// CPU time of this thread so far, which does all the work.
fn cpu() -> Duration {
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(schedule.split(' ').next().and_then(|spent| spent.parse().ok()).unwrap_or(0))
}
