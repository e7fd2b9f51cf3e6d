//! Where the program listens, and the address by which others reach it.

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    path::PathBuf,
};

use clap::Args;
use tokio::net::TcpListener;

use crate::{
    commands::CommandError,
    http::address::Network,
    tls::{Acme, LETS_ENCRYPT, Source},
};

/// Where to listen, as said before or after the command.
#[derive(Debug, Clone, Default, Args)]
pub struct Listen {
    /// Port to listen on [default: 8080]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Address to listen on [default: all of this machine]
    #[arg(long, value_name = "IP")]
    pub address: Option<IpAddr>,
    /// Proxy in front of Parvis whose X-Forwarded-For is believed: an address or a range, several times if need be
    /// [default: this machine]
    #[arg(long = "trusted-proxy", value_name = "IP")]
    pub trusted_proxies: Vec<Network>,
    /// Name of the site: HTTPS on port 443, with a certificate that is asked for and renewed by itself
    #[arg(long, value_name = "NAME")]
    pub domain: Option<String>,
    /// Certificate of the site with those of its issuers, PEM, instead of one that is asked for
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Its private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Port that leads to HTTPS [default: 80 beside 443, else none]
    #[arg(long, value_name = "N")]
    pub http_port: Option<u16>,
    /// Who is asked for a certificate, instead of Let's Encrypt: its ACME directory
    #[arg(long, value_name = "URL")]
    pub acme_directory: Option<String>,
    /// Certificate of whoever signed that of the ACME directory, PEM, when it is no public one
    #[arg(long, value_name = "FILE")]
    pub acme_root: Option<PathBuf>,
}

impl Listen {
    /// What was said after the command, else before it.
    #[must_use]
    pub fn or(&self, before: &Self) -> Self {
        let proxies = if self.trusted_proxies.is_empty() { &before.trusted_proxies } else { &self.trusted_proxies };
        Self {
            port: self.port.or(before.port),
            address: self.address.or(before.address),
            trusted_proxies: proxies.clone(),
            domain: self.domain.clone().or_else(|| before.domain.clone()),
            tls_cert: self.tls_cert.clone().or_else(|| before.tls_cert.clone()),
            tls_key: self.tls_key.clone().or_else(|| before.tls_key.clone()),
            http_port: self.http_port.or(before.http_port),
            acme_directory: self.acme_directory.clone().or_else(|| before.acme_directory.clone()),
            acme_root: self.acme_root.clone().or_else(|| before.acme_root.clone()),
        }
    }

    /// Whether this program serves HTTPS itself.
    #[must_use]
    pub const fn serves_tls(&self) -> bool {
        self.domain.is_some() || self.tls_cert.is_some()
    }

    /// Where the certificate comes from, when this program serves HTTPS itself.
    ///
    /// # Errors
    /// One line with the remedy, for a name that can't have a certificate.
    pub fn source(&self) -> Result<Option<Source>, CommandError> {
        if let Some(domain) = &self.domain
            && !is_site_name(domain)
        {
            return Err(CommandError::told("start-domain-wrong", &[("domain", domain)]));
        }
        Ok(match (&self.tls_cert, &self.tls_key, &self.domain) {
            (Some(cert), Some(key), _) => Some(Source::Files { cert: cert.clone(), key: key.clone() }),
            (_, _, Some(domain)) => Some(Source::Acme(Acme {
                domain: domain.clone(),
                directory: self.acme_directory.clone().unwrap_or_else(|| LETS_ENCRYPT.to_owned()),
                root: self.acme_root.clone(),
            })),
            _ => None,
        })
    }

    /// The port that leads to HTTPS, if there is one.
    #[must_use]
    pub fn plain_port(&self) -> Option<u16> {
        let beside = (self.socket().port() == 443).then_some(80);
        self.http_port.or(beside).filter(|_| self.serves_tls())
    }

    /// How people reach the site: by its name and HTTPS, else as [`reached_at`] says.
    #[must_use]
    pub fn site(&self, listener: &TcpListener) -> String {
        let port = listener.local_addr().map_or_else(|_| self.socket().port(), |at| at.port());
        let at = if port == 443 { String::new() } else { format!(":{port}") };
        match &self.domain {
            Some(domain) => format!("https://{domain}{at}"),
            None if self.serves_tls() => reached_at(listener).replacen("http://", "https://", 1),
            None => reached_at(listener),
        }
    }

    /// The same as options of the command line, every one that was said; the port always.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        let mut options = vec!["--port".to_owned(), self.socket().port().to_string()];
        if let Some(address) = self.address {
            options.extend(["--address".to_owned(), address.to_string()]);
        }
        for proxy in &self.trusted_proxies {
            options.extend(["--trusted-proxy".to_owned(), proxy.to_string()]);
        }
        let path = |p: &Option<PathBuf>| {
            let whole = p.as_ref().map(|p| std::path::absolute(p).unwrap_or_else(|_| p.clone()));
            whole.map(|p| p.display().to_string())
        };
        for (name, value) in [
            ("--domain", self.domain.clone()),
            ("--tls-cert", path(&self.tls_cert)),
            ("--tls-key", path(&self.tls_key)),
            ("--http-port", self.http_port.map(|p| p.to_string())),
            ("--acme-directory", self.acme_directory.clone()),
            ("--acme-root", path(&self.acme_root)),
        ] {
            options.extend(value.into_iter().flat_map(|v| [name.to_owned(), v]));
        }
        options
    }

    /// Whether it takes a right of the machine to listen there.
    #[must_use]
    pub fn needs_low_port(&self) -> bool {
        let low = |port: u16| (1..1024).contains(&port);
        low(self.socket().port()) || self.plain_port().is_some_and(low)
    }

    /// The address on this machine itself.
    #[must_use]
    pub fn address_here(&self) -> String {
        match &self.domain {
            Some(domain) => format!("https://{domain}"),
            None => here(self.socket().port()),
        }
    }

    fn socket(&self) -> SocketAddr {
        let usual = if self.serves_tls() { 443 } else { 8080 };
        SocketAddr::new(self.address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), self.port.unwrap_or(usual))
    }

    /// Takes the port.
    ///
    /// # Errors
    /// One line with the remedy.
    pub async fn bind(&self) -> Result<TcpListener, CommandError> {
        bind(self.socket(), self.serves_tls()).await
    }

    /// Takes the port that leads to HTTPS, where there is one.
    ///
    /// # Errors
    /// One line with the remedy.
    pub async fn bind_plain(&self) -> Result<Option<TcpListener>, CommandError> {
        let Some(port) = self.plain_port() else { return Ok(None) };
        bind(SocketAddr::new(self.socket().ip(), port), true).await.map(Some)
    }
}

async fn bind(socket: SocketAddr, https: bool) -> Result<TcpListener, CommandError> {
    let (port, address) = (socket.port().to_string(), socket.ip().to_string());
    TcpListener::bind(socket).await.map_err(|e| match e.kind() {
        ErrorKind::AddrInUse if https => CommandError::told("start-https-port-taken", &[("port", &port)]),
        ErrorKind::AddrInUse => CommandError::told("start-port-taken", &[("port", &port)]),
        ErrorKind::PermissionDenied if https => CommandError::told("start-https-port-denied", &[("port", &port)]),
        ErrorKind::PermissionDenied => CommandError::told("start-port-denied", &[("port", &port)]),
        _ => CommandError::told("start-address-wrong", &[("address", &address), ("said", &e.to_string())]),
    })
}

/// Whether a public site can have this name: words of letters, digits and hyphens between dots, no number at the end.
fn is_site_name(name: &str) -> bool {
    let word = |w: &str| {
        let plain = w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        !w.is_empty() && w.len() <= 63 && plain && !w.starts_with('-') && !w.ends_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253 && name.contains('.') && name.split('.').all(word) && !last.bytes().all(|b| b.is_ascii_digit())
}

/// How people reach a program that listens there: this machine's own name when nobody else can, the machine's address
/// in its network when it listens everywhere, so that a telephone opens what it photographs.
#[must_use]
pub fn reached_at(listener: &TcpListener) -> String {
    listener.local_addr().map_or_else(|_| here(8080), |at| base(at, in_network))
}

/// The address on this machine itself.
#[must_use]
pub fn here(port: u16) -> String {
    format!("http://localhost:{port}")
}

fn base(at: SocketAddr, in_network: impl Fn() -> Option<IpAddr>) -> String {
    let others = if at.ip().is_unspecified() { in_network() } else { Some(at.ip()) };
    match others.filter(|ip| !ip.is_loopback() && !ip.is_unspecified()) {
        Some(ip) => format!("http://{}", SocketAddr::new(ip, at.port())),
        None => here(at.port()),
    }
}

/// The address that the system would call others from. Nothing is sent: a datagram socket only chooses its way. The
/// one it would go to is reserved for documents (RFC 5737).
fn in_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_gets_an_address_it_can_reach() {
        let lan = || Some("192.168.1.20".parse().unwrap());
        let at = |text: &str, lan: &dyn Fn() -> Option<IpAddr>| base(text.parse().unwrap(), lan);
        assert_eq!(at("0.0.0.0:8080", &lan), "http://192.168.1.20:8080");
        assert_eq!(at("[::]:8080", &lan), "http://192.168.1.20:8080");
        assert_eq!(at("0.0.0.0:8080", &|| None), "http://localhost:8080", "no network");
        assert_eq!(at("0.0.0.0:8080", &|| Some(Ipv4Addr::LOCALHOST.into())), "http://localhost:8080");
        assert_eq!(at("127.0.0.1:9000", &lan), "http://localhost:9000");
        assert_eq!(at("[2001:db8::7]:80", &lan), "http://[2001:db8::7]:80");
    }

    #[test]
    fn what_stands_after_the_command_wins() {
        let port = |n| Listen { port: n, ..Listen::default() };
        assert_eq!(port(Some(1)).or(&port(Some(2))).port, Some(1));
        assert_eq!(port(None).or(&port(Some(2))).port, Some(2));
        assert_eq!(port(None).or(&port(None)).socket().port(), 8080);
    }

    #[test]
    fn what_was_said_can_be_said_again() {
        assert_eq!(Listen::default().options(), ["--port", "8080"]);
        let all = Listen {
            port: Some(443),
            address: Some(Ipv4Addr::LOCALHOST.into()),
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            domain: Some("rivemont.example".into()),
            tls_cert: Some("/etc/ssl/site.pem".into()),
            tls_key: Some("/etc/ssl/site.key".into()),
            http_port: Some(80),
            acme_directory: Some("https://acme.example/dir".into()),
            acme_root: Some("/etc/ssl/root.pem".into()),
        };
        assert_eq!(
            all.options().join(" "),
            "--port 443 --address 127.0.0.1 --trusted-proxy 10.0.0.0/8 --domain rivemont.example \
             --tls-cert /etc/ssl/site.pem --tls-key /etc/ssl/site.key --http-port 80 \
             --acme-directory https://acme.example/dir --acme-root /etc/ssl/root.pem"
        );
        assert!(all.needs_low_port() && !Listen::default().needs_low_port());
        assert_eq!(Listen::default().or(&all).options(), all.options());
    }

    #[test]
    fn a_name_means_https_on_its_ports() {
        let named = Listen { domain: Some("rivemont.example".into()), ..Listen::default() };
        assert_eq!((named.socket().port(), named.plain_port(), named.needs_low_port()), (443, Some(80), true));
        let elsewhere = Listen { port: Some(8443), ..named.clone() };
        assert_eq!((elsewhere.plain_port(), elsewhere.needs_low_port()), (None, false));
        assert_eq!(Listen { http_port: Some(80), ..Listen::default() }.plain_port(), None, "no HTTPS to lead to");
        assert!(matches!(named.source(), Ok(Some(Source::Acme(a))) if a.directory == LETS_ENCRYPT));
        assert!(matches!(Listen::default().source(), Ok(None)));
        for (name, good) in [
            ("rivemont.fr", true),
            ("idees.rivemont-sur-mer.fr", true),
            ("xn--t-zga.fr", true),
            ("localhost", false),
            ("192.0.2.1", false),
            ("2001:db8::1", false),
            ("été.fr", false),
            ("rivemont.fr:443", false),
            ("https://rivemont.fr", false),
            (".fr", false),
            ("-a.fr", false),
            ("a_b.fr", false),
        ] {
            assert_eq!(is_site_name(name), good, "{name}");
        }
    }
}
