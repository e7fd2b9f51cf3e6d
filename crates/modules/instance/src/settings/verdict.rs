//! What a mail server said, in words of ours. Its own words stay out of pages: they may name machines of its network.

/// What came of a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It took the mail.
    Sent,
    /// It refuses the account or the password.
    Password,
    /// It refuses the sender's or the recipient's address.
    Address,
    /// The protection chosen is not the one it speaks.
    Protection,
    /// Nobody answers at this name and port.
    Unreachable,
    /// It asks to come back later.
    Later,
    /// Anything else.
    Other,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Sent, Self::Password, Self::Address, Self::Protection, Self::Unreachable, Self::Later, Self::Other];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Password => "password",
            Self::Address => "address",
            Self::Protection => "protection",
            Self::Unreachable => "unreachable",
            Self::Later => "later",
            Self::Other => "other",
        }
    }

    /// Key of its words; the remedy is its attribute `next`.
    #[must_use]
    pub fn key(self) -> String {
        format!("settings-verdict-{}", self.code())
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.code() == code)
    }
}

/// Reads the message of a failed sending: what it means, and the three digits of the answer if there are.
#[must_use]
pub fn read(message: &str) -> (Verdict, Option<u16>) {
    let lower = message.to_ascii_lowercase();
    let digits: String = message
        .split_once('(')
        .map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect())
        .unwrap_or_default();
    let code = digits.parse::<u16>().ok().filter(|c| (400..600).contains(c));
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let verdict = match code {
        Some(530 | 534 | 535 | 538) => Verdict::Password,
        Some(500..=504) if has(&["auth"]) => Verdict::Password,
        Some(501 | 550 | 551 | 553 | 555) => Verdict::Address,
        Some(400..=499) => Verdict::Later,
        Some(_) => Verdict::Other,
        None if has(&["tls", "certificate", "handshake", "corrupt message", "incomplete response"]) => {
            Verdict::Protection
        }
        None if has(&["no compatible authentication"]) => Verdict::Password,
        None if has(&["email", "envelope", "missing domain", "invalid input", "mailbox"]) => Verdict::Address,
        None if has(&[
            "connection",
            "network",
            "lookup",
            "refused",
            "timeout",
            "timed out",
            "unreachable",
            "resolve",
        ]) =>
        {
            Verdict::Unreachable
        }
        None => Verdict::Other,
    };
    (verdict, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_servers_become_a_remedy() {
        for (message, verdict, code) in [
            ("permanent error (535): 5.7.8 Error: authentication failed", Verdict::Password, Some(535)),
            ("permanent error (550): 5.1.1 no such user here", Verdict::Address, Some(550)),
            ("transient error (421): try again later", Verdict::Later, Some(421)),
            ("permanent error (554): policy", Verdict::Other, Some(554)),
            ("Connection error: failed to lookup address information", Verdict::Unreachable, None),
            ("Connection error: Connection refused (os error 111)", Verdict::Unreachable, None),
            ("Connection error: received corrupt message of type InvalidContentType", Verdict::Protection, None),
            ("Missing domain or user", Verdict::Address, None),
            ("", Verdict::Other, None),
        ] {
            assert_eq!(read(message), (verdict, code), "{message}");
        }
        for v in Verdict::ALL {
            assert_eq!(Verdict::parse(v.code()), Some(v));
        }
    }
}
