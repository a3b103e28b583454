//! Settings of an app for the authorization endpoint's own tokens and for clouds.

use super::{Setting, Values, YES_NO, word, yes_no};
use crate::lab::world::Client;

pub const IMPLICIT_ID_TOKEN: Setting<Client> = Setting {
    key: "implicit-id-token",
    values: YES_NO,
    read: |client| word(client.surface.implicit_id_token).to_owned(),
    set: |client, value| yes_no(value, |on| client.surface.implicit_id_token = on),
};

pub const IMPLICIT_ACCESS_TOKEN: Setting<Client> = Setting {
    key: "implicit-access-token",
    values: YES_NO,
    read: |client| word(client.surface.implicit_access_token).to_owned(),
    set: |client, value| yes_no(value, |on| client.surface.implicit_access_token = on),
};

pub const CLOUD: Setting<Client> = Setting {
    key: "cloud",
    values: Values::Choice(&["first", "second"]),
    read: |client| {
        if client.surface.second_cloud {
            "second"
        } else {
            "first"
        }
        .to_owned()
    },
    set: |client, value| {
        client.surface.second_cloud = value == "second";
        ["first", "second"].contains(&value)
    },
};
