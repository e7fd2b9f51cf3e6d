//! The name servers of the machine, asked by a library that asks them itself: the machine's own calls know no texts.

use std::net::{IpAddr, SocketAddr};

use async_trait::async_trait;
use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig},
    lookup::Lookup,
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::RData,
};

use super::names::{Names, Silent, TIMEOUT};

/// Asks, with a name server of a test in place of the machine's, if there is one. Nothing is kept from one check to the
/// next: whoever has just published a line wants to see it.
#[derive(Debug)]
pub struct Resolver(Option<TokioResolver>);

impl Resolver {
    /// Of the machine, or this one. Without a configuration that can be read, nobody answers.
    #[must_use]
    pub fn new(instead: Option<SocketAddr>) -> Self {
        let builder = match instead {
            None => TokioResolver::builder_tokio(),
            Some(server) => Ok(TokioResolver::builder_with_config(only(server), TokioRuntimeProvider::default())),
        };
        Self(builder.ok().and_then(|mut builder| {
            let options = builder.options_mut();
            options.timeout = TIMEOUT;
            options.attempts = 2;
            // What the world reads, not what the file of hosts of this machine says.
            options.use_hosts_file = ResolveHosts::Never;
            builder.build().ok()
        }))
    }

    fn asked(&self) -> Result<&TokioResolver, Silent> {
        self.0.as_ref().ok_or(Silent)
    }
}

fn only(server: SocketAddr) -> ResolverConfig {
    let mut udp = ConnectionConfig::udp();
    udp.port = server.port();
    ResolverConfig::from_parts(None, vec![], vec![NameServerConfig::new(server.ip(), true, vec![udp])])
}

/// From the root: no domain of the machine is added.
fn whole(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

/// A name without such a record has none; anything else is no answer.
fn found(outcome: Result<Lookup, NetError>) -> Result<Option<Lookup>, Silent> {
    match outcome {
        Ok(lookup) => Ok(Some(lookup)),
        Err(e) if e.is_no_records_found() => Ok(None),
        // A name that can't be one has no records.
        Err(NetError::Proto(_)) => Ok(None),
        Err(_) => Err(Silent),
    }
}

fn read<T>(lookup: Option<Lookup>, of: impl Fn(&RData) -> Option<T>) -> Vec<T> {
    lookup.iter().flat_map(|l| l.answers().iter().filter_map(|r| of(&r.data)).collect::<Vec<_>>()).collect()
}

#[async_trait]
impl Names for Resolver {
    async fn txt(&self, name: &str) -> Result<Vec<String>, Silent> {
        let lookup = found(self.asked()?.txt_lookup(whole(name)).await)?;
        Ok(read(lookup, |data| match data {
            // The pieces of a text are one text (RFC 7208 3.3).
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        }))
    }

    async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Silent> {
        let asked = self.asked()?;
        let (v4, v6) = futures::join!(asked.ipv4_lookup(whole(name)), asked.ipv6_lookup(whole(name)));
        let of = |data: &RData| match data {
            RData::A(a) => Some(IpAddr::V4(a.0)),
            RData::AAAA(a) => Some(IpAddr::V6(a.0)),
            _ => None,
        };
        let mut all = read(found(v4)?, of);
        all.extend(read(found(v6)?, of));
        Ok(all)
    }

    async fn mx(&self, name: &str) -> Result<Vec<String>, Silent> {
        let lookup = found(self.asked()?.mx_lookup(whole(name)).await)?;
        Ok(read(lookup, |data| match data {
            RData::MX(mx) => Some(mx.exchange.to_utf8().trim_end_matches('.').to_owned()),
            _ => None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_testing::dns::{Has, name_server, silent_name_server};

    #[tokio::test]
    async fn a_name_server_is_asked_for_each_kind() {
        let long = format!("v=DKIM1; p={}", "A".repeat(380));
        let server = name_server(&[
            ("rivemont.example", Has::Txt("v=spf1 mx -all".into())),
            ("rivemont.example", Has::Mx("mail.rivemont.example".into())),
            ("mail.rivemont.example", Has::A([192, 0, 2, 7].into())),
            ("s1._domainkey.rivemont.example", Has::Txt(long.clone())),
        ]);
        let names = Resolver::new(Some(server));
        assert_eq!(names.txt("rivemont.example").await, Ok(vec!["v=spf1 mx -all".to_owned()]));
        assert_eq!(names.mx("rivemont.example").await, Ok(vec!["mail.rivemont.example".to_owned()]));
        assert_eq!(names.addresses("mail.rivemont.example").await, Ok(vec![[192, 0, 2, 7].into()]));
        assert_eq!(names.txt("s1._domainkey.rivemont.example").await, Ok(vec![long]), "pieces are one text");
        assert_eq!(names.txt("gone.example").await, Ok(vec![]), "no such name");
        assert_eq!(names.txt("mail.rivemont.example").await, Ok(vec![]), "a name without texts");
        assert_eq!(names.txt(&"x".repeat(80)).await, Ok(vec![]), "no name at all");
    }

    #[tokio::test]
    async fn a_name_server_that_keeps_silent_is_told_from_a_name_without_records() {
        let (_open, server) = silent_name_server();
        assert_eq!(Resolver::new(Some(server)).txt("rivemont.example").await, Err(Silent));
    }
}
