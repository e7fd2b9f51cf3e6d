//! One call to an address somebody typed: to the public internet only, to the very address that was checked, without
//! following where it points.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::http::{Uri, uri::Scheme};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// Longest time of a whole call.
const MAX_TIME: Duration = Duration::from_secs(10);
/// Largest head of an answer that is read.
const MAX_HEAD: usize = 16 * 1024;

/// Why a call did not reach its aim. Codes are stable, words are `webhook-error-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The name has no address.
    Unresolved,
    /// It has an address on a private network, on this machine, or otherwise not on the public internet.
    Private,
    /// Nobody listens there.
    Unreachable,
    /// No secure connection: an expired or foreign certificate.
    Tls,
    /// No answer in time.
    TooSlow,
    /// It points elsewhere: never followed.
    Redirect,
    /// It answered that it could not take it.
    Status,
    /// What it answered is no HTTP.
    Unreadable,
}

impl Failure {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unresolved => "unresolved",
            Self::Private => "private",
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::TooSlow => "slow",
            Self::Redirect => "redirect",
            Self::Status => "status",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// HTTP status, when there was one.
    pub status: Option<u16>,
    /// Why it counts as failed, if it does.
    pub failure: Option<Failure>,
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        Self { status: None, failure: Some(failure) }
    }
}

/// Where a call goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    tls: bool,
    host: String,
    port: u16,
    path: String,
}

impl Target {
    /// Reads an address. With `secure`, `https` alone can stand.
    #[must_use]
    pub fn parse(url: &str, secure: bool) -> Option<Self> {
        let uri: Uri = url.parse().ok().filter(|_| url.len() <= 500 && !url.contains('#'))?;
        let tls = uri.scheme() == Some(&Scheme::HTTPS);
        if !tls && (secure || uri.scheme() != Some(&Scheme::HTTP)) {
            return None;
        }
        let authority = uri.authority()?;
        // A name and password in an address would go to whoever reads the list.
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return None;
        }
        Some(Self {
            tls,
            host: authority.host().to_owned(),
            port: authority.port_u16().unwrap_or(if tls { 443 } else { 80 }),
            path: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        })
    }

    /// Whether its name leads to a private address now. It is looked at again before each call; a name that leads nowhere
    /// yet may stand.
    pub async fn refused(&self, reach: Reach) -> Option<Failure> {
        let found = timeout(MAX_TIME, resolve(self, reach)).await.ok()?;
        found.err().filter(|f| *f == Failure::Private)
    }

    /// The host without the brackets of an IPv6 address.
    fn name(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

/// Whether an address is on the public internet: not this machine, a private network, a link, or a range kept for
/// something else (IANA special-purpose registries). Addresses that carry an IPv4 one count as that one.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => public_v4(v4),
        IpAddr::V6(v6) => public_v6(v6),
    }
}

fn public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let kept = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !kept
}

fn public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, .., g, h] = ip.segments();
    let inside = |high: u16, low: u16| {
        let [w, x] = high.to_be_bytes();
        let [y, z] = low.to_be_bytes();
        public_v4(Ipv4Addr::new(w, x, y, z))
    };
    if let Some(v4) = ip.to_ipv4_mapped() {
        return public_v4(v4);
    }
    match (a, b) {
        // Through a translator (RFC 6052), and 6to4 (RFC 3056).
        (0x64, 0xff9b) => ip.segments().get(2..6).is_some_and(|s| s.iter().all(|x| *x == 0)) && inside(g, h),
        (0x2002, high) => ip.segments().get(2).is_some_and(|low| inside(high, *low)),
        // Teredo, benchmarks, documentation and the other small ranges of 2001::/23.
        (0x2001, b) if b < 0x200 || b == 0xdb8 => false,
        (0x3fff, b) if b < 0x1000 => false,
        _ => (0x2000..0x4000).contains(&a),
    }
}

/// Who may be called, for tests that listen on this machine.
pub type Reach = fn(IpAddr) -> bool;

/// Sends a body and reads the status of the answer.
pub async fn post(target: &Target, headers: &[(&str, String)], body: &str, reach: Reach) -> Outcome {
    match timeout(MAX_TIME, attempt(target, headers, body, reach)).await {
        Ok(Ok(status)) => Outcome { status: Some(status), failure: judge(status) },
        Ok(Err(failure)) => failure.into(),
        Err(_) => Failure::TooSlow.into(),
    }
}

const fn judge(status: u16) -> Option<Failure> {
    match status {
        200..=299 => None,
        300..=399 => Some(Failure::Redirect),
        _ => Some(Failure::Status),
    }
}

/// The addresses of a target, when all of them may be called.
async fn resolve(target: &Target, reach: Reach) -> Result<Vec<SocketAddr>, Failure> {
    let found = lookup_host((target.name(), target.port)).await.map_err(|_| Failure::Unresolved)?;
    let found: Vec<SocketAddr> = found.collect();
    // One private address among public ones is no accident: the name is not called at all.
    if found.iter().any(|a| !reach(a.ip())) {
        return Err(Failure::Private);
    }
    if found.is_empty() { Err(Failure::Unresolved) } else { Ok(found) }
}

async fn attempt(target: &Target, headers: &[(&str, String)], body: &str, reach: Reach) -> Result<u16, Failure> {
    let mut stream = None;
    for address in resolve(target, reach).await? {
        // The address that was checked, not the name: it can't point elsewhere meanwhile.
        if let Ok(open) = TcpStream::connect(address).await {
            stream = Some(open);
            break;
        }
    }
    let stream = stream.ok_or(Failure::Unreachable)?;
    let request = request(target, headers, body);
    if target.tls {
        let name = ServerName::try_from(target.name().to_owned()).map_err(|_| Failure::Tls)?;
        let stream = connector().ok_or(Failure::Tls)?.connect(name, stream).await.map_err(|_| Failure::Tls)?;
        talk(stream, &request).await
    } else {
        talk(stream, &request).await
    }
}

fn connector() -> Option<TlsConnector> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Some(TlsConnector::from(Arc::new(config)))
}

fn request(target: &Target, headers: &[(&str, String)], body: &str) -> String {
    let usual = if target.tls { 443 } else { 80 };
    let port = if target.port == usual { String::new() } else { format!(":{}", target.port) };
    let mut text = format!(
        "POST {} HTTP/1.1\r\nHost: {}{port}\r\nUser-Agent: Parvis\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n",
        target.path,
        target.host,
        body.len()
    );
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text
}

/// Writes the request and reads the head of the answer. The rest is not ours to read.
async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &str) -> Result<u16, Failure> {
    stream.write_all(request.as_bytes()).await.map_err(|_| Failure::Unreachable)?;
    stream.flush().await.map_err(|_| Failure::Unreachable)?;
    let mut head = Vec::new();
    let mut buffer = [0_u8; 2048];
    loop {
        let n = stream.read(&mut buffer).await.map_err(|_| Failure::Unreadable)?;
        head.extend_from_slice(buffer.get(..n).unwrap_or_default());
        let mut lines = [httparse::EMPTY_HEADER; 64];
        let mut answer = httparse::Response::new(&mut lines);
        let parsed = answer.parse(&head);
        // The status line is enough, whatever the headers are.
        if let Some(status) = answer.code.filter(|_| parsed.is_ok() || head.len() > MAX_HEAD) {
            return Ok(status);
        }
        if n == 0 || head.len() > MAX_HEAD || parsed.is_err() {
            return Err(Failure::Unreadable);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[test]
    fn only_the_public_internet_is_called() {
        for bad in [
            "127.0.0.1",
            "127.8.9.10",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001::1",
            "2001:db8::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "100::1",
        ] {
            assert!(!is_public(bad.parse().unwrap()), "{bad}");
        }
        for good in ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "172.32.0.1"]
        {
            assert!(is_public(good.parse().unwrap()), "{good}");
        }
    }

    #[test]
    fn addresses_that_can_stand() {
        let port = |url: &str| Target::parse(url, true).map(|t| t.port);
        assert_eq!((port("https://a.fr/x?y=1"), port("https://a.fr:8443")), (Some(443), Some(8443)));
        assert_eq!(Target::parse("https://[::1]/x", true).unwrap().name(), "::1");
        for bad in
            ["http://a.fr", "https://", "a.fr", "https://me:secret@a.fr/", "ftp://a.fr", "https://a.fr/\r\nX: y", ""]
        {
            assert_eq!(port(bad), None, "{bad:?}");
        }
        assert!(Target::parse("http://a.fr", false).is_some());
    }

    async fn call(url: &str, reach: Reach) -> Outcome {
        post(&Target::parse(url, false).unwrap(), &[], "{}", reach).await
    }

    /// Answers one request with these bytes, and gives what was asked.
    async fn listen(answer: &'static str) -> (u16, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut text = vec![0; 4096];
            let n = stream.read(&mut text).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8_lossy(&text[..n]).into_owned()
        });
        (port, asked)
    }

    #[tokio::test]
    async fn private_addresses_are_never_called_however_they_are_written() {
        for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"]
        {
            // Nothing listens there: refused before any connection.
            let outcome = call(&format!("http://{host}:9/"), is_public).await;
            let refused = matches!(outcome.failure, Some(Failure::Private | Failure::Unresolved));
            assert!(refused && outcome.status.is_none(), "{host}: {outcome:?}");
        }
    }

    #[tokio::test]
    async fn what_is_answered_is_told_and_nothing_is_followed() {
        for (answer, status, failure) in [
            ("HTTP/1.1 204 No Content\r\n\r\n", Some(204), None),
            ("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n", Some(302), Some(Failure::Redirect)),
            ("HTTP/1.1 500 Oops\r\n\r\n", Some(500), Some(Failure::Status)),
            ("hello", None, Some(Failure::Unreadable)),
            ("", None, Some(Failure::Unreadable)),
        ] {
            let (port, asked) = listen(answer).await;
            let outcome = call(&format!("http://127.0.0.1:{port}/crochet?a=1"), |_| true).await;
            assert_eq!(outcome, Outcome { status, failure }, "{answer}");
            let asked = asked.await.unwrap();
            assert!(asked.starts_with("POST /crochet?a=1 HTTP/1.1\r\n") && asked.ends_with("\r\n\r\n{}"), "{asked}");
        }
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let nobody = call(&format!("http://127.0.0.1:{closed}/"), |_| true).await;
        assert_eq!(nobody.failure, Some(Failure::Unreachable));
        let (port, _asked) = listen("HTTP/1.1 200 OK\r\n\r\n").await;
        let no_tls = call(&format!("https://127.0.0.1:{port}/"), |_| true).await;
        assert_eq!(no_tls.failure, Some(Failure::Tls));
    }
}
