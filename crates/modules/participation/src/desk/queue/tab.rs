//! The queues that the page offers, and their orders.

use super::Wait;

/// The queues that the page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// All that waits.
    #[default]
    All,
    /// To publish.
    Publish,
    /// Of those to publish, what waits because of what was found in it.
    Check,
    /// To answer.
    Answer,
    /// Reported.
    Reported,
    /// Handled.
    Handled,
    /// Those that wait and those that are handled.
    Every,
}

impl Tab {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Publish, Self::Check, Self::Answer, Self::Reported, Self::Handled, Self::Every];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "tout",
            Self::Publish => "a-publier",
            Self::Check => "a-verifier",
            Self::Answer => "a-repondre",
            Self::Reported => "signalees",
            Self::Handled => "traitees",
            Self::Every => "toutes",
        }
    }

    /// From its code; anything else is all that waits.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|t| t.code() == code).unwrap_or_default()
    }

    pub(in crate::desk) const fn waits(self) -> &'static [Wait] {
        match self {
            Self::All => &[Wait::Publish, Wait::Answer, Wait::Reported],
            Self::Publish | Self::Check => Wait::Publish.alone(),
            Self::Answer => Wait::Answer.alone(),
            Self::Reported => Wait::Reported.alone(),
            Self::Handled => Wait::Handled.alone(),
            Self::Every => &[Wait::Publish, Wait::Answer, Wait::Reported, Wait::Handled],
        }
    }

    /// Whether it holds what no longer waits: the newest is looked for first.
    pub(in crate::desk) const fn is_past(self) -> bool {
        matches!(self, Self::Handled | Self::Every)
    }
}

/// The order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// What waits longest first.
    #[default]
    Longest,
    /// Newest first.
    Recent,
    /// Most supported first.
    Supported,
}

impl Order {
    /// All of them, the default first.
    pub const ALL: [Self; 3] = [Self::Longest, Self::Recent, Self::Supported];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Longest => "attente",
            Self::Recent => "recentes",
            Self::Supported => "soutenues",
        }
    }

    /// From its code; anything else is the default.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|o| o.code() == code).unwrap_or_default()
    }
}
