//! What the world knows for the lab's other surfaces: keys that were rotated, families of refresh tokens, tokens that
//! were revoked, identities of machines.

use std::time::Duration;

use super::super::kit::Keys;
use super::super::shelf::Shelf;
use crate::model::{Moment, SurfaceChange};

/// How long the old key stays published after a rotation.
const OVERLAP: Duration = Duration::from_hours(24);

/// Settings of an application for these surfaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// Whether the authorization endpoint may give it ID tokens.
    pub implicit_id_token: bool,
    /// Whether the authorization endpoint may give it access tokens.
    pub implicit_access_token: bool,
    /// Whether it is registered in the second cloud.
    pub second_cloud: bool,
}

/// A refresh token as a member of the family of one sign-in.
#[derive(Clone, Debug)]
pub struct Member {
    pub family: String,
    pub spent: bool,
}

/// An identity of a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    /// Client id.
    pub client: String,
    /// Object id.
    pub object: String,
    /// Resource id, e.g. `/subscriptions/…/userAssignedIdentities/jobs`; empty for the system-assigned one.
    pub path: String,
}

/// What the identity endpoints were told to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentityFault {
    pub status: u16,
    /// To how many requests more.
    pub times: u32,
}

/// The challenge of an Arc machine: a file that only its administrators can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArcKey {
    pub path: String,
    pub content: String,
}

/// All of it.
#[derive(Clone, Debug)]
pub struct Surfaces {
    /// How often the keys were rotated.
    pub rotations: u32,
    /// Until when the key before is published.
    pub old_key_until: Option<Moment>,
    pub families: Shelf<Member>,
    /// Ids of access tokens that were revoked.
    pub revoked: Shelf<()>,
    pub identities: Vec<Identity>,
    pub identity_fault: Option<IdentityFault>,
    /// The header value that App Service, Service Fabric and Machine Learning want.
    pub identity_secret: String,
    pub arc: ArcKey,
}

impl Default for Surfaces {
    fn default() -> Self {
        Self {
            rotations: 0,
            old_key_until: None,
            families: Shelf::new(10_000),
            revoked: Shelf::new(10_000),
            identities: Vec::new(),
            identity_fault: None,
            identity_secret: String::new(),
            arc: ArcKey::default(),
        }
    }
}

impl Surfaces {
    /// The keys in use.
    pub fn keys(&self, at: Moment) -> Keys {
        let overlaps = self.old_key_until.is_some_and(|until| at < until);
        Keys {
            current: self.rotations,
            oldest: self.rotations.saturating_sub(u32::from(overlaps)),
        }
    }

    /// Performs a change.
    pub fn change(&mut self, change: SurfaceChange, at: Moment) {
        match change {
            SurfaceChange::UseRefreshTokens => self.use_refresh_tokens(),
            SurfaceChange::RotateKeys => self.rotate(at),
            SurfaceChange::IdentityFault(fault) => self.fail_identities(fault),
        }
    }

    /// Makes the identity endpoints answer with a status so many times, or as they should.
    fn fail_identities(&mut self, fault: Option<(u16, u32)>) {
        self.identity_fault = fault.map(|(status, times)| IdentityFault { status, times });
    }

    /// Marks every refresh token that works only once as used.
    fn use_refresh_tokens(&mut self) {
        while let Some(key) = self.families.find(|member| !member.spent) {
            if let Some(member) = self.families.get_mut(&key) {
                member.spent = true;
            }
        }
    }

    /// Brings the next key; the one before stays published for a day.
    fn rotate(&mut self, at: Moment) {
        self.rotations = self.rotations.saturating_add(1);
        self.old_key_until = Some(at.plus(OVERLAP));
    }
}
