//! Where a request comes from, for limits: the peer, or whom a trusted proxy says it speaks for.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
    sync::Arc,
};

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use parvis_kernel::app::App;

/// Headers of which one at least is on a request that some proxy passed on.
const PASSED_ON: [&str; 6] =
    ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto", "x-forwarded-host"];

/// One address, or a range of them (`10.0.0.0/8`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    fn holds(&self, ip: IpAddr) -> bool {
        let cut = |value: u128, width: u32| {
            let drop = width - u32::from(self.bits).min(width);
            if drop >= 128 { 0 } else { value >> drop }
        };
        match (self.address, ip.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => cut(u128::from(a.to_bits()), 32) == cut(u128::from(b.to_bits()), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => cut(a.to_bits(), 128) == cut(b.to_bits(), 128),
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no address nor range: write 10.0.0.2 or 10.0.0.0/8");
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |b| b.trim().parse().map_err(|_| wrong()))?;
        if bits > width { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

/// The proxies whose word is taken about who asks: this machine, unless others are named.
#[derive(Debug, Clone)]
pub struct Proxies(Arc<[Network]>);

impl Default for Proxies {
    fn default() -> Self {
        let here = [
            Network { address: IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), bits: 8 },
            Network { address: IpAddr::V6(Ipv6Addr::LOCALHOST), bits: 128 },
        ];
        Self(Arc::new(here))
    }
}

impl Proxies {
    /// These, or this machine when none is named.
    #[must_use]
    pub fn new(named: &[Network]) -> Self {
        if named.is_empty() { Self::default() } else { Self(named.into()) }
    }

    fn trusts(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|n| n.holds(ip))
    }

    /// Who asks: the last address that a trusted proxy wrote, else the peer. What stands before the last was sent by
    /// the client itself, who may write anything.
    #[must_use]
    pub fn client(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer?;
        if !self.trusts(peer) {
            return Some(peer);
        }
        let last = headers.get_all("x-forwarded-for").iter().next_back().and_then(|v| v.to_str().ok());
        let said = last.and_then(|list| list.rsplit(',').next()).and_then(|text| parse(text.trim()));
        Some(said.unwrap_or(peer))
    }
}

/// An address as proxies write it, with or without a port.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[');
    let bare = bare.split_once(']').map_or(bare, |(ip, _)| ip);
    text.parse()
        .ok()
        .or_else(|| bare.parse().ok())
        .or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|s| s.ip()))
}

/// Whether some proxy passed the request on.
#[must_use]
pub fn is_passed_on(headers: &HeaderMap) -> bool {
    PASSED_ON.iter().any(|name| headers.contains_key(*name))
}

/// What limits count by: an IPv4 address, or the network of an IPv6 one, of which a household has 2^64.
fn counted(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The sender's address, hashed with the day: limits work, nobody can be followed from day to day.
#[must_use]
pub fn hashed(app: &App, client: Option<IpAddr>, now: DateTime<Utc>) -> String {
    let client = client.map(counted).unwrap_or_default();
    app.secrets.sign("address", &format!("{} {client}", now.date_naive()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn headers(lines: &[&'static str]) -> HeaderMap {
        let mut all = HeaderMap::new();
        for line in lines {
            all.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        all
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        let here = Proxies::default();
        let client = |proxies: &Proxies, peer: &str, lines: &[&'static str]| {
            proxies.client(Some(ip(peer)), &headers(lines)).unwrap().to_string()
        };
        assert_eq!(client(&here, "127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&here, "::1", &["1.1.1.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&here, "127.0.0.1", &["1.1.1.1", "2.2.2.2, 203.0.113.9"]), "203.0.113.9", "all lines");
        assert_eq!(client(&here, "192.0.2.1", &["203.0.113.9"]), "192.0.2.1", "anybody can write a header");
        assert_eq!(client(&here, "127.0.0.1", &["unknown"]), "127.0.0.1");
        assert_eq!(client(&here, "127.0.0.1", &["[2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(client(&here, "127.0.0.1", &["203.0.113.9:5000"]), "203.0.113.9");
        let named = Proxies::new(&["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(client(&named, "10.2.3.4", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&named, "::ffff:10.2.3.4", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&named, "127.0.0.1", &["203.0.113.9"]), "127.0.0.1", "no longer trusted");
        for bad in ["", "10.0.0", "10.0.0.0/33", "a/8", "10.0.0.0/-1"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_household_is_one_address() {
        assert_eq!(counted(ip("2001:db8:1:2:aaaa::1")), counted(ip("2001:db8:1:2:bbbb::2")));
        assert_ne!(counted(ip("2001:db8:1:2::1")), counted(ip("2001:db8:1:3::1")));
        assert_eq!(counted(ip("::ffff:192.0.2.1")), "192.0.2.1");
        assert_ne!(counted(ip("192.0.2.1")), counted(ip("192.0.2.2")));
    }
}
