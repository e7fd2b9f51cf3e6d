//! What the world's mail servers read about the sender's domain: SPF, DKIM, DMARC. Without them, letters end among the
//! unwanted. Each gets a verdict in plain words, and the text to publish where there is one.

mod dmarc;
mod names;
mod pages;
mod resolve;
mod spf;

use std::{net::IpAddr, time::Duration};

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result,
    db::Tx,
    settings::{self, Settings},
    words::{Lang, Word, Words},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use dmarc::{Key, Policy};
use names::{Names, Silent};
use spf::{Fault, Qualifier};

pub use names::Silent as NoAnswer;
pub use pages::verify;
pub use resolve::Resolver;

/// Longest time of a whole check.
const MAX_TIME: Duration = Duration::from_secs(15);
/// Selectors that are tried when the team names none: those of servers that many have, and the usual ones.
const SELECTORS: [&str; 16] = [
    "parvis",
    "default",
    "mail",
    "dkim",
    "s1",
    "s2",
    "k1",
    "google",
    "selector1",
    "selector2",
    "gm1",
    "mailjet",
    "brevo1",
    "ovhmo-selector-1",
    "s1-ionos",
    "smtp",
];
/// What servers that many have ask to be written into SPF.
const KNOWN: [(&str, &str); 10] = [
    ("ovh.net", "mx.ovh.com"),
    ("gandi.net", "_mailcust.gandi.net"),
    ("infomaniak.com", "spf.infomaniak.ch"),
    ("gmail.com", "_spf.google.com"),
    ("office365.com", "spf.protection.outlook.com"),
    ("brevo.com", "spf.brevo.com"),
    ("mailjet.com", "spf.mailjet.com"),
    ("scw.cloud", "_spf.scw-tem.cloud"),
    ("ionos.fr", "_spf-eu.ionos.com"),
    ("amazonaws.com", "amazonses.com"),
];

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// As it should.
    Good,
    /// Works, and could be better.
    Weak,
    /// Letters are lost by it.
    Bad,
    /// Nobody answered.
    Unknown,
}

/// A text to publish at a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publish {
    /// The name of the TXT record.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What was found of one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `spf`, `dkim`, `dmarc`.
    pub of: String,
    /// How it stands.
    pub stand: Stand,
    /// Code of what is said, words are `sender-OF-CODE`.
    pub code: String,
    /// What the words name: a domain, a term, a selector.
    pub what: String,
    /// What to publish, if it is known.
    pub publish: Option<Publish>,
}

impl Finding {
    fn new(of: &str, stand: Stand, code: &str) -> Self {
        Self { of: of.into(), stand, code: code.into(), what: String::new(), publish: None }
    }

    fn what(mut self, what: impl Into<String>) -> Self {
        self.what = what.into();
        self
    }

    fn publish(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.publish = Some(Publish { name: name.into(), text: text.into() });
        self
    }

    /// The verdict in words.
    #[must_use]
    pub fn words(&self, words: &Words, lang: Lang, report: &Report) -> String {
        let args: [(&str, &dyn Word); 3] = [("domain", &report.domain), ("host", &report.host), ("what", &self.what)];
        words.with(lang, &format!("sender-{}-{}", self.of, self.code), &args)
    }
}

/// What was found the last time somebody asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The domain of the sender.
    pub domain: String,
    /// The server that carries its mail.
    pub host: String,
    /// The selector that the team named, or empty.
    pub selector: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The three findings.
    pub findings: Vec<Finding>,
}

/// The name under which the report is noted.
const NAME: &str = "mail_sender";

/// The last report about the sender and the server that are set now.
///
/// # Errors
/// When the database refuses.
pub async fn last(c: &impl ConnectionTrait, settings: &Settings) -> Result<Option<Report>> {
    let text = settings::value(c, NAME).await?;
    let report: Option<Report> = text.and_then(|t| serde_json::from_str(&t).ok());
    Ok(report.filter(|r| Some(&r.domain) == domain(settings).as_ref() && r.host == settings.smtp.host))
}

async fn keep(tx: &Tx, report: &Report) -> Result<()> {
    settings::put(tx, NAME, serde_json::to_string(report).map_err(Error::other)?).await
}

/// The domain that letters come from.
#[must_use]
pub fn domain(settings: &Settings) -> Option<String> {
    let from = if settings.smtp.from.is_empty() { &settings.contact } else { &settings.smtp.from };
    from.rsplit_once('@').map(|(_, d)| d.trim_end_matches('.').to_ascii_lowercase()).filter(|d| d.contains('.'))
}

/// Asks the name servers about a sender.
pub async fn check(names: &dyn Names, settings: &Settings, domain: &str, selector: &str, at: DateTime<Utc>) -> Report {
    let all = async {
        futures::join!(
            spf(names, settings, domain),
            dkim(names, domain, selector),
            dmarc(names, domain, &settings.contact),
        )
    };
    let silent = |of| Finding::new(of, Stand::Unknown, "silent");
    let (spf, dkim, dmarc) =
        tokio::time::timeout(MAX_TIME, all).await.unwrap_or_else(|_| (silent("spf"), silent("dkim"), silent("dmarc")));
    Report {
        domain: domain.to_owned(),
        host: settings.smtp.host.clone(),
        selector: selector.to_owned(),
        at,
        findings: vec![spf, dkim, dmarc],
    }
}

/// What a server asks to be written into SPF: its own words where they are known, else its addresses.
fn own_term(host: &str) -> String {
    let under = |end: &str| host == end || host.strip_suffix(end).is_some_and(|before| before.ends_with('.'));
    match KNOWN.iter().find(|(end, _)| under(end)) {
        Some((_, include)) => format!("include:{include}"),
        None => format!("a:{host}"),
    }
}

async fn spf(names: &dyn Names, settings: &Settings, domain: &str) -> Finding {
    let host = settings.smtp.host.as_str();
    let here = host.is_empty() || ["localhost", "127.0.0.1", "::1"].contains(&host);
    let addresses: Vec<IpAddr> = match host.parse::<IpAddr>() {
        Ok(address) => vec![address],
        Err(_) if here => Vec::new(),
        Err(_) => match names.addresses(host).await {
            Ok(found) => found,
            Err(Silent) => return Finding::new("spf", Stand::Unknown, "silent"),
        },
    };
    let term = if here { "a".to_owned() } else { own_term(host) };
    let whole = format!("v=spf1 {term} ~all");
    let said = match spf::check(names, domain, &addresses).await {
        Ok(outcome) => outcome,
        Err(fault) => {
            let bad = |code| Finding::new("spf", Stand::Bad, code);
            return match fault {
                Fault::Silent => Finding::new("spf", Stand::Unknown, "silent"),
                Fault::Missing(name) if name == domain => bad("missing").publish(domain, whole),
                Fault::Missing(name) => bad("nested").what(name),
                Fault::Several(name) => bad("several").what(name),
                Fault::Broken(term) => bad("broken").what(term),
                Fault::TooMany => bad("many"),
            };
        }
    };
    let named = term.strip_prefix("include:").is_some_and(|name| said.includes.iter().any(|i| i == name));
    match (said.others, said.said) {
        (Some(Qualifier::Pass), _) => Finding::new("spf", Stand::Bad, "open"),
        _ if here => Finding::new("spf", Stand::Weak, "here"),
        (_, Some(Qualifier::Fail | Qualifier::SoftFail)) if !named => Finding::new("spf", Stand::Bad, "refused"),
        (_, said) if said != Some(Qualifier::Pass) && !named => Finding::new("spf", Stand::Weak, "absent").what(term),
        (None | Some(Qualifier::Neutral), _) => Finding::new("spf", Stand::Weak, "unclosed"),
        _ => Finding::new("spf", Stand::Good, "good"),
    }
}

async fn dkim(names: &dyn Names, domain: &str, selector: &str) -> Finding {
    let tried: Vec<&str> = if selector.is_empty() { SELECTORS.to_vec() } else { vec![selector] };
    let asked = tried.iter().map(|s| async move {
        let texts = names.txt(&format!("{s}._domainkey.{domain}")).await?;
        Ok::<_, Silent>(texts.iter().find_map(|t| dmarc::key(t)).map(|key| (*s, key)))
    });
    let answers = futures::future::join_all(asked).await;
    if answers.iter().all(Result::is_err) {
        return Finding::new("dkim", Stand::Unknown, "silent");
    }
    let found: Vec<(&str, Key)> = answers.into_iter().flatten().flatten().collect();
    let best = [Key::Good, Key::Trial, Key::Short, Key::Broken, Key::Revoked];
    let best = best.iter().find_map(|k| found.iter().find(|(_, key)| key == k));
    let say = |stand, code| Finding::new("dkim", stand, code);
    match best {
        None if selector.is_empty() => say(Stand::Weak, "unseen"),
        None => say(Stand::Bad, "missing").what(selector),
        Some((name, key)) => match key {
            Key::Good => say(Stand::Good, "good"),
            Key::Trial => say(Stand::Weak, "trial"),
            Key::Short => say(Stand::Weak, "short"),
            Key::Broken => say(Stand::Bad, "broken"),
            Key::Revoked => say(Stand::Bad, "revoked"),
        }
        .what(*name),
    }
}

async fn dmarc(names: &dyn Names, domain: &str, contact: &str) -> Finding {
    let say = |stand, code| Finding::new("dmarc", stand, code);
    let mut name = domain;
    // The record of the domain, else of what it is under, short of the last part, which belongs to nobody.
    while name.contains('.') {
        let Ok(texts) = names.txt(&format!("_dmarc.{name}")).await else { return say(Stand::Unknown, "silent") };
        let mut found = texts.iter().filter(|t| dmarc::is_one(t));
        if let Some(text) = found.next() {
            let read = if found.next().is_some() { Err(String::new()) } else { dmarc::parse(text) };
            let policy = read.map(|d| if name == domain { d.policy } else { d.below });
            return match policy {
                Err(part) if part.is_empty() => say(Stand::Bad, "several").what(name),
                Err(part) => say(Stand::Bad, "broken").what(part),
                Ok(Policy::None) => say(Stand::Good, "watching"),
                Ok(Policy::Quarantine | Policy::Reject) => say(Stand::Good, "good"),
            };
        }
        name = name.split_once('.').map_or("", |(_, rest)| rest);
    }
    let reports = if contact.is_empty() { String::new() } else { format!("; rua=mailto:{contact}") };
    say(Stand::Bad, "missing").publish(format!("_dmarc.{domain}"), format!("v=DMARC1; p=none{reports}"))
}

#[cfg(test)]
mod tests {
    use super::{names::fixed::Fixed, *};
    use parvis_kernel::settings::Smtp;

    fn settings(host: &str) -> Settings {
        Settings {
            contact: "bonjour@rivemont.example".into(),
            smtp: Smtp { host: host.into(), from: "idees@Rivemont.example".into(), ..Smtp::default() },
            ..Settings::default()
        }
    }

    async fn spf_of(names: &Fixed, host: &str) -> (Stand, String, String) {
        let f = spf(names, &settings(host), "rivemont.example").await;
        (f.stand, f.code, f.publish.map_or(f.what, |p| p.text))
    }

    #[tokio::test]
    async fn spf_has_a_verdict_for_each_case() {
        let of = |text: &str| Fixed::default().txt("rivemont.example", text).address("smtp.host.example", "192.0.2.1");
        for (text, host, stand, code, what) in [
            ("v=spf1 ip4:192.0.2.1 -all", "smtp.host.example", Stand::Good, "good", ""),
            ("v=spf1 ip4:192.0.2.1 ~all", "192.0.2.1", Stand::Good, "good", ""),
            ("v=spf1 ip4:192.0.2.1 ?all", "smtp.host.example", Stand::Weak, "unclosed", ""),
            ("v=spf1 ip4:192.0.2.1", "smtp.host.example", Stand::Weak, "unclosed", ""),
            ("v=spf1 ip4:192.0.2.1 +all", "smtp.host.example", Stand::Bad, "open", ""),
            ("v=spf1 -ip4:192.0.2.1 -all", "smtp.host.example", Stand::Bad, "refused", ""),
            ("v=spf1 ip4:203.0.113.1 -all", "smtp.host.example", Stand::Weak, "absent", "a:smtp.host.example"),
            ("v=spf1 mx -all", "ssl0.ovh.net", Stand::Weak, "absent", "include:mx.ovh.com"),
            ("v=spf1 mx -all", "localhost", Stand::Weak, "here", ""),
            ("v=spf1 mx include:gone.example -all", "smtp.host.example", Stand::Bad, "nested", "gone.example"),
            ("v=spf1 ip4:x -all", "smtp.host.example", Stand::Bad, "broken", "ip4:x"),
            ("v=spf1 include:rivemont.example", "smtp.host.example", Stand::Bad, "many", ""),
            (
                "google-site-verification=1",
                "smtp.host.example",
                Stand::Bad,
                "missing",
                "v=spf1 a:smtp.host.example ~all",
            ),
            ("", "ssl0.ovh.net", Stand::Bad, "missing", "v=spf1 include:mx.ovh.com ~all"),
        ] {
            assert_eq!(spf_of(&of(text), host).await, (stand, code.to_owned(), what.to_owned()), "{text} {host}");
        }
        let twice = of("v=spf1 -all").txt("rivemont.example", "v=spf1 mx -all");
        assert_eq!(spf_of(&twice, "smtp.host.example").await.1, "several");
        // What the server asks for is there: its addresses may be others than those it takes mail at.
        let known = of("v=spf1 include:mx.ovh.com -all").txt("mx.ovh.com", "v=spf1 ip4:203.0.113.0/24 -all");
        assert_eq!(spf_of(&known, "ssl0.ovh.net").await.1, "good");
        assert_eq!(own_term("evilovh.net"), "a:evilovh.net");
    }

    #[tokio::test]
    async fn dkim_and_dmarc_have_theirs() {
        use base64::Engine as _;
        let key = base64::engine::general_purpose::STANDARD.encode([7; 294]);
        let names = Fixed::default()
            .txt("gm1._domainkey.rivemont.example", &format!("v=DKIM1; p={key}"))
            .txt("old._domainkey.rivemont.example", "v=DKIM1; p=");
        let of = async |selector| {
            let f = dkim(&names, "rivemont.example", selector).await;
            (f.code, f.what)
        };
        assert_eq!(of("").await, ("good".into(), "gm1".into()));
        assert_eq!(of("old").await, ("revoked".into(), "old".into()));
        assert_eq!(of("autre").await, ("missing".into(), "autre".into()));
        assert_eq!(dkim(&Fixed::default(), "rivemont.example", "").await.code, "unseen");
        let at = async |names: Fixed, domain| {
            let f = dmarc(&names, domain, "bonjour@rivemont.example").await;
            (f.code, f.publish.map_or(f.what, |p| format!("{} {}", p.name, p.text)))
        };
        let asked = "_dmarc.idees.rivemont.example v=DMARC1; p=none; rua=mailto:bonjour@rivemont.example";
        assert_eq!(at(Fixed::default(), "idees.rivemont.example").await, ("missing".into(), asked.into()));
        let one = |name: &str, text: &str| Fixed::default().txt(name, text);
        for (text, code, what) in [
            ("v=DMARC1; p=reject; sp=none", "watching", ""),
            ("v=DMARC1; p=quarantine", "good", ""),
            ("v=DMARC1; p=x", "broken", "p=x"),
        ] {
            let above = one("_dmarc.rivemont.example", text);
            assert_eq!(at(above, "idees.rivemont.example").await, (code.into(), what.into()), "{text}");
        }
        let own = one("_dmarc.rivemont.example", "v=DMARC1; p=reject; sp=none");
        assert_eq!(at(own.clone(), "rivemont.example").await.0, "good");
        assert_eq!(at(own.txt("_dmarc.rivemont.example", "v=DMARC1; p=none"), "rivemont.example").await.0, "several");
    }

    #[tokio::test]
    async fn name_servers_that_keep_silent_are_said_to() {
        let report =
            check(&Fixed::silent(), &settings("smtp.host.example"), "rivemont.example", "", DateTime::UNIX_EPOCH).await;
        assert!(report.findings.iter().all(|f| f.stand == Stand::Unknown && f.code == "silent"), "{report:?}");
        assert_eq!(report.findings.len(), 3);
    }

    #[test]
    fn the_domain_is_the_senders() {
        assert_eq!(domain(&settings("x")).as_deref(), Some("rivemont.example"));
        assert_eq!(
            domain(&Settings { contact: "a@b.example.".into(), ..Settings::default() }).as_deref(),
            Some("b.example")
        );
        for none in ["", "a@", "a@localhost", "rivemont"] {
            assert_eq!(domain(&Settings { contact: none.into(), ..Settings::default() }), None);
        }
    }
}
