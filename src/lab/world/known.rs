//! Consent to an API and to what that API asks for itself, in one go: where the API names the client as one of its own
//! (`knownClientApplications` of its registration) and everything is asked for (`/.default`).

use super::{Client, Consent, Wanted, World, permissions_of};

impl World {
    /// The API that is asked for, if it names the client as one of its own.
    fn tier(&self, client: &Client, wanted: &Wanted) -> Option<&Client> {
        let api = self.resource(&wanted.resource)?;
        let tier = self.client(&api.id).filter(|_| wanted.default)?;
        let knows = |name: &String| name.eq_ignore_ascii_case(&client.name);
        tier.known_clients.iter().any(knows).then_some(tier)
    }

    /// What the API asks for itself and nobody has consented to yet: a consent for each of its resources.
    pub fn unconsented_along(&self, client: &Client, user: &str, wanted: &Wanted) -> Vec<Consent> {
        let Some(tier) = self.tier(client, wanted) else {
            return Vec::new();
        };
        let missing = |resource: &String| {
            let given = self.consented(tier, user, resource);
            let mut scopes = permissions_of(tier, resource);
            scopes.retain(|scope| !given.contains(scope));
            Consent {
                client: tier.id.clone(),
                resource: resource.clone(),
                scopes,
                user: Some(user.to_owned()),
            }
        };
        let resources = tier.permissions.iter().map(|(resource, _)| resource);
        let all = resources.map(missing);
        all.filter(|consent| !consent.scopes.is_empty()).collect()
    }
}
