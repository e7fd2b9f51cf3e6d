//! Mail: queued in the transaction of the change, sent once, one after the other.
//!
//! A mail is marked `sending` before the server is called. If the program dies in between, nobody knows whether
//! it left: it stays marked, the outbox says so, and a person decides. So a crash never mails twice, and never
//! loses a mail silently. A server that can't be reached costs no mail anything: all wait, and it is asked again after
//! growing waits.

pub mod pace;
pub mod quiet;
pub mod refused;
mod send;
pub mod stale;

use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{Mailbox, MultiPart, header},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    args,
    context::Moment,
    db::{self, Dialect, Tx},
    error::{Error, Result},
    settings::Settings,
};

pub use quiet::Quiet;
pub use send::{
    NotSent, Outage, Transport, outage, outage_is_over, send_due, send_due_while, transport, try_connection,
};

/// A mail to queue. `dedupe` names the reason it is sent: the same reason mails once.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// Unique reason, such as `answer/ID/PERSON`.
    pub dedupe: String,
    /// The person written to, when known.
    pub person: Option<Uuid>,
    /// Kind, such as `code` or `answer`.
    pub kind: &'static str,
    /// Address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text version.
    pub text: String,
    /// HTML version.
    pub html: String,
    /// One-click unsubscribe address; empty for service mails.
    pub unsubscribe: String,
    /// Not before this time (an answer can be undone for ten minutes).
    pub after: DateTime<Utc>,
}

/// Queues a mail, once for its reason.
///
/// # Errors
/// When the database refuses.
pub async fn queue(tx: &Tx, moment: &Moment, mail: &NewMail) -> Result<()> {
    queue_all(tx, moment, vec![mail.clone()]).await
}

/// Takes back the waiting mails whose reason starts with `prefix`. Says how many.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(tx: &Tx, prefix: &str) -> Result<u64> {
    let begins = Dialect::of(tx.get_database_backend()).begins("dedupe", 1);
    let [from, below] = db::beginning(prefix);
    db::run(tx, &format!("DELETE FROM mail WHERE state = 'waiting' AND {begins}"), args![from, below]).await
}

/// Mails written by one statement.
const AT_ONCE: usize = 100;

/// Queues many mails, each once for its reason.
///
/// # Errors
/// When the database refuses.
pub async fn queue_all(tx: &Tx, moment: &Moment, mails: Vec<NewMail>) -> Result<()> {
    const FIELDS: usize = 11;
    let mut rest = mails.into_iter().peekable();
    while rest.peek().is_some() {
        let some = rest.len().min(AT_ONCE);
        let (mut values, mut rows) = (Vec::with_capacity(some * FIELDS), Vec::with_capacity(some));
        for m in rest.by_ref().take(AT_ONCE) {
            rows.push(format!("({}, 'waiting')", db::placeholders(values.len() + 1, FIELDS)));
            values.extend(args![
                moment.id(),
                m.dedupe,
                m.person,
                m.kind,
                m.to,
                m.subject,
                m.text,
                m.html,
                m.unsubscribe,
                m.after,
                moment.now
            ]);
        }
        let sql = format!(
            "INSERT INTO mail (id, dedupe, person_id, kind, recipient, subject, body_text, body_html, unsubscribe, \
             send_after, created_at, state) VALUES {} ON CONFLICT (dedupe) DO NOTHING",
            rows.join(", ")
        );
        db::run(tx, &sql, values).await?;
    }
    Ok(())
}

/// Takes back waiting mails by their whole reason.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_all(tx: &Tx, reasons: &[String]) -> Result<u64> {
    let mut gone = 0;
    for some in reasons.chunks(AT_ONCE) {
        let sql =
            format!("DELETE FROM mail WHERE state = 'waiting' AND dedupe IN ({})", db::placeholders(1, some.len()));
        gone += db::run(tx, &sql, some.iter().map(|r| r.clone().into()).collect()).await?;
    }
    Ok(gone)
}

/// A mail of the outbox.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Mail {
    /// Key; also the local part of the Message-ID.
    pub id: Uuid,
    /// Why it is sent, as it was queued.
    pub dedupe: String,
    /// The person written to, when known.
    pub person_id: Option<Uuid>,
    /// Kind.
    pub kind: String,
    /// Address.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Text version.
    pub body_text: String,
    /// HTML version.
    pub body_html: String,
    /// One-click unsubscribe address, or empty.
    pub unsubscribe: String,
    /// `waiting`, `sending`, `sent`, `failed`, `cancelled`.
    pub state: String,
    /// Not before.
    pub send_after: DateTime<Utc>,
    /// Tries so far.
    pub attempts: i64,
    /// What the server said last.
    pub last_error: String,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "id, dedupe, person_id, kind, recipient, subject, body_text, body_html, unsubscribe, state, send_after, attempts, \
                       last_error, created_at, sent_at";

/// The newest mails, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn latest(db: &db::Db, limit: i64) -> Result<Vec<Mail>> {
    db::all(db.read(), &format!("SELECT {COLUMNS} FROM mail ORDER BY id DESC LIMIT $1"), args![limit]).await
}

/// How many letters only the quiet hours hold at this moment.
///
/// # Errors
/// When the database refuses.
pub async fn held(c: &impl ConnectionTrait, settings: &Settings, now: DateTime<Utc>) -> Result<i64> {
    let may = settings.quiet.limit(now, settings.tz());
    let due = "SELECT count(*) FROM mail WHERE state = 'waiting' AND send_after <= $1";
    Ok(db::count(c, due, args![now]).await? - db::count(c, &format!("{due}{may}"), args![now]).await?)
}

/// One mail.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &db::Db, id: Uuid) -> Result<Option<Mail>> {
    db::one(db.read(), &format!("SELECT {COLUMNS} FROM mail WHERE id = $1"), args![id]).await
}

/// Writes the message as it travels.
///
/// # Errors
/// When an address is not one.
pub fn compose(settings: &Settings, mail: &Mail) -> Result<Message> {
    let from_address = if settings.smtp.from.is_empty() { &settings.contact } else { &settings.smtp.from };
    let from = Mailbox::new(Some(settings.name.clone()), from_address.parse().map_err(Error::other)?);
    let domain = from.email.domain().to_owned();
    let mut builder = Message::builder()
        .from(from)
        .to(mail.recipient.parse::<Mailbox>().map_err(Error::other)?)
        .subject(mail.subject.clone())
        // The same mail always has the same identity: a server that got it twice keeps one.
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .date(std::time::SystemTime::from(mail.created_at));
    if mail.unsubscribe.is_empty() {
        builder = builder.header(AutoSubmitted);
    } else {
        builder = builder.header(ListUnsubscribe(format!("<{}>", mail.unsubscribe))).header(ListUnsubscribePost);
    }
    if !settings.contact.is_empty()
        && let Ok(reply) = settings.contact.parse::<Mailbox>()
    {
        builder = builder.reply_to(reply);
    }
    builder
        .multipart(MultiPart::alternative_plain_html(mail.body_text.clone(), mail.body_html.clone()))
        .map_err(Error::other)
}

macro_rules! fixed_header {
    ($name:ident, $header:literal, $value:literal) => {
        #[derive(Clone)]
        struct $name;
        impl header::Header for $name {
            fn name() -> header::HeaderName {
                header::HeaderName::new_from_ascii_str($header)
            }
            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self)
            }
            fn display(&self) -> header::HeaderValue {
                header::HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}
fixed_header!(AutoSubmitted, "Auto-Submitted", "auto-generated");
fixed_header!(ListUnsubscribePost, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");

#[derive(Clone)]
struct ListUnsubscribe(String);
impl header::Header for ListUnsubscribe {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe")
    }
    fn parse(s: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(s.to_owned()))
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// Keeps a mail that was about to leave from leaving; its words go.
async fn stop(tx: &Tx, id: Uuid, why: &str) -> Result<()> {
    let sql = "UPDATE mail SET state = 'cancelled', last_error = $2, attempts = attempts - 1, body_text = '', \
               body_html = '' WHERE id = $1";
    db::run(tx, sql, args![id, why]).await?;
    Ok(())
}

/// Puts a failed or uncertain mail back in the queue, because a person asked.
///
/// # Errors
/// When the database refuses.
pub async fn send_again(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<u64> {
    db::run(
        tx,
        "UPDATE mail SET state = 'waiting', attempts = 0, send_after = $2 WHERE id = $1 AND state IN ('failed', 'sending')",
        args![id, now],
    )
    .await
}

/// Whether a text looks like an address mail can go to.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.len() <= 254
        && text.parse::<lettre::Address>().is_ok()
        && text.rsplit_once('@').is_some_and(|(_, d)| d.contains('.') && !d.ends_with('.'))
}
