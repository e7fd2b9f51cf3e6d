//! SPF (RFC 7208): which machines may send for a domain. Read, counted, and tried for the machine that carries our mail.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use futures::future::BoxFuture;

use super::names::{Names, Silent};

/// Questions to the name servers that a record may cost; beyond, receivers count it for nothing (RFC 7208 4.6.4).
pub const MOST_LOOKUPS: usize = 10;

/// What a match means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// May send.
    Pass,
    /// May not.
    Fail,
    /// Probably may not.
    SoftFail,
    /// Nothing is said.
    Neutral,
}

/// Whom a term speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mechanism {
    /// Everybody.
    All,
    /// Whom another record lets pass.
    Include(String),
    /// The addresses of a name, the domain's own when it names none, with the length of both prefixes.
    A(Option<String>, u8, u8),
    /// The mail servers of a name.
    Mx(Option<String>, u8, u8),
    /// Whose address leads back to the domain: nobody should ask any more.
    Ptr,
    /// A network.
    Network(IpAddr, u8),
    /// Whom a name made up for them exists for.
    Exists(String),
}

/// A term of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What a match means.
    pub qualifier: Qualifier,
    /// Whom it speaks of.
    pub mechanism: Mechanism,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its terms, in order.
    pub terms: Vec<Term>,
    /// The record that counts instead, when no term matches.
    pub redirect: Option<String>,
}

/// Whether a text is a record of SPF at all.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text == "v=spf1" || text.starts_with("v=spf1 ")
}

/// Reads a record.
///
/// # Errors
/// The term that can't be read.
pub fn parse(text: &str) -> Result<Record, String> {
    let mut record = Record::default();
    for word in text.split_ascii_whitespace().skip(1) {
        match word.split_once('=') {
            // A modifier: a name, an equal sign, a value.
            Some((name, value))
                if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) =>
            {
                if name.eq_ignore_ascii_case("redirect") {
                    if value.is_empty() || record.redirect.is_some() {
                        return Err(word.to_owned());
                    }
                    record.redirect = Some(value.to_owned());
                }
            }
            _ => record.terms.push(term(word).ok_or_else(|| word.to_owned())?),
        }
    }
    Ok(record)
}

fn term(word: &str) -> Option<Term> {
    let (qualifier, rest) = match word.chars().next()? {
        '+' => (Qualifier::Pass, word.get(1..)?),
        '-' => (Qualifier::Fail, word.get(1..)?),
        '~' => (Qualifier::SoftFail, word.get(1..)?),
        '?' => (Qualifier::Neutral, word.get(1..)?),
        _ => (Qualifier::Pass, word),
    };
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    let (name, argument) = rest.split_at_checked(end)?;
    let value = argument.strip_prefix(':').filter(|v| !v.is_empty());
    let mechanism = match name.to_ascii_lowercase().as_str() {
        "all" if argument.is_empty() => Mechanism::All,
        "include" => Mechanism::Include(value?.to_owned()),
        "exists" => Mechanism::Exists(value?.to_owned()),
        "ptr" if argument.is_empty() || value.is_some() => Mechanism::Ptr,
        "ip4" => network(value?, |a| a.parse::<Ipv4Addr>().ok().map(IpAddr::V4), 32)?,
        "ip6" => network(value?, |a| a.parse::<Ipv6Addr>().ok().map(IpAddr::V6), 128)?,
        "a" => named(argument).map(|(d, v4, v6)| Mechanism::A(d, v4, v6))?,
        "mx" => named(argument).map(|(d, v4, v6)| Mechanism::Mx(d, v4, v6))?,
        _ => return None,
    };
    Some(Term { qualifier, mechanism })
}

fn network(value: &str, read: impl Fn(&str) -> Option<IpAddr>, most: u8) -> Option<Mechanism> {
    let (address, length) = match value.split_once('/') {
        Some((address, length)) => (address, prefix(length, most)?),
        None => (value, most),
    };
    Some(Mechanism::Network(read(address)?, length))
}

fn prefix(text: &str, most: u8) -> Option<u8> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|n| plain && *n <= most)
}

/// What follows `a` or `mx`: a name or none, then `/24`, `//64`, both or neither.
fn named(argument: &str) -> Option<(Option<String>, u8, u8)> {
    let (argument, v6) = match argument.split_once("//") {
        Some((before, length)) => (before, prefix(length, 128)?),
        None => (argument, 128),
    };
    let (argument, v4) = match argument.rsplit_once('/') {
        Some((before, length)) => (before, prefix(length, 32)?),
        None => (argument, 32),
    };
    match argument.strip_prefix(':') {
        Some("") => None,
        Some(name) => Some((Some(name.to_owned()), v4, v6)),
        None if argument.is_empty() => Some((None, v4, v6)),
        None => None,
    }
}

/// Whether an address is in a network. Lengths beyond the address are the whole of it.
#[must_use]
pub fn is_in(address: IpAddr, network: IpAddr, length: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => {
            let shift = 32 - u32::from(length.min(32));
            a.to_bits().checked_shr(shift).unwrap_or(0) == n.to_bits().checked_shr(shift).unwrap_or(0)
        }
        (IpAddr::V6(a), IpAddr::V6(n)) => {
            let shift = 128 - u32::from(length.min(128));
            a.to_bits().checked_shr(shift).unwrap_or(0) == n.to_bits().checked_shr(shift).unwrap_or(0)
        }
        _ => false,
    }
}

/// Why a record counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The name servers say nothing.
    Silent,
    /// No record.
    Missing(String),
    /// More than one.
    Several(String),
    /// A term that can't be read.
    Broken(String),
    /// It asks more than [`MOST_LOOKUPS`] questions.
    TooMany,
}

impl From<Silent> for Fault {
    fn from(_: Silent) -> Self {
        Self::Silent
    }
}

/// What came of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What the first term that speaks of one of the addresses says.
    pub said: Option<Qualifier>,
    /// What it says of everybody else.
    pub others: Option<Qualifier>,
    /// Every name it includes, as written.
    pub includes: Vec<String>,
    /// Questions it costs.
    pub lookups: usize,
}

/// Reads the record of a domain with all it includes, and tries these addresses on it.
///
/// # Errors
/// Why the record counts for nothing.
pub async fn check(names: &dyn Names, domain: &str, addresses: &[IpAddr]) -> Result<Outcome, Fault> {
    let mut lookups = 0;
    let mut outcome = walk(names, domain.to_owned(), addresses, &mut lookups).await?;
    outcome.lookups = lookups;
    Ok(outcome)
}

fn walk<'a>(
    names: &'a dyn Names,
    domain: String,
    addresses: &'a [IpAddr],
    lookups: &'a mut usize,
) -> BoxFuture<'a, Result<Outcome, Fault>> {
    Box::pin(async move {
        let texts = names.txt(&domain).await?;
        let mut found = texts.iter().filter(|t| is_one(t));
        let text = found.next().ok_or_else(|| Fault::Missing(domain.clone()))?;
        if found.next().is_some() {
            return Err(Fault::Several(domain));
        }
        let record = parse(text).map_err(Fault::Broken)?;
        let mut outcome = Outcome::default();
        // Every term is looked at, also behind a match: somebody else's address will need them all.
        for Term { qualifier, mechanism } in record.terms {
            if mechanism == Mechanism::All {
                outcome.others = outcome.others.or(Some(qualifier));
            } else if speaks_of(names, &domain, mechanism, addresses, lookups, &mut outcome).await?
                && outcome.others.is_none()
            {
                outcome.said = outcome.said.or(Some(qualifier));
            }
        }
        if let Some(other) = record.redirect.filter(|name| outcome.others.is_none() && !has_macro(name)) {
            count(lookups)?;
            let inner = walk(names, other, addresses, lookups).await?;
            outcome.includes.extend(inner.includes);
            outcome.said = outcome.said.or(inner.said);
            outcome.others = inner.others;
        }
        Ok(outcome)
    })
}

/// Whether a mechanism speaks of one of the addresses.
async fn speaks_of(
    names: &dyn Names,
    domain: &str,
    mechanism: Mechanism,
    addresses: &[IpAddr],
    lookups: &mut usize,
    outcome: &mut Outcome,
) -> Result<bool, Fault> {
    if !matches!(mechanism, Mechanism::All | Mechanism::Network(..)) {
        count(lookups)?;
    }
    Ok(match mechanism {
        Mechanism::All => true,
        Mechanism::Network(network, length) => addresses.iter().any(|a| is_in(*a, network, length)),
        Mechanism::Include(name) => {
            outcome.includes.push(name.to_ascii_lowercase());
            if has_macro(&name) {
                return Ok(false);
            }
            let inner = walk(names, name, addresses, lookups).await?;
            outcome.includes.extend(inner.includes);
            inner.said.or(inner.others) == Some(Qualifier::Pass)
        }
        Mechanism::A(name, v4, v6) => near(names, name.as_deref().unwrap_or(domain), addresses, v4, v6).await?,
        Mechanism::Mx(name, v4, v6) => {
            for server in names.mx(name.as_deref().unwrap_or(domain)).await?.iter().take(10) {
                if near(names, server, addresses, v4, v6).await? {
                    return Ok(true);
                }
            }
            false
        }
        Mechanism::Ptr | Mechanism::Exists(_) => false,
    })
}

fn count(lookups: &mut usize) -> Result<(), Fault> {
    *lookups += 1;
    if *lookups > MOST_LOOKUPS { Err(Fault::TooMany) } else { Ok(()) }
}

/// A name with parts that each mail fills: it can't be looked up without one.
fn has_macro(name: &str) -> bool {
    name.contains('%')
}

async fn near(names: &dyn Names, name: &str, addresses: &[IpAddr], v4: u8, v6: u8) -> Result<bool, Silent> {
    if has_macro(name) {
        return Ok(false);
    }
    let found = names.addresses(name).await?;
    Ok(found.iter().any(|n| addresses.iter().any(|a| is_in(*a, *n, if n.is_ipv4() { v4 } else { v6 }))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sender::names::fixed::Fixed;
    use proptest::prelude::*;

    #[test]
    fn records_are_read() {
        let record = parse("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx:mail.example/28//64 -include:x.example ptr ?exists:%{i}.x.example exp=why.example ~all").unwrap();
        let kinds: Vec<(Qualifier, &Mechanism)> = record.terms.iter().map(|t| (t.qualifier, &t.mechanism)).collect();
        assert_eq!(kinds.len(), 8);
        assert_eq!(kinds[0], (Qualifier::Pass, &Mechanism::Network("192.0.2.0".parse().unwrap(), 24)));
        assert_eq!(kinds[1], (Qualifier::Pass, &Mechanism::Network("2001:db8::".parse().unwrap(), 32)));
        assert_eq!(kinds[2], (Qualifier::Pass, &Mechanism::A(None, 32, 128)));
        assert_eq!(kinds[3], (Qualifier::Pass, &Mechanism::Mx(Some("mail.example".into()), 28, 64)));
        assert_eq!(kinds[4], (Qualifier::Fail, &Mechanism::Include("x.example".into())));
        assert_eq!(kinds[5], (Qualifier::Pass, &Mechanism::Ptr));
        assert_eq!(kinds[6].0, Qualifier::Neutral);
        assert_eq!(kinds[7], (Qualifier::SoftFail, &Mechanism::All));
        assert_eq!(parse("v=spf1 redirect=_spf.example").unwrap().redirect.as_deref(), Some("_spf.example"));
        for bad in [
            "ip4:192.0.2.0/33",
            "ip4:300.1.1.1",
            "ip4:2001:db8::1",
            "ip4",
            "ip4:",
            "ip6:192.0.2.1",
            "ip6:::1/129",
            "include",
            "include:",
            "a:",
            "a/33",
            "a//129",
            "a/+8",
            "mx:",
            "ax",
            "all:x",
            "redirect=",
            "-",
            "+",
            "exists:",
            "ptr:",
            "é",
        ] {
            assert_eq!(parse(&format!("v=spf1 {bad} -all")), Err(bad.to_owned()), "{bad}");
        }
        assert_eq!(parse("v=spf1 redirect=a redirect=b"), Err("redirect=b".into()));
        for (text, one) in
            [("v=spf1", true), ("V=SPF1 -all", true), ("v=spf10 -all", false), ("v=DMARC1", false), ("", false)]
        {
            assert_eq!(is_one(text), one, "{text}");
        }
    }

    #[test]
    fn networks_hold_their_addresses() {
        let ip = |t: &str| t.parse::<IpAddr>().unwrap();
        for (address, network, length, holds) in [
            ("192.0.2.7", "192.0.2.0", 24, true),
            ("192.0.3.7", "192.0.2.0", 24, false),
            ("192.0.2.7", "192.0.2.7", 32, true),
            ("192.0.2.6", "192.0.2.7", 32, false),
            ("8.8.8.8", "192.0.2.7", 0, true),
            ("2001:db8::1", "2001:db8::", 32, true),
            ("2001:db9::1", "2001:db8::", 32, false),
            ("2001:db9::1", "::", 0, true),
            ("192.0.2.7", "::", 0, false),
        ] {
            assert_eq!(is_in(ip(address), ip(network), length), holds, "{address} {network}/{length}");
        }
    }

    async fn said(names: &Fixed, address: &str) -> Result<Outcome, Fault> {
        check(names, "rivemont.example", &[address.parse().unwrap()]).await
    }

    #[tokio::test]
    async fn a_record_with_all_it_includes_is_tried() {
        let names = Fixed::default()
            .txt("rivemont.example", "v=spf1 a:mail.rivemont.example include:_spf.host.example ~all")
            .txt("_spf.host.example", "v=spf1 mx:host.example ip6:2001:db8:1::/48 -all")
            .address("mail.rivemont.example", "192.0.2.1")
            .mx("host.example", "out.host.example")
            .address("out.host.example", "198.51.100.4");
        for (address, expected) in [
            ("192.0.2.1", Some(Qualifier::Pass)),
            ("198.51.100.4", Some(Qualifier::Pass)),
            ("2001:db8:1::9", Some(Qualifier::Pass)),
            ("203.0.113.9", None),
        ] {
            let outcome = said(&names, address).await.unwrap();
            assert_eq!(outcome.said, expected, "{address}");
            assert_eq!(outcome.others, Some(Qualifier::SoftFail));
            assert_eq!(
                (outcome.lookups, outcome.includes.as_slice()),
                (3, ["_spf.host.example".to_owned()].as_slice())
            );
        }
        let names = Fixed::default()
            .txt("rivemont.example", "v=spf1 -ip4:192.0.2.0/24 redirect=other.example")
            .txt("other.example", "v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.0/24 -all");
        assert_eq!(said(&names, "192.0.2.1").await.unwrap().said, Some(Qualifier::Fail), "the first that matches");
        assert_eq!(said(&names, "198.51.100.1").await.unwrap().said, Some(Qualifier::Pass));
        assert_eq!(said(&names, "203.0.113.1").await.unwrap().others, Some(Qualifier::Fail));
    }

    #[tokio::test]
    async fn what_counts_for_nothing_is_named() {
        let at = |text: &str| Fixed::default().txt("rivemont.example", text);
        assert_eq!(said(&Fixed::default(), "192.0.2.1").await, Err(Fault::Missing("rivemont.example".into())));
        let twice = at("v=spf1 -all").txt("rivemont.example", "v=spf1 mx -all");
        assert_eq!(said(&twice, "192.0.2.1").await, Err(Fault::Several("rivemont.example".into())));
        assert_eq!(
            said(&at("v=spf1 ipv4:192.0.2.1 -all"), "192.0.2.1").await,
            Err(Fault::Broken("ipv4:192.0.2.1".into()))
        );
        let gone = at("v=spf1 include:gone.example -all");
        assert_eq!(said(&gone, "192.0.2.1").await, Err(Fault::Missing("gone.example".into())));
        assert_eq!(
            said(&at("v=spf1 include:rivemont.example -all"), "192.0.2.1").await,
            Err(Fault::TooMany),
            "a circle"
        );
        let many: String = (0..11).map(|n| format!(" a:h{n}.example")).collect();
        assert_eq!(said(&at(&format!("v=spf1{many} -all")), "192.0.2.1").await, Err(Fault::TooMany));
        let ten: String = (0..10).map(|n| format!(" a:h{n}.example")).collect();
        assert_eq!(said(&at(&format!("v=spf1{ten} -all")), "192.0.2.1").await.unwrap().lookups, 10);
        assert_eq!(said(&Fixed::silent(), "192.0.2.1").await, Err(Fault::Silent));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "v=spf1( [ -~é]{0,30}){0,6}") {
            let _ = parse(&text);
        }

        #[test]
        fn what_is_written_is_read_again(a in any::<[u8; 4]>(), length in 0_u8..=32, sign in "[-+~?]?") {
            let address = Ipv4Addr::from(a);
            let record = parse(&format!("v=spf1 {sign}ip4:{address}/{length}")).unwrap();
            prop_assert_eq!(&record.terms[0].mechanism, &Mechanism::Network(address.into(), length));
        }
    }
}
