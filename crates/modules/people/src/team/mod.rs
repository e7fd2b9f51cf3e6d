//! Who is on the team: roles, offices, invitations.

mod rules;

use std::collections::HashMap;

use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    db::Tx,
    form::Form,
    mail,
    permission::{Access, Actor, Right, Role},
    rate::{self, Limit},
    routes::Routes,
    settings,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use crate::{
    changes::{self, Changed},
    passes::{self, NewPass, Purpose},
    persons::{self, Person},
    second,
    sign_in::letters,
    space::LAST_OWNER,
    urls,
};

pub use rules::{ROLES, may_change, role_from};

/// Kinds of activity about the team.
pub const ACTIVITY: [&str; 12] = [
    "team.invited",
    "team.joined",
    "team.role_changed",
    "team.removed",
    "team.left",
    "team.passkey_added",
    "team.passkey_removed",
    "team.second_added",
    "team.second_codes",
    "team.second_removed",
    "team.second_reset",
    "team.second_required",
];

/// Invitations of one member of the team.
const INVITATIONS: Limit = Limit::per_minutes("invite", 30, 60);
/// Letters of a name or an office.
const SHORT: usize = 80;

/// The pages and forms of the team.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::Team::ROUTE, Access::Team(Right::Administer), show)
        .post(urls::Invite::ROUTE, Access::Team(Right::Administer), invite)
        .post(urls::RequireSecond::ROUTE, Access::Team(Right::Own), require_second)
        .post(urls::Member::ROUTE, Access::Team(Right::Administer), change)
}

/// A member as the list shows them.
struct Member {
    person: Person,
    role: Role,
    /// Titles of a moderator's projects.
    projects: Vec<String>,
    /// Whether they never came yet.
    invited: bool,
    /// Whether this actor may change them.
    editable: bool,
    /// Whether a second factor is asked of them.
    second: bool,
}

impl Member {
    fn holds(&self, project: &Uuid) -> bool {
        matches!(&self.role, Role::Moderator(all) if all.contains(project))
    }

    fn email(&self) -> &str {
        self.person.email.as_deref().unwrap_or_default()
    }

    fn called(&self) -> &str {
        if self.person.name.is_empty() { self.email() } else { &self.person.name }
    }
}

#[derive(askama::Template)]
#[template(path = "team/members.html")]
struct Team<'a> {
    p: &'a Page,
    f: &'a Form,
    members: Vec<Member>,
    scopes: Vec<(Uuid, String)>,
    roles: Vec<&'static str>,
    me: Option<Uuid>,
    no_server: bool,
    /// The member whose form is to correct: the other forms of the page wait.
    open: Option<Uuid>,
    /// What was changed last.
    recent: Vec<Changed>,
}

impl Team<'_> {
    fn is_me(&self, member: &Member) -> bool {
        self.me == Some(member.person.id)
    }

    fn is_open(&self, member: &Member) -> bool {
        self.open == Some(member.person.id)
    }

    /// Whether this actor decides for owners too.
    fn owns(&self) -> bool {
        self.p.ctx.may(Right::Own, None)
    }

    fn required(&self) -> bool {
        self.p.ctx.settings.second_factor
    }

    /// Key of a field of a member's form: the plain one where its errors are linked to.
    fn field(&self, member: &Member, name: &str) -> String {
        if self.is_open(member) { format!("f-{name}") } else { format!("{name}-{}", member.person.id) }
    }

    /// Whether what is typed in a member's form is shown: a form without a role was a button alone.
    fn is_typed(&self, member: &Member) -> bool {
        self.is_open(member) && self.f.has("role")
    }

    /// The role shown as chosen.
    fn chosen(&self, member: &Member, code: &str) -> bool {
        if self.is_typed(member) { self.f.is("role", code) } else { member.role.code() == code }
    }

    /// Whether a project is ticked in a member's form.
    fn held(&self, member: &Member, project: &Uuid) -> bool {
        if self.is_typed(member) { self.ticked(project) } else { member.holds(project) }
    }

    fn office<'b>(&'b self, member: &'b Member) -> &'b str {
        if self.is_typed(member) { self.f.get("fonction") } else { &member.person.office }
    }

    fn role_words(&self, code: &str) -> String {
        self.p.t(&format!("role-{code}"))
    }

    fn role_hint(&self, code: &str) -> String {
        self.p.t(&format!("role-{code}-hint"))
    }

    fn ticked(&self, id: &Uuid) -> bool {
        self.f.is("projets", &id.to_string())
    }
}

/// Administrators and owners.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    page(&ctx, &Form::new(), None).await
}

/// Everything a moderator's role can be limited to.
pub(crate) async fn scopes(ctx: &Ctx) -> Result<Vec<(Uuid, String)>> {
    let mut all = Vec::new();
    for module in &ctx.app.modules {
        all.extend(module.scopes(&ctx.app.db).await?);
    }
    Ok(all)
}

async fn page(ctx: &Ctx, form: &Form, open: Option<Uuid>) -> Result<Response> {
    let p = Page::settings(ctx, urls::Team::ROUTE).await?;
    let scopes = scopes(ctx).await?;
    let titles: HashMap<Uuid, &str> = scopes.iter().map(|(id, title)| (*id, title.as_str())).collect();
    let db = ctx.app.db.read();
    let came = persons::seen(db).await?;
    let protected = second::all(db).await?;
    let mut members = Vec::new();
    for (person, role) in persons::members(db).await? {
        let projects = match &role {
            Role::Moderator(all) => all.iter().filter_map(|id| titles.get(id)).map(|t| (*t).to_owned()).collect(),
            _ => Vec::new(),
        };
        members.push(Member {
            invited: !came.contains(&person.id),
            second: protected.contains(&person.id),
            editable: rules::may_change(&ctx.actor, Some(&role), None),
            person,
            role,
            projects,
        });
    }
    let view = Team {
        f: form,
        members,
        scopes,
        roles: ROLES.into_iter().filter(|r| *r != "owner" || ctx.may(Right::Own, None)).collect(),
        me: ctx.actor.person(),
        open,
        no_server: !ctx.app.sends_mail(&ctx.settings),
        recent: changes::recent(&p, &ACTIVITY).await?,
        p: &p,
    };
    html_with(if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// What is said of an invitation that was written: it left, or it waits.
fn invited(ctx: &Ctx) -> &'static str {
    if ctx.app.sends_mail(&ctx.settings) { "invitation" } else { "invitation-attend" }
}

/// Administrators and owners; only owners name owners.
async fn invite(ctx: Ctx, mut form: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let scopes = scopes(&ctx).await?;
    let email = form.text("courriel");
    if !mail::is_address(&email) {
        form.fail("courriel", ctx.t(if email.is_empty() { "team-mail-missing" } else { "team-mail-wrong" }));
    } else if persons::by_email(ctx.app.db.read(), &email).await?.is_some_and(|p| p.role.is_some()) {
        form.fail("courriel", ctx.t("team-mail-there"));
    }
    let short = check_short(&ctx, &mut form);
    let role = checked_role(&ctx, &mut form, &scopes);
    let (Some((name, office)), Some(role), true) = (short, role, form.is_valid()) else {
        return page(&ctx, &form, None).await;
    };
    if !rules::may_change(&ctx.actor, None, Some(&role)) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, email, name, office, role) =
                (shared.clone(), email.clone(), name.clone(), office.clone(), role.clone());
            Box::pin(async move {
                let person = persons::ensure(tx, &ctx.moment, &email, &name, ctx.settings.lang).await?;
                persons::set_role(tx, person.id, Some(&role)).await?;
                persons::set_office(tx, person.id, &office).await?;
                second::end_weak_sessions(tx, &ctx.settings).await?;
                send_invitation(tx, &ctx, &person, &role).await?;
                note(tx, &ctx, "team.invited", person.id, role.code()).await
            })
        })
        .await?;
    Ok(redirect(format!("{}?fait={}", urls::Team {}, invited(&ctx))))
}

async fn send_invitation(tx: &Tx, ctx: &Ctx, person: &Person, role: &Role) -> Result<()> {
    let inviter = match &ctx.actor {
        Actor::Person { id, name, .. } => {
            rate::hit(tx, INVITATIONS, &id.to_string(), ctx.now()).await?;
            if name.is_empty() { ctx.settings.name.clone() } else { name.clone() }
        }
        Actor::Visitor => ctx.settings.name.clone(),
    };
    let email = person.email.clone().unwrap_or_default();
    let new = NewPass { name: person.name.clone(), ..NewPass::new(Purpose::Invite, &email, "/equipe") };
    let secret = passes::create(tx, &ctx.moment, &new).await?;
    let lang = person.lang();
    let letter = letters::Context { app: &ctx.app, settings: &ctx.settings, lang, moment: &ctx.moment };
    let words = ctx.app.words.get(lang, &format!("role-{}", role.code()));
    letters::queue_invitation(tx, &letter, &new, &secret, &inviter, &words).await
}

/// Name and office, on one line each.
fn check_short(ctx: &Ctx, form: &mut Form) -> Option<(String, String)> {
    let line = |form: &Form, field: &str| form.text(field).split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, office) = (line(form, "nom"), line(form, "fonction"));
    if name.chars().count() > SHORT {
        form.fail("nom", ctx.t("team-too-long"));
    }
    if office.chars().count() > SHORT {
        form.fail("fonction", ctx.t("team-too-long"));
    }
    form.is_valid().then_some((name, office))
}

/// The role chosen, with its errors beside the fields.
fn checked_role(ctx: &Ctx, form: &mut Form, scopes: &[(Uuid, String)]) -> Option<Role> {
    let role = role_from(form, scopes);
    match &role {
        None => form.fail("role", ctx.t("team-role-missing")),
        Some(Role::Moderator(all)) if all.is_empty() => form.fail("projets", ctx.t("team-projects-missing")),
        Some(_) => {}
    }
    role
}

/// What is asked for a member.
#[derive(Debug, Clone)]
enum Change {
    Invite,
    Remove,
    /// Without their second factor.
    Reset,
    To(Role, String),
}

/// Administrators and owners; only owners touch owners, and the last owner stays.
async fn change(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let asked = if form.has("retirer") {
        Change::Remove
    } else if form.has("renvoyer") {
        Change::Invite
    } else if form.has("sans-verification") {
        ctx.require(Right::Own, None)?;
        Change::Reset
    } else {
        let scopes = scopes(&ctx).await?;
        let short = check_short(&ctx, &mut form);
        match (short, checked_role(&ctx, &mut form, &scopes), form.is_valid()) {
            (Some((_, office)), Some(role), true) => Change::To(role, office),
            _ => return page(&ctx, &form, Some(id)).await,
        }
    };
    let (shared, wanted) = (ctx.clone(), asked.clone());
    let done = ctx.app.db.write(move |tx| {
        let (ctx, wanted) = (shared.clone(), wanted.clone());
        Box::pin(async move { apply(tx, &ctx, id, &wanted).await })
    });
    match done.await {
        // What to do first is on this very page.
        Err(Error::Refused(LAST_OWNER)) => {
            form.fail("role", ctx.t("team-last-owner"));
            return page(&ctx, &form, Some(id)).await;
        }
        done => done?,
    }
    let done = match asked {
        Change::Remove if ctx.actor.person() == Some(id) => return Ok(redirect("/")),
        Change::Remove => "equipe-retire",
        Change::Invite => invited(&ctx),
        Change::Reset => "verification-levee",
        Change::To(..) => "equipe-change",
    };
    Ok(redirect(format!("{}?fait={done}", urls::Team {})))
}

async fn apply(tx: &Tx, ctx: &Ctx, id: Uuid, asked: &Change) -> Result<()> {
    let owners = persons::owners(tx).await?;
    let person = persons::find(tx, id).await?.ok_or(Error::NotFound)?;
    let role = persons::role_of(tx, id, person.role.as_deref()).await?.ok_or(Error::NotFound)?;
    let to = match asked {
        Change::To(role, _) => Some(role),
        Change::Invite | Change::Remove | Change::Reset => None,
    };
    if !rules::may_change(&ctx.actor, Some(&role), to) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    let leaves = !matches!(asked, Change::Invite | Change::Reset) && to != Some(&Role::Owner);
    if role == Role::Owner && leaves && owners < 2 {
        return Err(LAST_OWNER.into());
    }
    match asked {
        Change::Invite => send_invitation(tx, ctx, &person, &role).await,
        Change::To(role, office) => {
            persons::set_role(tx, id, Some(role)).await?;
            persons::set_office(tx, id, office).await?;
            second::end_weak_sessions(tx, &ctx.settings).await?;
            note(tx, ctx, "team.role_changed", id, role.code()).await
        }
        Change::Reset => {
            second::reset(tx, id).await?;
            note(tx, ctx, "team.second_reset", id, "").await
        }
        Change::Remove => {
            persons::set_role(tx, id, None).await?;
            persons::set_office(tx, id, "").await?;
            if let Some(email) = &person.email {
                // A mailed invitation must not bring anybody in after all.
                passes::drop_for(tx, email).await?;
            }
            let kind = if ctx.actor.person() == Some(id) { "team.left" } else { "team.removed" };
            note(tx, ctx, kind, id, role.code()).await
        }
    }
}

/// Owners: whether owners and administrators need a second factor. Whoever asks it has one.
async fn require_second(ctx: Ctx, form: Form) -> Result<Response> {
    ctx.require(Right::Own, None)?;
    let on = form.get("exiger") == "oui";
    let me = ctx.person()?;
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move {
                if on && !second::has(tx, me).await? {
                    return Err(second::SECOND_FIRST.into());
                }
                let settings = settings::change(tx, |s| s.second_factor = on).await?;
                second::end_weak_sessions(tx, &settings).await?;
                note(tx, &ctx, "team.second_required", me, if on { "oui" } else { "non" }).await
            })
        })
        .await?;
    ctx.app.store.forget().await;
    let done = if on { "verification-exigee" } else { "verification-libre" };
    Ok(redirect(format!("{}?fait={done}", urls::Team {})))
}

async fn note(tx: &Tx, ctx: &Ctx, kind: &'static str, person: Uuid, detail: &str) -> Result<()> {
    let entry =
        Entry { actor: ctx.actor.person(), kind, subject_kind: "person", subject: Some(person), project: None, detail };
    activity::record(tx, &ctx.moment, entry).await
}
