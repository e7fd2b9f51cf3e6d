//! The ledger as its person reads it: the exact words agreed to, withdrawn by one press, given back in place.

use axum::response::Response;
use chrono::TimeDelta;
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    form::Form,
};
use parvis_ui::{Page, redirect};

use crate::{
    consents::{self, Consent},
    sign_in::query,
    urls,
};

/// What was agreed to for one purpose and channel, as it stands.
#[derive(Debug, Clone)]
pub struct Accord {
    /// Purpose code.
    pub purpose: String,
    /// Channel code.
    pub channel: String,
    /// Title in words.
    pub title: String,
    /// The words the person read.
    pub wording: String,
    /// When and where.
    pub meta: String,
    /// Whether it stands.
    pub given: bool,
    /// How it stands, in words.
    pub state: String,
    /// Until when it stands, in words; empty for what does not.
    pub until: String,
    /// Whether it has just been withdrawn here.
    pub undo: bool,
}

/// A line of the ledger.
#[derive(Debug, Clone)]
pub struct Past {
    /// When.
    pub when: String,
    /// What for.
    pub title: String,
    /// What happened.
    pub state: String,
    /// Where.
    pub source: String,
}

/// The purpose of an entry in words, with its channel.
pub fn title(p: &Page, c: &Consent) -> String {
    let key = format!("consent-purpose-{}", c.purpose);
    let known = p.ctx.app.words.has(p.ctx.lang, &key);
    let purpose = p.t(if known { &key } else { "consent-purpose-other" });
    if c.channel == "email" {
        purpose
    } else {
        format!("{purpose} ({})", p.t(&format!("consent-channel-{}", c.channel)))
    }
}

/// Where it was given or taken back, in words.
pub fn source(p: &Page, c: &Consent) -> String {
    let key = format!("consent-source-{}", c.source);
    let known = p.ctx.app.words.has(p.ctx.lang, &key);
    p.t(if known { &key } else { "consent-source-other" })
}

fn when(p: &Page, c: &Consent) -> String {
    p.t2("space-at", "date", p.date(&c.at), "time", p.time(&c.at))
}

/// The newest words agreed to: a withdrawal by a link of a mail has none of its own.
fn wording<'a>(ledger: &'a [Consent], purpose: &str, channel: &str) -> &'a str {
    let same = |c: &&Consent| c.purpose == purpose && c.channel == channel && !c.wording.is_empty();
    ledger.iter().find(same).map_or("", |c| c.wording.as_str())
}

/// One entry for each purpose and channel, from a ledger that starts with the newest, where accords last that long now.
pub fn accords(p: &Page, ledger: &[Consent], lasts: TimeDelta) -> Vec<Accord> {
    let undone = query(&p.ctx, "retire").unwrap_or_default();
    let mut all: Vec<Accord> = Vec::new();
    for c in ledger {
        if all.iter().any(|a| a.purpose == c.purpose && a.channel == c.channel) {
            continue;
        }
        let given = c.state == "given";
        let before = ledger.iter().find(|g| g.purpose == c.purpose && g.channel == c.channel && g.state == "given");
        let meta = match before {
            Some(g) if c.state == "expired" => {
                p.t2("consent-meta-expired", "given", when(p, g), "ended", p.date(&c.at))
            }
            Some(g) if !given => p.t2("consent-meta-withdrawn", "given", when(p, g), "withdrawn", when(p, c)),
            _ => p.t2("consent-meta-given", "when", when(p, c), "source", source(p, c)),
        };
        all.push(Accord {
            undo: !given && undone == format!("{}.{}", c.purpose, c.channel),
            purpose: c.purpose.clone(),
            channel: c.channel.clone(),
            title: title(p, c),
            wording: wording(ledger, &c.purpose, &c.channel).to_owned(),
            meta,
            state: p.t(&format!("consent-state-{}", c.state)),
            until: if given { p.t1("consent-until", "date", p.date(&c.until(lasts))) } else { String::new() },
            given,
        });
    }
    all
}

/// The whole ledger, newest first.
pub fn history(p: &Page, ledger: &[Consent]) -> Vec<Past> {
    ledger
        .iter()
        .map(|c| Past {
            when: when(p, c),
            title: title(p, c),
            state: p.t(&format!("consent-state-{}", c.state)),
            source: source(p, c),
        })
        .collect()
}

/// The person themselves: withdraws an accord, or gives it again in the words of then.
pub async fn change(ctx: Ctx, form: Form) -> Result<Response> {
    let person = ctx.person()?;
    let (purpose, channel) = (form.get("finalite").to_owned(), form.get("canal").to_owned());
    let give = form.get("accord") == "donner";
    let target = format!("{purpose}.{channel}");
    let moment = ctx.moment.clone();
    let changed = ctx
        .app
        .db
        .write(move |tx| {
            let (purpose, channel, moment) = (purpose.clone(), channel.clone(), moment.clone());
            Box::pin(async move {
                let ledger = consents::of_person(tx, person).await?;
                // Only what was once asked can be given here: its words are known.
                let Some(last) = ledger.iter().find(|c| c.purpose == purpose && c.channel == channel) else {
                    return Ok(false);
                };
                if (last.state == "given") == give {
                    return Ok(true);
                }
                let state = if give { "given" } else { "withdrawn" };
                let words = wording(&ledger, &purpose, &channel);
                consents::record(tx, &moment, person, &purpose, &channel, state, words, "own_space").await?;
                let entry = Entry {
                    actor: Some(person),
                    kind: if give { "consent.given" } else { "consent.withdrawn" },
                    subject_kind: "person",
                    subject: Some(person),
                    project: None,
                    detail: "",
                };
                activity::record(tx, &moment, entry).await?;
                Ok(true)
            })
        })
        .await?;
    let space = urls::Space {};
    Ok(redirect(match (changed, give) {
        (true, true) => format!("{space}?fait=accord#accords"),
        (true, false) => format!("{space}?retire={}#accords", parvis_kernel::url::encode(&target)),
        (false, _) => format!("{space}#accords"),
    }))
}
