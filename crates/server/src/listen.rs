//! Where the program listens, and the address by which others reach it.

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
};

use clap::Args;
use tokio::net::TcpListener;

use crate::{commands::CommandError, http::address::Network};

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
        options
    }

    /// Whether it takes a right of the machine to listen there.
    #[must_use]
    pub fn needs_low_port(&self) -> bool {
        (1..1024).contains(&self.socket().port())
    }

    /// The address on this machine itself.
    #[must_use]
    pub fn address_here(&self) -> String {
        here(self.socket().port())
    }

    fn socket(&self) -> SocketAddr {
        SocketAddr::new(self.address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), self.port.unwrap_or(8080))
    }

    /// Takes the port.
    ///
    /// # Errors
    /// One line with the remedy.
    pub async fn bind(&self) -> Result<TcpListener, CommandError> {
        let socket = self.socket();
        let (port, address) = (socket.port().to_string(), socket.ip().to_string());
        TcpListener::bind(socket).await.map_err(|e| match e.kind() {
            ErrorKind::AddrInUse => CommandError::told("start-port-taken", &[("port", &port)]),
            ErrorKind::PermissionDenied => CommandError::told("start-port-denied", &[("port", &port)]),
            _ => CommandError::told("start-address-wrong", &[("address", &address), ("said", &e.to_string())]),
        })
    }
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
        };
        assert_eq!(all.options().join(" "), "--port 443 --address 127.0.0.1 --trusted-proxy 10.0.0.0/8");
        assert!(all.needs_low_port() && !Listen::default().needs_low_port());
    }
}
