//! What the team entered, in the database.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry as Line},
    args,
    context::Moment,
    db::{self, Tx},
};
use parvis_people::{
    confirm::{self, Confirmation, Confirms},
    persons::{self, email_key},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Channel, FORM_USED, SHEET_TAKEN, SUPPORT_ENTERED, gathered::THEIRS, next_sheet};
use crate::{
    answers::store::TOO_LATE_TO_UNDO,
    ideas::{
        Status, shorten,
        store::{self as ideas, New as NewIdea},
        title_of,
    },
    moderation::store::UNDO,
    personal,
    reactions::{self, Reaction},
    screening::{self, Looked, Screen},
    urls,
};

/// An entry.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Entry {
    /// Key.
    pub id: Uuid,
    /// `idea` or `support`.
    pub kind: String,
    /// The idea.
    pub contribution_id: Uuid,
    /// Its project.
    pub project_id: Uuid,
    /// Channel code.
    pub channel: String,
    /// Number of the sheet.
    pub sheet: Option<String>,
    /// Stands for a browser.
    pub holder: Option<Uuid>,
    /// Who entered it.
    pub actor_id: Option<Uuid>,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// Number of the idea.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Whether it waits because of what was found in it.
    pub held: bool,
}

const COLUMNS: &str = "e.id, e.kind, e.contribution_id, e.project_id, e.channel, e.sheet, e.holder, e.actor_id, \
                       e.created_at, c.number, c.title, c.body, (c.status = 'prescreening' AND (EXISTS (SELECT 1 \
                       FROM screening s WHERE s.contribution_id = c.id) OR EXISTS (SELECT 1 FROM contact_text t \
                       WHERE t.contribution_id = c.id AND t.masked_at IS NULL))) AS held";

impl Entry {
    /// Whether it can be undone now.
    #[must_use]
    pub fn may_undo(&self, now: DateTime<Utc>) -> bool {
        now <= self.created_at + UNDO
    }

    /// Whether this is what the form says: sent twice, not typed over after going back.
    fn is_of(&self, new: &New) -> bool {
        let said = match &new.what {
            What::Idea { body, .. } => self.kind == "idea" && self.body == *body,
            What::Support { idea, .. } => self.kind == "support" && self.contribution_id == *idea,
        };
        let sheet = new.proposed || self.sheet.as_deref().unwrap_or_default() == new.sheet;
        said && sheet && self.project_id == new.project
    }

    /// The first words of the idea.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { shorten(&self.title, 90) }
    }
}

/// What is entered.
#[derive(Debug, Clone)]
pub enum What {
    /// A new idea.
    Idea {
        /// Text.
        body: String,
        /// Area.
        area: Option<Uuid>,
        /// Street or place it is about.
        place: String,
        /// First status.
        status: Status,
    },
    /// A support for an idea.
    Support {
        /// The idea.
        idea: Uuid,
        /// Its number.
        number: i64,
        /// Its text, quoted to whoever left an address.
        quote: String,
    },
}

/// An entry to store.
#[derive(Debug, Clone)]
pub struct New {
    /// Of the form: the same is stored once.
    pub request: Uuid,
    /// Project.
    pub project: Uuid,
    /// How it was gathered.
    pub channel: Channel,
    /// Where.
    pub place: String,
    /// On which day.
    pub on: NaiveDate,
    /// Number of the sheet; empty for none.
    pub sheet: String,
    /// The number was proposed, nobody wrote it on a paper yet: when it is taken meanwhile, the next is.
    pub proposed: bool,
    /// First name; empty for none.
    pub name: String,
    /// Address to confirm; empty for none.
    pub email: String,
    /// Words of the accord.
    pub accord: String,
    /// An address of the idea that opens for its author.
    pub secret: Option<String>,
    /// What.
    pub what: What,
}

async fn by_request(c: &impl ConnectionTrait, request: Uuid) -> Result<Option<Uuid>> {
    db::scalar(c, "SELECT id FROM entry WHERE request = $1", args![request]).await
}

/// Stores an entry and gives its key: an idea, or a support; with an address, the letter that asks to confirm it leaves
/// in ten minutes. The same form sent twice makes one.
///
/// # Errors
/// `form_used` when the form made another entry before, `sheet_taken`, `support_entered`, or when the database refuses.
pub async fn add(tx: &Tx, ctx: &Ctx, new: &New) -> Result<Uuid> {
    if let Some(id) = by_request(tx, new.request).await? {
        let same = find(tx, id).await?.is_of(new);
        return if same { Ok(id) } else { Err(FORM_USED.into()) };
    }
    let sheet = free(tx, new).await?;
    let holder = ctx.moment.id();
    let (contribution, number) = match &new.what {
        What::Support { idea, number, .. } => (*idea, *number),
        What::Idea { body, area, place, status } => {
            let stored = insert_idea(tx, ctx, new, holder, (body, *area, place, *status)).await?;
            (stored.id, stored.number)
        }
    };
    let support = matches!(new.what, What::Support { .. });
    let mail = Some(new.email.as_str()).filter(|m| support && !m.is_empty());
    // Whoever supports it already by themselves is not counted a second time; nobody is told who does.
    let counts = support
        && match mail {
            Some(email) => !supports(tx, contribution, email).await?,
            None => true,
        };
    let id = ctx.moment.id();
    let sql = "INSERT INTO entry (id, request, kind, contribution_id, project_id, channel, place, gathered_on, sheet, accord, \
               holder, email, counts, actor_id, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING";
    let values = args![
        id,
        new.request,
        if support { "support" } else { "idea" },
        contribution,
        new.project,
        new.channel.code(),
        new.place.clone(),
        new.on.to_string(),
        sheet.clone(),
        new.accord.clone(),
        Some(holder).filter(|_| !new.email.is_empty()),
        mail.map(email_key),
        counts,
        ctx.actor.person(),
        ctx.now()
    ];
    if db::run(tx, sql, values).await? == 0 {
        return Err(why(tx, new, sheet.as_deref()).await?.into());
    }
    if mail.is_some() {
        reactions::set(tx, &ctx.moment, contribution, holder, false, Some(Reaction::Support)).await?;
    }
    if !new.email.is_empty() {
        ask(tx, ctx, new, holder, contribution, number).await?;
    }
    let kind = if support { "entry.support" } else { "entry.idea" };
    record(tx, ctx, kind, contribution, new.project, number).await?;
    Ok(id)
}

/// Why an entry was not stored: another was faster.
async fn why(tx: &Tx, new: &New, sheet: Option<&str>) -> Result<Refusal> {
    if by_request(tx, new.request).await?.is_some() {
        return Ok(Refusal::CHANGED_MEANWHILE);
    }
    let taken = match sheet {
        Some(sheet) => of_sheet(tx, new.project, sheet).await?.is_some(),
        None => false,
    };
    Ok(if taken { SHEET_TAKEN } else { SUPPORT_ENTERED })
}

async fn insert_idea(
    tx: &Tx,
    ctx: &Ctx,
    new: &New,
    holder: Uuid,
    (body, area, place, status): (&str, Option<Uuid>, &str, Status),
) -> Result<ideas::Stored> {
    // Somebody else's words, typed by the team: they wait as they would from their own hand, and the queue says why.
    // The public log does not count them: an undo leaves nothing.
    let screen = Screen::new(&screening::store::rules(tx).await?.0, ctx.settings.lang);
    let why = screen.why(ctx.settings.lang, &[body, &new.name, place]);
    let idea = NewIdea {
        author_name: new.name.clone(),
        pending_email: Some(new.email.clone()).filter(|m| !m.is_empty()),
        lang: ctx.settings.lang.code().to_owned(),
        area,
        place: place.to_owned(),
        origin: new.channel.code(),
        // Nobody's hand: whoever said it has no browser here, and the member of the team did not say it.
        ..NewIdea::idea(new.project, holder, body, if why.is_empty() { status } else { Status::Prescreening })
    };
    let stored = ideas::insert(tx, &ctx.moment, &idea).await?;
    screening::store::keep(tx, &ctx.moment, stored.id, &Looked::default(), &why, true).await?;
    if idea.pending_email.is_some() {
        let wording = ctx.app.words.with(ctx.settings.lang, "entry-consent", &[]);
        let sql = "UPDATE contribution SET pending_consent = $2 WHERE id = $1";
        db::run(tx, sql, args![stored.id, wording]).await?;
    }
    Ok(stored)
}

/// Whether the person of an address supports an idea by themselves.
async fn supports(tx: &Tx, contribution: Uuid, email: &str) -> Result<bool> {
    let Some(person) = persons::by_email(tx, email).await? else { return Ok(false) };
    let sql = "SELECT count(*) FROM reaction WHERE contribution_id = $1 AND holder = $2 AND kind = 'support'";
    Ok(db::count(tx, sql, args![contribution, person.id]).await? > 0)
}

/// Asks whoever left an address to confirm it. Nobody is written to again without their own click.
async fn ask(tx: &Tx, ctx: &Ctx, new: &New, holder: Uuid, contribution: Uuid, number: i64) -> Result<()> {
    let (words, lang) = (&ctx.app.words, ctx.settings.lang);
    let day = parvis_kernel::locale::day(lang, new.on, ctx.today());
    let how = super::gathered(words, lang, new.channel, &new.place);
    let mut facts = vec![
        (words.with(lang, "confirm-fact-idea", &[]), words.with(lang, "idea-number", &[("n", &number)])),
        (words.with(lang, "entry-fact", &[]), words.with(lang, "entry-fact-how", &[("how", &how), ("day", &day)])),
    ];
    if !new.name.is_empty() {
        facts.push((words.with(lang, "confirm-fact-name", &[]), new.name.clone()));
    }
    let (what, quote) = match &new.what {
        What::Idea { body, .. } => (Confirms::Idea { waits: false }, body.as_str()),
        What::Support { quote, .. } => (Confirms::Supports, quote.as_str()),
    };
    let mut back = urls::Idea { number }.to_string();
    if let Some(secret) = &new.secret {
        back = crate::seen::with_param(&back, "cle", secret);
    }
    let wording = words.with(lang, "entry-consent", &[]);
    let asked = Confirmation {
        lang,
        visitor: holder,
        email: &new.email,
        name: &new.name,
        what,
        subject: Some(contribution),
        quote,
        facts: &facts,
        agrees: matches!(new.what, What::Idea { .. }).then_some(confirm::Agrees { key: contribution, words: &wording }),
        return_to: &back,
    };
    confirm::request_confirmation(tx, &ctx.app, &ctx.settings, &ctx.moment, &asked).await?;
    confirm::hold_back(tx, &ctx.moment, &new.email, ctx.now() + UNDO).await
}

async fn record(tx: &Tx, ctx: &Ctx, kind: &'static str, id: Uuid, project: Uuid, number: i64) -> Result<()> {
    let line = Line {
        actor: ctx.actor.person(),
        kind,
        subject_kind: "contribution",
        subject: Some(id),
        project: Some(project),
        detail: &number.to_string(),
    };
    activity::record(tx, &ctx.moment, line).await
}

/// An entry of a project by the number of its sheet.
///
/// # Errors
/// When the database refuses.
pub async fn of_sheet(c: &impl ConnectionTrait, project: Uuid, sheet: &str) -> Result<Option<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry e JOIN contribution c ON c.id = e.contribution_id \
         WHERE e.project_id = $1 AND e.sheet = $2"
    );
    db::one(c, &sql, args![project, sheet]).await
}

#[derive(FromQueryResult)]
struct Sheet {
    sheet: String,
    actor_id: Option<Uuid>,
}

async fn sheets(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Sheet>> {
    let sql = "SELECT sheet, actor_id FROM entry WHERE project_id = $1 AND sheet IS NOT NULL ORDER BY created_at DESC, id DESC";
    db::all(c, sql, args![project]).await
}

/// The number to write on the next sheet: after the last of this member of the team, else after the last of anybody.
///
/// # Errors
/// When the database refuses.
pub async fn next(c: &impl ConnectionTrait, project: Uuid, actor: Option<Uuid>) -> Result<String> {
    let all = sheets(c, project).await?;
    let last = all.iter().find(|s| s.actor_id.is_some() && s.actor_id == actor).or_else(|| all.first());
    Ok(first_free(last.map_or("", |s| &s.sheet), &all))
}

/// The first number after `sheet` that no entry has.
fn first_free(sheet: &str, all: &[Sheet]) -> String {
    let taken: HashSet<&str> = all.iter().map(|s| s.sheet.as_str()).collect();
    let mut next = next_sheet(sheet);
    while taken.contains(next.as_str()) {
        next = next_sheet(&next);
    }
    next
}

/// The number of the new entry's sheet, if it has one.
async fn free(tx: &Tx, new: &New) -> Result<Option<String>> {
    if new.sheet.is_empty() {
        return Ok(None);
    }
    if of_sheet(tx, new.project, &new.sheet).await?.is_none() {
        return Ok(Some(new.sheet.clone()));
    }
    if !new.proposed {
        return Err(SHEET_TAKEN.into());
    }
    Ok(Some(first_free(&new.sheet, &sheets(tx, new.project).await?)))
}

/// The last entries of a member of the team.
///
/// # Errors
/// When the database refuses.
pub async fn last(c: &impl ConnectionTrait, actor: Option<Uuid>, most: i64) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entry e JOIN contribution c ON c.id = e.contribution_id WHERE e.actor_id = $1 \
         ORDER BY e.created_at DESC, e.id DESC LIMIT $2"
    );
    db::all(c, &sql, args![actor, most]).await
}

/// An entry by key.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Entry> {
    let sql = format!("SELECT {COLUMNS} FROM entry e JOIN contribution c ON c.id = e.contribution_id WHERE e.id = $1");
    db::one(c, &sql, args![id]).await?.ok_or(Error::NotFound)
}

/// Takes an entry back within ten minutes: an idea goes with its words, a support leaves the count, a letter that waits
/// is not sent, and the sheet's number is free again.
///
/// # Errors
/// `too_late_to_undo`, `changed_meanwhile` for an idea that somebody decided on since, or when the database refuses.
pub async fn undo(tx: &Tx, ctx: &Ctx, entry: &Entry) -> Result<()> {
    if !entry.may_undo(ctx.now()) {
        return Err(TOO_LATE_TO_UNDO.into());
    }
    if db::run(tx, "DELETE FROM entry WHERE id = $1", args![entry.id]).await? == 0 {
        return Ok(());
    }
    if let Some(holder) = entry.holder {
        confirm::take_back(tx, holder, entry.created_at).await?;
        reactions::set(tx, &ctx.moment, entry.contribution_id, holder, false, None).await?;
    }
    if entry.kind == "idea" {
        let idea = ideas::find(tx, entry.contribution_id).await?;
        if idea.version != 1 || idea.author_id.is_some() {
            return Err(Refusal::CHANGED_MEANWHILE.into());
        }
        personal::erase(tx, &ctx.moment, idea.id).await?;
        let sql =
            "UPDATE contribution SET author_name = '', pending_email = NULL, pending_consent = NULL WHERE id = $1";
        db::run(tx, sql, args![idea.id]).await?;
    }
    record(tx, ctx, "entry.undone", entry.contribution_id, entry.project_id, entry.number).await
}

/// The supports that were entered with the address of a person.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Uuid>> {
    let sql = format!("SELECT e.id FROM entry e WHERE e.email IN ({THEIRS})");
    db::column(c, &sql, args![person]).await
}

/// Forgets a person: as who supported, and as who entered.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, moment: &Moment, person: Uuid) -> Result<()> {
    for id in of_person(tx, person).await? {
        let entry = find(tx, id).await?;
        if let Some(holder) = entry.holder {
            reactions::set(tx, moment, entry.contribution_id, holder, false, None).await?;
        }
        let sql = "UPDATE entry SET counts = FALSE, holder = NULL, email = NULL WHERE id = $1";
        db::run(tx, sql, args![id]).await?;
    }
    db::run(tx, "UPDATE entry SET actor_id = NULL WHERE actor_id = $1", args![person]).await?;
    Ok(())
}
