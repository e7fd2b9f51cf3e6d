//! The text of the systemd unit: what the service may do, and nothing else.

use std::path::{Path, PathBuf};

/// First line of a unit that this program wrote: one without it is somebody else's.
pub const MARK: &str = "# Written by: parvis service install. Installing again replaces it; changes of yours belong in \
                        /etc/systemd/system/parvis.service.d/";
/// Account of the service.
pub const USER: &str = "parvis";
/// Where an instance lives unless another folder is named.
pub const DATA: &str = "/var/lib/parvis";
/// Settings that others may not read, such as the address of the database with its password.
pub const ENVIRONMENT: &str = "/etc/default/parvis";

/// First line of the unit of the Debian package.
const PACKAGED: &str = "# Belongs to the package: changes of yours belong in /etc/systemd/system/parvis.service.d/, options in \
                        /etc/default/parvis";

/// What the service is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The program, absolute.
    pub program: PathBuf,
    /// Folder of the instance, absolute.
    pub data: PathBuf,
    /// Options of `parvis serve`.
    pub options: Vec<String>,
    /// Whether it opens a port under 1024.
    pub low_port: bool,
}

/// What every service of ours is denied. `systemd-analyze security parvis` judges it.
const HARDENED: &str = "\
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
UMask=0077
";

/// Writes the unit.
#[must_use]
pub fn text(unit: &Unit) -> String {
    let options: Vec<String> = unit.options.iter().map(|o| word(o)).collect();
    written(MARK, unit, &options.join(" "))
}

/// The unit of the Debian package: its options stand in a file that the administrator keeps, and may name any port.
#[must_use]
pub fn packaged() -> String {
    let unit = Unit { program: "/usr/bin/parvis".into(), data: DATA.into(), options: Vec::new(), low_port: true };
    written(PACKAGED, &unit, "$PARVIS_OPTIONS")
}

fn written(mark: &str, unit: &Unit, options: &str) -> String {
    let (program, data) = (word(&unit.program.to_string_lossy()), word(&unit.data.to_string_lossy()));
    let line = format!("{program} serve --data {data} {options}");
    let place = if unit.data == Path::new(DATA) {
        "StateDirectory=parvis\nStateDirectoryMode=0700\n".to_owned()
    } else {
        format!("ReadWritePaths={data}\n")
    };
    // A port under 1024 is the machine's: a capability of a namespace of its own would not open it.
    let rights = if unit.low_port {
        "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n"
    } else {
        "CapabilityBoundingSet=\nPrivateUsers=yes\n"
    };
    format!(
        "{mark}
[Unit]
Description=Parvis, the square in front of the town hall
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
Type=exec
ExecStart={line}
EnvironmentFile=-{ENVIRONMENT}
User={USER}
Group={USER}
{place}Restart=on-failure
RestartSec=5
# Requests under way, of a minute at most, are finished first.
TimeoutStopSec=90
LimitNOFILE=65536
{rights}{HARDENED}
[Install]
WantedBy=multi-user.target
"
    )
}

/// A word as systemd reads it: quoted where it must be, its own signs (`%`, `$`, `\`) taken as they are.
#[must_use]
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:=@,+".contains(c);
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '%' => out.push_str("%%"),
            '$' => out.push_str("$$"),
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    if !text.is_empty() && text.chars().all(plain) { out } else { format!("\"{out}\"") }
}

/// The text that [`word`] wrote.
#[must_use]
pub fn unword(word: &str) -> String {
    let inner = word.strip_prefix('"').and_then(|w| w.strip_suffix('"')).unwrap_or(word);
    let mut out = String::new();
    let mut signs = inner.chars();
    while let Some(c) = signs.next() {
        let meant = if "%$\\".contains(c) { signs.next() } else { Some(c) };
        out.extend(meant.map(|m| {
            if c != '\\' {
                m
            } else {
                match m {
                    'n' => '\n',
                    't' => '\t',
                    m => m,
                }
            }
        }));
    }
    out
}

/// The data folder of a unit that we wrote.
#[must_use]
pub fn folder(unit: &str) -> String {
    unit.lines().find_map(|l| l.strip_prefix("ReadWritePaths=")).map_or_else(|| DATA.to_owned(), unword)
}

/// A line of the file of settings with this name set to this value; the other lines stay as they are.
#[must_use]
pub fn with_setting(file: &str, name: &str, value: &str) -> String {
    let start = format!("{name}=");
    let mut text: String =
        file.lines().filter(|l| !l.trim_start().starts_with(&start)).flat_map(|l| [l, "\n"]).collect();
    let value: String =
        value.chars().flat_map(|c| if "\\\"`$".contains(c) { vec!['\\', c] } else { vec![c] }).collect();
    text.push_str(&format!("{start}\"{value}\"\n"));
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_folder_of_a_unit_is_read_back(name in "[^/\0]{1,40}") {
            let data = Path::new("/srv").join(name);
            let unit = Unit { data: data.clone(), ..unit() };
            let read = folder(&text(&unit));
            prop_assert_eq!(Path::new(&read), data);
        }
    }

    fn unit() -> Unit {
        Unit {
            program: "/usr/local/bin/parvis".into(),
            data: DATA.into(),
            options: vec!["--port".into(), "8080".into()],
            low_port: false,
        }
    }

    fn values<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
        text.lines().filter_map(|l| l.strip_prefix(name)?.strip_prefix('=')).collect()
    }

    #[test]
    fn what_it_runs_and_where() {
        let text = text(&unit());
        assert!(text.starts_with(MARK));
        assert_eq!(values(&text, "ExecStart"), ["/usr/local/bin/parvis serve --data /var/lib/parvis --port 8080"]);
        assert_eq!(values(&text, "StateDirectory"), ["parvis"]);
        assert_eq!(values(&text, "StateDirectoryMode"), ["0700"]);
        assert!(values(&text, "ReadWritePaths").is_empty());
        assert_eq!(values(&text, "EnvironmentFile"), ["-/etc/default/parvis"]);
        assert_eq!((values(&text, "User"), values(&text, "Group")), (vec!["parvis"], vec!["parvis"]));
        assert_eq!(values(&text, "Restart"), ["on-failure"]);
        assert_eq!(values(&text, "WantedBy"), ["multi-user.target"]);
    }

    #[test]
    fn another_folder_is_the_only_one_it_writes_to() {
        let text = text(&Unit { data: "/srv/la place/100%".into(), ..unit() });
        assert_eq!(values(&text, "ReadWritePaths"), ["\"/srv/la place/100%%\""]);
        assert!(values(&text, "StateDirectory").is_empty());
        assert!(text.contains("--data \"/srv/la place/100%%\" --port"), "{text}");
    }

    #[test]
    fn it_may_open_a_low_port_only_where_it_must() {
        let high = text(&unit());
        assert_eq!(values(&high, "CapabilityBoundingSet"), [""]);
        assert!(values(&high, "AmbientCapabilities").is_empty());
        assert_eq!(values(&high, "PrivateUsers"), ["yes"]);
        let low = text(&Unit { low_port: true, ..unit() });
        assert_eq!(values(&low, "CapabilityBoundingSet"), ["CAP_NET_BIND_SERVICE"]);
        assert_eq!(values(&low, "AmbientCapabilities"), ["CAP_NET_BIND_SERVICE"]);
        assert!(values(&low, "PrivateUsers").is_empty(), "it would take the capability away");
    }

    #[test]
    fn it_is_denied_what_it_does_not_need() {
        let text = text(&unit());
        for (name, value) in [
            ("NoNewPrivileges", "yes"),
            ("ProtectSystem", "strict"),
            ("ProtectHome", "yes"),
            ("PrivateTmp", "yes"),
            ("PrivateDevices", "yes"),
            ("MemoryDenyWriteExecute", "yes"),
            ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
            ("RestrictNamespaces", "yes"),
            ("UMask", "0077"),
        ] {
            assert_eq!(values(&text, name), [value], "{name}");
        }
        assert_eq!(values(&text, "SystemCallFilter"), ["@system-service", "~@privileged @resources"]);
    }

    #[test]
    fn the_package_holds_the_same_unit() {
        assert_eq!(include_str!("../../debian/parvis.service"), packaged(), "write debian/parvis.service anew");
    }

    #[test]
    fn words_arrive_as_they_were_written() {
        for (given, written) in [
            ("/var/lib/parvis", "/var/lib/parvis"),
            ("", "\"\""),
            ("deux mots", "\"deux mots\""),
            ("100%", "\"100%%\""),
            ("a$b", "\"a$$b\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("a;b", "\"a;b\""),
            ("deux\nlignes", "\"deux\\nlignes\""),
            ("été", "\"été\""),
        ] {
            assert_eq!(word(given), written);
        }
    }

    #[test]
    fn a_setting_is_replaced_and_the_others_stay() {
        let before = "# à nous\nRUST_LOG=info\nPARVIS_DATABASE_URL=old\n";
        let after = with_setting(before, "PARVIS_DATABASE_URL", "postgres://a:p$\"@h/b");
        assert_eq!(after, "# à nous\nRUST_LOG=info\nPARVIS_DATABASE_URL=\"postgres://a:p\\$\\\"@h/b\"\n");
        assert_eq!(with_setting("", "A", "1"), "A=\"1\"\n");
        assert_eq!(with_setting(&after, "PARVIS_DATABASE_URL", "x").matches("PARVIS_DATABASE_URL").count(), 1);
    }
}
