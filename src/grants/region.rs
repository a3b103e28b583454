//! Which region's token endpoint an application asks: the one that is named, or that the machine says it is in, as MSAL
//! finds it (protocol page "regional endpoints"). Where no region can be told the global one is asked.

use serde_json::Value as Json;
use url::Url;

use super::{Ended, Grant, Input, Log, Metadata, Next};
use crate::model::authority::{ENTRA_CLOUDS, cloud_of};
use crate::model::{Event, Exchange, Header, Moment, Purpose, Region, Request, region};
use crate::strings::grants as say;

/// Where a virtual machine says what it is (IMDS).
const MACHINE: &str = "http://169.254.169.254/metadata/instance/compute?api-version=2021-02-01";
/// The variables that name the region, in the order in which they count.
pub const VARIABLES: [&str; 2] = ["MSAL_FORCE_REGION", "REGION_NAME"];
/// What the regional hosts of the public cloud end with.
const PUBLIC: &str = "login.microsoft.com";

/// Finds the region, and ends with the metadata as it is there.
pub struct Regional {
    metadata: Metadata,
    /// The region, if it is known without asking.
    known: Option<String>,
}

impl Regional {
    /// `variables`: what the environment says, in the order of [`VARIABLES`].
    pub fn new(metadata: Metadata, wanted: &Region, variables: &[String]) -> Self {
        let of_variables = || variables.iter().find_map(|text| region::of_machine(text));
        let known = match wanted {
            Region::Named(name) => Some(name.clone()),
            Region::Auto => of_variables(),
        };
        Self { metadata, known }
    }

    fn start(&mut self, log: &mut Log) -> Next {
        if let Some(region) = self.known.take() {
            return self.at(&region, log);
        }
        let mut request = Request::get(MACHINE, Purpose::Discovery);
        request.headers.push(Header::new("Metadata", "true"));
        Next::Send(request)
    }

    fn at(&mut self, region: &str, log: &mut Log) -> Next {
        let Some(endpoint) = regional(&self.metadata.token_endpoint, region) else {
            log.say(say::NO_REGION_THERE);
            return self.end();
        };
        log.say(say::region(region, &endpoint));
        self.metadata.regional_token_endpoint = Some(endpoint);
        self.end()
    }

    fn end(&self) -> Next {
        Next::Ended(Ended::Known(Box::new(self.metadata.clone())))
    }

    fn told(&mut self, exchange: &Exchange, log: &mut Log) -> Next {
        let reply = exchange.reply.as_ref().filter(|reply| reply.status == 200);
        let place = reply.and_then(|reply| {
            let told: Json = serde_json::from_slice(&reply.body).ok()?;
            region::of_machine(told.get("location")?.as_str()?)
        });
        if let Some(place) = place {
            return self.at(&place, log);
        }
        log.say(say::REGION_UNKNOWN);
        self.end()
    }
}

/// The token endpoint of a region; `None` where the host has no regions.
fn regional(endpoint: &str, region: &str) -> Option<String> {
    let mut url = Url::parse(endpoint).ok()?;
    let host = url.host_str()?;
    let cloud = cloud_of(host)?;
    let public = ENTRA_CLOUDS.first().and_then(|hosts| hosts.first()) == Some(&cloud);
    let host = if public {
        PUBLIC.to_owned()
    } else {
        host.to_owned()
    };
    url.set_host(Some(&format!("{region}.{host}"))).ok()?;
    Some(url.into())
}

impl Grant for Regional {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.start(&mut log),
            Input::Exchange(exchange) => self.told(exchange, &mut log),
            Input::Woken => self.end(),
            Input::Redirect(_)
            | Input::Verified(_)
            | Input::Answer(_)
            | Input::Pasted(_)
            | Input::Cancelled => Next::Ended(Ended::Cancelled),
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{at, faulty, metadata, reply};
    use crate::model::FaultKind;

    fn endpoint_of(next: &Next) -> Option<&str> {
        match next {
            Next::Ended(Ended::Known(metadata)) => metadata.regional_token_endpoint.as_deref(),
            other => panic!("{other:?}"),
        }
    }

    fn known(endpoint: &str) -> Metadata {
        Metadata {
            token_endpoint: endpoint.into(),
            ..metadata()
        }
    }

    const PUBLIC_TOKEN: &str = "https://login.microsoftonline.com/t1/oauth2/v2.0/token";
    const THERE: &str = "https://westeurope.login.microsoft.com/t1/oauth2/v2.0/token";

    #[test]
    fn a_named_region_is_asked_without_a_question() {
        let region = Region::parse("West Europe", "--region").unwrap();
        let (next, _) =
            Regional::new(known(PUBLIC_TOKEN), &region, &[]).resume(Input::Start, at(0));
        assert_eq!(endpoint_of(&next), Some(THERE));
        let (next, _) = Regional::new(
            known("https://login.microsoftonline.us/t1/oauth2/v2.0/token"),
            &Region::Named("usgovvirginia".into()),
            &[],
        )
        .resume(Input::Start, at(0));
        let government = "https://usgovvirginia.login.microsoftonline.us/t1/oauth2/v2.0/token";
        assert_eq!(endpoint_of(&next), Some(government));
    }

    #[test]
    fn the_machine_is_asked_where_no_variable_tells_it() {
        let mut told = Regional::new(known(PUBLIC_TOKEN), &Region::Auto, &["West Europe".into()]);
        assert_eq!(
            endpoint_of(&told.resume(Input::Start, at(0)).0),
            Some(THERE)
        );
        let mut asks = Regional::new(known(PUBLIC_TOKEN), &Region::Auto, &["not a.region".into()]);
        let (next, _) = asks.resume(Input::Start, at(0));
        let Next::Send(request) = next else {
            panic!("{next:?}")
        };
        assert_eq!(request.url, MACHINE);
        let said = reply(200, r#"{"location":"westeurope"}"#);
        let (next, _) = asks.resume(Input::Exchange(&said), at(1));
        assert_eq!(endpoint_of(&next), Some(THERE));
    }

    #[test]
    fn the_global_endpoint_stays_where_no_region_can_be_told() {
        for exchange in [
            faulty(FaultKind::ConnectTimeout),
            reply(404, "{}"),
            reply(200, "[]"),
            reply(200, r#"{"location":"evil.example/"}"#),
        ] {
            let mut asks = Regional::new(known(PUBLIC_TOKEN), &Region::Auto, &[]);
            asks.resume(Input::Start, at(0));
            let (next, _) = asks.resume(Input::Exchange(&exchange), at(1));
            assert_eq!(endpoint_of(&next), None);
        }
        let elsewhere = known("https://id.contoso.example/token");
        let mut none = Regional::new(elsewhere, &Region::Named("westeurope".into()), &[]);
        assert_eq!(endpoint_of(&none.resume(Input::Start, at(0)).0), None);
    }
}
