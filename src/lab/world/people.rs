//! What the world knows of a person besides name and password, of the devices people have and the places they are at.

use std::net::IpAddr;

use super::World;
use crate::lab::file::{Management, OwnMfa, Risk};
use crate::model::Moment;

/// How things stand with a person.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The account is switched off.
    pub disabled: bool,
    /// What the person's own setting says of a second factor.
    pub per_user_mfa: OwnMfa,
    /// Security information has to be registered at the next sign-in.
    pub must_register: bool,
    /// Sign-ins come from an address that is known to be malicious.
    pub bad_address: bool,
    pub groups: Vec<String>,
    pub roles: Vec<String>,
    pub user_risk: Risk,
    /// When the risk of the account last rose, while the lab ran.
    pub riskier_since: Option<Moment>,
    pub sign_in_risk: Risk,
    /// Where the person is, if it is said.
    pub place: Option<String>,
    /// The address the person comes from.
    pub address: Option<IpAddr>,
    /// What the person signs in from: the name of a device.
    pub device: Option<String>,
    /// The domain of the tenant the person belongs to.
    pub home: String,
    /// Domains of tenants in which the person is a guest.
    pub guest_of: Vec<String>,
    /// Policies whose terms the person has accepted.
    pub terms: Vec<String>,
}

/// A device.
#[derive(Clone, Debug)]
pub struct Machine {
    pub name: String,
    pub id: String,
    pub platform: String,
    pub state: Management,
}

/// A place.
#[derive(Clone, Debug)]
pub struct Spot {
    pub name: String,
    pub ranges: Vec<(IpAddr, u32)>,
    pub trusted: bool,
    /// The only tenants that its network lets anybody reach; empty: all.
    pub tenants: Vec<String>,
}

impl Spot {
    fn holds(&self, address: IpAddr) -> bool {
        self.ranges.iter().any(|range| within(address, *range))
    }
}

/// Whether an address is in a range.
fn within(address: IpAddr, (first, bits): (IpAddr, u32)) -> bool {
    let kept = |most: u32| most.saturating_sub(bits);
    match (address, first) {
        (IpAddr::V4(address), IpAddr::V4(first)) => {
            let rest = |a: u32| a.checked_shr(kept(32)).unwrap_or_default();
            rest(address.to_bits()) == rest(first.to_bits())
        }
        (IpAddr::V6(address), IpAddr::V6(first)) => {
            let rest = |a: u128| a.checked_shr(kept(128)).unwrap_or_default();
            rest(address.to_bits()) == rest(first.to_bits())
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}

impl World {
    /// The device of a name.
    pub fn machine(&self, name: &str) -> Option<&Machine> {
        self.machines
            .iter()
            .find(|m| m.name.eq_ignore_ascii_case(name))
    }

    /// The device of an id.
    pub fn machine_of_id(&self, id: Option<&str>) -> Option<&Machine> {
        let id = id?;
        self.machines.iter().find(|machine| machine.id == id)
    }

    /// The address a person comes from: the one that is set, or the first of the place.
    pub fn address_of(&self, standing: &Situation) -> Option<IpAddr> {
        let of_spot = || Some(self.spot_of(standing)?.ranges.first()?.0);
        standing.address.or_else(of_spot)
    }

    /// The place a person is at: the one that is named, or the first that holds the person's address.
    pub fn spot_of(&self, standing: &Situation) -> Option<&Spot> {
        let named = standing.place.as_deref();
        self.spots
            .iter()
            .find(|spot| match (named, standing.address) {
                (Some(name), _) => spot.name.eq_ignore_ascii_case(name),
                (None, Some(address)) => spot.holds(address),
                (None, None) => false,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::file::range;

    #[test]
    fn a_range_holds_its_own_addresses_alone() {
        let cases = [
            ("203.0.113.0/24", "203.0.113.9", true),
            ("203.0.113.0/24", "203.0.114.9", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("198.51.100.7/32", "198.51.100.7", true),
            ("198.51.100.7/32", "198.51.100.6", false),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("::/0", "203.0.113.9", false),
        ];
        for (text, address, inside) in cases {
            let found = within(address.parse().unwrap(), range(text).unwrap());
            assert_eq!(found, inside, "{address} in {text}");
        }
        assert_eq!(
            (range("203.0.113.0/33"), range("x/3"), range("1.1.1.1")),
            (None, None, None)
        );
    }
}
