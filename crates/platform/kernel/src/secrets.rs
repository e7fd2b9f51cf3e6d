//! The instance's key: what it signs is worth nothing on another instance or for another purpose.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The instance's 256-bit key.
#[derive(Clone)]
pub struct Secrets {
    key: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Wraps a key made from the operating system's randomness.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    fn mac(&self, purpose: &str, data: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        // The length keeps ("ab","c") apart from ("a","bc").
        mac.update(&(purpose.len() as u64).to_le_bytes());
        mac.update(purpose.as_bytes());
        mac.update(data.as_bytes());
        Some(mac)
    }

    /// A signature of `data` for one purpose, in URL-safe base64 (43 characters).
    #[must_use]
    pub fn sign(&self, purpose: &str, data: &str) -> String {
        self.mac(purpose, data).map(|m| BASE64_URL_SAFE_NO_PAD.encode(m.finalize().into_bytes())).unwrap_or_default()
    }

    /// A secret of its own for one purpose and `data`: whoever holds the database alone can't make it.
    #[must_use]
    pub fn derive(&self, purpose: &str, data: &str) -> Vec<u8> {
        self.mac(purpose, data).map(|m| m.finalize().into_bytes().to_vec()).unwrap_or_default()
    }

    /// Whether `signature` was made by this instance for this purpose and data. Constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, data: &str, signature: &str) -> bool {
        let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(signature) else {
            return false;
        };
        self.mac(purpose, data).is_some_and(|m| m.verify_slice(&bytes).is_ok())
    }

    /// `data.signature`, to hand out in a cookie or a link.
    #[must_use]
    pub fn seal(&self, purpose: &str, data: &str) -> String {
        format!("{data}.{}", self.sign(purpose, data))
    }

    /// The data of a sealed value, if it is ours and for this purpose.
    #[must_use]
    pub fn open<'a>(&self, purpose: &str, sealed: &'a str) -> Option<&'a str> {
        let (data, signature) = sealed.rsplit_once('.')?;
        self.verify(purpose, data, signature).then_some(data)
    }
}

/// HMAC-SHA256 of a text with a secret of somebody else's, in hexadecimal: what other programs check.
#[must_use]
pub fn hmac_hex(secret: &str, text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
        use std::fmt::Write;
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// SHA-256 in hexadecimal: what the database keeps of a token.
#[must_use]
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_worth_nothing_elsewhere() {
        let here = Secrets::new([1; 32]);
        let sealed = here.seal("unsubscribe", "ines");
        assert_eq!(here.open("unsubscribe", &sealed), Some("ines"));
        assert_eq!(here.open("session", &sealed), None, "another purpose");
        assert_eq!(Secrets::new([2; 32]).open("unsubscribe", &sealed), None, "another instance");
        assert_eq!(here.open("unsubscribe", &sealed.replace("ines", "inez")), None, "another person");
        assert_eq!(here.open("unsubscribe", "no-dot"), None);
    }

    #[test]
    fn hmac_is_as_others_make_it() {
        // RFC 4231, case 2.
        let mac = hmac_hex("Jefe", "what do ya want for nothing?");
        assert_eq!(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn hash_is_sha256() {
        assert!(hash("abc").starts_with("ba7816bf8f01cfea"));
    }
}
