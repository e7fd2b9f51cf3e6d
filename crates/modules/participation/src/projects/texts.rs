//! The texts of a project in several languages: whoever reads gets their language, else the instance's first, and is told.

use std::collections::{HashMap, HashSet};

use parvis_kernel::{
    Refusal, Result, args,
    db::{self, Tx},
    words::Lang,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Phase, Project};

/// A text of a project that is written in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Title.
    Title,
    /// One sentence.
    Summary,
    /// "En résumé, facile à lire".
    Easy,
    /// Markdown.
    Description,
    /// Name of a phase.
    Phase(Uuid),
}

impl Field {
    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Easy => "easy",
            Self::Description => "description",
            Self::Phase(_) => "phase",
        }
    }

    fn parse(code: &str, part: Uuid) -> Option<Self> {
        let own = [Self::Title, Self::Summary, Self::Easy, Self::Description];
        if code == "phase" { Some(Self::Phase(part)) } else { own.into_iter().find(|f| f.code() == code) }
    }

    /// Longest text, in characters.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::Title | Self::Phase(_) => 120,
            Self::Summary => 400,
            Self::Easy => 1_000,
            Self::Description => 20_000,
        }
    }

    /// Lines of its field on the desk: one for a field of one line.
    #[must_use]
    pub const fn rows(self) -> usize {
        match self {
            Self::Title | Self::Phase(_) => 1,
            Self::Summary => 2,
            Self::Easy => 5,
            Self::Description => 10,
        }
    }
}

/// The texts of one project in one language.
pub type Texts = HashMap<Field, String>;

/// The fields of a project that hold something, each with its text in the project's own language.
#[must_use]
pub fn fields(project: &Project, phases: &[Phase]) -> Vec<(Field, String)> {
    let own = [
        (Field::Title, &project.title),
        (Field::Summary, &project.summary),
        (Field::Easy, &project.easy),
        (Field::Description, &project.description),
    ];
    let own = own.into_iter().map(|(f, text)| (f, text.clone()));
    let named = phases.iter().map(|p| (Field::Phase(p.id), p.title.clone()));
    own.chain(named).filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// What is missing in a language, in the order of the form.
#[must_use]
pub fn missing(fields: &[(Field, String)], texts: &Texts) -> Vec<Field> {
    fields.iter().map(|(f, _)| *f).filter(|f| !texts.contains_key(f)).collect()
}

/// In which language each text of a project stands, as its reader gets it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// The project's own language.
    pub own: Lang,
    /// The reader's.
    pub reader: Lang,
    translated: HashSet<Field>,
    /// Whether something stands in another language than the reader's.
    pub other: bool,
}

impl Spoken {
    /// The language of a text, as `lang` says it.
    #[must_use]
    pub fn lang(&self, field: Field) -> &'static str {
        if self.translated.contains(&field) { self.reader.code() } else { self.own.code() }
    }
}

/// Puts a project and its phases in the reader's language, text by text; what is not translated stays.
pub fn put(project: &mut Project, phases: &mut [Phase], texts: &Texts, (own, reader): (Lang, Lang)) -> Spoken {
    let mut spoken = Spoken { own, reader, ..Spoken::default() };
    if own == reader {
        return spoken;
    }
    let mut one = |field: Field, text: &mut String| match texts.get(&field) {
        Some(words) => {
            text.clone_from(words);
            spoken.translated.insert(field);
        }
        None => spoken.other |= !text.trim().is_empty(),
    };
    one(Field::Title, &mut project.title);
    one(Field::Summary, &mut project.summary);
    one(Field::Easy, &mut project.easy);
    one(Field::Description, &mut project.description);
    for phase in phases {
        one(Field::Phase(phase.id), &mut phase.title);
    }
    spoken
}

/// The name of a language in itself.
#[must_use]
pub const fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Français",
        Lang::En => "English",
    }
}

#[derive(FromQueryResult)]
struct Row {
    project_id: Uuid,
    lang: String,
    field: String,
    part: Uuid,
    body: String,
}

/// The texts of one project, by language.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, project: Uuid) -> Result<HashMap<Lang, Texts>> {
    let sql = "SELECT project_id, lang, field, part, body FROM project_text WHERE project_id = $1";
    Ok(gather(db::all(c, sql, args![project]).await?).remove(&project).unwrap_or_default())
}

/// The texts of all projects in one language.
///
/// # Errors
/// When the database refuses.
pub async fn all_in(c: &impl ConnectionTrait, lang: Lang) -> Result<HashMap<Uuid, Texts>> {
    let sql = "SELECT project_id, lang, field, part, body FROM project_text WHERE lang = $1";
    let all = gather(db::all(c, sql, args![lang.code()]).await?);
    Ok(all.into_iter().filter_map(|(id, mut by)| by.remove(&lang).map(|t| (id, t))).collect())
}

fn gather(rows: Vec<Row>) -> HashMap<Uuid, HashMap<Lang, Texts>> {
    let mut all: HashMap<Uuid, HashMap<Lang, Texts>> = HashMap::new();
    for row in rows {
        if let (Some(lang), Some(field)) = (Lang::parse(&row.lang), Field::parse(&row.field, row.part)) {
            all.entry(row.project_id).or_default().entry(lang).or_default().insert(field, row.body);
        }
    }
    all
}

/// Writes the texts of a project in some languages, unless somebody changed the project since `version`. Empty ones go.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn set(tx: &Tx, project: &Project, texts: &[(Lang, Field, String)]) -> Result<()> {
    let sql = "UPDATE project SET version = version + 1 WHERE id = $1 AND version = $2";
    if db::run(tx, sql, args![project.id, project.version]).await? != 1 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    for (lang, field, body) in texts {
        put_one(tx, project.id, *lang, *field, body).await?;
    }
    Ok(())
}

async fn put_one(tx: &Tx, project: Uuid, lang: Lang, field: Field, body: &str) -> Result<()> {
    let part = if let Field::Phase(id) = field { id } else { project };
    let sql = "DELETE FROM project_text WHERE project_id = $1 AND lang = $2 AND field = $3 AND part = $4";
    db::run(tx, sql, args![project, lang.code(), field.code(), part]).await?;
    if body.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO project_text (project_id, lang, field, part, body) VALUES ($1, $2, $3, $4, $5)";
    db::run(tx, sql, args![project, lang.code(), field.code(), part, body]).await?;
    Ok(())
}

/// Names of phases that are no more go with them.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, project: Uuid) -> Result<()> {
    let sql = "DELETE FROM project_text WHERE project_id = $1 AND field = 'phase' \
               AND part NOT IN (SELECT id FROM phase WHERE project_id = $1)";
    db::run(tx, sql, args![project]).await?;
    Ok(())
}

/// A copy of a project has the texts of the original; a phase those of the original's phase of the same name.
///
/// # Errors
/// When the database refuses.
pub async fn copy(tx: &Tx, from: Uuid, to: Uuid) -> Result<()> {
    let (before, after) = (super::store::phases(tx, from).await?, super::store::phases(tx, to).await?);
    for (lang, texts) in of(tx, from).await? {
        for (field, body) in texts {
            let field = match field {
                Field::Phase(id) => {
                    let name = before.iter().find(|p| p.id == id).map(|p| &p.title);
                    let Some(same) = after.iter().find(|p| Some(&p.title) == name) else { continue };
                    Field::Phase(same.id)
                }
                own => own,
            };
            // Images stay with their project.
            put_one(tx, to, lang, field, &super::media::without_images(&body)).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_their_language_text_by_text_and_is_told() {
        let project = Project { title: "Se déplacer".into(), summary: "Dites".into(), ..Project::default() };
        let texts: Texts = [(Field::Title, "Getting around".to_owned())].into();
        let own = fields(&project, &[]);
        assert_eq!(missing(&own, &texts), [Field::Summary], "what the original lacks is not missing");
        let (mut read, none) = (project.clone(), &mut [][..]);
        let spoken = put(&mut read, none, &texts, (Lang::Fr, Lang::En));
        assert_eq!((read.title.as_str(), read.summary.as_str()), ("Getting around", "Dites"));
        assert_eq!((spoken.lang(Field::Title), spoken.lang(Field::Summary), spoken.other), ("en", "fr", true));
        let spoken = put(&mut read, none, &[(Field::Summary, "Tell".to_owned())].into(), (Lang::Fr, Lang::En));
        assert!(spoken.other, "the title stands in French again");
        let mut read = project.clone();
        assert!(!put(&mut read, none, &texts, (Lang::Fr, Lang::Fr)).other && read.title == project.title);
    }
}
