//! Themes of a corpus: the communities of its nearest-neighbour graph, named and ordered.

use crate::graph::{Graph, relabel};
use crate::label;
use crate::leiden::leiden;
use crate::merge::join_small;
use crate::terms::{Corpus, analyse};
use crate::text::Language;
use crate::vector::{Cut, Vectors, nearest, tf_idf};

/// Position of a theme in [`Themes::themes`].
pub type ThemeIndex = usize;

/// How to look for themes. The defaults are those that measured best on short French texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The language of texts that give none.
    pub language: Language,
    /// Nearest neighbours of each text in the graph. 15.
    pub neighbours: usize,
    /// Resolution of the communities: above 1 more and smaller themes. 1.
    pub resolution: f64,
    /// Start of the pseudo-random order in which texts are visited.
    pub seed: u64,
    /// Smaller groups are no theme; their texts stay unclassified. 3.
    pub min_theme_size: usize,
    /// A community with a smaller share of the usable texts joins the community it is most tied to, so that a reader
    /// has few themes to read. From 25 texts on a community stays, whatever its share: in a large corpus that is a
    /// matter of its own. 0 keeps what the Leiden algorithm found; 0.03.
    pub smallest_share: f64,
    /// Most terms in a label. 3.
    pub label_terms: usize,
    /// Which words count; `None` for [`Cut::for_corpus`].
    pub cut: Option<Cut>,
}

/// A community of so many texts joins no other.
const STAYS: f64 = 25.0;

impl Default for Options {
    fn default() -> Self {
        Self {
            language: Language::Fr,
            neighbours: 15,
            resolution: 1.0,
            seed: 1,
            min_theme_size: 3,
            smallest_share: 0.03,
            label_terms: 3,
            cut: None,
        }
    }
}

/// A text to read, in a language of its own or in that of the options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// The words, of any length.
    pub body: &'a str,
    /// `None` for [`Options::language`].
    pub language: Option<Language>,
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(body: &'a str) -> Self {
        Self { body, language: None }
    }
}

/// A group of texts about one matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its distinguishing terms as people write them, most telling first, with a capital: `Pistes cyclables, vélo`.
    /// No two themes of one run have the same words.
    pub label: String,
    /// The terms of the label and further ones, most telling first, without the capital.
    pub terms: Vec<String>,
    /// Positions of its texts, the most central first: those make good quotes.
    pub members: Vec<usize>,
    /// How close each member is to the middle of the theme, a cosine from 0 to 1, in the order of `members`.
    pub centrality: Vec<f32>,
}

/// What a run was made of, for the note under a result.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Notes {
    /// Texts given.
    pub texts: usize,
    /// Texts with at least one word that counts.
    pub usable: usize,
    /// Texts in a theme.
    pub classified: usize,
    /// Words that count.
    pub vocabulary: usize,
    /// Edges of the neighbour graph.
    pub edges: usize,
    /// Modularity of the communities, before small ones join others or are left out.
    pub modularity: f64,
}

/// The themes of a corpus.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Themes {
    /// The theme of each text, in the order of the texts; `None` for a text without usable words or in too small a
    /// group.
    pub assignment: Vec<Option<ThemeIndex>>,
    /// Largest first; themes of equal size by their first text.
    pub themes: Vec<Theme>,
    /// Counts for the note on method.
    pub notes: Notes,
}

/// Finds the themes of texts: a graph of nearest neighbours over TF-IDF, cut into communities by
/// [`leiden`](crate::leiden), each labelled with its distinguishing terms.
///
/// The same texts and options give the same result, byte for byte. No input is an error: without usable words every
/// text is unclassified.
#[must_use]
pub fn find_themes(texts: &[Text<'_>], options: &Options) -> Themes {
    let corpus = analyse(texts, options.language);
    let vectors = vectors(&corpus, options);
    let graph = neighbour_graph(&vectors, options.neighbours);
    let communities = leiden(&graph, options.resolution, options.seed);
    let usable = (0..texts.len()).filter(|t| !vectors.row(*t).0.is_empty()).count();
    let fewest = (options.smallest_share * usable as f64).min(STAYS);
    let merged = join_small(&graph, &communities, options.resolution, fewest);
    let groups = groups(&merged, options.min_theme_size);
    let mut assignment = vec![None; texts.len()];
    for (theme, members) in groups.iter().enumerate() {
        for m in members {
            assignment[*m] = Some(theme);
        }
    }
    let labels = label::labels(texts, &corpus, &assignment, groups.len(), options);
    let themes: Vec<Theme> = groups
        .into_iter()
        .zip(labels)
        .map(|(members, (label, terms))| {
            let ranked = by_centrality(&vectors, &members);
            let (members, centrality) = ranked.into_iter().unzip();
            Theme { label, terms, members, centrality }
        })
        .collect();
    let notes = Notes {
        texts: texts.len(),
        usable,
        classified: assignment.iter().flatten().count(),
        vocabulary: vectors.vocabulary(),
        edges: graph.edges(),
        modularity: graph.modularity(&communities, options.resolution),
    };
    Themes { assignment, themes, notes }
}

/// The graph that [`find_themes`] cuts, for checks against other programs: an edge joins two texts when one is among
/// the nearest of the other; its weight is their cosine.
#[must_use]
pub fn theme_graph(texts: &[Text<'_>], options: &Options) -> Graph {
    neighbour_graph(&vectors(&analyse(texts, options.language), options), options.neighbours)
}

fn vectors(corpus: &Corpus, options: &Options) -> Vectors {
    let rows: Vec<Vec<u32>> = corpus.texts.iter().map(|t| t.iter().map(|u| u.term).collect()).collect();
    tf_idf(&rows, options.cut.unwrap_or_else(|| Cut::for_corpus(rows.len())))
}

fn neighbour_graph(vectors: &Vectors, k: usize) -> Graph {
    let mut edges: Vec<(u32, u32, f64)> = Vec::with_capacity(vectors.len() * k.min(64));
    for (a, found) in nearest(vectors, k).into_iter().enumerate() {
        let a = a as u32;
        edges.extend(found.into_iter().map(|(b, w)| (a.min(b), a.max(b), f64::from(w))));
    }
    edges.sort_unstable_by_key(|e| (e.0, e.1));
    // Two texts that are near to each other appear twice.
    edges.dedup_by_key(|e| (e.0, e.1));
    Graph::from_edges(vectors.len(), &edges)
}

/// Communities of at least `least` texts, largest first, each by rising text.
fn groups(communities: &[usize], least: usize) -> Vec<Vec<usize>> {
    let (numbered, count) = relabel(communities);
    let mut groups = vec![Vec::new(); count];
    for (text, c) in numbered.into_iter().enumerate() {
        groups[c].push(text);
    }
    groups.retain(|g| g.len() >= least.max(2));
    // Stable: equal sizes keep the order of their first text.
    groups.sort_by_key(|g| std::cmp::Reverse(g.len()));
    groups
}

/// The members with their cosine to the sum of all members' vectors, best first, equals by rising text.
fn by_centrality(vectors: &Vectors, members: &[usize]) -> Vec<(usize, f32)> {
    let mut middle = vec![0.0f64; vectors.dimensions()];
    for m in members {
        let (terms, weights) = vectors.row(*m);
        for (t, w) in terms.iter().zip(weights) {
            middle[*t as usize] += f64::from(*w);
        }
    }
    let norm = middle.iter().map(|w| w * w).sum::<f64>().sqrt();
    let cosine = |m: usize| {
        let (terms, weights) = vectors.row(m);
        let dot: f64 = terms.iter().zip(weights).map(|(t, w)| middle[*t as usize] * f64::from(*w)).sum();
        if norm > 0.0 { (dot / norm).clamp(0.0, 1.0) as f32 } else { 0.0 }
    };
    let mut out: Vec<(usize, f32)> = members.iter().map(|m| (*m, cosine(*m))).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}
