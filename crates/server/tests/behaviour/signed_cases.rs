//! Requests between servers as somebody else would sign them, line by line, and what can be wrong with them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};
use valise_server::partners::signature::Signed;
use valise_wire::OrganisationId;

const COMPONENTS: [&str; 6] = [
    "@method",
    "@target-uri",
    "content-digest",
    "content-type",
    "valise-source",
    "valise-target",
];

/// What is asked, and by what key.
#[derive(Clone)]
pub struct Asked {
    pub now: u64,
    pub method: String,
    pub target: String,
    pub content_type: String,
    pub source: String,
    pub to: String,
    pub created: u64,
    pub nonce: [u8; 16],
    pub key: [u8; 32],
    pub body: Vec<u8>,
}

/// What is sent.
#[derive(Clone)]
pub struct Put {
    pub why: &'static str,
    /// With what it is refused.
    pub status: u16,
    pub base: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Put {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }

    /// As it stands in the files.
    pub fn lines(&self) -> String {
        let headers = self.headers.iter();
        let headers: String = headers
            .map(|(name, value)| format!("{name}: {value}\n"))
            .collect();
        format!(
            "base: {}\n{headers}body: {}\n",
            hex::encode(&self.base),
            hex::encode(&self.body)
        )
    }

    fn with(mut self, name: &'static str, value: Option<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.extend(value.map(|value| (name, value)));
        self
    }
}

fn digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

fn sign(key: &[u8; 32], base: &str) -> String {
    let signature = SigningKey::from_bytes(key).sign(base.as_bytes());
    format!("s1=:{}:", STANDARD.encode(signature.to_bytes()))
}

impl Asked {
    fn component(&self, name: &str) -> String {
        match name {
            "@method" => self.method.clone(),
            "@target-uri" => self.target.clone(),
            "@authority" => "chat.ministry.example".into(),
            "content-digest" => digest(&self.body),
            "content-type" => self.content_type.clone(),
            "valise-source" => self.source.clone(),
            _ => self.to.clone(),
        }
    }

    fn parameters(&self) -> String {
        format!(
            ";created={};nonce=\"{}\";keyid=\"{}\";alg=\"ed25519\";tag=\"valise-partner\"",
            self.created,
            hex::encode(self.nonce),
            self.source
        )
    }

    /// Signs these components, with these parameters behind them.
    fn put(&self, why: &'static str, components: &[&str], parameters: &str) -> Put {
        let names: Vec<String> = components
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        let input = format!("({}){parameters}", names.join(" "));
        let lines = components
            .iter()
            .map(|name| format!("\"{name}\": {}\n", self.component(name)));
        let base = format!(
            "{}\"@signature-params\": {input}",
            lines.collect::<String>()
        );
        Put {
            why,
            status: 401,
            headers: vec![
                ("content-type", self.content_type.clone()),
                ("valise-source", self.source.clone()),
                ("valise-target", self.to.clone()),
                ("content-digest", digest(&self.body)),
                ("signature-input", format!("s1={input}")),
                ("signature", sign(&self.key, &base)),
            ],
            base,
            body: self.body.clone(),
        }
    }

    fn usual(&self, why: &'static str) -> Put {
        self.put(why, &COMPONENTS, &self.parameters())
    }

    /// The same with another nonce, which nobody has seen.
    fn next(&self, number: u8) -> Self {
        Self {
            nonce: [number; 16],
            ..self.clone()
        }
    }
}

pub fn good(asked: &Asked) -> Vec<Put> {
    let at = |number: u8, created: u64| Asked {
        created,
        ..asked.next(number)
    };
    vec![
        asked.usual("A call of this very second."),
        at(2, asked.now - 300).usual("Signed 300 seconds ago."),
        at(3, asked.now + 300).usual("Signed in 300 seconds."),
    ]
}

pub fn bad(asked: &Asked) -> Vec<Put> {
    let mut first = asked
        .usual("The first one of signatures-good.txt, which was taken, again: its nonce was seen.");
    first.status = 401;
    let taken = Put {
        why: "The first one of signatures-good.txt: this one is taken.",
        status: 200,
        ..first.clone()
    };
    let mut all = vec![taken, first];
    all.extend(other_things(asked));
    all.extend(other_forms(asked));
    all.extend(other_heads(asked));
    all
}

/// Signed rightly, but another thing.
fn other_things(asked: &Asked) -> Vec<Put> {
    let with = |number: u8, change: &dyn Fn(&mut Asked)| {
        let mut other = asked.next(number);
        change(&mut other);
        other
    };
    let (source, to) = (asked.source.clone(), asked.to.clone());
    let mut typed = with(18, &|it| {
        it.content_type = "application/cbor; charset=utf-8".into()
    })
    .usual("Another media type.");
    typed.status = 400;
    vec![
        with(10, &|it| it.created -= 301).usual("Signed 301 seconds ago."),
        with(11, &|it| it.created += 301).usual("Signed in 301 seconds."),
        with(12, &|it| {
            it.target = "https://bank.example/v1/partner".into()
        })
        .usual("Signed for another server."),
        with(13, &|it| it.target += "/").usual("Signed for another path."),
        with(14, &|it| it.to = source.clone()).usual("For another organisation."),
        with(15, &|it| it.source = "03".repeat(32)).usual("By who is no partner."),
        with(16, &|it| it.source = to.clone())
            .usual("In the name of the organisation that is asked."),
        with(17, &|it| it.method = "post".into()).usual("The method in small letters."),
        typed,
        with(19, &|it| it.key = [7; 32]).usual("By another key."),
        with(20, &|it| it.source = it.source.to_uppercase()).usual("The source in capitals."),
    ]
}

/// Signed rightly, in another form.
fn other_forms(asked: &Asked) -> Vec<Put> {
    let part = |number: u8, why, components: &[&str]| {
        let asked = asked.next(number);
        asked.put(why, components, &asked.parameters())
    };
    let said = |number: u8, why, from: &str, to: &str| {
        let asked = asked.next(number);
        let parameters = asked.parameters();
        assert!(parameters.contains(from), "{why}");
        asked.put(why, &COMPONENTS, &parameters.replace(from, to))
    };
    let mut swapped = COMPONENTS;
    swapped.swap(0, 1);
    let without = |name: &str| {
        let kept = COMPONENTS.iter().filter(|known| **known != name);
        kept.copied().collect::<Vec<_>>()
    };
    let created = asked.now.to_string();
    let nonce = format!(";nonce=\"{}\"", hex::encode([39; 16]));
    let other = format!("keyid=\"{}\"", asked.to);
    vec![
        part(30, "Without the method.", &without("@method")),
        part(31, "Without the address.", &without("@target-uri")),
        part(32, "Without the digest.", &without("content-digest")),
        part(33, "Without the media type.", &without("content-type")),
        part(34, "Without the source.", &without("valise-source")),
        part(35, "Without the target.", &without("valise-target")),
        part(36, "In another order.", &swapped),
        part(
            37,
            "With one more.",
            &[&COMPONENTS[..], &["@authority"]].concat(),
        ),
        part(38, "One twice.", &[&COMPONENTS[..], &["@method"]].concat()),
        said(39, "Without a nonce.", &nonce, ""),
        said(40, "A nonce of 15 bytes.", "28\"", "\""),
        said(0xab, "A nonce in capitals.", "nonce=\"abab", "nonce=\"ABAB"),
        said(
            42,
            "Without an instant.",
            &format!(";created={created}"),
            "",
        ),
        said(
            43,
            "An instant with a sign.",
            &created,
            &format!("+{created}"),
        ),
        said(
            44,
            "An instant with a zero before it.",
            &created,
            &format!("0{created}"),
        ),
        said(45, "Another algorithm.", "ed25519", "hmac-sha256"),
        said(46, "Another tag.", "valise-partner", "valise"),
        said(47, "Without a tag.", ";tag=\"valise-partner\"", ""),
        said(
            48,
            "Another key's name.",
            &format!("keyid=\"{}\"", asked.source),
            &other,
        ),
        said(49, "With an end.", ";keyid", ";expires=1900000300;keyid"),
        said(50, "A blank behind a semicolon.", ";alg", "; alg"),
        said(
            51,
            "The parameters in another order.",
            ";alg=\"ed25519\";tag=\"valise-partner\"",
            ";tag=\"valise-partner\";alg=\"ed25519\"",
        ),
    ]
}

/// Signed rightly, and sent otherwise.
fn other_heads(asked: &Asked) -> Vec<Put> {
    let put = |number: u8, why| asked.next(number).usual(why);
    let changed = |number: u8, why, name, change: &dyn Fn(&str) -> String| {
        let put = put(number, why);
        let value = change(put.header(name));
        put.with(name, Some(value))
    };
    let mut body = put(60, "Another body than was signed.");
    *body.body.last_mut().unwrap() ^= 1;
    let other = digest(b"something else");
    let bare = |value: &str| {
        let bytes = STANDARD.decode(&value[4..value.len() - 1]).unwrap();
        format!("s1=:{}:", STANDARD_NO_PAD.encode(bytes))
    };
    let mut line = put(70, "Signed with a line feed at the end.");
    line.base.push('\n');
    let signature = sign(&asked.key, &line.base);
    vec![
        body,
        changed(
            61,
            "Another digest than was signed.",
            "content-digest",
            &|_| other.clone(),
        ),
        changed(
            62,
            "The digest in another algorithm's name.",
            "content-digest",
            &|it| it.replace("sha-256", "sha-512"),
        ),
        changed(63, "Another label.", "signature-input", &|it| {
            it.replace("s1=", "s2=")
        }),
        changed(64, "Another label of the signature.", "signature", &|it| {
            it.replace("s1=", "s2=")
        }),
        changed(65, "Two signatures.", "signature", &|it| {
            format!("{it}, s2=:AAAA:")
        }),
        changed(66, "A signature without padding.", "signature", &bare),
        changed(67, "A signature without colons.", "signature", &|it| {
            it.replace(':', "")
        }),
        put(68, "No signature.").with("signature", None),
        put(69, "No parameters.").with("signature-input", None),
        line.with("signature", Some(signature)),
        put(71, "No digest.").with("content-digest", None),
        put(72, "No source.").with("valise-source", None),
        put(73, "No target.").with("valise-target", None),
    ]
}

/// An answer that must not be believed.
pub struct Wrong {
    pub why: &'static str,
    pub status: u16,
    pub body: Vec<u8>,
    pub signed: Signed,
}

/// What was done to an honest answer, which the key of the seed 32 × `09` signed.
pub fn answers(
    status: u16,
    asked: &str,
    by: OrganisationId,
    body: &[u8],
    good: &Signed,
) -> Vec<Wrong> {
    let wrong = |why, signed: Signed| Wrong {
        why,
        status,
        body: body.to_vec(),
        signed,
    };
    // As `signed` makes it, with another question, list or key.
    let anew = |asked: &str, input: &str, key: u8| {
        let base = format!(
            "\"@status\": {status}\n\"content-digest\": {}\n\"signature\";req;key=\"s1\": {}\n\"@signature-params\": {input}",
            good.digest,
            asked.trim_start_matches("s1=")
        );
        Signed {
            input: format!("s1={input}"),
            signature: sign(&[key; 32], &base),
            ..good.clone()
        }
    };
    let input = good.input.trim_start_matches("s1=");
    assert_eq!(anew(asked, input, 9), *good, "an honest one is made so");
    let other = input.replace(&by.to_string(), &"03".repeat(32));
    let nonce = input.replace(
        ";keyid",
        ";nonce=\"05050505050505050505050505050505\";keyid",
    );
    let mut bytes = body.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    vec![
        Wrong {
            status: 404,
            ..wrong("Another status than was signed.", good.clone())
        },
        Wrong {
            body: bytes,
            ..wrong("Another body than was signed.", good.clone())
        },
        wrong("Signed over another question.", anew("s1=:AAAA:", input, 9)),
        wrong("By another key.", anew(asked, input, 8)),
        wrong("In another organisation's name.", anew(asked, &other, 9)),
        wrong("With a nonce.", anew(asked, &nonce, 9)),
        wrong(
            "Without the question in the list.",
            anew(
                asked,
                &input.replace(" \"signature\";req;key=\"s1\"", ""),
                9,
            ),
        ),
        wrong(
            "Without a tag.",
            anew(asked, &input.replace(";tag=\"valise-partner\"", ""), 9),
        ),
    ]
}
