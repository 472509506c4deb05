//! Authorities and tokens as nobody honest makes them.

use crate::authority::issue::{self, Plan};
use crate::authority::{Authority, Pair, Serial};
use crate::names;
use crate::structure::{self, MessageImprint};
use crate::{Certificate, Digest, Imprint, Request};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{CertificateSet, SignedData, SignerInfo, SignerInfos};
use der::asn1::{ObjectIdentifier, OctetString, OctetStringRef, SetOfVec};
use der::flagset::FlagSet;
use der::{Any, Decode, Encode};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use valise_wire::Timestamp;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};
use x509_cert::time::Validity;
use zeroize::Zeroizing;

pub(super) const NOW: Timestamp = Timestamp(1_790_000_000_123);
pub(super) const YEAR: u64 = 365 * 24 * 60 * 60 * 1000;
pub(super) const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");

pub(super) fn request() -> Request {
    Request {
        imprint: Imprint::of_bytes(b"a letter"),
        nonce: [0x9a; 16],
    }
}

pub(super) fn imprint(digest: Digest) -> Imprint {
    Imprint::read(&MessageImprint {
        algorithm: digest.algorithm(),
        digest: OctetString::new(digest.of(b"a letter")).unwrap(),
    })
    .unwrap()
}

pub(super) fn founded(organisation: &str, seed: u8) -> Authority {
    let secrets = [[seed; 32], [seed + 1; 32]].map(Zeroizing::new);
    Authority::found(organisation, secrets, NOW).unwrap()
}

pub(super) fn authority() -> (Authority, [Certificate; 1]) {
    let authority = founded("office.example", 1);
    let trusted = [authority.root().clone()];
    (authority, trusted)
}

pub(super) fn honest() -> (Authority, Vec<u8>) {
    let (authority, _) = authority();
    let token = token(&authority, &request(), NOW);
    (authority, token)
}

pub(super) fn token(authority: &Authority, asked: &Request, now: Timestamp) -> Vec<u8> {
    let answer = authority.answer(&asked.to_der().unwrap(), Serial([7; 20]), now);
    let (_, token) = structure::read_response(&answer).unwrap();
    token.expect("granted").to_vec()
}

/// The key with which [`authority`] signs.
pub(super) fn signer_key() -> SigningKey {
    SigningKey::from_slice(&[2; 32]).unwrap()
}

/// A token of an authority that says any time, whether its certificate was valid then or not.
pub(super) fn at(authority: &Authority, time: Timestamp) -> Vec<u8> {
    let said = |time| crate::time::GenTime::at(time).unwrap().to_der().unwrap();
    let (from, to) = (said(NOW), said(time));
    edit(&token(authority, &request(), NOW), |data| {
        set_content(data, |content| super::replace(content, &from, &to));
        resign(data, Some(&signer_key()));
    })
}

/// What a signing certificate says; by default, what an honest one does.
pub(super) struct Shape {
    pub(super) usage: Option<(Vec<ObjectIdentifier>, bool)>,
    pub(super) key_usage: FlagSet<KeyUsages>,
    pub(super) valid_millis: u64,
    pub(super) is_strange: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            usage: Some((vec![names::TIME_STAMPING], true)),
            key_usage: KeyUsages::DigitalSignature.into(),
            valid_millis: 10 * YEAR,
            is_strange: false,
        }
    }
}

/// The authority of [`authority`], with a signing certificate of any shape.
pub(super) fn forged(shape: Shape) -> Authority {
    let honest = founded("office.example", 1);
    let root_key = SigningKey::from_slice(&[1; 32]).unwrap();
    let certificate = issued(&root_key, &signer_key(), honest.root(), shape);
    let root = Pair::forged(root_key, honest.root().clone());
    Authority::forged(root, Pair::forged(signer_key(), certificate))
}

/// A token of an authority whose certificate was issued by one that gives timestamps itself.
pub(super) fn by_a_child_of(authority: &Authority) -> Vec<u8> {
    let key = SigningKey::from_slice(&[5; 32]).unwrap();
    let parent = authority.certificate();
    let certificate = issued(&signer_key(), &key, parent, Shape::default());
    let between = Pair::forged(signer_key(), parent.clone());
    let child = Authority::forged(between, Pair::forged(key, certificate));
    token(&child, &request(), NOW)
}

fn issued(by: &SigningKey, key: &SigningKey, issuer: &Certificate, shape: Shape) -> Certificate {
    let mut extensions =
        vec![issue::extension(names::KEY_USAGE, true, &KeyUsage(shape.key_usage)).unwrap()];
    if let Some((usage, critical)) = shape.usage {
        let usage = ExtendedKeyUsage(usage);
        extensions.push(issue::extension(names::EXTENDED_KEY_USAGE, critical, &usage).unwrap());
    }
    if shape.is_strange {
        extensions.push(issue::extension(SERVER_AUTH, true, &names::P256).unwrap());
    }
    issue::certificate(Plan {
        issuer: issuer.x509().tbs_certificate.subject.clone(),
        subject: issue::name("office.example", "a forgery").unwrap(),
        validity: Validity {
            not_before: issue::time(NOW).unwrap(),
            not_after: issue::time(NOW.plus_millis(shape.valid_millis)).unwrap(),
        },
        key,
        extensions,
        signer: by,
    })
    .unwrap()
}

/// Changes what is in a token's envelope.
pub(super) fn edit(token: &[u8], change: impl FnOnce(&mut SignedData)) -> Vec<u8> {
    let mut outer = ContentInfo::from_der(token).unwrap();
    let mut data: SignedData = outer.content.decode_as().unwrap();
    change(&mut data);
    outer.content = Any::encode_from(&data).unwrap();
    outer.to_der().unwrap()
}

pub(super) fn set_content(data: &mut SignedData, change: impl FnOnce(&mut Vec<u8>)) {
    let mut content = content(data);
    change(&mut content);
    let changed = OctetString::new(content).unwrap();
    data.encap_content_info.econtent = Some(Any::encode_from(&changed).unwrap());
}

pub(super) fn set_certificates(data: &mut SignedData, certificates: &[&Certificate]) {
    let choices = certificates.iter();
    let choices: Vec<_> = choices
        .map(|one| CertificateChoices::Certificate(one.x509().clone()))
        .collect();
    data.certificates = Some(CertificateSet(SetOfVec::try_from(choices).unwrap()));
}

pub(super) fn set_signers(data: &mut SignedData, count: u8) {
    let signers: Vec<SignerInfo> = (0..count)
        .map(|number| {
            let mut info = data.signer_infos.0.as_slice()[0].clone();
            info.signature = OctetString::new([number]).unwrap();
            info
        })
        .collect();
    data.signer_infos = SignerInfos(SetOfVec::try_from(signers).unwrap());
}

pub(super) fn without_attribute(data: &mut SignedData, kind: ObjectIdentifier) {
    change_attributes(data, |attributes| {
        attributes.retain(|attribute| attribute.oid != kind);
    });
}

/// Puts the content's digest into what is signed, and signs it anew if there is a key.
pub(super) fn resign(data: &mut SignedData, key: Option<&SigningKey>) {
    let digest = OctetString::new(Digest::Sha256.of(&content(data))).unwrap();
    change_attributes(data, |attributes| {
        let held = attributes
            .iter_mut()
            .find(|attribute| attribute.oid == names::MESSAGE_DIGEST);
        let value = Any::encode_from(&digest).unwrap();
        held.unwrap().values = SetOfVec::try_from(vec![value]).unwrap();
    });
    let Some(key) = key else {
        return;
    };
    let mut info = data.signer_infos.0.as_slice()[0].clone();
    let signed: Signature = key.sign(&info.signed_attrs.as_ref().unwrap().to_der().unwrap());
    info.signature = OctetString::new(signed.to_der().as_bytes()).unwrap();
    data.signer_infos = SignerInfos(SetOfVec::try_from(vec![info]).unwrap());
}

fn change_attributes(data: &mut SignedData, change: impl FnOnce(&mut Vec<Attribute>)) {
    let mut info = data.signer_infos.0.as_slice()[0].clone();
    let mut attributes: Vec<_> = info.signed_attrs.unwrap().iter().cloned().collect();
    change(&mut attributes);
    info.signed_attrs = Some(SetOfVec::try_from(attributes).unwrap());
    data.signer_infos = SignerInfos(SetOfVec::try_from(vec![info]).unwrap());
}

fn content(data: &SignedData) -> Vec<u8> {
    let content = data.encap_content_info.econtent.as_ref().unwrap();
    let content: &OctetStringRef = &content.decode_as().unwrap();
    content.as_bytes().to_vec()
}
