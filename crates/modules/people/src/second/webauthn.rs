//! What a browser says of a passkey, checked (Web Authentication level 2, sections 7.1 and 7.2): keys of the curve P-256
//! (ES256), no attestation, the person verified by the key.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey},
};
use serde::Deserialize;

/// The person touched the key.
const PRESENT: u8 = 0x01;
/// The key knows the person: a finger, a face, a code.
const VERIFIED: u8 = 0x04;
/// A new key follows.
const ATTESTED: u8 = 0x40;
/// Extensions follow: none was asked for.
const EXTENDED: u8 = 0x80;
/// Bytes of a name of a key, at most.
const NAME: usize = 1023;
/// How CTAP2 writes a P-256 key (RFC 9053, section 7.1.1): its canonical form is the only one.
const KEY_X: [u8; 10] = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
const KEY_Y: [u8; 3] = [0x22, 0x58, 0x20];

/// What an answer must say.
#[derive(Debug, Clone)]
pub struct Expected<'a> {
    /// Scheme, host and port of this site.
    pub origin: &'a str,
    /// Its host.
    pub host: &'a str,
    /// The challenge that was given, as text.
    pub challenge: &'a str,
}

/// What is wrong with an answer. For the journal of the machine and tests: people read one sentence for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What the browser says can't be read.
    Unreadable,
    /// An answer of the other kind.
    Kind,
    /// Another challenge.
    Challenge,
    /// Another site, or a frame of one.
    Origin,
    /// A key of another site.
    Host,
    /// Nobody touched the key, or it does not know who.
    Unverified,
    /// Not a key of P-256.
    Key,
    /// Not signed by this key.
    Signature,
    /// Its count did not grow: it may have been copied.
    Counter,
}

#[derive(Deserialize)]
struct Client {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// A new key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// Its name.
    pub credential: Vec<u8>,
    /// Its point, uncompressed.
    pub public_key: Vec<u8>,
    /// How often it signed.
    pub counter: u32,
}

fn client(expected: &Expected<'_>, kind: &str, bytes: &[u8]) -> Result<(), Fault> {
    let said: Client = serde_json::from_slice(bytes).map_err(|_| Fault::Unreadable)?;
    if said.r#type != kind {
        return Err(Fault::Kind);
    }
    let challenge = BASE64_URL_SAFE_NO_PAD.decode(&said.challenge).map_err(|_| Fault::Challenge)?;
    if challenge != expected.challenge.as_bytes() {
        return Err(Fault::Challenge);
    }
    if said.origin != expected.origin || said.cross_origin {
        return Err(Fault::Origin);
    }
    Ok(())
}

/// Takes so many bytes from the front.
fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Result<&'a [u8], Fault> {
    let (head, tail) = bytes.split_at_checked(n).ok_or(Fault::Unreadable)?;
    *bytes = tail;
    Ok(head)
}

/// The host, the flags and the count of what a key says; what follows is left.
fn authenticator(expected: &Expected<'_>, bytes: &mut &[u8]) -> Result<(u8, u32), Fault> {
    if take(bytes, 32)? != digest(&SHA256, expected.host.as_bytes()).as_ref() {
        return Err(Fault::Host);
    }
    let flags = take(bytes, 1)?.first().copied().unwrap_or(0);
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(Fault::Unverified);
    }
    let counter = take(bytes, 4)?.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b));
    Ok((flags, counter))
}

/// A new key of whoever is signed in.
///
/// # Errors
/// What is wrong with the answer.
pub fn created(expected: &Expected<'_>, client_data: &[u8], authenticator_data: &[u8]) -> Result<NewKey, Fault> {
    client(expected, "webauthn.create", client_data)?;
    let mut rest = authenticator_data;
    let (flags, counter) = authenticator(expected, &mut rest)?;
    if flags & ATTESTED == 0 || flags & EXTENDED != 0 {
        return Err(Fault::Unreadable);
    }
    // The kind of device: nobody's business.
    take(&mut rest, 16)?;
    let length = take(&mut rest, 2)?.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b));
    if length == 0 || length > NAME {
        return Err(Fault::Unreadable);
    }
    let credential = take(&mut rest, length)?.to_vec();
    let mut public_key = vec![0x04];
    if take(&mut rest, KEY_X.len()).map_err(|_| Fault::Key)? != KEY_X {
        return Err(Fault::Key);
    }
    public_key.extend_from_slice(take(&mut rest, 32).map_err(|_| Fault::Key)?);
    if take(&mut rest, KEY_Y.len()).map_err(|_| Fault::Key)? != KEY_Y {
        return Err(Fault::Key);
    }
    public_key.extend_from_slice(take(&mut rest, 32).map_err(|_| Fault::Key)?);
    if rest.is_empty() { Ok(NewKey { credential, public_key, counter }) } else { Err(Fault::Key) }
}

/// A key that is known signed the challenge. Answers its new count.
///
/// # Errors
/// What is wrong with the answer.
pub fn signed(
    expected: &Expected<'_>,
    client_data: &[u8],
    authenticator_data: &[u8],
    signature: &[u8],
    public_key: &[u8],
    counter: u32,
) -> Result<u32, Fault> {
    client(expected, "webauthn.get", client_data)?;
    let mut rest = authenticator_data;
    let (flags, count) = authenticator(expected, &mut rest)?;
    if flags & (ATTESTED | EXTENDED) != 0 || !rest.is_empty() {
        return Err(Fault::Unreadable);
    }
    let mut message = authenticator_data.to_vec();
    message.extend_from_slice(digest(&SHA256, client_data).as_ref());
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, public_key)
        .verify(&message, signature)
        .map_err(|_| Fault::Signature)?;
    // Keys that live on several devices don't count, and say zero.
    if (count > 0 || counter > 0) && count <= counter {
        return Err(Fault::Counter);
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
    };

    use super::*;

    const HERE: Expected<'_> =
        Expected { origin: "https://rivemont.example", host: "rivemont.example", challenge: "abc.123" };

    fn says(kind: &str, challenge: &str, origin: &str, more: &str) -> Vec<u8> {
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
        format!("{{\"type\":\"{kind}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\"{more}}}").into_bytes()
    }

    fn key() -> EcdsaKeyPair {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap()
    }

    fn head(host: &str, flags: u8, counter: u32) -> Vec<u8> {
        let mut data = digest(&SHA256, host.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(counter.to_be_bytes());
        data
    }

    fn registration(pair: &EcdsaKeyPair, flags: u8) -> Vec<u8> {
        let mut data = head("rivemont.example", flags, 7);
        data.extend([0; 16]);
        data.extend([0, 3, 1, 2, 3]);
        let point = pair.public_key().as_ref();
        data.extend(KEY_X);
        data.extend(&point[1..33]);
        data.extend(KEY_Y);
        data.extend(&point[33..65]);
        data
    }

    #[test]
    fn a_key_is_read_or_refused_by_what_is_wrong() {
        let pair = key();
        let data = registration(&pair, 0x45);
        let fine = says("webauthn.create", "abc.123", HERE.origin, "");
        let made = created(&HERE, &fine, &data).unwrap();
        assert_eq!((made.credential.as_slice(), made.counter), ([1, 2, 3].as_slice(), 7));
        assert_eq!(made.public_key, pair.public_key().as_ref());
        for (client, expected) in [
            (b"{".to_vec(), Fault::Unreadable),
            (says("webauthn.get", "abc.123", HERE.origin, ""), Fault::Kind),
            (says("webauthn.create", "abc.124", HERE.origin, ""), Fault::Challenge),
            (says("webauthn.create", "abc.123", "https://rivemont.example.evil", ""), Fault::Origin),
            (says("webauthn.create", "abc.123", "http://rivemont.example", ""), Fault::Origin),
            (says("webauthn.create", "abc.123", HERE.origin, ",\"crossOrigin\":true"), Fault::Origin),
        ] {
            assert_eq!(created(&HERE, &client, &data), Err(expected));
        }
        assert_eq!(created(&Expected { host: "autre.example", ..HERE }, &fine, &data), Err(Fault::Host));
        assert_eq!(created(&HERE, &fine, &registration(&pair, 0x41)), Err(Fault::Unverified), "not verified");
        assert_eq!(created(&HERE, &fine, &registration(&pair, 0x44)), Err(Fault::Unverified), "not touched");
        assert_eq!(created(&HERE, &fine, &registration(&pair, 0xc5)), Err(Fault::Unreadable), "extensions");
        let (mut longer, mut other) = (data.clone(), data.clone());
        longer.push(0);
        assert_eq!(created(&HERE, &fine, &longer), Err(Fault::Key));
        // ES384 in the place of ES256.
        other[37 + 16 + 2 + 3 + 4] = 0x38;
        assert_eq!(created(&HERE, &fine, &other), Err(Fault::Key));
        for cut in 0..data.len() {
            assert!(created(&HERE, &fine, &data[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_signature_counts_once_and_only_here() {
        let (pair, random) = (key(), SystemRandom::new());
        let public = pair.public_key().as_ref().to_vec();
        let sign = |client: &[u8], data: &[u8]| {
            let mut message = data.to_vec();
            message.extend_from_slice(digest(&SHA256, client).as_ref());
            pair.sign(&random, &message).unwrap().as_ref().to_vec()
        };
        let (client, data) = (says("webauthn.get", "abc.123", HERE.origin, ""), head("rivemont.example", 0x05, 8));
        let good = sign(&client, &data);
        assert_eq!(signed(&HERE, &client, &data, &good, &public, 7), Ok(8));
        assert_eq!(signed(&HERE, &client, &data, &good, &public, 8), Err(Fault::Counter), "copied");
        assert_eq!(signed(&HERE, &client, &data, &good, key().public_key().as_ref(), 7), Err(Fault::Signature));
        assert_eq!(signed(&HERE, &client, &data, &[], &public, 7), Err(Fault::Signature));
        assert_eq!(signed(&HERE, &client, &data, &good, &[], 7), Err(Fault::Signature));
        let later = Expected { challenge: "abc.124", ..HERE };
        assert_eq!(signed(&later, &client, &data, &good, &public, 7), Err(Fault::Challenge));
        let unverified = head("rivemont.example", 0x01, 9);
        let answer = signed(&HERE, &client, &unverified, &sign(&client, &unverified), &public, 7);
        assert_eq!(answer, Err(Fault::Unverified));
        let uncounted = head("rivemont.example", 0x05, 0);
        assert_eq!(signed(&HERE, &client, &uncounted, &sign(&client, &uncounted), &public, 0), Ok(0));
        let answer = signed(&HERE, &client, &uncounted, &sign(&client, &uncounted), &public, 7);
        assert_eq!(answer, Err(Fault::Counter), "it counted before");
    }
}
