//! DMARC (RFC 7489): what receivers do with a mail that is not really from the domain; and the key of DKIM (RFC 6376).

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What receivers are asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Nothing but to tell.
    None,
    /// Put it aside.
    Quarantine,
    /// Refuse it.
    Reject,
}

/// A record of DMARC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dmarc {
    /// For the domain.
    pub policy: Policy,
    /// For what is under it.
    pub below: Policy,
    /// Share of mails it is asked for, in percent.
    pub percent: u8,
    /// Whether reports are sent to anybody.
    pub reports: bool,
}

/// Whether a text is a record of DMARC at all.
#[must_use]
pub fn is_one(text: &str) -> bool {
    text.split(';').next().is_some_and(|first| tag(first) == Some(("v".into(), "DMARC1")))
}

/// A tag and its value; tags are read whatever their case.
fn tag(text: &str) -> Option<(String, &str)> {
    let (name, value) = text.split_once('=')?;
    Some((name.trim().to_ascii_lowercase(), value.trim()))
}

fn policy(text: &str) -> Option<Policy> {
    Some(match text.to_ascii_lowercase().as_str() {
        "none" => Policy::None,
        "quarantine" => Policy::Quarantine,
        "reject" => Policy::Reject,
        _ => return None,
    })
}

/// Reads a record.
///
/// # Errors
/// The part that can't be read; `p=` when the policy is missing.
pub fn parse(text: &str) -> Result<Dmarc, String> {
    let (mut asked, mut below, mut percent, mut reports) = (None, None, 100, false);
    for part in text.split(';').skip(1).filter(|p| !p.trim().is_empty()) {
        let wrong = || part.trim().to_owned();
        let (name, value) = tag(part).ok_or_else(wrong)?;
        match name.as_str() {
            "p" => asked = Some(policy(value).ok_or_else(wrong)?),
            "sp" => below = Some(policy(value).ok_or_else(wrong)?),
            "pct" => percent = value.parse().ok().filter(|n| *n <= 100).ok_or_else(wrong)?,
            "rua" => reports = !value.is_empty(),
            _ => {}
        }
    }
    let policy = asked.ok_or("p=")?;
    Ok(Dmarc { policy, below: below.unwrap_or(policy), percent, reports })
}

/// A key of DKIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// In use.
    Good,
    /// Shorter than receivers like (RFC 8301: 1024 bits at least, 2048 wanted).
    Short,
    /// Being tried: a mail that is not signed counts the same.
    Trial,
    /// Taken back: no key.
    Revoked,
    /// Not readable.
    Broken,
}

/// Bytes of the public key of RSA with 2048 bits as it is published, less a few.
const RSA_2048: usize = 256;

/// Reads the key that a record publishes; `None` when it is none of DKIM.
#[must_use]
pub fn key(text: &str) -> Option<Key> {
    let tags: Vec<(String, &str)> = text.split(';').filter_map(tag).collect();
    let of = |name: &str| tags.iter().find(|(n, _)| n == name).map(|(_, v)| *v);
    if of("v").is_some_and(|v| v != "DKIM1") {
        return None;
    }
    let published = of("p")?;
    if published.is_empty() {
        return Some(Key::Revoked);
    }
    let plain: String = published.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let Ok(bytes) = STANDARD.decode(plain) else { return Some(Key::Broken) };
    let rsa = of("k").is_none_or(|k| k.eq_ignore_ascii_case("rsa"));
    Some(if rsa && bytes.len() < RSA_2048 {
        Key::Short
    } else if of("t").is_some_and(|t| t.split(':').any(|flag| flag.trim() == "y")) {
        Key::Trial
    } else {
        Key::Good
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn policies_are_read() {
        let read = |text: &str| parse(text).map(|d| (d.policy, d.below, d.percent, d.reports));
        assert_eq!(read("v=DMARC1; p=none"), Ok((Policy::None, Policy::None, 100, false)));
        assert_eq!(
            read("v=DMARC1;p=reject; SP=quarantine;pct=20; rua=mailto:a@b.example; fo=1;"),
            Ok((Policy::Reject, Policy::Quarantine, 20, true))
        );
        for (text, part) in [
            ("v=DMARC1", "p="),
            ("v=DMARC1; p=", "p="),
            ("v=DMARC1; p=nothing", "p=nothing"),
            ("v=DMARC1; p=none; pct=101", "pct=101"),
            ("v=DMARC1; p=none; sp=x", "sp=x"),
            ("v=DMARC1; reject", "reject"),
        ] {
            assert_eq!(parse(text), Err(part.to_owned()), "{text}");
        }
        for (text, one) in [("v=DMARC1; p=none", true), (" v = DMARC1 ;", true), ("v=dmarc1", false), ("v=spf1", false)]
        {
            assert_eq!(is_one(text), one, "{text}");
        }
    }

    #[test]
    fn keys_are_read() {
        let long = STANDARD.encode([7; 294]);
        let short = STANDARD.encode([7; 162]);
        let small = STANDARD.encode([7; 32]);
        for (text, expected) in [
            (format!("v=DKIM1; k=rsa; p={long}"), Some(Key::Good)),
            (format!("p={long}"), Some(Key::Good)),
            (format!("v=DKIM1; k=ed25519; p={small}"), Some(Key::Good)),
            (format!("v=DKIM1; p={short}"), Some(Key::Short)),
            (format!("v=DKIM1; t=s:y; p={long}"), Some(Key::Trial)),
            ("v=DKIM1; p=".to_owned(), Some(Key::Revoked)),
            ("v=DKIM1; p=***".to_owned(), Some(Key::Broken)),
            ("v=spf1 -all".to_owned(), None),
            ("v=DKIM1; k=rsa".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(key(&text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[ -~é]{0,80}") {
            let _ = (parse(&text), key(&text), is_one(&text));
        }
    }
}
