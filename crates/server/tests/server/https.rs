//! HTTPS by the program itself, with a certificate in files and with one that an ACME server gives.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use parvis::tls::state;
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use crate::support::process::{Plain, Running, ask, parvis, until};

const NAME: &str = "rivemont.example";

/// A port that nobody has. Another program could take it before ours does; none here does.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A certificate that signed itself, and its key, as files.
struct Files {
    cert: PathBuf,
    key: PathBuf,
    der: CertificateDer<'static>,
}

fn certificate(folder: &Path, name: &str) -> Files {
    let made = rcgen::generate_simple_self_signed([name.to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (folder.join("site.pem"), folder.join("site.key"));
    fs::write(&key, made.key_pair.serialize_pem()).unwrap();
    fs::write(&cert, made.cert.pem()).unwrap();
    Files { cert, key, der: made.cert.der().clone() }
}

/// A browser that believes this issuer alone.
fn believing(root: CertificateDer<'static>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(root).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// Asks for a page; nothing when the certificate is not believed, or nobody listens yet.
async fn page(browser: &TlsConnector, port: u16, path: &str) -> Option<Plain> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let stream = browser.connect(ServerName::try_from(NAME).unwrap(), stream).await.ok()?;
    Some(ask(stream, &format!("GET {path} HTTP/1.0\r\nHost: {NAME}\r\n"), &[]).await)
}

fn serve(data: &Path, args: &[&str]) -> Child {
    let mut command = parvis(data, &[&["serve", "--address", "127.0.0.1"], args].concat());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The site over HTTPS: cookies for HTTPS alone, and browsers are told to come back so.
fn is_secure(answer: &Plain) {
    let cookies: Vec<&str> = answer.all("set-cookie").collect();
    assert!(!cookies.is_empty() && cookies.iter().all(|c| c.contains("; Secure")), "{cookies:?}");
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn a_certificate_in_files_is_served_renewed_and_everybody_is_led_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let files = certificate(dir.path(), NAME);
    let (secure, plain) = (port(), port());
    let (secure_arg, plain_arg) = (secure.to_string(), plain.to_string());
    let args = ["--domain", NAME, "--port", &secure_arg, "--http-port", &plain_arg];
    let (cert, key) = (files.cert.to_str().unwrap(), files.key.to_str().unwrap());
    let _running = Running(serve(&data, &[&args[..], &["--tls-cert", cert, "--tls-key", key]].concat()));
    let browser = believing(files.der.clone());
    until("it serves", async || page(&browser, secure, "/healthz").await.is_some()).await;
    is_secure(&page(&browser, secure, "/").await.unwrap());

    // Who says nothing, or no HTTPS, holds up nobody.
    let mut silent = Vec::new();
    for _ in 0..30 {
        silent.push(TcpStream::connect(("127.0.0.1", secure)).await.unwrap());
    }
    let loud = TcpStream::connect(("127.0.0.1", secure)).await.unwrap();
    loud.try_write(b"GET / HTTP/1.0\r\n\r\n").unwrap();
    assert_eq!(page(&browser, secure, "/healthz").await.unwrap().text(), "ok");

    let stream = TcpStream::connect(("127.0.0.1", plain)).await.unwrap();
    let led = ask(stream, "POST /idees?q=banc HTTP/1.0\r\nHost: elsewhere.example\r\n", b"idee=x").await;
    assert_eq!(led.status, 308, "a form sent here arrives there");
    assert_eq!(led.header("location"), format!("https://{NAME}:{secure}/idees?q=banc"));
    assert!(led.all("set-cookie").next().is_none());

    // The town hall renews it.
    let renewed = believing(certificate(dir.path(), NAME).der);
    until("the new one is served", async || page(&renewed, secure, "/healthz").await.is_some()).await;
    // A browser that comes for the first time: the other one goes on with the session that it has.
    let newcomer = believing(files.der);
    assert!(page(&newcomer, secure, "/healthz").await.is_none(), "not the old one any more");
    // Half a renewal changes nothing.
    fs::write(&files.cert, "-----BEGIN").unwrap();
    until("it is noticed", async || state::read(&data).is_some_and(|s| s.problem.is_some())).await;
    assert!(page(&renewed, secure, "/healthz").await.is_some());
}

#[test]
fn what_cant_be_a_certificate_or_a_name_is_said_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let files = certificate(dir.path(), NAME);
    let other = tempfile::tempdir().unwrap();
    let foreign = certificate(other.path(), NAME);
    let text = |p: &PathBuf| p.to_str().unwrap().to_owned();
    let missing = text(&dir.path().join("absent.pem"));
    let port = ["--port", "0"];
    for (args, sign) in [
        (vec!["--tls-cert", &missing, "--tls-key", &text(&files.key)], "absent.pem"),
        (vec!["--tls-cert", &text(&files.key), "--tls-key", &text(&files.key)], "site.key"),
        (vec!["--tls-cert", &text(&files.cert), "--tls-key", &text(&foreign.key)], "site.pem"),
        (vec!["--domain", "https://rivemont.fr"], "https://rivemont.fr"),
        (vec!["--domain", "localhost"], "localhost"),
        (vec!["--domain", "192.0.2.1"], "192.0.2.1"),
    ] {
        let output = parvis(&dir.path().join("data"), &[&port[..], &args].concat()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
        assert!(said.contains(sign), "{sign}: {said}");
    }
    let alone = parvis(dir.path(), &["--tls-cert", &missing]).output().unwrap();
    assert_eq!(alone.status.code(), Some(2), "a certificate without a key");
}

/// An ACME server made for tests, and the names it asks.
struct Pebble {
    directory: String,
    root: PathBuf,
    management: u16,
    issuer: TlsConnector,
    _processes: [Running; 2],
}

impl Pebble {
    /// Nothing where it is not installed. It checks names on this port.
    async fn start(folder: &Path, secure: u16) -> Option<Self> {
        let [listen, management, dns, control] = [port(), port(), port(), port()];
        let files = certificate(folder, "localhost");
        let config = serde_json::json!({"pebble": {
            "listenAddress": format!("127.0.0.1:{listen}"),
            "managementListenAddress": format!("127.0.0.1:{management}"),
            "certificate": files.cert, "privateKey": files.key,
            "httpPort": port(), "tlsPort": secure, "ocspResponderURL": "", "externalAccountBindingRequired": false,
        }});
        let file = folder.join("pebble.json");
        fs::write(&file, config.to_string()).unwrap();
        let quiet = |command: &mut Command| command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let names = quiet(Command::new("pebble-challtestsrv").args([
            "-defaultIPv4",
            "127.0.0.1",
            "-defaultIPv6",
            "",
            "-http01",
            "",
            "-https01",
            "",
            "-tlsalpn01",
            "",
            "-dns01",
            &format!("127.0.0.1:{dns}"),
            "-management",
            &format!("127.0.0.1:{control}"),
        ]));
        let names = Running(names.ok()?);
        let pebble = quiet(
            Command::new("pebble")
                .args(["-config", file.to_str().unwrap(), "-dnsserver", &format!("127.0.0.1:{dns}")])
                .envs([("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_WFE_NONCEREJECT", "0")]),
        );
        let pebble = Running(pebble.unwrap());
        let issuer = believing(files.der);
        let pebble = Self {
            directory: format!("https://127.0.0.1:{listen}/dir"),
            root: files.cert,
            management,
            issuer,
            _processes: [names, pebble],
        };
        until("pebble answers", async || pebble.told("/roots/0").await.is_some()).await;
        Some(pebble)
    }

    async fn told(&self, path: &str) -> Option<Plain> {
        let stream = TcpStream::connect(("127.0.0.1", self.management)).await.ok()?;
        let name = ServerName::try_from("localhost").unwrap();
        let stream = self.issuer.connect(name, stream).await.ok()?;
        Some(ask(stream, &format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n"), &[]).await)
    }
}

#[tokio::test]
async fn a_certificate_is_asked_for_kept_and_missed_without_stopping() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let (secure, plain) = (port(), port());
    let Some(pebble) = Pebble::start(dir.path(), secure).await else {
        println!("SKIPPED: pebble is not installed, no certificate was asked for");
        return;
    };
    let (secure_arg, plain_arg) = (secure.to_string(), plain.to_string());
    let (directory, root) = (pebble.directory.clone(), pebble.root.to_str().unwrap().to_owned());
    let start = |data: &Path, directory: &str| {
        let mut all = vec!["--domain", NAME, "--port", &secure_arg, "--http-port", &plain_arg];
        all.extend(["--acme-directory", directory, "--acme-root", &root]);
        Running(serve(data, &all))
    };
    let running = start(&data, &directory);
    let issued = pebble.told("/roots/0").await.unwrap();
    let browser = believing(CertificateDer::from_pem_slice(&issued.body).unwrap());
    until("it is given", async || page(&browser, secure, "/healthz").await.is_some()).await;
    is_secure(&page(&browser, secure, "/").await.unwrap());
    until("it is kept", async || state::read(&data).is_some_and(|s| s.ends.is_some() && s.problem.is_none())).await;
    for entry in fs::read_dir(data.join(state::FOLDER)).unwrap() {
        let entry = entry.unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions()) & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
    drop(running);

    // The ACME server is away: the one that is kept serves.
    drop(pebble);
    let running = start(&data, &directory);
    until("it serves again", async || page(&browser, secure, "/healthz").await.is_some()).await;
    drop(running);

    // It is away and nothing is kept: the site can be reached all the same, and says why browsers warn.
    let empty = dir.path().join("empty");
    let _running = start(&empty, &directory);
    until("it says why", async || state::read(&empty).is_some_and(|s| s.problem.is_some())).await;
    assert!(page(&browser, secure, "/healthz").await.is_none(), "nobody believes our own");
    let doctor = parvis(&empty, &["doctor"]).output().unwrap();
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(said.lines().any(|l| l.contains(NAME) && l.contains("attention")), "{said}");
    tokio::time::timeout(Duration::from_secs(5), TcpStream::connect(("127.0.0.1", secure))).await.unwrap().unwrap();
}
