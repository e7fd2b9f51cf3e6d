//! `parvis doctor`: what could go wrong, and what to do about it.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use parvis_instance::{
    keeping::{
        plan::{self, Every},
        store, work,
    },
    sender,
};
use parvis_kernel::{
    app::App,
    args, db, module,
    words::{Lang, Word},
};

use super::{CommandError, say};
use crate::{http::address, terminal, tls};

/// What `parvis doctor` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct DoctorArgs {}

/// A disk with less room than this is nearly full.
const LITTLE_ROOM: u64 = 1 << 30;
/// A backup older than this is old, when none is made by itself.
const OLD_BACKUP: TimeDelta = TimeDelta::days(7);
/// A certificate that ends this soon should have been renewed.
const FEW_DAYS: i64 = 14;
/// The first of January 2026: no clock that is right is before the program was written.
const WRITTEN: i64 = 1_767_225_600;
/// Two clocks further apart disagree: an answer takes less on its way.
const APART: TimeDelta = TimeDelta::seconds(10);
/// Where systemd-timesyncd lives while it runs; it makes a file there when a time server answered.
const TIMESYNC: &str = "/run/systemd/timesync";
/// A mail that is being sent for longer than this may have left or not.
const UNCERTAIN: TimeDelta = TimeDelta::minutes(10);

/// A line of the report.
#[derive(Debug, Clone)]
pub struct Line {
    /// Whether all is well there.
    pub ok: bool,
    /// What there is, and what to do about it.
    pub words: String,
}

/// The report, in one language.
struct Report<'a> {
    app: &'a App,
    lang: Lang,
    now: DateTime<Utc>,
    lines: Vec<Line>,
}

impl Report<'_> {
    fn add(&mut self, ok: bool, key: &str, args: &[(&str, &dyn Word)]) {
        let words = terminal::line_in(self.lang, &format!("doctor-{key}"), args);
        self.lines.push(Line { ok, words });
    }
}

/// Checks everything, prints one line each; the exit code is 1 when something needs attention.
///
/// # Errors
/// When the instance can't even be looked at.
pub async fn run(app: &Arc<App>, _: &DoctorArgs) -> Result<ExitCode, CommandError> {
    let lang = terminal::lang();
    let lines = lines(app, lang).await?;
    for line in &lines {
        let sign = terminal::line_in(lang, if line.ok { "doctor-sign-ok" } else { "doctor-sign-attention" }, &[]);
        say(format!("{sign:<10} {}", line.words));
    }
    let wrong = lines.iter().filter(|l| !l.ok).count();
    say(terminal::line_in(lang, "doctor-end", &[("n", &wrong)]));
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Checks everything.
///
/// # Errors
/// When the instance can't even be looked at.
pub async fn lines(app: &App, lang: Lang) -> Result<Vec<Line>, CommandError> {
    lines_on(app, lang, Path::new(TIMESYNC)).await
}

/// The same, with the folder in which systemd says whether a time server answered.
async fn lines_on(app: &App, lang: Lang, timesync: &Path) -> Result<Vec<Line>, CommandError> {
    let mut report = Report { app, lang, now: app.clock.now(), lines: Vec::new() };
    folder(&mut report);
    let free = free_bytes(&report.app.data_dir);
    disk(&mut report, free);
    certificate(&mut report);
    let sound = database(&mut report).await;
    match kept(&mut report, timesync).await {
        // Of a damaged database nothing else can be asked: the report says that, and what is beside it.
        Err(e) if sound => Err(e),
        _ => Ok(report.lines),
    }
}

/// What the database keeps.
async fn kept(report: &mut Report<'_>, timesync: &Path) -> Result<(), CommandError> {
    clock(report, timesync).await?;
    mail(report).await?;
    proxy(report).await?;
    backups(report).await?;
    jobs(report).await
}

fn folder(report: &mut Report<'_>) {
    let path = &report.app.data_dir;
    let place = path.display().to_string();
    if tempfile::tempfile_in(path).is_err() {
        report.add(false, "folder-read-only", &[("folder", &place)]);
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0);
        if open {
            report.add(false, "folder-open", &[("folder", &place)]);
            return;
        }
        if let Some(file) = foreign(path) {
            report.add(false, "folder-foreign", &[("folder", &place), ("file", &file)]);
            return;
        }
    }
    report.add(true, "folder", &[("folder", &place)]);
}

/// A file at the top of the folder, or of those in it, whose owner is not the folder's: a command was run under another
/// account, and the service may not write to what it made.
#[cfg(unix)]
fn foreign(folder: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let owner = fs::metadata(folder).ok()?.uid();
    let inside = |dir: &Path| fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect::<Vec<_>>();
    let top = inside(folder);
    let below: Vec<_> = top.iter().filter(|p| p.is_dir()).flat_map(|p| inside(p)).collect();
    let others = |p: &&std::path::PathBuf| fs::symlink_metadata(p).is_ok_and(|m| m.uid() != owner);
    top.iter().chain(&below).find(others).map(|p| p.display().to_string())
}

/// `free` is the room left, in bytes; none where the machine does not say.
fn disk(report: &mut Report<'_>, free: Option<u64>) {
    let Some(free) = free else { return };
    let gigabytes = (free / (1 << 20)) as f64 / 1024.0;
    report.add(free >= LITTLE_ROOM, if free >= LITTLE_ROOM { "disk" } else { "disk-full" }, &[("size", &gigabytes)]);
}

#[cfg(unix)]
fn free_bytes(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// Three witnesses: what was written here must be past, PostgreSQL's machine has a clock of its own, and where systemd sets the
/// clock it says whether a time server ever answered.
async fn clock(report: &mut Report<'_>, timesync: &Path) -> Result<(), CommandError> {
    let newest: Option<DateTime<Utc>> =
        db::scalar(report.app.db.read(), "SELECT at FROM activity ORDER BY at DESC LIMIT 1", vec![]).await?;
    let at = report.now.format("%Y-%m-%d %H:%M UTC").to_string();
    let early = DateTime::from_timestamp(WRITTEN, 0).is_some_and(|t| report.now < t);
    let back = newest.is_some_and(|t| t > report.now + TimeDelta::minutes(5));
    let wrong = early || back;
    let apart = apart(report.app).await?;
    let seconds = apart.abs().num_seconds();
    if wrong {
        report.add(false, "clock-wrong", &[("at", &at)]);
    }
    if apart.abs() > APART {
        let key = if apart > TimeDelta::zero() { "clock-ahead" } else { "clock-late" };
        report.add(false, key, &[("at", &at), ("n", &seconds)]);
    } else if timesync.is_dir() && !timesync.join("synchronized").exists() {
        report.add(false, "clock-alone", &[("at", &at)]);
    } else if !wrong {
        report.add(true, "clock", &[("at", &at)]);
    }
    Ok(())
}

/// How far our clock is ahead of that of the database's machine. An embedded database has ours.
async fn apart(app: &App) -> Result<TimeDelta, CommandError> {
    if app.db.dialect() == db::Dialect::Sqlite {
        return Ok(TimeDelta::zero());
    }
    let theirs: Option<DateTime<Utc>> = db::scalar(app.db.read(), "SELECT clock_timestamp()", vec![]).await?;
    Ok(theirs.map_or(TimeDelta::zero(), |theirs| app.clock.now() - theirs))
}

/// Whether the database can be asked anything.
async fn database(report: &mut Report<'_>) -> bool {
    let app = report.app;
    let pending = db::pending(&app.db, &module::migrations(&app.modules)).await.map(|steps| steps.len());
    let (name, sound) = match app.db.dialect() {
        db::Dialect::Sqlite => {
            let said = db::scalar::<String>(app.db.read(), "PRAGMA quick_check(1)", vec![]).await;
            ("SQLite", said.is_ok_and(|said| said.is_some_and(|s| s == "ok")))
        }
        db::Dialect::Postgres => {
            ("PostgreSQL", db::count(app.db.read(), "SELECT count(*) FROM setting", vec![]).await.is_ok())
        }
    };
    let (sound, key) = match pending {
        Ok(0) if sound => (true, "database"),
        Ok(_) if sound => (true, "database-old"),
        _ => (false, "database-damaged"),
    };
    report.add(key == "database", key, &[("name", &name)]);
    sound
}

async fn mail(report: &mut Report<'_>) -> Result<(), CommandError> {
    let read = report.app.db.read();
    let waiting = db::count(read, "SELECT count(*) FROM mail WHERE state = 'waiting'", vec![]).await?;
    let failed = db::count(read, "SELECT count(*) FROM mail WHERE state = 'failed'", vec![]).await?;
    let sql = "SELECT count(*) FROM mail WHERE state = 'sending' AND send_after < $1";
    let uncertain = db::count(read, sql, args![report.now - UNCERTAIN]).await?;
    let settings = report.app.settings().await?;
    match (settings.smtp.host.is_empty(), waiting) {
        (true, 0) => report.add(true, "mail-none", &[]),
        (true, n) => report.add(false, "mail-outbox", &[("n", &n)]),
        (false, n) => {
            let host = &settings.smtp.host;
            match parvis_kernel::mail::try_connection(&settings.smtp).await {
                Ok(()) => report.add(true, "mail", &[("host", host), ("n", &n)]),
                Err(said) => report.add(false, "mail-away", &[("host", host), ("said", &said), ("n", &n)]),
            }
        }
    }
    if let Some(found) = sender::last(read, &settings).await? {
        let bad: Vec<_> = found.findings.iter().filter(|f| f.stand == sender::Stand::Bad).collect();
        for finding in &bad {
            let words = finding.words(&report.app.words, report.lang, &found);
            report.add(false, "sender-wrong", &[("of", &finding.of.to_uppercase()), ("words", &words)]);
        }
        if bad.is_empty() {
            report.add(true, "sender", &[("domain", &found.domain)]);
        }
    }
    if failed > 0 {
        report.add(false, "mail-failed", &[("n", &failed)]);
    }
    if uncertain > 0 {
        report.add(false, "mail-uncertain", &[("n", &uncertain)]);
    }
    Ok(())
}

/// Behind a proxy that does not say whom it speaks for, everybody has the address of this machine, and limits stop the
/// whole town together. Limits counted today tell.
async fn proxy(report: &mut Report<'_>) -> Result<(), CommandError> {
    let app = report.app;
    if !app.settings().await?.base_url.starts_with("https://") {
        return Ok(());
    }
    let mut alike = 0;
    for here in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        let bucket = format!("%:{}", address::hashed(app, Some(here), report.now));
        alike += db::count(app.db.read(), "SELECT count(*) FROM rate WHERE bucket LIKE $1", args![bucket]).await?;
    }
    report.add(alike == 0, if alike == 0 { "proxy" } else { "proxy-silent" }, &[]);
    Ok(())
}

/// The certificate, where the program serves HTTPS itself.
fn certificate(report: &mut Report<'_>) {
    let Some(state) = tls::state::read(&report.app.data_dir) else { return };
    let (name, said) = (state.name, state.problem.unwrap_or_default());
    let Some(ends) = state.ends else {
        let key = if said.is_empty() { "tls-waits" } else { "tls-none" };
        report.add(false, key, &[("name", &name), ("said", &said)]);
        return;
    };
    let days = (ends - report.now).num_days();
    let key = match (said.is_empty(), ends <= report.now, days < FEW_DAYS) {
        (_, true, _) => "tls-ended",
        (false, ..) => "tls-problem",
        (true, _, true) => "tls-ends",
        (true, ..) => "tls",
    };
    report.add(key == "tls", key, &[("name", &name), ("n", &days), ("said", &said)]);
}

async fn backups(report: &mut Report<'_>) -> Result<(), CommandError> {
    let app = report.app;
    let last = store::latest(app.db.read()).await?.into_iter().find(|b| b.state != "running");
    if last.is_some_and(|b| b.state == "failed") {
        report.add(false, "backup-failed", &[]);
    }
    let plan = plan::read(app.db.read()).await?;
    let old = match plan.every {
        // The night's may be late by a few hours, and Monday's by a night.
        Every::Day => TimeDelta::days(2),
        Every::Week => TimeDelta::days(8),
        Every::Never => OLD_BACKUP,
    };
    match newest_backup(&app.data_dir.join(work::FOLDER)) {
        None => report.add(false, "backup-none", &[]),
        Some(at) => {
            let days = (report.now - at).num_days().max(0);
            let old = report.now - at > old;
            report.add(!old, if old { "backup-old" } else { "backup" }, &[("n", &days)]);
        }
    }
    Ok(())
}

fn newest_backup(folder: &Path) -> Option<DateTime<Utc>> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let zips = entries.filter(|e| e.path().extension().is_some_and(|x| x == "zip"));
    zips.filter_map(|e| Some(DateTime::from(e.metadata().ok()?.modified().ok()?))).max()
}

async fn jobs(report: &mut Report<'_>) -> Result<(), CommandError> {
    let read = report.app.db.read();
    let failed = db::count(read, "SELECT count(*) FROM job WHERE state = 'failed'", vec![]).await?;
    let sql = "SELECT count(*) FROM job WHERE state = 'queued' AND run_at < $1";
    let late = db::count(read, sql, args![report.now - TimeDelta::hours(1)]).await?;
    match (failed, late) {
        (0, 0) => report.add(true, "jobs", &[]),
        (0, n) => report.add(false, "jobs-late", &[("n", &n)]),
        (n, _) => report.add(false, "jobs-failed", &[("n", &n)]),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
