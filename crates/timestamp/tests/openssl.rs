//! What others make is taken, and others take what is made here.
//!
//! `tests/data` holds answers that OpenSSL 3.0 gave under three kinds of keys, each with two certificates between root and
//! signature. Where `openssl` is installed, both ways are tried anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use valise_timestamp::{
    Authority, Breach, Certificate, Failure, Imprint, Request, Serial, refusal, verify,
};

use valise_wire::Timestamp;

const DOCUMENT: &[u8] = b"a letter that was sent";

fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    fs::read(folder.join(name)).unwrap()
}

/// The token in an answer that was granted: behind the outer head and the status.
fn token(answer: &[u8]) -> &[u8] {
    const STATUS: [u8; 5] = [0x30, 3, 2, 1, 0];
    let at = answer.windows(5).position(|part| part == STATUS).unwrap();
    &answer[at + STATUS.len()..]
}

#[test]
fn tokens_of_openssl_are_taken() {
    let imprint = Imprint::of_bytes(DOCUMENT);
    for kind in ["p256", "p384", "rsa"] {
        let root = Certificate::from_der(&data(&format!("{kind}.root"))).unwrap();
        let answer = data(&format!("{kind}.reply"));
        let verified = verify(token(&answer), &imprint, std::slice::from_ref(&root));
        let verified = verified.unwrap_or_else(|breach| panic!("{kind}: {breach}"));
        assert_eq!(verified.anchor, root);
        assert_eq!(verified.policy.to_string(), "1.3.6.1.4.1.99999.7");
        assert_eq!(verified.accuracy_millis, Some(1_501));
        let others = ["p256", "p384", "rsa"].map(|other| data(&format!("{other}.root")));
        let others = others.map(|der| Certificate::from_der(&der).unwrap());
        for other in others.iter().filter(|other| **other != root) {
            let refused = verify(token(&answer), &imprint, std::slice::from_ref(other));
            assert_eq!(refused, Err(Breach::Untrusted));
        }
    }
}

#[test]
fn every_byte_of_a_token_of_openssl_counts_or_says_nothing() {
    let imprint = Imprint::of_bytes(DOCUMENT);
    let trusted = [Certificate::from_der(&data("p256.root")).unwrap()];
    let answer = data("p256.reply");
    let honest = verify(token(&answer), &imprint, &trusted).unwrap();
    for at in 0..token(&answer).len() {
        for change in [1, 0x80] {
            let mut token = token(&answer).to_vec();
            token[at] ^= change;
            if let Ok(verified) = verify(&token, &imprint, &trusted) {
                assert_eq!(verified, honest, "byte {at}");
            }
        }
    }
}

/// A folder of this process that is gone with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("valise-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn openssl(&self, arguments: &str) -> Output {
        Command::new("openssl")
            .args(arguments.split_whitespace())
            .current_dir(&self.0)
            .output()
            .unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn has_openssl() -> bool {
    let is_there = Command::new("openssl").arg("version").output().is_ok();
    if !is_there {
        println!("openssl is not installed: nothing was tried");
    }
    is_there
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(u64::try_from(since.unwrap().as_millis()).unwrap())
}

#[test]
fn openssl_takes_what_this_authority_gives() {
    if !has_openssl() {
        return;
    }
    let folder = Folder::new("given");
    let secrets = [[1; 32], [2; 32]].map(Into::into);
    // It looks at today's date, and the certificates must be of before.
    let authority = Authority::found("office.example", secrets, now()).unwrap();
    folder.write("root.der", &authority.root().to_der());
    folder.write("document", DOCUMENT);
    folder.write("other", b"another letter");
    folder.openssl("x509 -inform DER -in root.der -out root.pem");
    for digest in ["sha256", "sha384", "sha512"] {
        for certificate in ["-cert", ""] {
            folder.openssl(&format!(
                "ts -query -data document -{digest} {certificate} -out query"
            ));
            let question = fs::read(folder.0.join("query")).unwrap();
            let answer = authority.answer(&question, Serial([7; 20]), now());
            folder.write("reply", &answer);
            folder.write("signer.der", &authority.certificate().to_der());
            folder.openssl("x509 -inform DER -in signer.der -out signer.pem");
            for check in ["-queryfile query", "-data document"] {
                let verified = folder.openssl(&format!(
                    "ts -verify {check} -in reply -CAfile root.pem -untrusted signer.pem"
                ));
                assert!(verified.status.success(), "{digest}: {verified:?}");
            }
            let refused = folder
                .openssl("ts -verify -data other -in reply -CAfile root.pem -untrusted signer.pem");
            assert!(!refused.status.success());
        }
    }
    folder.write("reply", &refusal(Failure::UnacceptedPolicy));
    let text = folder.openssl("ts -reply -in reply -text");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(
        text.contains("Rejected") || text.contains("rejected"),
        "{text}"
    );
    assert!(
        text.contains("unaccepted policy") || text.contains("policy"),
        "{text}"
    );
}

#[test]
fn an_answer_that_openssl_gives_now_is_taken() {
    if !has_openssl() {
        return;
    }
    let folder = Folder::new("taken");
    folder.write("settings", SETTINGS.as_bytes());
    folder.write("serial", b"01");
    let asked = Request {
        imprint: Imprint::of_bytes(DOCUMENT),
        nonce: [0xfe; 16],
    };
    folder.write("query", &asked.to_der().unwrap());
    for command in [
        "req -new -x509 -days 30 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key \
         -subj /CN=live -config settings -extensions signer -out signer.pem",
        "x509 -in signer.pem -outform DER -out signer.der",
        "ts -reply -config settings -queryfile query -signer signer.pem -inkey key -out reply",
    ] {
        let done = folder.openssl(command);
        assert!(done.status.success(), "{command}: {done:?}");
    }
    let read = |name: &str| fs::read(folder.0.join(name)).unwrap();
    let trusted = [Certificate::from_der(&read("signer.der")).unwrap()];
    let answer = valise_timestamp::read_response(&read("reply"), &asked, &trusted).unwrap();
    assert_eq!(answer.verified.accuracy_millis, None);
}

const SETTINGS: &str = "
[req]
distinguished_name = name
[name]
[signer]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
";
