//! Inviting, and looking at an invitation before it is taken.

use crate::Breach;
use crate::join::random_id;
use crate::keys::{InvitationKey, RegistrarKey, Signer};
use crate::link::InvitationLink;
use crate::seal::{DirectoryKey, InvitationDetails, ProfileDetails};
use crate::statement::{
    Invitation, InvitationRevocation, Mandate, Organisation, Profile, Role, read, sign, verify,
};
use rand_core::CryptoRngCore;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, InvitationId, OrganisationId, Timestamp};

/// A registrar at work.
#[derive(Clone, Copy)]
pub struct Issuer<'a> {
    /// Where.
    pub organisation: OrganisationId,
    /// Who.
    pub account: AccountId,
    /// With which mandate.
    pub registrar_key: &'a RegistrarKey,
    /// What names are sealed with.
    pub directory_key: &'a DirectoryKey,
}

/// What a registrar decides about an invitation.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What the account is meant to be.
    pub role: Role,
    /// Last instant at which it can be used.
    pub not_after: Timestamp,
    /// How many accounts it makes; taken as 1 when there is an address.
    pub uses: u32,
    /// What is said about the person.
    pub details: InvitationDetails,
    /// The registrar's clock.
    pub now: Timestamp,
}

/// Makes an invitation and its link. The link is the only place where its key stands.
pub fn invite(
    issuer: &Issuer<'_>,
    plan: Plan,
    origin: &str,
    rng: &mut dyn CryptoRngCore,
) -> (SignedStatement, InvitationLink) {
    let key = InvitationKey::generate(rng);
    let id = InvitationId(random_id(rng));
    let address_tag = plan
        .details
        .address
        .as_ref()
        .map(|address| issuer.directory_key.address_tag(address));
    let sealed = issuer
        .directory_key
        .seal_invitation(issuer.organisation, id, &plan.details, rng);
    let invitation = Invitation {
        organisation: issuer.organisation,
        id,
        key: key.public(),
        issuer: issuer.account,
        role: plan.role,
        not_after: plan.not_after,
        uses: if address_tag.is_some() { 1 } else { plan.uses },
        address_tag,
        sealed,
        created_at: plan.now,
    };
    let link = InvitationLink {
        origin: origin.to_owned(),
        invitation: id,
        key,
        directory_key: issuer.directory_key.clone(),
        organisation: issuer.organisation,
    };
    (sign(&invitation, issuer.registrar_key), link)
}

/// Ends an invitation.
pub fn revoke(issuer: &Issuer<'_>, invitation: InvitationId, now: Timestamp) -> SignedStatement {
    let revocation = InvitationRevocation {
        organisation: issuer.organisation,
        invitation,
        at: now,
        by: issuer.account,
    };
    sign(&revocation, issuer.registrar_key)
}

/// What an invited person is shown before joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The organisation, verified against the link.
    pub organisation: Organisation,
    /// The invitation, verified by the registrar's mandate.
    pub invitation: Invitation,
    /// What the registrar says about the person.
    pub details: InvitationDetails,
    /// The registrar's profile, as somebody of the organisation sealed it; the server cannot have made it up.
    pub inviter: Option<ProfileDetails>,
}

/// Checks what a server answers about a link: organisation, mandate, invitation, and perhaps the issuer's profile.
pub fn check(link: &InvitationLink, statements: &[SignedStatement]) -> Result<Offer, Breach> {
    let [organisation, mandate, invitation, rest @ ..] = statements else {
        return Err(Breach::UnexpectedKind);
    };
    let first = organisation;
    let organisation: Organisation = read(first)?;
    if organisation.key.organisation() != link.organisation {
        return Err(Breach::AnotherOrganisation);
    }
    verify::<Organisation>(first, organisation.key)?;
    let registrar: Mandate = read(mandate)?;
    verify::<Mandate>(mandate, organisation.key)?;
    let claimed: Invitation = read(invitation)?;
    if registrar.organisation != link.organisation || claimed.organisation != link.organisation {
        return Err(Breach::AnotherOrganisation);
    }
    if claimed.issuer != registrar.account {
        return Err(Breach::NotRegistrar);
    }
    verify::<Invitation>(invitation, registrar.registrar_key)?;
    if claimed.id != link.invitation || claimed.key != link.key.public() {
        return Err(Breach::NoInvitation);
    }
    let details =
        link.directory_key
            .open_invitation(link.organisation, claimed.id, &claimed.sealed)?;
    let inviter = rest
        .first()
        .and_then(|profile| read::<Profile>(profile).ok())
        .and_then(|profile| {
            let issued = profile.account == claimed.issuer;
            let opened = link.directory_key.open_profile(
                link.organisation,
                profile.account,
                profile.version,
                &profile.sealed,
            );
            opened.ok().filter(|_| issued)
        });
    Ok(Offer {
        organisation,
        invitation: claimed,
        details,
        inviter,
    })
}
