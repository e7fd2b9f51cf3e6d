//! A mail that waited too long: its link has ended and opens nothing, or what it says is no more. It is kept with the reason and
//! not sent.

use chrono::{DateTime, TimeDelta, Utc};

use super::Mail;
use crate::{app::App, error::Result};

/// What stands as the last error of such a mail.
pub const DEAD: &str = "stale";
/// The same of one whose news is no more: undone, stopped or settled since it was written.
pub const OVER: &str = "over";

/// Kinds of mails that are worth nothing once the link in them ended, with how long it lasts from when it was written. The
/// passes behind those links are the people module's, whose tests compare.
pub const LASTS: [(&str, TimeDelta); 3] =
    [("code", TimeDelta::minutes(30)), ("confirmation", TimeDelta::days(14)), ("invitation", TimeDelta::days(7))];

/// Whether the link in a mail of this kind, written then, has ended.
#[must_use]
pub fn is_dead(kind: &str, written: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    LASTS.iter().any(|(own, lasts)| *own == kind && written + *lasts <= now)
}

/// Keeps a letter from leaving whose news is no more, by what the modules say; its words go. Says whether it did.
pub(super) async fn stops(app: &App, mail: &Mail) -> Result<bool> {
    for module in &app.modules {
        if !module.still_holds(app, mail).await? {
            let id = mail.id;
            app.db.write(move |tx| Box::pin(super::stop(tx, id, OVER))).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_ends_at_its_minute_and_other_letters_never_do() {
        let written: DateTime<Utc> = "2026-11-24T08:12:00Z".parse().unwrap();
        let at = |kind: &str, minutes: i64| is_dead(kind, written, written + TimeDelta::minutes(minutes));
        assert!(!at("code", 29) && at("code", 30) && at("code", 3000));
        assert!(!at("invitation", 30) && at("invitation", 7 * 24 * 60));
        assert!(!at("answer", 1_000_000));
    }
}
