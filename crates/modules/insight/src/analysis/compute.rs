//! From texts to everything that is kept: pure, the same input gives the same result.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use parvis_kernel::{locale::local_day, module::TextRow};
use parvis_themes::{Language, Options, SimilarIndex, Text, find_themes, quotes};
use uuid::Uuid;

use super::{
    AGES, Period,
    figures::{Figures, Key, Said, Scope, ThemeKey, decide},
    monday,
};

/// Themes are looked for in this many texts at most: the time grows with their square. Further texts go where the most
/// similar ones are.
const MOST: usize = 20_000;
/// How many similar texts have a say in that.
const NEIGHBOURS: usize = 5;
/// How many quotes are drawn for a theme: three draws of three.
const QUOTES: usize = 9;
/// Longest extract of a text in a list, in characters.
const EXCERPT: usize = 220;

/// What an analysis is made of.
#[derive(Debug)]
pub struct Input {
    /// All published texts, in any order.
    pub texts: Vec<TextRow>,
    /// The areas of the town, in their order.
    pub areas: Vec<Uuid>,
    /// Time zone of weeks.
    pub tz: Tz,
    /// This week's Monday.
    pub this_week: NaiveDate,
    /// Language of texts that give none.
    pub language: Language,
}

/// A quote, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Position of its text in [`Analysed::texts`].
    pub text: usize,
    /// The words.
    pub body: String,
    /// Whether it ends where a sentence ends.
    pub whole: bool,
}

/// A theme found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its words as people write them.
    pub label: String,
    /// Further words.
    pub terms: Vec<String>,
    /// How many texts it has.
    pub size: usize,
    /// Quotes drawn from its texts.
    pub quotes: Vec<Quoted>,
}

/// A text with what the analysis says of it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Position in the input.
    pub row: usize,
    /// Where it counts.
    pub said: Said,
    /// Place in its theme, the most central first.
    pub place: usize,
}

/// The analysis of one scope.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// `None` for all projects together.
    pub project: Option<Uuid>,
    /// Its texts.
    pub texts: Vec<Placed>,
    /// Its themes, the largest first.
    pub themes: Vec<Found>,
    /// How many texts the themes were looked for in.
    pub read: usize,
    /// The figures that may be shown.
    pub figures: Figures,
}

/// All analyses of an instance.
#[derive(Debug)]
pub struct Output {
    /// The texts, in the order that [`Placed::row`] counts in.
    pub texts: Vec<TextRow>,
    /// The areas.
    pub areas: Vec<Uuid>,
    /// The instance first, then its projects.
    pub scopes: Vec<Analysed>,
}

/// Puts texts in the order that makes the result the same whatever order they came in. Keys are drawn: of texts of one
/// time the numbers decide, so that a file imported again elsewhere has the same themes.
pub fn sort(texts: &mut [TextRow]) {
    texts.sort_by(|a, b| a.at.cmp(&b.at).then(a.number.cmp(&b.number)));
}

/// Finds themes, quotes and figures for the instance and for each project.
#[must_use]
pub fn analyse(input: Input) -> Output {
    let mut projects: Vec<Uuid> = input.texts.iter().map(|t| t.project).collect();
    projects.sort_unstable();
    projects.dedup();
    let said = said(&input);
    let everything: Vec<usize> = (0..input.texts.len()).collect();
    let mut scopes = vec![scope(&input, &said, None, &everything)];
    // A single project is the whole: its themes are the same.
    if let ([only], Some(whole)) = (projects.as_slice(), scopes.first().cloned()) {
        scopes.push(Analysed { project: Some(*only), ..whole });
        projects.clear();
    }
    for project in projects {
        let rows: Vec<usize> =
            input.texts.iter().enumerate().filter(|(_, t)| t.project == project).map(|(i, _)| i).collect();
        scopes.push(scope(&input, &said, Some(project), &rows));
    }
    let lists: Vec<Vec<Said>> = scopes.iter().map(|s| s.texts.iter().map(|t| t.said).collect()).collect();
    let views: Vec<Scope<'_>> =
        lists.iter().zip(&scopes).map(|(said, s)| Scope { said, themes: s.themes.len() }).collect();
    if let Some((whole, projects)) = views.split_first() {
        let figures = decide(*whole, projects, input.areas.len(), input.this_week);
        for (scope, figures) in scopes.iter_mut().zip(figures) {
            scope.figures = figures;
        }
    }
    for scope in &mut scopes {
        keep_quotes_of_shown_themes(scope);
    }
    Output { texts: input.texts, areas: input.areas, scopes }
}

/// Where each text counts, still without a theme.
fn said(input: &Input) -> Vec<Said> {
    let mut voices: HashMap<Uuid, u32> = HashMap::new();
    let areas: HashMap<Uuid, usize> = input.areas.iter().enumerate().map(|(i, a)| (*a, i)).collect();
    input
        .texts
        .iter()
        .map(|t| {
            let next = u32::try_from(voices.len()).unwrap_or(u32::MAX);
            Said {
                voice: *voices.entry(t.voice).or_insert(next),
                theme: None,
                area: t.area.and_then(|a| areas.get(&a).copied()),
                age: t.age.as_deref().and_then(|a| AGES.iter().position(|g| *g == a)),
                week: monday(local_day(t.at, input.tz)),
            }
        })
        .collect()
}

fn scope(input: &Input, said: &[Said], project: Option<Uuid>, rows: &[usize]) -> Analysed {
    let of = |row: &usize| input.texts.get(*row);
    let languages: Vec<Option<Language>> = rows.iter().filter_map(of).map(|t| Language::from_code(&t.lang)).collect();
    let lots: Vec<u64> = rows.iter().filter_map(of).map(|t| lot(t.number)).collect();
    // Title and text together are made for one text at a time: a copy of all of them would double the memory.
    let whole = |i: usize| rows.get(i).and_then(of).map(|t| format!("{}\n{}", t.title, t.body)).unwrap_or_default();
    let grouping = grouping(whole, &languages, &lots, input.language, MOST);
    let own: Vec<Text<'_>> = rows
        .iter()
        .filter_map(of)
        .zip(&languages)
        .map(|(t, language)| Text {
            body: if t.body.trim().is_empty() { &t.title } else { &t.body },
            language: *language,
        })
        .collect();
    let mut placed: Vec<Placed> =
        rows.iter().filter_map(|row| Some(Placed { row: *row, said: *said.get(*row)?, place: usize::MAX })).collect();
    let mut themes = Vec::new();
    for (theme, (label, terms, members)) in grouping.themes.into_iter().enumerate() {
        for (place, member) in members.iter().enumerate() {
            if let Some(text) = placed.get_mut(*member) {
                text.place = place;
                text.said.theme = Some(theme);
            }
        }
        let quotes = draw(&own, &lots, &members, &terms, input.language);
        themes.push(Found { label, terms, size: members.len(), quotes });
    }
    for (place, text) in placed.iter_mut().filter(|t| t.said.theme.is_none()).enumerate() {
        text.place = place;
    }
    Analysed { project, texts: placed, themes, read: grouping.read, figures: Figures::new() }
}

/// Label, terms and members of each theme, the largest first.
struct Grouping {
    themes: Vec<(String, Vec<String>, Vec<usize>)>,
    read: usize,
}

/// The engine's themes of as many texts as there are `languages`, each given by its position. Of very many texts, those
/// of a part drawn by lot, with the others put beside the most similar.
fn grouping(
    body: impl Fn(usize) -> String,
    languages: &[Option<Language>],
    lots: &[u64],
    language: Language,
    most: usize,
) -> Grouping {
    let options = Options { language, ..Options::default() };
    let own = |i: usize| languages.get(i).copied().flatten();
    let mut drawn: Vec<usize> = (0..languages.len()).collect();
    if drawn.len() > most {
        drawn.sort_by_key(|i| (lots.get(*i).copied(), *i));
        drawn.truncate(most);
        drawn.sort_unstable();
    }
    let bodies: Vec<String> = drawn.iter().map(|i| body(*i)).collect();
    let part: Vec<Text<'_>> = drawn.iter().zip(&bodies).map(|(i, body)| Text { body, language: own(*i) }).collect();
    let found = find_themes(&part, &options);
    let mut themes: Vec<(String, Vec<String>, Vec<usize>)> = found
        .themes
        .into_iter()
        .map(|t| (t.label, t.terms, t.members.iter().filter_map(|m| drawn.get(*m).copied()).collect()))
        .collect();
    if part.len() < languages.len() {
        let index = SimilarIndex::build(&part, language);
        for i in (0..languages.len()).filter(|i| drawn.binary_search(i).is_err()) {
            let near = index.query_in(&body(i), own(i).unwrap_or(language), NEIGHBOURS);
            let best = elected(&near, &found.assignment, themes.len());
            if let Some((_, _, members)) = best.and_then(|t| themes.get_mut(t)) {
                members.push(i);
            }
        }
        themes.sort_by_key(|t| std::cmp::Reverse(t.2.len()));
    }
    Grouping { themes, read: part.len() }
}

/// The theme that the texts nearest to one speak for, by how near they are.
fn elected(near: &[(usize, f32)], assignment: &[Option<usize>], themes: usize) -> Option<usize> {
    let mut votes: Vec<f32> = vec![0.0; themes];
    for (text, weight) in near {
        let theme = assignment.get(*text).copied().flatten();
        if let Some(vote) = theme.and_then(|t| votes.get_mut(t)) {
            *vote += weight;
        }
    }
    let heard = votes.into_iter().enumerate().filter(|(_, v)| *v > 0.0);
    heard.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(theme, _)| theme)
}

/// A number for a text that has nothing to do with what it says: the lot it draws.
fn lot(number: i64) -> u64 {
    number
        .to_le_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// Quotes of texts drawn at random from all of a theme's, always the same for the same texts.
fn draw(texts: &[Text<'_>], lots: &[u64], members: &[usize], terms: &[String], language: Language) -> Vec<Quoted> {
    let mut drawn = members.to_vec();
    drawn.sort_by_key(|m| lots.get(*m).copied());
    quotes::quotes(texts, &drawn, terms, language, QUOTES)
        .into_iter()
        .map(|(text, q)| Quoted { text, body: q.text.to_owned(), whole: q.whole })
        .collect()
}

/// What a theme of fewer than eleven people says is not quoted, nor is its name or its size kept.
fn keep_quotes_of_shown_themes(scope: &mut Analysed) {
    for (i, theme) in scope.themes.iter_mut().enumerate() {
        let key = Key::whole(Period::All).theme(ThemeKey::At(i));
        if !scope.figures.contains_key(&key) {
            theme.quotes.clear();
            theme.terms.clear();
            theme.label.clear();
            theme.size = 0;
        }
    }
}

/// The beginning of a text, cut between words.
#[must_use]
pub fn excerpt(body: &str) -> String {
    let flat = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = flat.char_indices().nth(EXCERPT) else { return flat };
    let head = flat.get(..end).unwrap_or_default();
    let cut = head.rfind(' ').unwrap_or(end);
    format!("{}…", head.get(..cut).unwrap_or(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extracts_end_between_words() {
        assert_eq!(excerpt("  un\n banc "), "un banc");
        let long = excerpt(&"été ".repeat(100));
        assert!(long.ends_with("été…") && long.chars().count() <= EXCERPT + 1);
        assert_eq!(excerpt(&"é".repeat(500)).chars().count(), EXCERPT + 1);
    }

    /// Beyond the limit every text still gets a theme, and the sizes add up.
    #[test]
    fn very_many_texts_are_read_in_part() {
        let kinds =
            ["une piste cyclable sur le pont", "la cantine de l’école trop chère", "un marché couvert le dimanche"];
        let bodies: Vec<String> = (0..120).filter_map(|i| kinds.get(i * 7 % 3).map(|k| (*k).to_owned())).collect();
        let lots: Vec<u64> = (0..120).map(|i| lot(i * 97)).collect();
        let found = grouping(|i| bodies[i].clone(), &[None; 120], &lots, Language::Fr, 50);
        assert_eq!((found.read, found.themes.len()), (50, 3));
        assert_eq!(found.themes.iter().map(|t| t.2.len()).sum::<usize>(), 120);
        for (_, _, members) in &found.themes {
            assert!(members.iter().all(|m| bodies[*m] == bodies[members[0]]));
        }
    }
}
