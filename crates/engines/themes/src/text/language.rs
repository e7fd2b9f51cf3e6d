use std::fmt;
use std::str::FromStr;

/// A language whose stop words and word endings the engine knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
    /// Spanish.
    Es,
    /// German.
    De,
    /// Dutch.
    Nl,
    /// Italian.
    It,
}

impl Language {
    /// Every language known, in a fixed order.
    pub const ALL: [Self; 6] = [Self::Fr, Self::En, Self::Es, Self::De, Self::Nl, Self::It];

    /// The two-letter ISO 639-1 code, in lower case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
            Self::Es => "es",
            Self::De => "de",
            Self::Nl => "nl",
            Self::It => "it",
        }
    }

    /// Reads a language tag such as `fr`, `FR` or `fr-CA`: only the part before `-` or `_` counts.
    /// `None` for a language the engine does not know.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }

    pub(crate) const fn algorithm(self) -> frostem::Algorithm {
        match self {
            Self::Fr => frostem::Algorithm::French,
            Self::En => frostem::Algorithm::English,
            Self::Es => frostem::Algorithm::Spanish,
            Self::De => frostem::Algorithm::German,
            Self::Nl => frostem::Algorithm::Dutch,
            Self::It => frostem::Algorithm::Italian,
        }
    }

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Fr => 0,
            Self::En => 1,
            Self::Es => 2,
            Self::De => 3,
            Self::Nl => 4,
            Self::It => 5,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The tag names no language that the engine knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLanguage(
    /// The tag as given.
    pub String,
);

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown language {:?}", self.0)
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::from_code(s).ok_or_else(|| UnknownLanguage(s.to_owned()))
    }
}
