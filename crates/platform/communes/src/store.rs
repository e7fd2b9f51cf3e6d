//! The unpacked list: one text buffer as it comes out of the file, one buffer of folded names, and fixed-size entries into them.

use std::io::Read;
use std::mem::size_of;
use std::sync::OnceLock;

use flate2::read::GzDecoder;

use crate::fold::fold_into;

static PACKED: &[u8] = include_bytes!("../data/communes.gz");
/// More than the file unpacks to: a wrong file cannot fill the memory.
const MAX_UNPACKED: u64 = 8 * 1024 * 1024;
const UNKNOWN: u32 = u32::MAX;
/// No longitude.
const NOWHERE: i16 = i16::MIN;
/// Kilometres from the centre of a commune to the farthest that something of it is expected.
const REACH: f64 = 30.0;

/// A piece of the text buffer.
#[derive(Debug, Clone, Copy)]
struct Span {
    at: u32,
    len: u16,
}

/// One current commune. Its texts live in the shared buffer, for as long as the program runs.
#[derive(Debug)]
pub struct Commune {
    code: Span,
    name: Span,
    postcodes: Span,
    population: u32,
    department: u16,
    /// Longitude and latitude of its centre, in hundredths of a degree.
    centre: (i16, i16),
}

/// Where something of a commune is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Around {
    /// Longitude of the middle.
    pub lon: f64,
    /// Latitude of the middle.
    pub lat: f64,
    /// Kilometres from it, at most.
    pub km: f64,
    /// Whether the middle is the centre of the commune itself, not that of its department.
    pub own: bool,
}

/// Kilometres between two places, each a longitude and a latitude.
#[must_use]
pub fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = ((b.0 - a.0).to_radians() / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = y.sin().powi(2) + a.1.to_radians().cos() * b.1.to_radians().cos() * x.sin().powi(2);
    2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin()
}

impl Commune {
    /// INSEE code, five characters: "42218", "2A004", "97411".
    #[must_use]
    pub fn code(&self) -> &'static str {
        store().text(self.code)
    }

    /// Official name, with its accents and article: "L'Haÿ-les-Roses".
    #[must_use]
    pub fn name(&self) -> &'static str {
        store().text(self.name)
    }

    /// Code of the department or overseas territory: "42", "2A", "974".
    #[must_use]
    pub fn department_code(&self) -> &'static str {
        self.department().map_or("", |d| store().text(d.code))
    }

    /// Name of the department or overseas territory: "Loire", "La Réunion".
    #[must_use]
    pub fn department_name(&self) -> &'static str {
        self.department().map_or("", |d| store().text(d.name))
    }

    /// Inhabitants (municipal population); `None` when no figure is published.
    #[must_use]
    pub fn population(&self) -> Option<u32> {
        (self.population != UNKNOWN).then_some(self.population)
    }

    /// Postcodes, in ascending order or as the post office lists them: "42000", "42100", "42230". A few remote places have none.
    pub fn postcodes(&self) -> impl Iterator<Item = &'static str> + use<> {
        store().text(self.postcodes).split_ascii_whitespace()
    }

    /// Where something of it is expected: around its centre, or in its department where that is all that is known.
    #[must_use]
    pub fn around(&self) -> Option<Around> {
        if let Some((lon, lat)) = self.centre() {
            return Some(Around { lon, lat, km: REACH, own: true });
        }
        let others = store().communes.iter().filter(|c| c.department == self.department);
        let places: Vec<(f64, f64)> = others.filter_map(Commune::centre).collect();
        let n = f64::from(u32::try_from(places.len()).ok().filter(|n| *n > 0)?);
        let lon = places.iter().map(|p| p.0).sum::<f64>() / n;
        let lat = places.iter().map(|p| p.1).sum::<f64>() / n;
        let farthest = places.iter().map(|p| km(*p, (lon, lat))).fold(0.0, f64::max);
        Some(Around { lon, lat, km: farthest + REACH, own: false })
    }

    fn centre(&self) -> Option<(f64, f64)> {
        let (lon, lat) = self.centre;
        (lon != NOWHERE).then(|| (f64::from(lon) / 100.0, f64::from(lat) / 100.0))
    }

    pub(crate) fn department_folded(&self) -> &'static str {
        self.department().map_or("", |d| d.folded.as_str())
    }

    fn department(&self) -> Option<&'static Department> {
        store().departments.get(usize::from(self.department))
    }
}

#[derive(Debug)]
struct Department {
    code: Span,
    name: Span,
    folded: String,
}

/// Everything there is, once unpacked.
#[derive(Debug, Default)]
pub(crate) struct Store {
    text: String,
    departments: Vec<Department>,
    /// In the order of INSEE codes.
    communes: Vec<Commune>,
    folded: String,
    /// Where the folded name of each commune begins, then where the last one ends.
    folded_at: Vec<u32>,
    /// Indices of `communes`, more populated first.
    order: Vec<u16>,
}

/// The list, unpacked at the first call.
pub(crate) fn store() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(|| unpack().and_then(Store::build).unwrap_or_default())
}

fn unpack() -> Option<String> {
    let mut text = String::new();
    GzDecoder::new(PACKED).take(MAX_UNPACKED).read_to_string(&mut text).ok()?;
    text.shrink_to_fit();
    Some(text)
}

impl Store {
    fn build(mut text: String) -> Option<Self> {
        // The last section is numbers, which are kept as such.
        let centres = text.split_off(text.rfind('\u{c}')?);
        text.shrink_to_fit();
        let mut sections = text.split('\u{c}');
        let mut next = || sections.next().map(|s| s.split('\n'));
        let (departments, codes, names, populations, postcodes) = (next()?, next()?, next()?, next()?, next()?);
        let centres = centres.get(1..)?.split('\n').map(|line| {
            let (lon, lat) = line.split_once(' ')?;
            Some((lon.parse().ok()?, lat.parse().ok()?))
        });
        let departments = departments.map(|line| Department::read(&text, line)).collect::<Option<Vec<_>>>()?;

        let count = codes.clone().count();
        let mut communes = Vec::with_capacity(count);
        let mut folded = String::new();
        let mut folded_at = Vec::with_capacity(count + 1);
        let lines = codes.zip(names).zip(populations).zip(postcodes).zip(centres);
        for ((((code, name), population), post), centre) in lines {
            folded_at.push(u32::try_from(folded.len()).ok()?);
            fold_into(name, &mut folded, usize::MAX);
            let prefix = code.get(..if code >= "97" { 3 } else { 2 })?;
            let department = departments.iter().position(|d| text_of(&text, d.code) == prefix)?;
            communes.push(Commune {
                code: span(&text, code)?,
                name: span(&text, name)?,
                postcodes: span(&text, post)?,
                population: population.parse().unwrap_or(UNKNOWN),
                department: u16::try_from(department).ok()?,
                centre: centre.unwrap_or((NOWHERE, NOWHERE)),
            });
        }
        folded_at.push(u32::try_from(folded.len()).ok()?);
        folded.shrink_to_fit();
        let mut order = (0..communes.len()).map(|i| u16::try_from(i).ok()).collect::<Option<Vec<_>>>()?;
        let population = |i: &u16| communes.get(usize::from(*i)).and_then(Commune::population).unwrap_or(0);
        order.sort_by_key(|i| std::cmp::Reverse(population(i)));
        Some(Self { text, departments, communes, folded, folded_at, order })
    }

    fn text(&self, span: Span) -> &str {
        text_of(&self.text, span)
    }

    pub(crate) fn len(&self) -> usize {
        self.communes.len()
    }

    /// Each commune with its folded name, more populated first; those of the same population in the order of their codes.
    pub(crate) fn by_population(&self) -> impl Iterator<Item = (&Commune, &str)> {
        self.order.iter().filter_map(|&i| {
            let i = usize::from(i);
            let (from, to) = (*self.folded_at.get(i)?, *self.folded_at.get(i + 1)?);
            Some((self.communes.get(i)?, self.folded.get(from as usize..to as usize)?))
        })
    }

    pub(crate) fn by_code(&self, code: &str) -> Option<&Commune> {
        let found = self.communes.binary_search_by(|c| self.text(c.code).cmp(code)).ok()?;
        self.communes.get(found)
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.text.capacity()
            + self.folded.capacity()
            + self.communes.capacity() * size_of::<Commune>()
            + self.folded_at.capacity() * size_of::<u32>()
            + self.order.capacity() * size_of::<u16>()
            + self.departments.capacity() * size_of::<Department>()
            + self.departments.iter().map(|d| d.folded.capacity()).sum::<usize>()
    }
}

impl Department {
    fn read(text: &str, line: &str) -> Option<Self> {
        let (code, name) = line.split_once('\t')?;
        let mut folded = String::new();
        fold_into(name, &mut folded, usize::MAX);
        Some(Self { code: span(text, code)?, name: span(text, name)?, folded })
    }
}

/// Where `part`, a piece of `whole`, lies in it.
fn span(whole: &str, part: &str) -> Option<Span> {
    let at = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    Some(Span { at: u32::try_from(at).ok()?, len: u16::try_from(part.len()).ok()? })
}

fn text_of(whole: &str, span: Span) -> &str {
    let at = span.at as usize;
    whole.get(at..at + usize::from(span.len)).unwrap_or("")
}
