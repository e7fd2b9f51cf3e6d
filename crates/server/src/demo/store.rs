//! The rows of the town in the database, in one transaction: all of it or nothing.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, TimeDelta};
use parvis_instance::pages;
use parvis_kernel::{
    Error, Result, activity, args,
    context::Moment,
    db::{self, Tx},
    locale,
    permission::Role,
    settings::{self, Commune, Kind, Settings},
    words::Lang,
};
use parvis_participation::{
    ideas::{batch, store::take_numbers},
    links::store as short_links,
    projects::{self, Phase, Project},
};
use parvis_people::{
    consents,
    margins::{self, Margin},
    persons as people,
};
use uuid::Uuid;

use super::{
    LANG,
    data::{CensusText, Instance, PhaseText, ProjectText, Texts, Town},
    persons,
    plan::Plan,
};

/// Steps of the work: the pages and projects, the census, everybody, what they wrote, what they follow, the journal.
const STEPS: u64 = 6;
/// Where the figures of the census come from.
const CENSUS: &str = "chiffres imaginaires de Rivemont";
/// Words that people who follow an idea have agreed to.
const CONSENT: &str = "J’accepte de recevoir par courriel les réponses et les nouvelles de cette idée.";

/// `told` hears how many steps are done, and of how many.
pub(super) async fn write(
    tx: &Tx,
    moment: &Moment,
    texts: &Texts,
    plan: &Plan,
    told: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<()> {
    let town = &texts.town;
    let now = moment.now;
    let settings = settings::change(tx, |s| set(s, &town.instance, moment)).await?;
    for (slug, page) in &town.pages {
        pages::set(tx, moment, slug, Lang::Fr, page.text.trim()).await?;
    }
    let today = locale::local_day(now, settings.tz());
    let mut keys = Vec::new();
    for text in &town.project {
        keys.push(project(tx, moment, text, today).await?);
    }
    told(1, STEPS);
    areas(tx, plan).await?;
    census(tx, moment, town).await?;
    told(2, STEPS);
    everybody(tx, plan, &keys).await?;
    told(3, STEPS);
    contributions(tx, plan, &keys).await?;
    links(tx, moment, town, plan, &keys).await?;
    told(4, STEPS);
    follows(tx, moment, plan).await?;
    told(5, STEPS);
    journal(tx, moment, plan, &keys).await
}

fn set(settings: &mut Settings, facts: &Instance, moment: &Moment) {
    settings.name.clone_from(&facts.name);
    settings.tagline.clone_from(&facts.tagline);
    settings.kind = Kind::Campaign;
    settings.commune = Commune { name: facts.commune_name.clone(), population: facts.population, ..Commune::default() };
    settings.question.clone_from(&facts.question);
    settings.lang = LANG;
    settings.address.clone_from(&facts.address);
    settings.telephone.clone_from(&facts.phone);
    settings.contact.clone_from(&facts.contact_email);
    settings.answer_days = facts.answer_delay_days;
    settings.set_up_at = Some(moment.now);
    settings.demo = true;
}

async fn project(tx: &Tx, moment: &Moment, text: &ProjectText, today: NaiveDate) -> Result<Uuid> {
    let moment = moment.at(moment.now - TimeDelta::days(75));
    let sentences = text.easy.split_inclusive(['.', '!', '?']).map(str::trim).filter(|s| !s.is_empty());
    let project = Project {
        slug: text.key.clone(),
        title: text.title.clone(),
        summary: text.summary.clone(),
        easy: sentences.collect::<Vec<_>>().join("\n"),
        description: text.description.trim().to_owned(),
        visibility: "public".into(),
        state: "published".into(),
        created_at: moment.now,
        version: 1,
        ..Project::default()
    };
    let id = projects::store::insert(tx, &moment, &project).await?;
    let phases: Option<Vec<Phase>> = text.phase.iter().map(|p| phase(p, today)).collect();
    let phases = phases.ok_or(Error::BadRequest("a phase of the demo is out of the calendar"))?;
    projects::store::set_phases(tx, &moment, id, &phases).await?;
    Ok(id)
}

fn phase(text: &PhaseText, today: NaiveDate) -> Option<Phase> {
    let day = |offset: i64| {
        let days = Days::new(offset.unsigned_abs());
        if offset < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) }
    };
    Some(Phase {
        id: Uuid::nil(),
        title: text.title.clone(),
        method: if text.posting || text.comments || text.support { "ideation" } else { "information" }.into(),
        starts_on: day(text.start_days)?,
        ends_on: match text.end_days {
            Some(offset) => Some(day(offset)?),
            None => None,
        },
        posting: text.posting,
        commenting: text.comments,
        supporting: text.support,
        opposing: text.oppose,
        anonymous: text.anonymous,
        prescreening: text.prescreening,
    })
}

async fn areas(tx: &Tx, plan: &Plan) -> Result<()> {
    let rows = plan.areas.iter().zip(1_i64..).map(|((area, id), position)| {
        args![*id, area.name.clone(), area.population, position, area.lon, area.lat, area.outline.to_string()]
    });
    batch::insert_rows(tx, "area (id, name, population, position, lon, lat, outline)", rows.collect()).await
}

/// The census of a town that is on no map: its place is a code that no commune has.
async fn census(tx: &Tx, moment: &Moment, town: &Town) -> Result<()> {
    let margin = |sex: &str, text: &CensusText, people: u32| Margin {
        place: "00000".into(),
        place_name: town.instance.commune_name.clone(),
        sex: sex.to_owned(),
        age_from: text.ages.first().copied().unwrap_or_default(),
        age_to: text.ages.get(1).copied(),
        people: f64::from(people),
    };
    let both = |text: &CensusText| [margin("women", text, text.women), margin("men", text, text.men)];
    let margins: Vec<Margin> = town.census.iter().flat_map(both).collect();
    margins::keep(tx, moment, CENSUS, &margins).await
}

/// Everybody, then the roles: one moderator has the last project only, the other all of them.
async fn everybody(tx: &Tx, plan: &Plan, projects: &[Uuid]) -> Result<()> {
    let rows = plan.people.all.iter().map(persons::Somebody::values).collect();
    batch::insert_rows(tx, persons::COLUMNS, rows).await?;
    let mut moderators = 0;
    for somebody in &plan.people.all {
        let role = match somebody.role.as_deref() {
            Some("owner") => Role::Owner,
            Some("administrator") => Role::Administrator,
            Some("analyst") => Role::Analyst,
            Some("moderator") => {
                moderators += 1;
                Role::Moderator(if moderators == 1 {
                    projects.last().copied().into_iter().collect()
                } else {
                    projects.to_vec()
                })
            }
            _ => continue,
        };
        people::set_role(tx, somebody.id, Some(&role)).await?;
        db::run(tx, "UPDATE person SET seen_at = created_at WHERE id = $1", args![somebody.id]).await?;
    }
    Ok(())
}

async fn contributions(tx: &Tx, plan: &Plan, projects: &[Uuid]) -> Result<()> {
    let n = i64::try_from(plan.texts.len()).map_err(Error::other)?;
    let first = take_numbers(tx, n).await?;
    let mut rows = Vec::with_capacity(plan.texts.len());
    for (project, row) in &plan.texts {
        let mut row = row.clone();
        row.number += first - 1;
        row.new.project = projects.get(*project).copied().unwrap_or_default();
        rows.push(row);
    }
    batch::insert(tx, rows).await?;
    batch::insert_rows(
        tx,
        "reaction (id, contribution_id, holder, kind, confirmed, created_at)",
        plan.reactions.clone(),
    )
    .await?;
    batch::insert_rows(tx, "status_change (id, contribution_id, status, actor_id, at)", plan.history.clone()).await?;
    let columns = "answer (id, contribution_id, status, decision, body, cost, next, next_on, funding, signer, office, actor_id, \
                   status_before, published_at)";
    batch::insert_rows(tx, columns, plan.answers.clone()).await
}

/// The short links, and the ideas that came by them.
async fn links(tx: &Tx, moment: &Moment, town: &Town, plan: &Plan, projects: &[Uuid]) -> Result<()> {
    for link in &town.link {
        let project = town.project.iter().position(|p| p.key == link.project);
        let project = project.ok_or(Error::BadRequest("a link of the demo names no project of it"))?;
        let area = plan.areas.iter().find(|(text, _)| text.name == link.area).map(|(_, id)| *id);
        let since = moment.now - TimeDelta::days(link.days_ago);
        let key = projects.get(project).copied().unwrap_or_default();
        let (code, place, label) = (link.code.as_str(), link.place.as_str(), link.label.as_str());
        let row = args![code, key, area, place, label, link.visits, since];
        let columns = "short_link (code, project_id, area_id, place, label, visits, created_at)";
        batch::insert_rows(tx, columns, vec![row]).await?;
        let came = plan.texts.iter().filter(|(p, row)| {
            *p == project && row.new.idea.is_none() && row.new.area == area && row.new.origin == "web" && row.at > since
        });
        for (_, row) in came.take(link.ideas) {
            short_links::came_by(tx, row.id, code).await?;
        }
    }
    Ok(())
}

async fn follows(tx: &Tx, moment: &Moment, plan: &Plan) -> Result<()> {
    let mut rows: HashMap<(Uuid, Uuid), _> = HashMap::new();
    let mut agreed: HashMap<Uuid, chrono::DateTime<chrono::Utc>> = HashMap::new();
    for (i, (idea, person, at)) in plan.follows.iter().enumerate() {
        let rhythm = if i % 6 == 5 { "weekly" } else { "now" };
        rows.entry((*idea, *person)).or_insert_with(|| args![*idea, *person, rhythm, *at]);
        let first = agreed.entry(*person).or_insert(*at);
        *first = (*first).min(*at);
    }
    batch::insert_rows(tx, "follow (contribution_id, person_id, rhythm, created_at)", rows.into_values().collect())
        .await?;
    for (person, at) in agreed {
        consents::record(tx, &moment.at(at), person, "answers", "email", "given", CONSENT, "idea_form").await?;
    }
    Ok(())
}

async fn journal(tx: &Tx, moment: &Moment, plan: &Plan, projects: &[Uuid]) -> Result<()> {
    for deed in &plan.journal {
        let entry = activity::Entry {
            actor: Some(deed.actor),
            kind: deed.kind,
            subject_kind: "contribution",
            subject: Some(deed.subject),
            project: projects.get(deed.project).copied(),
            detail: &deed.number.to_string(),
        };
        activity::record(tx, &moment.at(deed.at), entry).await?;
    }
    Ok(())
}
