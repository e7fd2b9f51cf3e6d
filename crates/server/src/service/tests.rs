//! A folder stands for the machine, and what would be run is written down.

use std::{
    cell::RefCell,
    fs,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    process::{ExitStatus, Output},
    rc::Rc,
};

use super::*;

struct Stage {
    root: tempfile::TempDir,
    ran: Rc<RefCell<Vec<String>>>,
}

impl Stage {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("run/systemd/system")).unwrap();
        Self { root, ran: Rc::default() }
    }

    /// The machine; the program named `fails` does not do its work.
    fn machine(&self, is_root: bool, fails: &'static str) -> Machine {
        let ran = self.ran.clone();
        Machine::new(
            self.root.path().to_owned(),
            is_root,
            Box::new(move |program, args| {
                ran.borrow_mut().push(format!("{program} {}", args.join(" ")));
                let code = if program == fails { 256 } else { 0 };
                Ok(Output { status: ExitStatus::from_raw(code), stdout: vec![], stderr: b"no\nway".to_vec() })
            }),
        )
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path.trim_start_matches('/'))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    fn mode(&self, path: &str) -> u32 {
        fs::metadata(self.path(path)).unwrap().permissions().mode() & 0o777
    }

    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn ran(&self) -> Vec<String> {
        self.ran.take()
    }
}

fn listen() -> Listen {
    Listen { port: Some(8080), ..Listen::default() }
}

#[test]
fn it_is_installed_started_and_removed_and_the_data_stay() {
    let stage = Stage::new();
    let machine = stage.machine(true, "getent");
    install(&machine, &listen(), Path::new(DATA), None, false).unwrap();
    assert_eq!(stage.read(UNIT), unit::text(&unit_of(&listen(), Path::new(DATA)).unwrap()));
    assert_eq!((stage.mode(UNIT), stage.mode(PROGRAM)), (0o644, 0o755));
    assert!(!stage.path(ENVIRONMENT).exists());
    let ran = stage.ran();
    assert!(ran[1].starts_with("useradd --system") && ran[1].ends_with(" parvis"), "{ran:?}");
    assert_eq!(
        &ran[2..],
        ["systemctl daemon-reload", "systemctl enable parvis.service", "systemctl restart parvis.service"]
    );

    // Again, after an update: nothing is in the way, the account is there.
    let machine = stage.machine(true, "");
    install(&machine, &listen(), Path::new(DATA), None, false).unwrap();
    assert!(!stage.ran().iter().any(|r| r.starts_with("useradd")));
    assert_eq!(status(&machine).unwrap(), ExitCode::SUCCESS);

    stage.put("/var/lib/parvis/parvis.sqlite", "ideas");
    stage.ran();
    remove(&machine).unwrap();
    assert!(!stage.path(UNIT).exists());
    assert_eq!(stage.ran(), ["systemctl disable --now parvis.service", "systemctl daemon-reload"]);
    assert_eq!(stage.read("/var/lib/parvis/parvis.sqlite"), "ideas");
    remove(&machine).unwrap();
    assert_eq!(status(&machine).unwrap(), ExitCode::from(1));
}

#[test]
fn the_address_of_a_database_is_read_by_root_alone() {
    let stage = Stage::new();
    stage.put(ENVIRONMENT, "RUST_LOG=parvis=info\n");
    let machine = stage.machine(true, "");
    install(&machine, &listen(), Path::new("/srv/parvis"), Some("postgres://p:sesame@db/parvis"), false).unwrap();
    assert_eq!(
        stage.read(ENVIRONMENT),
        "RUST_LOG=parvis=info\nPARVIS_DATABASE_URL=\"postgres://p:sesame@db/parvis\"\n"
    );
    assert_eq!(stage.mode(ENVIRONMENT), 0o600);
    assert!(!stage.read(UNIT).contains("sesame"));
    let ran = stage.ran();
    assert!(ran.iter().any(|r| r.starts_with("chown -R -- parvis:parvis ") && r.ends_with("/srv/parvis")), "{ran:?}");
}

#[test]
fn another_command_runs_with_the_account_and_the_database_of_the_service() {
    let stage = Stage::new();
    let machine = stage.machine(true, "");
    let wanted = ["export".to_owned(), "--to".to_owned(), "-".to_owned()];
    let absent = as_service(&machine, &wanted).unwrap_err();
    assert_eq!(absent.line, terminal::line("service-absent", &[]));
    install(&machine, &listen(), Path::new("/srv/nos données"), None, false).unwrap();
    let ran = as_service(&machine, &wanted).unwrap().join(" ");
    assert_eq!(
        ran,
        "--quiet --pipe --wait --collect --uid parvis --gid parvis --property EnvironmentFile=-/etc/default/parvis -- \
         /usr/local/bin/parvis export --to - --data /srv/nos données"
    );
    let nobody = as_service(&stage.machine(false, ""), &wanted).unwrap_err();
    assert_eq!(nobody.line, terminal::line("service-not-root", &[]));
}

#[test]
fn a_dry_run_needs_no_rights_and_changes_nothing() {
    let stage = Stage::new();
    install(&stage.machine(false, ""), &listen(), Path::new(DATA), Some("postgres://a@b/c"), true).unwrap();
    assert!(stage.ran().is_empty());
    assert!(!stage.path("/etc").exists() && !stage.path("/usr").exists());
}

/// The refusal of an installation, and that nothing was done.
fn refused(stage: &Stage, is_root: bool, data: &str) -> String {
    let refused = install(&stage.machine(is_root, ""), &listen(), Path::new(data), None, false).unwrap_err();
    assert!(stage.ran().is_empty(), "nothing was run");
    assert!(!stage.path(PROGRAM).exists());
    refused.line
}

#[test]
fn what_it_cant_or_must_not_do_is_said_in_one_line() {
    let said = |key: &str, args: &[(&str, &dyn parvis_kernel::words::Word)]| terminal::line(key, args);
    assert_eq!(refused(&Stage::new(), false, DATA), said("service-not-root", &[]));

    let bare = Stage::new();
    fs::remove_dir_all(bare.path("/run")).unwrap();
    assert_eq!(refused(&bare, true, DATA), said("service-no-systemd", &[]));
    assert!(status(&bare.machine(true, "")).is_err() && remove(&bare.machine(true, "")).is_err());

    let foreign = Stage::new();
    foreign.put(UNIT, "[Service]\nExecStart=/opt/own\n");
    assert_eq!(refused(&foreign, true, DATA), said("service-foreign", &[("file", &UNIT)]));
    assert!(remove(&foreign.machine(true, "")).is_err());
    assert_eq!(foreign.read(UNIT), "[Service]\nExecStart=/opt/own\n", "it stays");

    let packaged = Stage::new();
    packaged.put(PACKAGED[0], MARK);
    assert_eq!(refused(&packaged, true, DATA), said("service-packaged", &[("file", &PACKAGED[0])]));

    let shared = Stage::new();
    shared.put("/srv/photos/1.jpg", "…");
    assert_eq!(refused(&shared, true, "/srv/photos"), said("service-folder-foreign", &[("folder", &"/srv/photos")]));
    shared.put("/srv/photos/secret.key", "key");
    assert!(shared.machine(true, "").is_for_data(Path::new("/srv/photos")).is_ok(), "the data of an instance");
    let home = Path::new("/usr/../home/x");
    assert!(unit_of(&listen(), &absolute(home).unwrap_or_default()).is_err(), "a detour leads to the same refusal");
    assert!(absolute(Path::new("/nowhere/there/../../etc")).is_err());

    for folder in ["/home/ines/parvis", "/root", "/tmp/parvis", "/"] {
        let line = refused(&Stage::new(), true, folder);
        assert_eq!(line, said("service-folder-hidden", &[("folder", &folder), ("better", &DATA)]));
    }
}

#[test]
fn a_program_of_the_machine_that_fails_is_named_with_what_it_said() {
    let stage = Stage::new();
    let failed = install(&stage.machine(true, "systemctl"), &listen(), Path::new(DATA), None, false).unwrap_err();
    assert!(failed.line.contains("systemctl daemon-reload") && failed.line.contains("no way"), "{failed}");
}

/// Asks systemd itself about the unit, where it can be asked.
#[test]
fn systemd_understands_the_unit_and_finds_it_safe() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("parvis.service");
    let program = std::env::current_exe().unwrap();
    for (listen, most) in
        [(listen(), 15), (Listen { domain: Some("rivemont.example".into()), ..Listen::default() }, 20)]
    {
        let unit = Unit { program: program.clone(), ..unit_of(&listen, Path::new(DATA)).unwrap() };
        fs::write(&file, unit::text(&unit)).unwrap();
        let asked = std::process::Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&file).output();
        let Ok(asked) = asked else {
            println!("SKIPPED: systemd-analyze is not installed, nobody asked systemd about the unit");
            return;
        };
        let said = String::from_utf8_lossy(&asked.stderr).into_owned();
        let ours: Vec<&str> = said.lines().filter(|l| l.contains("parvis.service")).collect();
        assert!(ours.is_empty(), "{said}");
        // Tenths of what systemd calls exposure: below 20 is what it calls OK.
        let judged = std::process::Command::new("systemd-analyze")
            .args(["security", "--offline=true", "--no-pager", &format!("--threshold={most}")])
            .arg(&file)
            .output()
            .unwrap();
        let table = String::from_utf8_lossy(&judged.stdout).into_owned();
        assert!(judged.status.success(), "{table}{}", String::from_utf8_lossy(&judged.stderr));
    }
}
