//! The command line.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use parvis_instance::keeping::{leftovers, work::FOLDER};
use parvis_kernel::{app::App, jobs, words::Lang};
use tokio::sync::watch;

use crate::{
    commands::{CommandError, admin, backup, bench, copy, doctor, export, import, restore, themes},
    compose::{self, Place},
    demo, http,
    listen::{self, Listen},
    seed, service, terminal, tls, worker,
};

/// Listen to the people of a town, understand what they say, answer them.
///
/// Without a command, Parvis serves the instance of the data folder; everything it needs is made at first start.
#[derive(Debug, Parser)]
#[command(name = "parvis", version, about, long_about)]
pub struct Cli {
    /// Folder of the instance: database, files, key, backups
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL instead of the embedded database: postgres://user:password@host/name
    #[arg(long, global = true, value_name = "URL", env = "PARVIS_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    listen: Listen,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the instance, and do its background work (the default)
    Serve(Listen),
    /// Fill a folder with the fictional town of Rivemont, and serve it
    Demo(Listen),
    /// Do background work only: jobs and mails, beside other processes that serve
    Worker,
    /// Import contributions, or people, from a CSV file or a workbook, as it is; or, into an empty instance, all of another (`export --all`)
    Import(import::ImportArgs),
    /// Write the open data of everything public; or, with --all, everything, for another instance
    Export(export::ExportArgs),
    /// Back up the instance, even while it runs
    Backup(backup::BackupArgs),
    /// Restore a backup into an empty instance, and check it
    Restore(restore::RestoreArgs),
    /// Move the instance between the embedded database and PostgreSQL
    Db(copy::DbArgs),
    /// Check disk, clock, database, mail, backups, and say what to do
    Doctor(doctor::DoctorArgs),
    /// Install Parvis as a service of this machine (Linux with systemd), look at it, remove it
    Service(service::ServiceArgs),
    /// Make an owner, or a new sign-in link for one
    Admin(admin::AdminArgs),
    /// Find the themes of any CSV file
    Themes(themes::ThemesArgs),
    /// Fill an instance with invented contributions, to measure speed
    #[command(hide = true)]
    BenchData(seed::BenchDataArgs),
    /// Measure the speed of pages and writes on an instance of the size asked for
    Bench(bench::BenchArgs),
}

/// Runs the program. Exit code 2 and one line on standard error when it can't.
#[must_use]
pub fn main(cli: Cli) -> ExitCode {
    start_logs();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return fail(&CommandError::odd(e)),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(e) => fail(&e),
    }
}

fn fail(error: &CommandError) -> ExitCode {
    eprintln!("parvis: {error}");
    ExitCode::from(2)
}

/// Logs on standard error: readable in a terminal, JSON elsewhere. Requests are logged with `RUST_LOG=parvis=info`.
fn start_logs() {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() { logs.init() } else { logs.json().init() }
}

async fn run(cli: Cli) -> Result<ExitCode, CommandError> {
    let place = |default: &str| Place {
        data: cli.data.clone().unwrap_or_else(|| PathBuf::from(default)),
        database_url: cli.database_url.clone(),
        listens_at: listen::here(cli.listen.port.unwrap_or(8080)),
    };
    let here = || place(DATA);
    match &cli.command {
        None => serve(here(), &cli.listen, false).await?,
        Some(Command::Serve(listen)) => serve(here(), &listen.or(&cli.listen), false).await?,
        Some(Command::Demo(listen)) => serve(place(DEMO_DATA), &listen.or(&cli.listen), true).await?,
        Some(Command::Themes(args)) => themes::run(args)?,
        Some(Command::Worker) => work(&here()).await?,
        Some(Command::Import(args)) if args.is_instance() => {
            args.nothing_beside()?;
            restore::run(&compose::open(&here()).await?, &restore::RestoreArgs { file: args.file.clone() }).await?;
        }
        Some(Command::Import(args)) => import::run(&compose::open(&here()).await?, args).await?,
        Some(Command::Export(args)) => export::run(&compose::existing(&here()).await?, args).await?,
        Some(Command::Backup(args)) => backup::run(&compose::existing(&here()).await?, args).await?,
        Some(Command::Restore(args)) => restore::run(&compose::open(&here()).await?, args).await?,
        Some(Command::Db(args)) => {
            let copy::DbCommand::Copy(args) = &args.command;
            copy::run(&compose::existing(&here()).await?, args).await?;
        }
        Some(Command::Doctor(args)) => return doctor::run(&compose::existing(&here()).await?, args).await,
        Some(Command::Service(args)) => {
            return service::run(args, &cli.listen, cli.data.as_deref(), cli.database_url.as_deref());
        }
        Some(Command::Admin(args)) if args.makes() => admin::run(&compose::open(&here()).await?, args).await?,
        Some(Command::Admin(args)) => admin::run(&compose::existing(&here()).await?, args).await?,
        Some(Command::Bench(args)) => bench::run(&compose::open(&here()).await?, args).await?,
        Some(Command::BenchData(args)) => seed::run(&compose::open(&here()).await?, args).await?,
    }
    Ok(ExitCode::SUCCESS)
}

const DATA: &str = "parvis-data";
const DEMO_DATA: &str = "parvis-demo";

async fn serve(mut place: Place, listen: &Listen, with_demo: bool) -> Result<(), CommandError> {
    let source = listen.source()?;
    let listener = listen.bind().await?;
    place.listens_at = listen.site(&listener);
    let (app, _held) = alone(&place).await?;
    let lang = terminal::lang();
    let here = match &source {
        // A certificate is good for one name.
        Some(_) => place.listens_at.clone(),
        None => listen::here(listener.local_addr().map_or(8080, |at| at.port())),
    };
    let secured = source.map(|s| tls::start(&s, &place.data)).transpose()?;
    if listen.domain.is_some() {
        http::setup::name_site(&app).await?;
    }
    if with_demo {
        if !demo::is_there(&app).await? {
            println!("{}", app.words.get(lang, "terminal-demo-filling"));
            demo::fill(&app).await?;
            parvis_insight::analysis::job::refresh(&app, false).await?;
            begin_again(&app).await?;
        }
        say_demo(&app, lang, &here, &demo::links(&app).await?);
    } else {
        say_address(&app, lang, &here).await?;
    }
    let stopped = until_signal();
    lead_to_https(listen, &place.listens_at, stopped.clone()).await;
    let background = tokio::spawn(worker::run(app.clone(), stopped.clone()));
    http::serve(app.clone(), listener, secured, stopped, http::Proxies::new(&listen.trusted_proxies))
        .await
        .map_err(CommandError::odd)?;
    let _ = background.await;
    app.db.clone().close().await?;
    Ok(())
}

/// Puts this program, just started, in the place of the one that runs: what filling a town took of the memory is the
/// system's again. Where that can't be done, this one goes on.
async fn begin_again(app: &App) -> Result<(), CommandError> {
    #[cfg(unix)]
    if let Ok(program) = std::env::current_exe() {
        use std::os::unix::process::CommandExt;
        app.db.fold().await?;
        drop(std::process::Command::new(program).args(std::env::args_os().skip(1)).exec());
    }
    Ok(())
}

/// Opens the port that leads to HTTPS. Without it the site can be reached by whoever types `https://`.
async fn lead_to_https(listen: &Listen, site: &str, stopped: watch::Receiver<bool>) {
    match listen.bind_plain().await {
        Ok(Some(plain)) => drop(tokio::spawn(tls::redirect::serve(plain, site.to_owned(), stopped))),
        Ok(None) => {}
        Err(e) => eprintln!("parvis: {e}"),
    }
}

/// Opens an instance to serve it or to work for it. An embedded database is ours alone then, as long as the file is held, and
/// what a process that is gone was working on is taken up at once.
async fn alone(place: &Place) -> Result<(Arc<App>, Option<std::fs::File>), CommandError> {
    let held = compose::claim(place)?;
    for folder in [place.data.clone(), place.data.join(FOLDER)] {
        leftovers::sweep(&folder);
    }
    let app = compose::open(place).await?;
    if held.is_some() {
        jobs::free(&app).await?;
    }
    Ok((app, held))
}

async fn work(place: &Place) -> Result<(), CommandError> {
    let (app, _held) = alone(place).await?;
    worker::run(app.clone(), until_signal()).await;
    app.db.clone().close().await?;
    Ok(())
}

/// Turns true when the program is told to stop.
fn until_signal() -> watch::Receiver<bool> {
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        wait_for_signal().await;
        let _ = stop.send(true);
    });
    stopped
}

async fn wait_for_signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => drop(interrupted.await),
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}

async fn say_address(app: &Arc<App>, lang: Lang, here: &str) -> Result<(), CommandError> {
    let settings = app.settings().await?;
    say_open(app, lang, app.base_url(&settings), here);
    if !settings.is_set_up() {
        let link = http::setup::new_link(app).await?;
        println!("{}\n\n    {link}\n", app.words.get(lang, "terminal-setup"));
        if let Ok(code) = qrcode::QrCode::new(&link) {
            println!("{}", code.render::<qrcode::render::unicode::Dense1x2>().quiet_zone(true).build());
        }
    }
    println!("{}", app.words.get(lang, "terminal-stop"));
    Ok(())
}

fn say_open(app: &App, lang: Lang, address: &str, here: &str) {
    println!("{}", app.words.with(lang, "terminal-address", &[("address", &address)]));
    if address == app.listens_at && address != here {
        println!("{}", app.words.with(lang, "terminal-here", &[("address", &here)]));
    }
}

fn say_demo(app: &App, lang: Lang, here: &str, links: &demo::DemoLinks) {
    say_open(app, lang, &app.listens_at, here);
    println!("{}", app.words.get(lang, "terminal-demo-roles"));
    for (role, path) in &links.0 {
        println!("    {:<28} {}{path}", app.words.get(lang, &format!("role-{role}")), app.listens_at);
    }
    println!("{}", app.words.get(lang, "terminal-stop"));
}
