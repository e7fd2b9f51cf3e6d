//! Confirming an address left with an idea, a comment or a support: one mail, with a link and a code.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result,
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    mail::Mail,
    module::LeftAddress,
    rate::{self, Limit},
    settings::Settings,
    words::Lang,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    passes::{self, NewPass, Pass, Purpose},
    persons,
    sign_in::letters,
};

/// Confirmation mails to one address: a hostile form must not fill a stranger's mailbox.
const MAILS: Limit = Limit::per_minutes("confirm-mail", 12, 60);
/// The same, over a day.
const MAILS_DAY: Limit = Limit::per_minutes("confirm-mail-day", 20, 24 * 60);
/// Letters of a text kept to say what is confirmed.
const QUOTE: usize = 200;

/// What an address is left with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirms {
    /// An idea.
    Idea {
        /// Whether its words may still be changed, as nobody has read them online.
        waits: bool,
    },
    /// A comment.
    Comment,
    /// Supports held by this browser.
    Supports,
    /// Following something.
    Follow,
}

impl Confirms {
    /// The code kept in the database; words of it end with it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Idea { .. } => "idea",
            Self::Comment => "comment",
            Self::Supports => "supports",
            Self::Follow => "follow",
        }
    }
}

/// What a confirmation agrees to besides: the words stand in the mail and on the page behind its link.
#[derive(Debug, Clone, Copy)]
pub struct Agrees<'a> {
    /// Key of what begins with the click, given back in the union.
    pub key: Uuid,
    /// The words, as the ledger keeps them.
    pub words: &'a str,
}

/// An address to confirm.
#[derive(Debug, Clone)]
pub struct Confirmation<'a> {
    /// Language of the mail.
    pub lang: Lang,
    /// The browser that holds what is confirmed.
    pub visitor: Uuid,
    /// The address.
    pub email: &'a str,
    /// First name given with it, may be empty.
    pub name: &'a str,
    /// What it was left with.
    pub what: Confirms,
    /// Key of that, if it is one thing.
    pub subject: Option<Uuid>,
    /// The text left with it, quoted in the mail; may be empty.
    pub quote: &'a str,
    /// More lines for the mail: name and value.
    pub facts: &'a [(String, String)],
    /// The consent that the click gives, if it gives one.
    pub agrees: Option<Agrees<'a>>,
    /// Where to go after, a path of this site.
    pub return_to: &'a str,
}

/// Makes the pass and queues its mail, in the transaction of the change. Says whether a mail will leave: beyond
/// twelve an hour or twenty a day to one address, none does, and what was posted stands all the same.
///
/// # Errors
/// When the database refuses.
pub async fn request_confirmation(
    tx: &Tx,
    app: &App,
    settings: &Settings,
    moment: &Moment,
    asked: &Confirmation<'_>,
) -> Result<bool> {
    let who = persons::rate_key(&app.secrets, asked.email);
    for limit in [MAILS, MAILS_DAY] {
        if !rate::within(tx, limit, &who, moment.now).await? {
            return Ok(false);
        }
    }
    let new = NewPass {
        name: asked.name.trim().to_owned(),
        visitor: Some(asked.visitor),
        subject: asked.subject,
        about: asked.what.code().to_owned(),
        quote: shorten(asked.quote),
        agreed: asked.agrees.map(|a| a.key),
        consent: asked.agrees.map(|a| a.words.to_owned()).unwrap_or_default(),
        ..NewPass::new(Purpose::Confirm, asked.email, asked.return_to)
    };
    let secret = passes::create(tx, moment, &new).await?;
    let context = letters::Context { app, settings, lang: asked.lang, moment };
    let waits = asked.what == Confirms::Idea { waits: true };
    letters::queue_confirmation(tx, &context, &new, &secret, letters::More { facts: asked.facts, waits }).await?;
    Ok(true)
}

/// Holds the letter just asked for this address back until `until`, while what was typed for somebody can be undone.
///
/// # Errors
/// When the database refuses.
pub async fn hold_back(tx: &Tx, moment: &Moment, email: &str, until: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE mail SET send_after = $3 WHERE kind = 'confirmation' AND state = 'waiting' AND recipient = $1 \
               AND created_at = $2";
    db::run(tx, sql, args![email, moment.now, until]).await?;
    Ok(())
}

/// Takes back what was asked at `asked_at` for what this browser held: the link opens nothing, a letter that waits is
/// not sent.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, visitor: Uuid, asked_at: DateTime<Utc>) -> Result<()> {
    let sql = "SELECT email FROM pass WHERE purpose = 'confirm' AND visitor_id = $1";
    if let Some(email) = db::scalar::<String>(tx, sql, args![visitor]).await? {
        let sql = "DELETE FROM mail WHERE kind = 'confirmation' AND state = 'waiting' AND recipient = $1 \
                   AND created_at = $2";
        db::run(tx, sql, args![email, asked_at]).await?;
    }
    db::run(tx, "DELETE FROM pass WHERE purpose = 'confirm' AND visitor_id = $1", args![visitor]).await?;
    Ok(())
}

/// Whether a mail that asks to confirm an address still has something to do: not once its own link or code was used, nor once
/// another one of the same browser confirmed the address, unless its click agrees to something that the other did not.
///
/// # Errors
/// When the database refuses.
pub async fn still_holds(c: &impl ConnectionTrait, letter: &Mail) -> Result<bool> {
    if letter.kind != "confirmation" {
        return Ok(true);
    }
    let sql = "SELECT count(*) FROM pass x WHERE x.purpose = 'confirm' AND x.email = $1 AND x.created_at = $2 \
               AND (x.used_at IS NOT NULL OR EXISTS (SELECT 1 FROM pass o WHERE o.purpose = 'confirm' \
               AND o.visitor_id = x.visitor_id AND lower(o.email) = lower(x.email) AND o.used_at >= x.created_at \
               AND (x.agreed_id IS NULL OR o.agreed_id = x.agreed_id)))";
    Ok(db::count(c, sql, args![letter.recipient.clone(), letter.created_at]).await? == 0)
}

/// Erases an address that was left and never confirmed from all that was left with it in that browser; what was written
/// stays. Whoever holds a link sent to the address says so.
///
/// # Errors
/// When the database or a module refuses.
pub async fn let_go(tx: &Tx, app: &App, pass: &Pass) -> Result<()> {
    let Some(visitor) = pass.visitor_id else { return passes::cancel(tx, pass).await };
    let left = LeftAddress { visitor, email: pass.email.clone() };
    for module in &app.modules {
        module.let_go(tx, &left).await?;
    }
    for other in passes::confirming(tx, visitor).await? {
        if persons::email_key(&other.email) == persons::email_key(&pass.email) {
            // The outbox keeps who was written to: not this address.
            let sql = "DELETE FROM mail WHERE kind = 'confirmation' AND state <> 'sending' AND recipient = $1 \
                       AND created_at = $2";
            db::run(tx, sql, args![other.email.clone(), other.created_at]).await?;
            passes::cancel(tx, &other).await?;
        }
    }
    Ok(())
}

/// The first words, on one line.
fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let cut: String = line.chars().take(QUOTE).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_short_and_cut_between_words() {
        assert_eq!(shorten(" un\n banc "), "un banc");
        let long = shorten(&"écrire ".repeat(60));
        assert!(long.ends_with("écrire…") && long.chars().count() <= QUOTE + 1, "{long}");
    }
}
