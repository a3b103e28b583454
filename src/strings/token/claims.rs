//! What headers and claims mean.

/// What a member of the header tells; empty where it is not known.
pub fn header(name: &str) -> &'static str {
    match name {
        "alg" => "How it is signed.",
        "typ" => "What it is: JWT, or at+jwt for an access token by RFC 9068.",
        "kid" => "Which of the issuer's keys signed it.",
        "x5t" | "x5t#S256" => "Fingerprint of the certificate of the key that signed it.",
        "x5c" => {
            "The certificates of the key; they are worth nothing unless their issuer is trusted."
        }
        "jku" | "x5u" => {
            "Where its keys are said to be. Nobody should fetch them from there: anyone can write it."
        }
        "jwk" => "The key itself. Nobody should believe it: anyone can put one here.",
        "nonce" => {
            "Made for Microsoft Graph: its signature covers a changed header, so only Graph can check it."
        }
        "crit" => "What a reader must understand, or refuse the token.",
        "enc" => "How its content is encrypted.",
        "zip" => "How its content is compressed.",
        "cty" => "What its content is.",
        "b64" => "Whether the content is base64.",
        _ => "",
    }
}

/// What a claim tells; empty where it is not known.
#[expect(clippy::too_many_lines, reason = "a table, one line a claim")]
pub fn claim(name: &str) -> &'static str {
    match name {
        "aud" => "Audience: the API that it is for. Every other one must refuse it.",
        "iss" => "Who issued it.",
        "iat" => "Issued.",
        "nbf" => "Not valid before.",
        "exp" => "Not valid from then on.",
        "auth_time" => "When the person signed in.",
        "scp" | "scope" => "Delegated permissions: what the app may do for the person.",
        "roles" => {
            "Application permissions, or the roles that the person or the app has at this API."
        }
        "wids" => "Directory roles of the person in the tenant, as ids of role templates.",
        "groups" => "Groups of the person, as object ids.",
        "hasgroups" => "The person is in more groups than fit: ask Microsoft Graph for them.",
        "_claim_names" => "Claims that were too large for the token, and which source has each.",
        "_claim_sources" => "Where those claims can be fetched.",
        "tid" => "The tenant in which it was issued.",
        "utid" => "The home tenant of the person.",
        "oid" => {
            "Object id: the person or service principal in that tenant. Use it with tid to know somebody again."
        }
        "sub" => "The person or app, named anew for each audience (or each app, in an ID token).",
        "puid" => "An old id of the person, from before object ids.",
        "altsecid" => "The id that another identity provider gave the person.",
        "idp" => "Who signed the person in, if it was not the issuer.",
        "upn" => "User principal name: for showing, never for deciding.",
        "preferred_username" => {
            "The name that the person signs in with: for showing, never for deciding."
        }
        "unique_name" => "A name to show: it is neither unique nor lasting.",
        "email" | "emails" => "A mail address: for showing, never for deciding.",
        "verified_primary_email" | "verified_secondary_email" => {
            "Mail addresses whose domain the tenant owns."
        }
        "name" => "The person's name, for showing.",
        "given_name" => "The person's first name.",
        "family_name" => "The person's last name.",
        "onprem_sid" => "The person's security identifier in the domain on premises.",
        "azp" | "appid" => "The app that asked for it.",
        "client_id" => "The app that asked for it (RFC 9068).",
        "azpacr" | "appidacr" => "How that app proved who it is.",
        "app_displayname" => "The app's name, for showing.",
        "apptype" => "Whether the app can keep a secret (AD FS).",
        "idtyp" => "Whether it stands for a person or for an app itself.",
        "amr" => "How the person proved who they are.",
        "acr" => "How strongly the person proved who they are.",
        "acrs" => "Authentication contexts of Conditional Access that were met.",
        "xms_cc" => "What the app says it can do; cp1: answer a claims challenge.",
        "xms_ssm" => "Whether an API that supports it has to watch the session.",
        "xms_tcdt" => "When the tenant was created.",
        "xms_tpl" | "xms_pl" => "Preferred language of the tenant, or of the person.",
        "xms_pdl" => "Where the person's data is kept.",
        "xms_mirid" => "The Azure resource whose managed identity it is.",
        "xms_az_rid" => "The Azure resource that a token of a managed identity was asked on.",
        "xms_idrel" => {
            "How the one that it stands for belongs to the tenant: member, guest, service …"
        }
        "xms_st" => "The sub that the same person has elsewhere.",
        "xms_ftd" | "xms_sub_fct" | "xms_act_fct" => "Kept by Entra for itself.",
        "xms_edov" => "Whether the domain of the mail address was proved.",
        "tenant_ctry" | "tenant_region_scope" => "Where the tenant is.",
        "ctry" => "The person's country.",
        "ipaddr" => "The address that the person signed in from.",
        "in_corp" => "The person signed in from inside the company's network.",
        "deviceid" => "The device that the person signed in on.",
        "platf" => "The platform of that device.",
        "ver" => {
            "Which of Entra's token formats it is. The API's registration chooses it, not the endpoint."
        }
        "tfp" => "The user flow or policy of B2C that issued it.",
        "nonce" => {
            "Repeats what the app sent, so that the token cannot be replayed to another sign-in."
        }
        "at_hash" => "Ties the ID token to the access token that came along.",
        "c_hash" => "Ties the ID token to the code that came along.",
        "s_hash" => "Ties the ID token to the state that the app sent.",
        "cnf" => "The key that whoever presents it has to hold: it is no bearer token.",
        "act" | "actort" => "Who acts for the one that it stands for.",
        "may_act" => "Who may act for the one that it stands for.",
        "sid" => "The session, for signing out.",
        "login_hint" => {
            "Hand it back as the login or logout hint to name this person without asking."
        }
        "uti" | "jti" => "The id of this token: support finds the sign-in by it.",
        "aio" | "rh" | "prov_data" => "Kept by Entra for itself; apps must not read it.",
        "pwd_exp" => "Seconds until the password expires.",
        "pwd_url" => "Where the password can be changed.",
        "enfpolids" | "capolids" => "Policies that were enforced.",
        "scope_id" => "Kept by the issuer for itself.",
        _ => "",
    }
}

/// What a value of `amr` means (RFC 8176 and Entra's own).
pub fn amr(value: &str) -> &'static str {
    match value {
        "pwd" => "a password",
        "mfa" => "more than one factor",
        "otp" => "a one-time code",
        "sms" => "a text message",
        "tel" => "a phone call",
        "rsa" => "a certificate or a key that proves itself by signing",
        "fido" => "a security key or passkey",
        "hwk" => "a key in hardware",
        "swk" => "a key in software",
        "pop" => "proof that a key is held",
        "face" | "fpt" | "iris" | "vbm" => "a biometric",
        "pin" => "a PIN",
        "wia" => "Windows integrated sign-in",
        "wiaormfa" => "Windows integrated sign-in, or more than one factor",
        "ngcmfa" => "more than one factor, freshly, to set up another",
        "fed" => "the word of a federated identity provider",
        "none" => "nothing",
        _ => "",
    }
}

/// What the value of a claim with few values means.
pub fn value(name: &str, value: &str) -> &'static str {
    match (name, value) {
        ("azpacr" | "appidacr", "0") => "A public client: it proved nothing.",
        ("azpacr" | "appidacr", "1") => "It sent its client secret.",
        ("azpacr" | "appidacr", "2") => {
            "It signed with a certificate, or showed another issuer's token."
        }
        ("acr", "0") => "Weaker than ISO/IEC 29115 asks for.",
        ("acr", "1") => "As ISO/IEC 29115 asks for.",
        ("idtyp", "app") => "An app itself: there is no person.",
        ("idtyp", "user") => "A person.",
        ("idtyp", "device") => "A device itself.",
        ("ver", "1.0") => "Format 1: the app is named in appid, the issuer is sts.windows.net.",
        ("ver", "2.0") => "Format 2: the app is named in azp, aud is the API's client id.",
        ("acct", "0") => "A member of the tenant.",
        ("acct", "1") => "A guest of the tenant.",
        ("alg", "none" | "None" | "NONE") => "Nobody signed it: it proves nothing.",
        ("alg", "RS256") => "RSA with PKCS #1 v1.5 and SHA-256.",
        ("alg", "RS384") => "RSA with PKCS #1 v1.5 and SHA-384.",
        ("alg", "RS512") => "RSA with PKCS #1 v1.5 and SHA-512.",
        ("alg", "PS256") => "RSA with PSS and SHA-256.",
        ("alg", "PS384") => "RSA with PSS and SHA-384.",
        ("alg", "PS512") => "RSA with PSS and SHA-512.",
        ("alg", "ES256") => "ECDSA on P-256 with SHA-256.",
        ("alg", "ES384") => "ECDSA on P-384 with SHA-384.",
        ("alg", "ES512") => "ECDSA on P-521 with SHA-512.",
        ("alg", "EdDSA" | "Ed25519") => "An Edwards-curve signature.",
        ("alg", "HS256" | "HS384" | "HS512") => "HMAC: whoever can check it can make it as well.",
        ("xms_ssm", "1") => "It has.",
        ("aud", "00000003-0000-0000-c000-000000000000") => "Microsoft Graph, by its client id.",
        ("aud", "00000002-0000-0000-c000-000000000000") => {
            "Azure AD Graph, by its client id; it is retired."
        }
        _ => "",
    }
}

/// What a well-known scope or application permission allows; empty where it is not known.
pub fn permission(name: &str) -> &'static str {
    match name {
        "openid" => "sign the person in",
        "profile" => "see the person's name and picture",
        "email" => "see the person's mail address",
        "offline_access" => "stay signed in: a refresh token comes along",
        "User.Read" => "sign in and read the person's own profile",
        "User.ReadWrite" => "read and change the person's own profile",
        "User.ReadBasic.All" => "read the basic profile of everybody",
        "User.Read.All" => "read everybody's full profile",
        "User.ReadWrite.All" => "read and change everybody's full profile",
        "Directory.Read.All" => "read the whole directory",
        "Directory.ReadWrite.All" => "read and change the whole directory",
        "Directory.AccessAsUser.All" => "do in the directory whatever the person may",
        "Group.Read.All" => "read every group",
        "Group.ReadWrite.All" => "read and change every group",
        "Application.Read.All" => "read every app registration",
        "Application.ReadWrite.All" => "change every app registration, secrets included",
        "Application.ReadWrite.OwnedBy" => "change the app registrations that it owns",
        "RoleManagement.ReadWrite.Directory" => "give out directory roles",
        "AppRoleAssignment.ReadWrite.All" => "grant permissions to apps",
        "AuditLog.Read.All" => "read the sign-in and audit logs",
        "Mail.Read" => "read mail",
        "Mail.ReadWrite" => "read, change and delete mail",
        "Mail.Send" => "send mail",
        "Calendars.Read" => "read calendars",
        "Calendars.ReadWrite" => "read and change calendars",
        "Contacts.Read" => "read contacts",
        "Files.Read" => "read the person's files",
        "Files.Read.All" => "read all files within reach",
        "Files.ReadWrite" => "read and change the person's files",
        "Files.ReadWrite.All" => "read and change all files within reach",
        "Sites.Read.All" => "read every site",
        "Sites.ReadWrite.All" => "read and change every site",
        "user_impersonation" => "act at this API as the person",
        _ => "",
    }
}
