//! The bytes of every statement, link and signature, with fixed keys: a change here is a change of the protocol.

mod world;

use valise_directory::invite::revoke;
use valise_directory::keeper::{self, Asks, ML_DSA_65_BYTES, SealKeys};
use valise_directory::keys::{HubKey, IntroductionKey};
use valise_directory::link::PartnerLink;
use valise_directory::partner::{self, Card, PartnerKey};
use valise_directory::residency::{self, Accepts, Exception};
use valise_directory::statement::digest;
use valise_directory::{AddressTag, channel, sign_in, update};
use valise_wire::request::{Challenge, GetChannel};
use valise_wire::{Octets, OrganisationId, to_bytes};
use world::{DAY, DOMAIN, NOW, ORIGIN, World, device, nobody, plan};

const THEIRS: &str = "https://bank.example";

const GOLDEN: &str = include_str!("golden.txt");

#[test]
fn bytes_are_what_they_were() {
    let mut world = World::new();
    let mut lines = Vec::new();
    let names = [
        "organisation",
        "mandate",
        "invitation",
        "account",
        "device-list",
        "profile",
    ];
    for (name, statement) in names.iter().zip(&world.log) {
        lines.push(format!("{name} = {}", hex::encode(to_bytes(statement))));
    }
    let link = world.invite(plan(nobody()));
    lines.push(format!("link = {}", link.to_url()));
    let revoked = revoke(&world.issuer(), link.invitation, NOW);
    lines.push(format!(
        "invitation-revocation = {}",
        hex::encode(to_bytes(&revoked))
    ));
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    lines.push(format!(
        "account-revocation = {}",
        hex::encode(to_bytes(&ended))
    ));
    lines.push(format!("digest = {}", hex::encode(digest(&ended))));
    let head = world.client().head();
    lines.push(format!(
        "head {} = {}",
        head.position,
        hex::encode(head.chain)
    ));
    let (key, device) = device(2);
    let challenge = Challenge { nonce: [3; 32] };
    let organisation = world.founded.organisation;
    let request = sign_in::sign_in(
        organisation,
        DOMAIN,
        world.member_id(),
        device.id,
        &challenge,
        &key,
    );
    lines.push(format!("sign-in = {}", hex::encode(to_bytes(&request))));
    lines.push(channel_line(organisation));
    let tag = world
        .founded
        .directory_key
        .address_tag(&world::profile("сосо", "Coco").address);
    lines.push(format!(
        "address-tag сосо@{DOMAIN} = {}",
        hex::encode(tag.0)
    ));
    lines.push(format!(
        "directory-key = {}",
        hex::encode(*world.founded.directory_key.to_bytes())
    ));
    lines.push(format!("fingerprint = {}", world.client().fingerprint()));
    lines.extend(renewal_lines());
    lines.extend(partner_lines());
    let statement = World::new().evidence_key(51, 2);
    lines.push(format!(
        "evidence-key = {}",
        hex::encode(to_bytes(&statement))
    ));
    lines.extend(law_lines());
    lines.extend(keeper_lines());
    let said = World::new().deadlines(0, &[1, 3]);
    lines.push(format!("deadlines = {}", hex::encode(to_bytes(&said))));
    let found: Vec<&str> = lines.iter().map(String::as_str).collect();
    let golden: Vec<&str> = GOLDEN
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    assert_eq!(found, golden, "\n{}\n", found.join("\n"));
}

/// What a server says of its one certificate.
fn channel_line(organisation: OrganisationId) -> String {
    let asked = GetChannel { nonce: [3; 32] };
    let own = Some(vec![[4; 32]]);
    let key = HubKey::from_seed(&[9; 32]);
    let channel = channel::answer(organisation, DOMAIN, &asked, own, &key);
    format!("channel = {}", hex::encode(to_bytes(&channel)))
}

/// A renewal from the offer on, in a world of its own.
fn renewal_lines() -> Vec<String> {
    let mut world = World::new();
    let second = world.second_registrar();
    let link = world.offer_renewal();
    let first = world.log.len() - 1;
    world.confirm_renewal(&second, &link, NOW);
    let veto = world.veto(&link);
    let withdrawal = world.withdraw(&link);
    let renewed = world.renew(&link, NOW.plus_millis(DAY));
    let kinds = [
        ("renewal-offer", &world.log[first]),
        ("renewal-confirmation", &world.log[first + 1]),
        ("renewal-withdrawal", &withdrawal),
        ("renewal-veto", &veto),
        ("renewal", &renewed),
    ];
    let mut lines: Vec<String> = kinds
        .iter()
        .map(|(name, statement)| format!("{name} = {}", hex::encode(to_bytes(*statement))))
        .collect();
    lines.push(format!("renewal-link = {}", link.to_url()));
    let reading = valise_directory::renewal::read_renewal(
        world.founded.organisation,
        link.renewal,
        3,
        &link.key,
    );
    lines.push(format!(
        "renewal-reading = {}",
        hex::encode(to_bytes(&reading))
    ));
    lines
}

/// Under whose law an organisation stands, and with whom it works.
fn law_lines() -> Vec<String> {
    let world = World::new();
    let issuer = world.issuer();
    let codes = || vec!["DE".to_owned(), "FR".to_owned()];
    let accepts = vec![Accepts::Requests, Accepts::Rooms];
    let partner = OrganisationId([8; 32]);
    let allowed = true;
    let exceptions = vec![Exception { partner, allowed }];
    let said = residency::document(&issuer, 0, codes(), accepts, NOW);
    let rule = residency::residency(&issuer, 0, codes(), exceptions, NOW);
    vec![
        format!("organisation-document = {}", hex::encode(to_bytes(&said))),
        format!("residency = {}", hex::encode(to_bytes(&rule))),
    ]
}

/// What is said of a partner, a card, a link, and an introduction by it.
fn partner_lines() -> Vec<String> {
    let mut world = World::new();
    let mut rng = world.rng.clone();
    let partner_id = OrganisationId([8; 32]);
    let key = PartnerKey::from_bytes(&[5; 32]);
    let issuer = world.issuer();
    let made = partner::partner(&issuer, partner_id, 1, THEIRS, &key, NOW, &mut rng);
    let ended = partner::end(&issuer, partner_id, 2, NOW);
    let card = Card {
        organisation: world.founded.organisation,
        account: world.member_id(),
        partner: partner_id,
        version: 1,
        address_tag: AddressTag([0; 32]),
        sealed: Octets::default(),
    };
    let details = world::profile("anna", "Anna Novak");
    let by = world.member.account_key.clone();
    let card = partner::card(card, &details, &key, &by, &mut world.rng);
    let link = PartnerLink {
        origin: THEIRS.into(),
        organisation: partner_id,
        partner_key: key,
        key: IntroductionKey::from_seed(&[6; 32]),
    };
    let own = world.founded.organisation;
    let statement = world.log[0].clone();
    let introduction = partner::introduce(statement, own, ORIGIN, partner_id, &link.key);
    vec![
        format!("partner = {}", hex::encode(to_bytes(&made))),
        format!("partner-ended = {}", hex::encode(to_bytes(&ended))),
        format!("card = {}", hex::encode(to_bytes(&card))),
        format!("partner-link = {}", link.to_url()),
        format!("introduction = {}", hex::encode(to_bytes(&introduction))),
    ]
}

/// Who may seal, with what, until when; and what requests need.
fn keeper_lines() -> Vec<String> {
    let world = World::new();
    let (issuer, anna) = (world.issuer(), world.member_id());
    let said = SealKeys {
        organisation: world.founded.organisation,
        account: anna,
        ed25519: [5; 32],
        ml_dsa_65: Octets(vec![6; ML_DSA_65_BYTES]),
        created_at: NOW,
    };
    let seeds = world.member.account_key.seal_seeds();
    let statements = [
        ("seal-mandate", keeper::mandate(&issuer, anna, NOW)),
        ("seal-mandate-end", keeper::end(&issuer, anna, NOW)),
        ("seal-keys", keeper::keys(&said, &world.member.account_key)),
        (
            "request-policy",
            keeper::policy(&issuer, 0, Asks::FourEyes, true, NOW),
        ),
    ];
    let lines = statements
        .iter()
        .map(|(name, statement)| format!("{name} = {}", hex::encode(to_bytes(statement))));
    let seeds = seeds.iter().map(|seed| hex::encode(**seed));
    let seeds: Vec<String> = seeds.collect();
    lines
        .chain([format!("seal-seeds = {}", seeds.join(" "))])
        .collect()
}
