//! The texts of Rivemont, as they are written in the files of the folder `demo`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::commands::CommandError;

/// The town: who runs the site, its pages, its projects.
#[derive(Debug, Clone, Deserialize)]
pub struct Town {
    /// The instance.
    pub instance: Instance,
    /// Who lives there, by age and sex.
    pub census: Vec<CensusText>,
    /// The team.
    pub team: Vec<Member>,
    /// Pages of the foot, by slug.
    pub pages: BTreeMap<String, PageText>,
    /// Projects, in order.
    pub project: Vec<ProjectText>,
    /// Short links, each on a poster somewhere in town.
    pub link: Vec<LinkText>,
}

/// Facts of the instance.
#[derive(Debug, Clone, Deserialize)]
pub struct Instance {
    pub name: String,
    pub tagline: String,
    pub commune_name: String,
    pub population: i64,
    pub question: String,
    pub address: String,
    pub phone: String,
    pub contact_email: String,
    pub answer_delay_days: i64,
}

/// How many people of some ages live there.
#[derive(Debug, Clone, Deserialize)]
pub struct CensusText {
    /// Youngest and oldest age; the oldest people have no second.
    pub ages: Vec<i64>,
    pub women: u32,
    pub men: u32,
}

/// Somebody of the team.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    pub name: String,
    pub office: String,
    pub email: String,
    pub role: String,
}

/// A page of the foot.
#[derive(Debug, Clone, Deserialize)]
pub struct PageText {
    pub text: String,
}

/// A project.
#[derive(Debug, Clone, Deserialize)]
pub struct ProjectText {
    pub key: String,
    pub title: String,
    pub summary: String,
    pub easy: String,
    pub description: String,
    pub phase: Vec<PhaseText>,
}

/// A phase, in days from today.
#[derive(Debug, Clone, Deserialize)]
pub struct PhaseText {
    pub title: String,
    pub start_days: i64,
    pub end_days: Option<i64>,
    pub posting: bool,
    pub comments: bool,
    pub support: bool,
    pub oppose: bool,
    pub anonymous: bool,
    pub prescreening: bool,
}

/// A short link.
#[derive(Debug, Clone, Deserialize)]
pub struct LinkText {
    pub code: String,
    /// Key of its project.
    pub project: String,
    pub area: String,
    pub place: String,
    pub label: String,
    pub days_ago: i64,
    pub visits: i64,
    /// How many ideas of its area came by it: the first ones after it was made.
    pub ideas: usize,
}

/// The ideas of a project.
#[derive(Debug, Clone, Deserialize)]
pub struct Ideas {
    pub idea: Vec<IdeaText>,
}

/// An idea.
#[derive(Debug, Clone, Deserialize)]
pub struct IdeaText {
    pub title: String,
    pub text: String,
    pub author: String,
    pub age: String,
    pub area: String,
    pub place: String,
    pub tag: String,
    pub lang: String,
    pub days_ago: f64,
    pub supports: usize,
    pub status: String,
    #[serde(default)]
    pub reason: String,
    pub origin: String,
    pub answer: Option<AnswerText>,
    #[serde(default)]
    pub comment: Vec<CommentText>,
}

/// An official answer.
#[derive(Debug, Clone, Deserialize)]
pub struct AnswerText {
    pub by: String,
    pub office: String,
    pub decision: String,
    pub text: String,
    pub cost: String,
    #[serde(default)]
    pub funding: String,
    pub next: String,
    /// In how many days that is, where a day is known.
    pub next_in_days: Option<u64>,
    pub days_ago: f64,
}

/// A comment; a reply goes under the last comment that is none.
#[derive(Debug, Clone, Deserialize)]
pub struct CommentText {
    pub author: String,
    pub area: String,
    pub text: String,
    pub days_ago: f64,
    pub side: String,
    pub team: bool,
    pub useful: usize,
    pub reply: bool,
}

/// An area of the town.
#[derive(Debug, Clone)]
pub struct AreaText {
    pub name: String,
    pub population: i64,
    pub lon: f64,
    pub lat: f64,
    /// GeoJSON geometry.
    pub outline: Value,
}

/// All that is written of the town.
#[derive(Debug)]
pub struct Texts {
    pub town: Town,
    /// Ideas of each project, in the order of the projects.
    pub ideas: Vec<Vec<IdeaText>>,
    pub areas: Vec<AreaText>,
}

/// Reads the files that come with the program.
///
/// # Errors
/// When one of them is not as it should be, which a test notices first.
pub fn texts() -> Result<Texts, CommandError> {
    let town: Town = read("town.toml", include_str!("../../demo/town.toml"))?;
    let ideas = |key: &str| -> Result<Ideas, CommandError> {
        match key {
            "rivemont" => read("rivemont.toml", include_str!("../../demo/rivemont.toml")),
            "deplacer" => read("deplacer.toml", include_str!("../../demo/deplacer.toml")),
            "ecole" => read("ecole.toml", include_str!("../../demo/ecole.toml")),
            other => Err(CommandError::new(format!("no ideas are written for the project {other}"))),
        }
    };
    let ideas = town.project.iter().map(|p| Ok(ideas(&p.key)?.idea)).collect::<Result<_, CommandError>>()?;
    Ok(Texts { town, ideas, areas: areas()? })
}

fn read<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> Result<T, CommandError> {
    toml::from_str(text).map_err(|e| CommandError::new(format!("{name}: {e}")))
}

fn areas() -> Result<Vec<AreaText>, CommandError> {
    let wrong = || CommandError::new("areas.geojson is not as it should be");
    let file: Value = serde_json::from_str(include_str!("../../demo/areas.geojson")).map_err(|_| wrong())?;
    let features = file.get("features").and_then(Value::as_array).ok_or_else(wrong)?;
    let area = |feature: &Value| {
        let facts = feature.get("properties")?;
        Some(AreaText {
            name: facts.get("name")?.as_str()?.to_owned(),
            population: facts.get("population")?.as_i64()?,
            lon: facts.get("lon")?.as_f64()?,
            lat: facts.get("lat")?.as_f64()?,
            outline: feature.get("geometry")?.clone(),
        })
    };
    features.iter().map(|f| area(f).ok_or_else(wrong)).collect()
}
