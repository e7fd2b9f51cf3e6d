//! Sending what is due: by a mail server, once, with patience for a server that is away.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp::authentication::Credentials,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{COLUMNS, Mail, compose, pace, quiet, refused, stale};
use crate::{
    app::App,
    args,
    db::{self, Tx},
    error::{Error, Result},
    settings::{self, Smtp},
};

/// Why a mail did not leave, with what the server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSent {
    /// This mail will never be taken: its recipient, its size, its content.
    Refused(String),
    /// This mail may be taken later: a full mailbox, a first contact that is put off.
    Later(String),
    /// No mail can leave for now: the server does not answer, is closing, or refuses our account.
    Away(String),
}

impl NotSent {
    /// What the server said.
    #[must_use]
    pub fn said(&self) -> &str {
        let (Self::Refused(said) | Self::Later(said) | Self::Away(said)) = self;
        said
    }
}

/// What carries a mail away.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// Hands the message over.
    ///
    /// # Errors
    /// Why it did not leave.
    async fn send(&self, message: Message) -> Result<(), NotSent>;
}

/// A mail server.
#[derive(Debug)]
struct SmtpTransport(AsyncSmtpTransport<Tokio1Executor>);

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, message: Message) -> Result<(), NotSent> {
        let Err(e) = self.0.send(message).await else { return Ok(()) };
        let said = e.to_string();
        Err(match e.status() {
            Some(code) => of_answer(code.into(), said),
            // The only fault of a message that our side of the connection finds by itself.
            None if e.is_client() && said.to_ascii_lowercase().contains("non-ascii") => NotSent::Refused(said),
            None => NotSent::Away(said),
        })
    }
}

/// What an answer says of the mail (RFC 5321 4.2.3) or of the server and our account on it (RFC 4954 6, RFC 3207 4).
fn of_answer(code: u16, said: String) -> NotSent {
    match code {
        421 | 432 | 454 | 500..=504 | 521 | 530 | 534 | 535 | 538 => NotSent::Away(said),
        400..=499 => NotSent::Later(said),
        _ => NotSent::Refused(said),
    }
}

/// Longest wait for a step of the talk with a mail server.
const STEP: Duration = Duration::from_secs(20);

/// The transport of these settings; `None` when no server is set.
///
/// # Errors
/// When the settings make no sense.
pub fn transport(smtp: &Smtp) -> Result<Option<Arc<dyn Transport>>> {
    if smtp.host.is_empty() {
        return Ok(None);
    }
    Ok(Some(Arc::new(SmtpTransport(server(smtp)?))))
}

/// Connects to the mail server of these settings, signs in, and hangs up. Nothing is sent.
///
/// # Errors
/// What it, or the network, said.
pub async fn try_connection(smtp: &Smtp) -> Result<(), String> {
    let said = |e: &dyn std::fmt::Display| e.to_string();
    match server(smtp).map_err(|e| said(&e))?.test_connection().await {
        Ok(true) => Ok(()),
        Ok(false) => Err("NOOP".to_owned()),
        Err(e) => Err(said(&e)),
    }
}

fn server(smtp: &Smtp) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = match smtp.security.as_str() {
        "tls" => AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host).map_err(Error::other)?,
        "starttls" => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host).map_err(Error::other)?,
        _ => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host),
    };
    let mut builder = builder.port(smtp.port).timeout(Some(STEP));
    if !smtp.user.is_empty() {
        builder = builder.credentials(Credentials::new(smtp.user.clone(), smtp.password.clone()));
    }
    Ok(builder.build())
}

/// A mail server that is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// When it first did not answer.
    pub since: DateTime<Utc>,
    /// Tries in a row.
    pub tries: u32,
    /// When it is asked again.
    pub next: DateTime<Utc>,
    /// What it, or the network, said last.
    pub said: String,
}

impl Outage {
    /// One more try in vain: half a minute, then twice as long each time, ten minutes at most, so that mails leave soon
    /// after its return.
    fn longer(before: Option<Self>, now: DateTime<Utc>, said: String) -> Self {
        let (since, tries) = before.map_or((now, 0), |o| (o.since, o.tries));
        let wait = TimeDelta::seconds(30 << tries.min(5)).min(TimeDelta::minutes(10));
        Self { since, tries: tries + 1, next: now + wait, said }
    }
}

/// The name under which the outage is noted.
const OUTAGE: &str = "mail_outage";

/// The outage of the mail server, if it is away.
///
/// # Errors
/// When the database refuses.
pub async fn outage(c: &impl ConnectionTrait) -> Result<Option<Outage>> {
    let text = settings::value(c, OUTAGE).await?;
    Ok(text.and_then(|t| serde_json::from_str(&t).ok()))
}

/// The server answered, or another one is set: what waits leaves at the next turn.
///
/// # Errors
/// When the database refuses.
pub async fn outage_is_over(tx: &Tx) -> Result<()> {
    settings::remove(tx, OUTAGE).await
}

async fn outage_goes_on(tx: &Tx, now: DateTime<Utc>, said: String) -> Result<()> {
    let text = serde_json::to_string(&Outage::longer(outage(tx).await?, now, said)).map_err(Error::other)?;
    settings::put(tx, OUTAGE, text).await
}

/// Refusals for now before a mail is kept as failed: the last comes after a day.
const TRIES: i64 = 12;

/// Sends the mails that are due, one after the other. Without a server they wait. Says how many left.
///
/// # Errors
/// When the database refuses.
pub async fn send_due(app: &App) -> Result<usize> {
    send_due_while(app, || true).await
}

/// As [`send_due`], as long as `go_on` says so between two mails.
///
/// # Errors
/// As [`send_due`].
pub async fn send_due_while(app: &App, go_on: impl Fn() -> bool + Send) -> Result<usize> {
    let settings = app.settings().await?;
    let carrier = match &app.transport {
        Some(t) => Some(t.clone()),
        None => transport(&settings.smtp)?,
    };
    let Some(carrier) = carrier else { return Ok(0) };
    let mut outage = outage(app.db.read()).await?;
    if outage.as_ref().is_some_and(|o| app.clock.now() < o.next) {
        return Ok(0);
    }
    let mut sent = 0;
    while go_on()
        && let Some(mail) = claim(app).await?
    {
        if stale::is_dead(&mail.kind, mail.created_at, app.clock.now()) {
            let (now, id, attempts) = (app.clock.now(), mail.id, mail.attempts);
            app.db.write(move |tx| Box::pin(put(tx, id, "failed", stale::DEAD, now, attempts - 1))).await?;
            continue;
        }
        match stops(app, &mail).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(e) => {
                // No server was called: it waits again.
                let (now, id, attempts) = (app.clock.now(), mail.id, mail.attempts);
                app.db.write(move |tx| Box::pin(put(tx, id, "waiting", "", now, attempts - 1))).await?;
                return Err(e);
            }
        }
        let outcome = match compose(&settings, &mail) {
            Ok(message) => carrier.send(message).await,
            Err(e) => Err(NotSent::Refused(e.to_string())),
        };
        let away = matches!(outcome, Err(NotSent::Away(_)));
        sent += usize::from(outcome.is_ok());
        settle(app, &mail, outcome, outage.take().is_some()).await?;
        if away {
            break;
        }
    }
    Ok(sent)
}

/// Keeps a mail from leaving that has nowhere to go, or says what is no more. Says whether it did.
async fn stops(app: &App, mail: &Mail) -> Result<bool> {
    Ok(refused::stops(app, mail).await? || stale::stops(app, mail).await?)
}

async fn claim(app: &App) -> Result<Option<Mail>> {
    let now = app.clock.now();
    // Asked for each mail: quiet hours may begin, or an hour be full, while a thousand leave.
    let settings = app.settings().await?;
    let Some(may) = pace::may(app.db.read(), &settings, now).await? else { return Ok(None) };
    let due = format!("SELECT count(*) FROM mail WHERE state = 'waiting' AND send_after <= $1{may}");
    if db::count(app.db.read(), &due, args![now]).await? == 0 {
        return Ok(None);
    }
    let skip = app.db.dialect().skip_locked();
    app.db
        .write(move |tx| {
            let settings = settings.clone();
            Box::pin(async move {
                pace::turn(tx, &settings).await?;
                let Some(may) = pace::may(tx, &settings, now).await? else { return Ok(None) };
                // Codes and confirmations first: somebody waits for them.
                let first = quiet::at_once();
                match claim_of(tx, now, &first, skip).await? {
                    None if may != first => claim_of(tx, now, &may, skip).await,
                    found => Ok(found),
                }
            })
        })
        .await
}

/// The mail that is due for longest of those that `may` leave. While it leaves, `send_after` is when it was taken.
async fn claim_of(tx: &Tx, now: DateTime<Utc>, may: &str, skip: &str) -> Result<Option<Mail>> {
    let sql = format!(
        "UPDATE mail SET state = 'sending', attempts = attempts + 1, send_after = $1 WHERE id = (SELECT id FROM mail \
         WHERE state = 'waiting' AND send_after <= $1{may} ORDER BY send_after, id LIMIT 1 {skip}) RETURNING {COLUMNS}"
    );
    db::one(tx, &sql, args![now]).await
}

/// Writes down what came of a mail. What the server could not take for its own reasons does not count against the mail.
async fn settle(app: &App, mail: &Mail, outcome: Result<(), NotSent>, was_away: bool) -> Result<()> {
    let (now, id, attempts) = (app.clock.now(), mail.id, mail.attempts);
    let mail = mail.clone();
    app.db
        .write(move |tx| {
            let (outcome, mail) = (outcome.clone(), mail.clone());
            Box::pin(async move {
                if let Err(NotSent::Away(said)) = outcome {
                    outage_goes_on(tx, now, said.clone()).await?;
                    // Behind the others: the next try is another mail's, in case it was this one that the server choked on.
                    return put(tx, id, "waiting", &said, now, attempts - 1).await;
                }
                if was_away {
                    outage_is_over(tx).await?;
                }
                match outcome {
                    Ok(()) => {
                        // What was taken is proof that the address takes mail again.
                        refused::lift(tx, &mail.recipient).await?;
                        left(tx, id, now).await
                    }
                    Err(NotSent::Later(said)) if attempts < TRIES => {
                        let wait = TimeDelta::minutes(1 << attempts.clamp(0, 9)).min(TimeDelta::hours(6));
                        put(tx, id, "waiting", &said, now + wait, attempts).await
                    }
                    Err(e) => {
                        if matches!(e, NotSent::Refused(_)) {
                            refused::note(tx, &mail, e.said(), now).await?;
                        }
                        put(tx, id, "failed", e.said(), now, attempts).await
                    }
                }
            })
        })
        .await
}

async fn put(tx: &Tx, id: Uuid, state: &str, said: &str, after: DateTime<Utc>, attempts: i64) -> Result<()> {
    let sql = "UPDATE mail SET state = $2, last_error = $3, send_after = $4, attempts = $5 WHERE id = $1";
    db::run(tx, sql, args![id, state, said, after, attempts]).await?;
    Ok(())
}

/// What has left needs no copy here: the words go.
async fn left(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let sql =
        "UPDATE mail SET state = 'sent', last_error = '', sent_at = $2, body_text = '', body_html = '' WHERE id = $1";
    db::run(tx, sql, args![id, now]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_about_the_mail_or_about_the_server() {
        for code in [421, 454, 501, 530, 535] {
            assert_eq!(of_answer(code, String::new()), NotSent::Away(String::new()), "{code}");
        }
        for code in [450, 451, 452] {
            assert_eq!(of_answer(code, String::new()), NotSent::Later(String::new()), "{code}");
        }
        for code in [550, 551, 552, 553, 554] {
            assert_eq!(of_answer(code, String::new()), NotSent::Refused(String::new()), "{code}");
        }
    }

    #[test]
    fn waits_grow_and_stay_under_ten_minutes() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut outage = None;
        let mut waits = Vec::new();
        for _ in 0..8 {
            let longer = Outage::longer(outage, now, String::new());
            waits.push((longer.next - now).num_seconds());
            outage = Some(longer);
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 600, 600, 600]);
        assert_eq!(outage.unwrap().since, now);
    }
}
