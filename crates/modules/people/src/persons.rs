//! People the instance knows, and their roles on the team.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
    permission::Role,
    secrets::Secrets,
    words::Lang,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::directory;

/// A person.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Person {
    /// Key.
    pub id: Uuid,
    /// First name, as pages show it; empty when never given.
    pub name: String,
    /// Confirmed address.
    pub email: Option<String>,
    /// Language of mails.
    pub lang: String,
    /// Area of the town, if given.
    pub area_id: Option<Uuid>,
    /// Age group, if given.
    pub age: Option<String>,
    /// Office shown beside the name of a member of the team.
    pub office: String,
    /// Role code, for members of the team.
    pub role: Option<String>,
    /// Telephone in E.164, such as `+33612345678`.
    pub phone: Option<String>,
    /// Postal address, if given.
    pub address: String,
    /// How the instance came to know them: `web`, `stand`, `paper`, `phone`, `door`, `import`.
    pub origin: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// The columns of [`Person`].
pub(crate) const COLUMNS: &str =
    "id, name, email, lang, area_id, age, office, role, phone, address, origin, created_at";

impl Person {
    /// Language of mails to this person.
    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::parse(&self.lang).unwrap_or_default()
    }
}

/// The address as it is compared: lower case, no spaces.
#[must_use]
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// What limits count an address by: signed, so that their table names nobody.
#[must_use]
pub fn rate_key(secrets: &Secrets, email: &str) -> String {
    secrets.sign("rate", &email_key(email))
}

/// A person by key; erased people are not found, nor sheets merged into another.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Person>> {
    db::one(
        c,
        &format!("SELECT {COLUMNS} FROM person WHERE id = $1 AND erased_at IS NULL AND merged_into IS NULL"),
        args![id],
    )
    .await
}

/// A person by address; the address of a sheet that was merged leads to the one it was merged into.
///
/// # Errors
/// When the database refuses.
pub async fn by_email(c: &impl ConnectionTrait, email: &str) -> Result<Option<Person>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE erased_at IS NULL \
         AND id = (SELECT coalesce(merged_into, id) FROM person WHERE email_key = $1 AND erased_at IS NULL)"
    );
    db::one(c, &sql, args![email_key(email)]).await
}

/// The person of a confirmed address, made if new. A name already given is kept.
///
/// # Errors
/// When the database refuses.
pub async fn ensure(tx: &Tx, moment: &Moment, email: &str, name: &str, lang: Lang) -> Result<Person> {
    db::run(
        tx,
        "INSERT INTO person (id, name, email, email_key, lang, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (email_key) DO UPDATE SET name = CASE WHEN person.name = '' THEN excluded.name ELSE person.name END",
        args![moment.id(), name, email.trim(), email_key(email), lang.code(), moment.now],
    )
    .await?;
    let person = by_email(tx, email).await?.ok_or(parvis_kernel::Error::NotFound)?;
    directory::words::refresh(tx, person.id).await?;
    Ok(person)
}

/// Members of the team, owners first.
///
/// # Errors
/// When the database refuses.
pub async fn team(c: &impl ConnectionTrait) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE role IS NOT NULL AND erased_at IS NULL ORDER BY CASE role \
         WHEN 'owner' THEN 0 WHEN 'administrator' THEN 1 WHEN 'moderator' THEN 2 ELSE 3 END, name"
    );
    db::all(c, &sql, vec![]).await
}

/// How many they are.
///
/// # Errors
/// When the database refuses.
pub async fn team_size(c: &impl ConnectionTrait) -> Result<i64> {
    db::count(c, "SELECT count(*) FROM person WHERE role IS NOT NULL AND erased_at IS NULL", vec![]).await
}

/// Those who moderate a project by their role in it, by name; owners and administrators moderate all.
///
/// # Errors
/// When the database refuses.
pub async fn moderators_of(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE role = 'moderator' AND erased_at IS NULL \
         AND id IN (SELECT person_id FROM moderator_project WHERE project_id = $1) ORDER BY name, id"
    );
    db::all(c, &sql, args![project]).await
}

/// The role of a person from its code, with the projects of a moderator.
///
/// # Errors
/// When the database refuses.
pub async fn role_of(c: &impl ConnectionTrait, person: Uuid, code: Option<&str>) -> Result<Option<Role>> {
    let sql = "SELECT project_id FROM moderator_project WHERE person_id = $1";
    let projects = if code == Some("moderator") { db::column(c, sql, args![person]).await? } else { Vec::new() };
    Ok(role(code, projects))
}

/// The role of a code, for a moderator in these projects.
fn role(code: Option<&str>, projects: Vec<Uuid>) -> Option<Role> {
    match code? {
        "owner" => Some(Role::Owner),
        "administrator" => Some(Role::Administrator),
        "analyst" => Some(Role::Analyst),
        "moderator" => Some(Role::Moderator(projects)),
        _ => None,
    }
}

/// The members of the team, each with their role: as [`team`] and [`role_of`], whatever their number in two readings.
///
/// # Errors
/// When the database refuses.
pub async fn members(c: &impl ConnectionTrait) -> Result<Vec<(Person, Role)>> {
    #[derive(FromQueryResult)]
    struct Held {
        person_id: Uuid,
        project_id: Uuid,
    }
    let mut held: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let sql = "SELECT person_id, project_id FROM moderator_project ORDER BY person_id, project_id";
    for h in db::all::<Held>(c, sql, vec![]).await? {
        held.entry(h.person_id).or_default().push(h.project_id);
    }
    let mut members = Vec::new();
    for person in team(c).await? {
        let projects = held.remove(&person.id).unwrap_or_default();
        if let Some(role) = role(person.role.as_deref(), projects) {
            members.push((person, role));
        }
    }
    Ok(members)
}

/// Gives a role, or takes it away with `None`.
///
/// # Errors
/// When the database refuses.
pub async fn set_role(tx: &Tx, person: Uuid, role: Option<&Role>) -> Result<()> {
    db::run(tx, "UPDATE person SET role = $2 WHERE id = $1", args![person, role.map(Role::code)]).await?;
    db::run(tx, "DELETE FROM moderator_project WHERE person_id = $1", args![person]).await?;
    if role.is_none() {
        db::run(tx, "DELETE FROM api_token WHERE person_id = $1", args![person]).await?;
    }
    if let Some(Role::Moderator(projects)) = role {
        for project in projects {
            db::run(
                tx,
                "INSERT INTO moderator_project (person_id, project_id) VALUES ($1, $2)",
                args![person, *project],
            )
            .await?;
        }
    }
    Ok(())
}

/// Counts the owners, and holds their rows until the transaction ends: two owners who leave at once can't both go.
///
/// # Errors
/// When the database refuses.
pub async fn owners(tx: &Tx) -> Result<u64> {
    db::run(tx, "UPDATE person SET role = role WHERE role = 'owner' AND erased_at IS NULL", vec![]).await
}

/// What a person says of themselves.
#[derive(Debug, Clone)]
pub struct Profile {
    /// First name.
    pub name: String,
    /// Area of the town.
    pub area: Option<Uuid>,
    /// Age group code.
    pub age: Option<String>,
    /// Language of mails.
    pub lang: Lang,
}

/// Age groups, youngest first.
pub const AGES: [&str; 4] = ["15-24", "25-39", "40-64", "65+"];

/// Keeps what a person says of themselves.
///
/// # Errors
/// When the database refuses.
pub async fn set_profile(tx: &Tx, person: Uuid, profile: &Profile) -> Result<()> {
    db::run(
        tx,
        "UPDATE person SET name = $2, area_id = $3, age = $4, lang = $5 WHERE id = $1 AND erased_at IS NULL",
        args![person, profile.name.clone(), profile.area, profile.age.clone(), profile.lang.code()],
    )
    .await?;
    directory::words::refresh(tx, person).await
}

/// Sets the office shown beside the name of a member of the team.
///
/// # Errors
/// When the database refuses.
pub async fn set_office(tx: &Tx, person: Uuid, office: &str) -> Result<()> {
    db::run(tx, "UPDATE person SET office = $2 WHERE id = $1", args![person, office]).await?;
    Ok(())
}

/// Empties the row of a person: nothing of it says who it was, and the address can come back as somebody new.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &Tx, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        email: Option<String>,
        email_key: Option<String>,
    }
    let row: Option<Row> = db::one(tx, "SELECT email, email_key FROM person WHERE id = $1", args![person]).await?;
    let row = row.unwrap_or(Row { email: None, email_key: None });
    if let Some(email) = &row.email {
        crate::passes::drop_for(tx, email).await?;
    }
    for table in [
        "session",
        "api_token",
        "consent",
        "moderator_project",
        "person_note",
        "authenticator",
        "recovery_code",
        "second_step",
        "passkey",
    ] {
        db::run(tx, &format!("DELETE FROM {table} WHERE person_id = $1"), args![person]).await?;
    }
    // Mails queued before the address was confirmed carry it without the person's key.
    db::run(
        tx,
        "DELETE FROM mail WHERE person_id = $1 OR recipient = $2 OR recipient = $3 OR lower(recipient) = $3",
        args![person, row.email.clone().unwrap_or_default(), row.email_key.clone().unwrap_or_default()],
    )
    .await?;
    db::run(tx, "UPDATE person_merge SET moved = '' WHERE kept_id = $1 OR merged_id = $1", args![person]).await?;
    empty(tx, person, now).await
}

/// Empties a sheet alone: nothing on it says who it was, its address may come back, and what is kept of it in the ledger names
/// nobody.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn empty(tx: &Tx, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    db::run(tx, "DELETE FROM person_apart WHERE one_id = $1 OR other_id = $1", args![person]).await?;
    directory::words::drop(tx, person).await?;
    db::run(
        tx,
        "UPDATE person SET name = '', email = NULL, email_key = NULL, phone = NULL, address = '', folded = '', \
         match_mail = NULL, match_place = NULL, \
         area_id = NULL, age = NULL, office = '', role = NULL, seen_at = NULL, erased_at = $2 WHERE id = $1",
        args![person, now],
    )
    .await?;
    Ok(())
}

/// Members of the team who signed in at least once.
///
/// # Errors
/// When the database refuses.
pub async fn seen(c: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    db::column(c, "SELECT id FROM person WHERE role IS NOT NULL AND seen_at IS NOT NULL", vec![]).await
}

/// How many people confirmed their first address since then, the team itself left out.
///
/// # Errors
/// When the database refuses.
pub async fn confirmed_since(c: &impl ConnectionTrait, from: DateTime<Utc>) -> Result<i64> {
    let sql = "SELECT count(*) FROM person WHERE created_at >= $1 AND email IS NOT NULL AND origin = 'web' AND role IS NULL \
               AND erased_at IS NULL AND merged_into IS NULL";
    db::count(c, sql, args![from]).await
}
