//! Every check of a token: a forgery that it stops, and the same forgery with the check switched off, which succeeds.

mod forge;

use super::checks::{Check, Checks};
use super::{Verified, verify, verify_alone, verify_with};
use crate::authority::Serial;
use crate::names;
use crate::request::{read_response, read_response_with};
use crate::{Breach, Certificate, Digest, Imprint, Request};
use forge::{
    NOW, Shape, YEAR, authority, edit, forged, honest, request, resign, set_content, token,
};
use valise_wire::Timestamp;

/// Asserts that a token is refused with `breach`, and taken without `check`.
fn refused(check: Check, breach: Breach, token: &[u8], trusted: &[Certificate]) -> Verified {
    let imprint = request().imprint;
    assert_eq!(verify(token, &imprint, trusted), Err(breach), "{check:?}");
    let blind = verify_with(token, &imprint, trusted, Checks::ALL.without(check));
    let (verified, _) = blind.unwrap_or_else(|breach| panic!("the twin of {check:?}: {breach}"));
    verified
}

#[test]
fn an_honest_token_says_when() {
    let (authority, token) = honest();
    let verified = verify(&token, &request().imprint, &[authority.root().clone()]).unwrap();
    assert_eq!(verified.time, Timestamp(NOW.0 / 1000 * 1000));
    assert_eq!(verified.accuracy_millis, Some(1000));
    assert_eq!(verified.serial, [7; 20]);
    assert_eq!(&verified.authority, authority.certificate());
    assert_eq!(&verified.anchor, authority.root());
    assert!(verified.authority.subject().contains("office.example"));
    // The one that signed may be trusted itself.
    let signer = authority.certificate().clone();
    let verified = verify(&token, &request().imprint, std::slice::from_ref(&signer)).unwrap();
    assert_eq!(verified.anchor, signer);
}

#[test]
fn a_token_for_something_else_is_refused() {
    let (authority, trusted) = authority();
    let other = Request {
        imprint: Imprint::of_bytes(b"something else"),
        ..request()
    };
    let token = token(&authority, &other, NOW);
    refused(Check::Imprint, Breach::Imprint, &token, &trusted);
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let (authority, trusted) = authority();
    let answer = authority.answer(&request().to_der().unwrap(), Serial([7; 20]), NOW);
    assert!(read_response(&answer, &request(), &trusted).is_ok());
    for nonce in [[1; 16], [0; 16], [0xff; 16]] {
        let asked = Request { nonce, ..request() };
        assert_eq!(read_response(&answer, &asked, &trusted), Err(Breach::Nonce));
        let blind = Checks::ALL.without(Check::Nonce);
        assert!(read_response_with(&answer, &asked, &trusted, blind).is_ok());
        let own = authority.answer(&asked.to_der().unwrap(), Serial([8; 20]), NOW);
        assert!(read_response(&own, &asked, &trusted).is_ok());
    }
}

#[test]
fn another_time_under_the_same_signature_is_refused() {
    let (authority, token) = honest();
    let trusted = [authority.root().clone()];
    let later = edit(&token, |data| {
        set_content(data, |content| replace(content, b"20260921", b"20270921"));
    });
    let verified = refused(Check::Content, Breach::Content, &later, &trusted);
    assert_eq!(verified.time, Timestamp(NOW.0 / 1000 * 1000 + YEAR));
}

#[test]
fn another_time_with_its_digest_but_without_the_key_is_refused() {
    let (authority, token) = honest();
    let trusted = [authority.root().clone()];
    let later = edit(&token, |data| {
        set_content(data, |content| replace(content, b"20260921", b"20270921"));
        resign(data, None);
    });
    refused(Check::Signature, Breach::Signature, &later, &trusted);
}

#[test]
fn another_certificate_of_the_same_key_is_refused() {
    let (first, token) = honest();
    // The same key, issuer and number, but valid for longer.
    let second = forged(Shape {
        valid_millis: 30 * YEAR,
        ..Shape::default()
    });
    assert_eq!(first.root(), second.root());
    let swapped = edit(&token, |data| {
        forge::set_certificates(data, &[second.certificate()]);
    });
    let trusted = [first.root().clone()];
    let breach = Breach::AnotherCertificate;
    refused(Check::NamedCertificate, breach, &swapped, &trusted);
    let unnamed = edit(&token, |data| {
        forge::without_attribute(data, names::SIGNING_CERTIFICATE_V2);
        resign(data, Some(&forge::signer_key()));
    });
    refused(Check::NamedCertificate, breach, &unnamed, &trusted);
}

#[test]
fn a_certificate_for_something_else_is_refused() {
    for usage in [
        None,
        Some((vec![names::TIME_STAMPING], false)),
        Some((vec![names::ANY_USAGE], true)),
        Some((vec![names::TIME_STAMPING, forge::SERVER_AUTH], true)),
    ] {
        let authority = forged(Shape {
            usage,
            ..Shape::default()
        });
        let token = token(&authority, &request(), NOW);
        let trusted = [authority.root().clone()];
        refused(Check::Purpose, Breach::Purpose, &token, &trusted);
    }
    let signs_certificates = forged(Shape {
        key_usage: x509_cert::ext::pkix::KeyUsages::KeyCertSign.into(),
        ..Shape::default()
    });
    let token = token(&signs_certificates, &request(), NOW);
    let trusted = [signs_certificates.root().clone()];
    refused(Check::Purpose, Breach::Purpose, &token, &trusted);
}

#[test]
fn whoever_gives_timestamps_cannot_make_others_who_do() {
    let (authority, trusted) = authority();
    let token = forge::by_a_child_of(&authority);
    refused(Check::Issuer, Breach::Issuer, &token, &trusted);
}

#[test]
fn an_authority_that_nobody_trusts_is_refused() {
    let (_, token) = honest();
    let stranger = forge::founded("other.example", 9);
    let impostor = forge::founded("office.example", 9);
    for trusted in [vec![], vec![stranger.root().clone()]] {
        refused(Check::Trusted, Breach::Untrusted, &token, &trusted);
    }
    // The same names, other keys.
    let trusted = [impostor.root().clone()];
    refused(Check::Trusted, Breach::Untrusted, &token, &trusted);
}

#[test]
fn a_certificate_that_was_over_or_not_yet_valid_is_refused() {
    let short = forged(Shape {
        valid_millis: YEAR,
        ..Shape::default()
    });
    let trusted = [short.root().clone()];
    let begin = NOW.0 / 1000 * 1000;
    for (time, is_valid) in [
        (begin, true),
        (begin + YEAR, true),
        (begin + YEAR + 1000, false),
        (begin - 1000, false),
    ] {
        let token = forge::at(&short, Timestamp(time));
        match is_valid {
            true => drop(verify(&token, &request().imprint, &trusted).unwrap()),
            false => drop(refused(Check::Validity, Breach::NotValid, &token, &trusted)),
        }
    }
    // An authority does not say a time at which its certificate is not valid.
    let question = request().to_der().unwrap();
    let answer = short.answer(&question, Serial([7; 20]), Timestamp(begin + YEAR + 1000));
    assert_eq!(
        read_response(&answer, &request(), &trusted),
        Err(Breach::NotGranted {
            status: 2,
            failure: Some(14)
        })
    );
}

#[test]
fn a_certificate_that_wants_to_be_understood_and_is_not_is_refused() {
    let strange = forged(Shape {
        is_strange: true,
        ..Shape::default()
    });
    let token = token(&strange, &request(), NOW);
    let trusted = [strange.root().clone()];
    refused(Check::Understood, Breach::Extension, &token, &trusted);
}

#[test]
fn two_signatures_and_none_are_refused() {
    let (authority, token) = honest();
    let trusted = [authority.root().clone()];
    for count in [0, 2] {
        let changed = edit(&token, |data| forge::set_signers(data, count));
        assert_eq!(
            verify(&changed, &request().imprint, &trusted),
            Err(Breach::Signers)
        );
    }
}

#[test]
fn a_token_without_its_certificate_needs_the_trusted_one() {
    let (authority, token) = honest();
    let bare = edit(&token, |data| data.certificates = None);
    let imprint = request().imprint;
    assert_eq!(
        verify(&bare, &imprint, &[authority.root().clone()]),
        Err(Breach::NoCertificate)
    );
    assert!(verify(&bare, &imprint, &[authority.certificate().clone()]).is_ok());
}

#[test]
fn a_token_that_nobody_vouches_for_says_who_would_have_to_be_trusted() {
    let (authority, token) = honest();
    let imprint = request().imprint;
    let verified = verify_alone(&token, &imprint).unwrap();
    assert_eq!(&verified.anchor, authority.root());
    assert_eq!(verified.authority, *authority.certificate());
    let another = Imprint::sha256([9; 32]);
    assert_eq!(verify_alone(&token, &another), Err(Breach::Imprint));
    let mut changed = token.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert!(verify_alone(&changed, &imprint).is_err());
    let bare = edit(&token, |data| data.certificates = None);
    assert!(verify_alone(&bare, &imprint).is_err());
}

#[test]
fn digests_of_every_length_are_timestamped() {
    for digest in [Digest::Sha256, Digest::Sha384, Digest::Sha512] {
        let (authority, trusted) = authority();
        let asked = Request {
            imprint: forge::imprint(digest),
            ..request()
        };
        let token = token(&authority, &asked, NOW);
        assert!(verify(&token, &asked.imprint, &trusted).is_ok());
    }
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let at = bytes.windows(from.len()).position(|part| part == from);
    bytes[at.unwrap()..][..to.len()].copy_from_slice(to);
}
