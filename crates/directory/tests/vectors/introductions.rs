//! The link by which two organisations become partners, and who introduces himself by it: `introductions-good.txt` and
//! `introductions-bad.txt`.

use super::reason;
use super::story::{PARTNER, Story, THEIRS, partner_key};
use super::text::{File, lines};
use super::world::ORIGIN;
use valise_directory::Breach;
use valise_directory::keys::{IntroductionKey, Signer as _};
use valise_directory::link::PartnerLink;
use valise_directory::partner::{check_introduction, introduce};
use valise_wire::partner::Introduction;
use valise_wire::{OrganisationId, from_bytes, to_bytes};

fn link() -> PartnerLink {
    PartnerLink {
        origin: THEIRS.into(),
        organisation: PARTNER,
        partner_key: partner_key(),
        key: IntroductionKey::from_seed(&[6; 32]),
    }
}

/// The organisation of the story introduces itself to the partner.
fn honest(story: &Story) -> Introduction {
    let own = story.world.founded.organisation;
    introduce(story.at(1).clone(), own, ORIGIN, PARTNER, &link().key)
}

/// What the partner's client finds, who has the link.
fn found(introduction: &Introduction) -> Result<OrganisationId, Breach> {
    check_introduction(introduction, PARTNER).map(|(organisation, _)| organisation)
}

#[test]
fn an_introduction_is_what_it_was() {
    let story = Story::told();
    let introduction = honest(&story);
    assert_eq!(found(&introduction), Ok(story.world.founded.organisation));
    let mut file = File::new(
        "A link by which two organisations become partners (federation.md §2), and the introduction of the organisation of directory-good.txt by it, as call 0 has it.",
    );
    file.text("link", &link().to_url());
    file.put("organisation", PARTNER.0);
    file.put("partner-key", *link().partner_key.to_bytes());
    file.put("introduction-seed", *link().key.to_seed());
    file.put("introduction-key", link().key.public().0);
    file.put("introduction", to_bytes(&introduction));
    file.compare("introductions-good.txt");
}

#[test]
fn what_is_no_introduction_is_what_it_was() {
    let story = Story::told();
    let own = story.world.founded.organisation;
    let made = |origin: &str, to, seed: u8| {
        let key = IntroductionKey::from_seed(&[seed; 32]);
        introduce(story.at(1).clone(), own, origin, to, &key)
    };
    let with = |change: &dyn Fn(&mut Introduction)| {
        let mut introduction = honest(&story);
        change(&mut introduction);
        introduction
    };
    let long = format!("https://{}.example", "a".repeat(240));
    let cases = [
        (
            "For another organisation.",
            made(ORIGIN, OrganisationId([9; 32]), 6),
        ),
        (
            "An origin with a path.",
            made("https://chat.ministry.example/x", PARTNER, 6),
        ),
        (
            "An origin without a scheme.",
            made("chat.ministry.example", PARTNER, 6),
        ),
        ("An origin of 256 bytes.", made(&long, PARTNER, 6)),
        (
            "Another origin than was signed.",
            with(&|it| it.origin = THEIRS.into()),
        ),
        (
            "One bit of the signature is another one.",
            with(&|it| it.signature[0] ^= 1),
        ),
        (
            "Another key than the one that signed.",
            with(&|it| it.key = [9; 32]),
        ),
        (
            "A statement that is none of an organisation.",
            with(&|it| it.organisation = story.at(2).clone()),
        ),
        (
            "A statement whose signature does not hold.",
            with(&|it| it.organisation.signature[0] ^= 1),
        ),
    ];
    let mut file = File::new(
        "What is no introduction to the organisation of introductions-good.txt. Before the colon: why it is refused. That the key is one of a link of one's own is to be checked besides.",
    );
    for (why, introduction) in cases {
        file.say(why);
        file.put(
            &reason(&found(&introduction).expect_err(why)),
            to_bytes(&introduction),
        );
    }
    file.compare("introductions-bad.txt");
    for (why, digits) in lines("introductions-bad.txt") {
        let introduction = from_bytes(&hex::decode(digits).unwrap()).unwrap();
        assert_eq!(reason(&found(&introduction).unwrap_err()), why);
    }
}
