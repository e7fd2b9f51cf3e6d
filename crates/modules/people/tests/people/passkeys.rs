//! A passkey of the team: added, used to sign in, and nothing else.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use parvis_kernel::{Error, args, db, permission::Role};
use parvis_people::second::{passkeys::PASSKEY_WRONG, totp};
use parvis_testing::{TestApp, engines};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use uuid::Uuid;

use crate::browser::{Answer, Browser, instance_on};

const ORIGIN: &str = "http://localhost:8080";
const KEYS: &str = "/mon-espace/verification/cles";

/// A key in the pocket of somebody of the team.
struct Key {
    pair: EcdsaKeyPair,
    counter: u32,
}

impl Key {
    fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { pair, counter: 0 }
    }

    fn head(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut data = digest(&SHA256, b"localhost").as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The fields that the script fills for a new key.
    fn make(&mut self, challenge: &str) -> Vec<(&'static str, String)> {
        let mut data = self.head(0x45);
        data.extend([0; 16]);
        data.extend([0, 4, 9, 9, 9, 9]);
        let point = self.pair.public_key().as_ref().to_vec();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        let client = says("webauthn.create", challenge, ORIGIN);
        vec![
            ("defi", challenge.to_owned()),
            ("client", text(&client)),
            ("donnees", text(&data)),
            ("nom", "Bureau".into()),
        ]
    }

    /// The fields that the script fills for a sign-in.
    fn sign(&mut self, challenge: &str, origin: &str) -> Vec<(&'static str, String)> {
        let (client, data) = (says("webauthn.get", challenge, origin), self.head(0x05));
        let mut message = data.clone();
        message.extend_from_slice(digest(&SHA256, &client).as_ref());
        let signature = self.pair.sign(&SystemRandom::new(), &message).unwrap();
        vec![
            ("defi", challenge.to_owned()),
            ("cle", text(&[9, 9, 9, 9])),
            ("client", text(&client)),
            ("donnees", text(&data)),
            ("signature", text(signature.as_ref())),
        ]
    }
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn says(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
    let challenge = text(challenge.as_bytes());
    format!("{{\"type\":\"{kind}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\"}}").into_bytes()
}

async fn send(b: &mut Browser<'_>, to: &str, fields: &[(&'static str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    b.post(to, &fields).await
}

/// The challenge of a page, `None` without one.
async fn challenge(b: &mut Browser<'_>, page: &str) -> Option<String> {
    let html = b.get(page).await.body;
    html.split("data-challenge=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
}

async fn with_app(t: &TestApp, b: &mut Browser<'_>, person: Uuid) {
    let manage = "/mon-espace/verification";
    b.post(manage, &[("faire", "commencer")]).await;
    let sql = "SELECT salt FROM authenticator WHERE person_id = $1";
    let salt: String = db::scalar(t.app.db.read(), sql, args![person]).await.unwrap().unwrap();
    let code = totp::code(&totp::secret(&t.app.secrets, &salt), t.app.clock.now().timestamp() / 30);
    b.post(manage, &[("faire", "confirmer"), ("code", &code)]).await;
}

fn is_wrong(answer: &Answer) -> bool {
    matches!(answer.error, Some(Error::Refused(r)) if r == PASSKEY_WRONG)
}

#[tokio::test]
async fn a_key_signs_its_person_in_and_no_answer_works_twice() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut key) = (Browser::new(&t), Key::new());
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        assert_eq!(challenge(&mut Browser::new(&t), "/connexion").await, None, "nobody has a key");
        assert_eq!(challenge(&mut b, "/mon-espace/verification").await, None, "the app comes first");
        assert!(
            b.get("/mon-espace/verification").await.has("une fois les codes du téléphone en place"),
            "and it is said"
        );
        with_app(&t, &mut b, owner).await;
        let given = challenge(&mut b, "/mon-espace/verification").await.unwrap();
        let fields = key.make(&given);
        assert!(is_wrong(&send(&mut b, KEYS, &key.make("x.1.new y.z")).await), "a challenge of nobody");
        assert!(send(&mut b, KEYS, &fields).await.to().contains("fait=cle-ajoutee"), "on {engine:?}");
        assert!(is_wrong(&send(&mut b, KEYS, &fields).await), "once");

        let mut other = Browser::new(&t);
        let asked = challenge(&mut other, "/connexion").await.unwrap();
        let mut stranger = Browser::new(&t);
        let fields = key.sign(&asked, ORIGIN);
        assert!(is_wrong(&send(&mut stranger, "/connexion/cle", &fields).await), "the challenge of another browser");
        assert!(is_wrong(&send(&mut other, "/connexion/cle", &key.sign(&asked, "https://evil.example")).await));
        let asked = challenge(&mut other, "/connexion").await.unwrap();
        let mut fields = key.sign(&asked, ORIGIN);
        fields.push(("retour", "//evil.example".into()));
        assert_eq!(send(&mut other, "/connexion/cle", &fields).await.to(), "/equipe");
        assert!(other.session.is_some());
        // The same answer, and one whose count went back.
        assert!(is_wrong(&send(&mut other, "/connexion/cle", &fields).await));
        let mut copy = Browser::new(&t);
        let asked = challenge(&mut copy, "/connexion").await.unwrap();
        key.counter = 0;
        assert!(is_wrong(&send(&mut copy, "/connexion/cle", &key.sign(&asked, ORIGIN)).await), "copied");
        key.counter = 100;
        let asked = challenge(&mut copy, "/connexion").await.unwrap();
        t.clock.advance(TimeDelta::minutes(11));
        assert!(is_wrong(&send(&mut copy, "/connexion/cle", &key.sign(&asked, ORIGIN)).await), "too late");
        // Removed: no way in any more. Somebody without a role has none either.
        let id: Uuid = db::scalar(t.app.db.read(), "SELECT id FROM passkey", vec![]).await.unwrap().unwrap();
        let mut thief = Browser::new(&t);
        thief.sign_in("voleur@equipe.fr", Some(Role::Analyst)).await;
        thief.post(KEYS, &[("retirer", &id.to_string())]).await;
        assert!(challenge(&mut Browser::new(&t), "/connexion").await.is_some(), "somebody else's stays");
        b.post(KEYS, &[("retirer", &id.to_string())]).await;
        assert_eq!(challenge(&mut Browser::new(&t), "/connexion").await, None);
        let mut citizen = Browser::new(&t);
        citizen.sign_in("lea@exemple.fr", None).await;
        assert!(matches!(citizen.post(KEYS, &[("retirer", &id.to_string())]).await.error, Some(Error::NotFound)));
    }
}
