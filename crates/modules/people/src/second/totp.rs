//! Codes of an authenticator app: RFC 6238 over RFC 4226, SHA-1, six digits, thirty seconds, as every app knows them.

use hmac::{Hmac, KeyInit, Mac};
use parvis_kernel::{secrets::Secrets, url::encode};
use sha1::Sha1;

/// Seconds of a step.
const STEP: i64 = 30;
/// Steps before and after the present one that are accepted: clocks of telephones differ.
const WINDOW: i64 = 1;
/// Bytes of a secret, as RFC 4226 recommends for SHA-1.
const SECRET: usize = 20;

/// The secret of an authenticator, made from the instance's key: the database alone does not give it away.
#[must_use]
pub fn secret(secrets: &Secrets, salt: &str) -> Vec<u8> {
    secrets.derive("totp", salt).into_iter().take(SECRET).collect()
}

/// The code of a step (RFC 4226, section 5.3).
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or(0) & 0x0f);
    let four = digest.iter().skip(offset).take(4).fold(0_u32, |n, b| n << 8 | u32::from(*b));
    format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
}

/// The step of a typed code, near the present one and after `last`. Every step is tried, whichever matches.
#[must_use]
pub fn matching(secret: &[u8], typed: &str, now: i64, last: i64) -> Option<i64> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 6 {
        return None;
    }
    let present = now.div_euclid(STEP);
    let mut found = None;
    for step in present - WINDOW..=present + WINDOW {
        let same = code(secret, step).bytes().zip(digits.bytes()).fold(0, |d, (a, b)| d | (a ^ b)) == 0;
        if same && step > last {
            found = Some(step);
        }
    }
    found
}

/// A secret as people type it into an app (RFC 4648, section 6, without padding).
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut out, mut buffer, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let index = usize::try_from(buffer >> bits & 31).unwrap_or(0);
            out.push(LETTERS.get(index).map_or('A', |b| char::from(*b)));
        }
    }
    if bits > 0 {
        let index = usize::try_from(buffer << (5 - bits) & 31).unwrap_or(0);
        out.push(LETTERS.get(index).map_or('A', |b| char::from(*b)));
    }
    out
}

/// The address that a QR code gives to an app.
#[must_use]
pub fn address(site: &str, email: &str, secret: &[u8]) -> String {
    let (site, email) = (encode(site), encode(email));
    format!(
        "otpauth://totp/{site}:{email}?secret={}&issuer={site}&algorithm=SHA1&digits=6&period={STEP}",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    /// RFC 4226, appendix D, and RFC 6238, appendix B (the last six of its eight digits).
    #[test]
    fn the_vectors_of_the_standards() {
        let counted =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (step, expected) in (0..).zip(counted) {
            assert_eq!(code(KEY, step), expected, "{step}");
        }
        for (time, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(KEY, time / 30), expected, "{time}");
            assert_eq!(matching(KEY, expected, time, 0), Some(time / 30));
        }
    }

    #[test]
    fn a_code_works_for_a_minute_and_once() {
        let now = 1_111_111_111;
        let step = now / 30;
        for near in [step - 1, step, step + 1] {
            assert_eq!(matching(KEY, &code(KEY, near), now, 0), Some(near));
            assert_eq!(matching(KEY, &code(KEY, near), now, near), None, "used");
        }
        assert_eq!(matching(KEY, &code(KEY, step - 2), now, 0), None);
        assert_eq!(matching(KEY, " 050 471 ", now, 0), Some(step), "typed with spaces");
        for bad in ["", "05047", "0504711", "abcdef", "٠٥٠٤٧١"] {
            assert_eq!(matching(KEY, bad, now, 0), None, "{bad}");
        }
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_of_the_standard() {
        for (bytes, expected) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(bytes.as_bytes()), expected);
        }
        assert!(address("Rivemont & co", "a@b.fr", KEY).starts_with(
            "otpauth://totp/Rivemont%20%26%20co:a%40b.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
        ));
    }

    #[test]
    fn each_instance_and_each_salt_has_its_own_secret() {
        let (one, two) = (Secrets::new([1; 32]), Secrets::new([2; 32]));
        assert_eq!(secret(&one, "a").len(), 20);
        assert!(secret(&one, "a") != secret(&one, "b") && secret(&one, "a") != secret(&two, "a"));
    }
}
