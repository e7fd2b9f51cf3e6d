//! `parvis service`: Parvis as a service of a Linux machine with systemd.

mod machine;
pub mod unit;

#[cfg(test)]
mod tests;

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};

use crate::{commands::CommandError, listen::Listen, terminal};
use machine::Machine;
use unit::{DATA, ENVIRONMENT, MARK, USER, Unit};

/// What `parvis service` takes.
#[derive(Debug, Clone, Args)]
pub struct ServiceArgs {
    #[command(subcommand)]
    command: ServiceCommand,
}

#[derive(Debug, Clone, Subcommand)]
enum ServiceCommand {
    /// Install Parvis as a service that starts with the machine, and start it; again after an update
    Install(InstallArgs),
    /// Say whether the service runs
    Status,
    /// Run another command as the service does, with its account, its data and its database: parvis service run doctor
    Run(RunArgs),
    /// Stop the service and take it away; the data stay
    Remove,
}

/// A command for the service's data.
#[derive(Debug, Clone, Args)]
struct RunArgs {
    /// The command and what it takes
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

/// How the service is installed.
#[derive(Debug, Clone, Default, Args)]
pub struct InstallArgs {
    #[command(flatten)]
    listen: Listen,
    /// Only print what would be written
    #[arg(long)]
    dry_run: bool,
}

/// Where the program is copied to.
const PROGRAM: &str = "/usr/local/bin/parvis";
/// The unit that is ours.
const UNIT: &str = "/etc/systemd/system/parvis.service";
/// Where a package puts its own.
const PACKAGED: [&str; 2] = ["/usr/lib/systemd/system/parvis.service", "/lib/systemd/system/parvis.service"];
/// Folders that a service can't see, or that are emptied now and then.
const HIDDEN: [&str; 6] = ["/home", "/root", "/run", "/tmp", "/var/tmp", "/proc"];

/// Installs, looks at or removes the service.
///
/// # Errors
/// One line with the remedy.
pub fn run(
    args: &ServiceArgs,
    listen: &Listen,
    data: Option<&Path>,
    database_url: Option<&str>,
) -> Result<ExitCode, CommandError> {
    let machine = Machine::here();
    match &args.command {
        ServiceCommand::Install(args) => {
            let place = data.map(absolute).transpose()?.unwrap_or_else(|| PathBuf::from(DATA));
            install(&machine, &args.listen.or(listen), &place, database_url, args.dry_run)?;
        }
        ServiceCommand::Status => return status(&machine),
        ServiceCommand::Run(args) => return machine.hand_over("systemd-run", &as_service(&machine, &args.command)?),
        ServiceCommand::Remove => remove(&machine)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder as it really is: links followed and `..` gone, so that what is refused cannot be reached by a detour.
fn absolute(path: &Path) -> Result<PathBuf, CommandError> {
    let path = std::path::absolute(path).map_err(CommandError::odd)?;
    let there = path.ancestors().find(|a| a.exists()).unwrap_or(Path::new("/"));
    let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
    if rest.components().any(|c| c == std::path::Component::ParentDir) {
        let shown = path.display().to_string();
        return Err(CommandError::told("service-folder-hidden", &[("folder", &shown), ("better", &DATA)]));
    }
    Ok(there.canonicalize().map_err(CommandError::odd)?.join(rest))
}

fn tell(key: &str, args: &[(&str, &dyn parvis_kernel::words::Word)]) {
    crate::commands::say(terminal::line(key, args));
}

/// The unit of these options.
fn unit_of(listen: &Listen, data: &Path) -> Result<Unit, CommandError> {
    let shown = data.display().to_string();
    if HIDDEN.iter().any(|h| data.starts_with(h)) || data.parent().is_none() {
        return Err(CommandError::told("service-folder-hidden", &[("folder", &shown), ("better", &DATA)]));
    }
    Ok(Unit {
        program: PROGRAM.into(),
        data: data.to_owned(),
        options: listen.options(),
        low_port: listen.needs_low_port(),
    })
}

fn install(
    machine: &Machine,
    listen: &Listen,
    data: &Path,
    database_url: Option<&str>,
    dry_run: bool,
) -> Result<(), CommandError> {
    listen.source()?;
    let unit = unit_of(listen, data)?;
    let text = unit::text(&unit);
    if dry_run {
        crate::commands::say(format!("# {UNIT}\n{}", text.trim_end()));
        return Ok(());
    }
    machine.may_change()?;
    is_ours(machine)?;
    machine.is_for_data(data)?;
    machine.add_user()?;
    tell("service-user", &[("user", &USER)]);
    machine.copy_program(Path::new(PROGRAM))?;
    tell("service-program", &[("file", &PROGRAM)]);
    if data != Path::new(DATA) {
        machine.make_data(data)?;
    }
    if let Some(url) = database_url {
        let before = machine.read(Path::new(ENVIRONMENT)).unwrap_or_default();
        let after = unit::with_setting(&before, "PARVIS_DATABASE_URL", url);
        machine.write(Path::new(ENVIRONMENT), &after, 0o600)?;
        tell("service-settings", &[("file", &ENVIRONMENT)]);
    }
    machine.write(Path::new(UNIT), &text, 0o644)?;
    tell("service-unit", &[("file", &UNIT)]);
    for args in [&["daemon-reload"][..], &["enable", "parvis.service"], &["restart", "parvis.service"]] {
        machine.systemctl(args)?;
    }
    tell("service-runs", &[("address", &listen.address_here())]);
    tell("service-next-link", &[("command", &"journalctl -u parvis -o cat -n 60")]);
    tell("service-next-commands", &[("command", &"sudo parvis service run doctor")]);
    if listen.address != Some(IpAddr::from([127, 0, 0, 1])) && !listen.serves_tls() {
        tell("service-next-https", &[]);
    }
    Ok(())
}

/// What systemd runs for a command of the service. The address of a database stands in a file that only root may read.
///
/// # Errors
/// One line with the remedy, when there is no service or no right to run as it.
fn as_service(machine: &Machine, command: &[String]) -> Result<Vec<String>, CommandError> {
    machine.may_change()?;
    let units = PACKAGED.map(|f| (f, "/usr/bin/parvis")).into_iter().chain([(UNIT, PROGRAM)]);
    let found = units.filter_map(|(file, program)| Some((machine.read(Path::new(file))?, program))).next();
    let (unit, program) = found.ok_or_else(|| CommandError::told("service-absent", &[]))?;
    let ways = ["--quiet", "--pipe", "--wait", "--collect", "--uid", USER, "--gid", USER];
    let settings = format!("EnvironmentFile=-{ENVIRONMENT}");
    let first = [&ways[..], &["--property", &settings, "--", program]].concat();
    let mut args: Vec<String> = first.into_iter().map(str::to_owned).collect();
    args.extend_from_slice(command);
    args.extend(["--data".to_owned(), unit::folder(&unit)]);
    Ok(args)
}

/// Refuses to replace what somebody else wrote.
fn is_ours(machine: &Machine) -> Result<(), CommandError> {
    if let Some(file) = PACKAGED.iter().find(|f| machine.read(Path::new(f)).is_some()) {
        return Err(CommandError::told("service-packaged", &[("file", file)]));
    }
    match machine.read(Path::new(UNIT)) {
        Some(text) if !text.starts_with(MARK) => Err(CommandError::told("service-foreign", &[("file", &UNIT)])),
        _ => Ok(()),
    }
}

fn status(machine: &Machine) -> Result<ExitCode, CommandError> {
    machine.has_systemd()?;
    let installed = PACKAGED.iter().chain([&UNIT]).any(|f| machine.read(Path::new(f)).is_some());
    if !installed {
        tell("service-absent", &[]);
        return Ok(ExitCode::from(1));
    }
    let (active, enabled) = (machine.asks("is-active"), machine.asks("is-enabled"));
    tell(if active { "service-active" } else { "service-inactive" }, &[]);
    tell(if enabled { "service-enabled" } else { "service-disabled" }, &[]);
    Ok(if active { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn remove(machine: &Machine) -> Result<(), CommandError> {
    machine.may_change()?;
    is_ours(machine)?;
    let Some(text) = machine.read(Path::new(UNIT)) else {
        tell("service-absent", &[]);
        return Ok(());
    };
    machine.systemctl(&["disable", "--now", "parvis.service"])?;
    machine.delete(Path::new(UNIT))?;
    machine.systemctl(&["daemon-reload"])?;
    tell("service-removed", &[("folder", &unit::folder(&text)), ("file", &PROGRAM)]);
    Ok(())
}
