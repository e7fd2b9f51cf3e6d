//! Blocks: somebody who may not post, comment or support for a time. They may read, and their own space stays theirs.
//!
//! A block holds for the person, for their mail address and for the browser they wrote with, the latter two as keyed
//! hashes. It says why, until when and how to reply; the reply is one.

pub mod letters;
pub mod list;
pub mod pages;
pub mod store;

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    Ctx, Refusal,
    form::{Form, is_blank},
    permission::{Access, Right},
    routes::Routes,
    secrets::Secrets,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{persons::email_key, urls};

/// Whoever asks may not post.
pub const BLOCKED: Refusal = Refusal::new("blocked");
/// A member of the team loses their role first.
pub const BLOCK_MEMBER: Refusal = Refusal::new("block_member");
/// They replied already.
pub const REPLIED: Refusal = Refusal::new("replied_once");

/// Longest reason and reply, in characters.
pub const MAX_WORDS: usize = 2_000;
/// Longest block with an end, in days.
const MOST_DAYS: u64 = 5 * 366;

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 4] = ["person.blocked", "person.unblocked", "person.block_replied", "person.block_kept"];

/// A block.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Block {
    /// Key.
    pub id: Uuid,
    /// The person, if there is a sheet of them.
    pub person_id: Option<Uuid>,
    /// The project where it was decided; none on a sheet.
    pub project_id: Option<Uuid>,
    /// Why, as they read it.
    pub reason: String,
    /// Who decided.
    pub actor_id: Option<Uuid>,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Until when; none until it is undone.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was undone.
    pub undone_at: Option<DateTime<Utc>>,
    /// Their reply, empty for none.
    pub reply: String,
    /// When they replied.
    pub replied_at: Option<DateTime<Utc>>,
    /// When the team read the reply and kept the block.
    pub read_at: Option<DateTime<Utc>>,
}

impl Block {
    /// Whether it holds now.
    #[must_use]
    pub fn stands(&self, now: DateTime<Utc>) -> bool {
        self.undone_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }

    /// Whether whoever asks reads why and may undo it: whoever handles sheets, and who moderates where it was decided.
    #[must_use]
    pub fn is_open_to(&self, ctx: &Ctx) -> bool {
        ctx.may(Right::Persons, None) || self.project_id.is_some_and(|p| ctx.may(Right::Moderate, Some(p)))
    }

    /// The last day it holds, in town.
    #[must_use]
    pub fn last_day(&self, tz: Tz) -> Option<NaiveDate> {
        let end = self.ends_at?.with_timezone(&tz).date_naive();
        end.checked_sub_days(Days::new(1))
    }
}

/// Whom a block is for: what is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whom {
    /// The person.
    pub person: Option<Uuid>,
    /// A mail address, confirmed or not.
    pub email: Option<String>,
    /// The browser.
    pub browser: Option<Uuid>,
}

impl Whom {
    /// The keys it is found by: kind and keyed hash.
    #[must_use]
    pub fn keys(&self, secrets: &Secrets) -> Vec<(&'static str, String)> {
        let mail = self.email.as_ref().map(|e| ("mail", secrets.sign("block-mail", &email_key(e))));
        let browser = self.browser.map(|b| ("browser", secrets.sign("block-browser", &b.to_string())));
        mail.into_iter().chain(browser).collect()
    }
}

/// What is decided: why, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Why, as the person reads it.
    pub reason: String,
    /// Until when; none until it is undone.
    pub ends_at: Option<DateTime<Utc>>,
    /// The project where it is decided; none on a sheet.
    pub project: Option<Uuid>,
}

/// Reads the terms of a form, with its errors beside the fields `blocage` and `fin`.
pub fn terms(ctx: &Ctx, form: &mut Form) -> Option<Terms> {
    let reason = form.text("blocage");
    if is_blank(&reason) {
        form.fail("blocage", ctx.t("block-error-reason"));
    } else if reason.chars().count() > MAX_WORDS {
        form.fail("blocage", ctx.app.words.with(ctx.lang, "block-error-long", &[("n", &MAX_WORDS)]));
    }
    let ends_at = match form.get("fin") {
        "" => None,
        day => {
            let end = day.parse().ok().and_then(|day| end_of(day, ctx.today(), ctx.settings.tz()));
            if end.is_none() {
                form.fail("fin", ctx.t("block-error-end"));
            }
            end
        }
    };
    form.is_valid().then_some(Terms { reason, ends_at, project: None })
}

/// The instant after the last day of a block, in town. Today is the first day it may end.
#[must_use]
pub fn end_of(last: NaiveDate, today: NaiveDate, tz: Tz) -> Option<DateTime<Utc>> {
    if last < today || last > today.checked_add_days(Days::new(MOST_DAYS))? {
        return None;
    }
    let next = last.checked_add_days(Days::new(1))?.and_hms_opt(0, 0, 0)?;
    // Midnight that a change of time skips: the first instant of that day.
    let end = tz
        .from_local_datetime(&next)
        .earliest()
        .or_else(|| tz.from_local_datetime(&(next + chrono::TimeDelta::hours(1))).earliest())?;
    Some(end.with_timezone(&Utc))
}

/// The pages of blocks.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::Suspension::ROUTE, Access::Public, pages::show)
        .post(urls::Suspension::ROUTE, Access::Public, pages::reply)
        .get(urls::Blocks::ROUTE, Access::Team(Right::Persons), list::show)
        .post(urls::Block::ROUTE, Access::Team(Right::Persons), list::change)
        .post(urls::BlockPerson::ROUTE, Access::Team(Right::Persons), pages::block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_after_its_last_day_in_town() {
        let tz = Tz::Europe__Paris;
        let day = |d: &str| d.parse::<NaiveDate>().unwrap();
        let end = |d: &str| end_of(day(d), day("2026-03-01"), tz);
        assert_eq!(end("2026-03-01"), Some("2026-03-01T23:00:00Z".parse().unwrap()));
        // Summer time began that morning.
        assert_eq!(end("2026-03-29"), Some("2026-03-29T22:00:00Z".parse().unwrap()));
        assert_eq!(end("2026-02-28"), None, "yesterday");
        assert_eq!(end("2036-03-01"), None, "a slip of the keyboard");
        let block = Block {
            id: Uuid::nil(),
            person_id: None,
            project_id: None,
            reason: String::new(),
            actor_id: None,
            at: "2026-03-01T10:00:00Z".parse().unwrap(),
            ends_at: end("2026-03-29"),
            undone_at: None,
            reply: String::new(),
            replied_at: None,
            read_at: None,
        };
        assert_eq!(block.last_day(tz), Some(day("2026-03-29")));
        let at = |t: &str| t.parse::<DateTime<Utc>>().unwrap();
        assert!(block.stands(at("2026-03-29T21:59:59Z")) && !block.stands(at("2026-03-29T22:00:00Z")));
        assert!(Block { ends_at: None, ..block.clone() }.stands(at("2036-01-01T00:00:00Z")));
        assert!(!Block { undone_at: Some(block.at), ..block.clone() }.stands(block.at));
    }

    #[test]
    fn keys_name_nobody() {
        let whom = Whom { email: Some(" Lea@E.fr ".into()), browser: Some(Uuid::from_u128(7)), person: None };
        let keys = whom.keys(&Secrets::new([1; 32]));
        assert_eq!(keys.len(), 2);
        assert!(keys.iter().all(|(_, hash)| !hash.contains("e.fr") && hash.len() == 43));
        let again = Whom { email: Some("lea@e.fr".into()), ..Whom::default() };
        assert_eq!(again.keys(&Secrets::new([1; 32])), keys[..1]);
        assert_ne!(again.keys(&Secrets::new([2; 32])), keys[..1], "another instance, another hash");
    }
}
