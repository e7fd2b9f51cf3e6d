//! What a column may be taken for.

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// Every role, in the order in which to offer them.
            pub const ALL: &'static [Role] = &[$(Role::$name,)*];

            /// The stable name, in snake case: `votes_for`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Role::$name => $text,)* }
            }

            /// The role of a stable name; `None` when there is none.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Role> {
                match name { $($text => Some(Role::$name),)* _ => None }
            }
        }
    };
}

roles! {
    /// The identifier of the contribution in the file.
    ExternalId = "external_id",
    /// Idea or comment.
    Kind = "kind",
    /// The title of an idea.
    Title = "title",
    /// The text.
    Text = "text",
    /// The author's name or pseudonym.
    Author = "author",
    /// The author's first name, put before [`Role::Author`].
    FirstName = "first_name",
    /// The author's e-mail address.
    Email = "email",
    /// When it was written.
    Date = "date",
    /// Theme, category, section.
    Tag = "tag",
    /// Neighbourhood or zone of the town.
    Area = "area",
    /// What became of it, in the file's words.
    Status = "status",
    /// The official answer to it.
    Answer = "answer",
    /// When it was answered.
    AnsweredAt = "answered_at",
    /// Whether its author took it back.
    Withdrawn = "withdrawn",
    /// When its author took it back; empty when nobody did.
    WithdrawnAt = "withdrawn_at",
    /// Whether it amends another contribution.
    Amendment = "amendment",
    /// Number of votes for, or of supports.
    VotesFor = "votes_for",
    /// Number of votes against.
    VotesAgainst = "votes_against",
    /// Number of mixed or neutral votes.
    VotesNeutral = "votes_neutral",
    /// Number of votes, whichever way.
    VotesTotal = "votes_total",
    /// The identifier of what a comment is about.
    Parent = "parent",
    /// What a comment is about: an idea or a comment; or how deep it stands, from 0.
    ParentKind = "parent_kind",
    /// For or against, on a comment.
    Stance = "stance",
    /// Age in years, or age group.
    Age = "age",
    /// Degrees north, -90 to 90.
    Latitude = "latitude",
    /// Degrees east, -180 to 180.
    Longitude = "longitude",
    /// Where it is about, as an address.
    Address = "address",
    /// Language of the text, as a code ("fr").
    Language = "language",
    /// Address of the page of the contribution.
    Url = "url",
    /// Not read.
    Ignored = "ignored",
}
