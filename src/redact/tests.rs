use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::model::*;

const KEY: [u8; 16] = [3; 16];
/// Not a real token: the letters of a refresh token in their usual shape.
const REFRESH: &str = "0.AXkAr9dQe1ZtZkKw-contosoexample.AgABAwEAAADW6jl31mB3T7ugrWTT8pFe_notReal";

fn redacted(text: &str) -> String {
    Redactor::new(KEY).text(text).into_inner()
}

fn jwt(claims: &str) -> String {
    use base64::Engine as _;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    format!(
        "{}.{}.{}",
        engine.encode(r#"{"typ":"JWT","alg":"RS256","kid":"lab"}"#),
        engine.encode(claims),
        engine.encode([7_u8; 64])
    )
}

#[test]
fn members_are_replaced_in_place_and_everything_else_stays() {
    let body = format!(
        "{{ \"token_type\":\"Bearer\",\n \"expires_in\" : 3599, \"refresh_token\": \"{REFRESH}\",\"scope\":\"User.Read\" }}"
    );
    let clean = redacted(&body);
    let mark = Redactor::new(KEY).secret(&Secret::new(SecretKind::RefreshToken, REFRESH));
    assert_eq!(clean, body.replace(REFRESH, &mark));
    assert!(
        mark.starts_with("‹refresh token ") && mark.chars().count() == 24,
        "{mark}"
    );
}

#[test]
fn equal_tokens_have_equal_marks_wherever_they_stand() {
    let token = jwt(r#"{"aud":"api","scp":"User.Read"}"#);
    let mark = Redactor::new(KEY).secret(&Secret::new(SecretKind::AccessToken, token.as_str()));
    for text in [
        format!("{{\"access_token\":\"{token}\"}}"),
        format!("Authorization: Bearer {token}"),
        format!("curl -H 'Authorization: Bearer {token}' https://api.contoso.example"),
        format!("found {token}, which is a token."),
        format!("{{\"log\":\"{{\\\"access_token\\\":\\\"{token}\\\"}}\"}}"),
        format!("https://app.contoso.example/#access_token={token}&state=1"),
        format!("{{\"name\":\"Authorization\",\"value\":\"Bearer {token}\"}}"),
    ] {
        assert_eq!(redacted(&text), text.replace(&token, &mark));
    }
}

#[test]
fn a_proof_of_possession_is_hidden_wherever_it_stands() {
    let proof =
        jwt(r#"{"jti":"1","htm":"POST","htu":"https://issuer.contoso.example/token","iat":1}"#);
    let mark = Redactor::new(KEY).secret(&Secret::new(SecretKind::DpopProof, proof.as_str()));
    for text in [
        format!("DPoP: {proof}"),
        format!("curl -H 'DPoP: {proof}' https://api.contoso.example"),
        format!("the proof {proof} was refused"),
    ] {
        assert_eq!(redacted(&text), text.replace(&proof, &mark));
    }
    assert!(mark.starts_with("‹DPoP proof "), "{mark}");
}

#[test]
fn passwords_and_typed_codes_are_only_a_word() {
    assert_eq!(
        redacted("grant_type=password&password=p%40ss+word&scope=x"),
        "grant_type=password&password=‹password›&scope=x"
    );
    assert_eq!(
        redacted(r#"{"user_code":"F3K9XQZ2","message":"Enter the code F3K9XQZ2 there."}"#),
        r#"{"user_code":"‹code›","message":"Enter the code ‹code› there."}"#
    );
    assert_eq!(
        redacted(r#"{"password":12345,"x":1}"#),
        r#"{"password":"‹password›","x":1}"#
    );
    assert_eq!(redacted("password: hunter two"), "password: ‹password›");
    assert_eq!(
        redacted("https://ada:hunter2@contoso.example/x"),
        "https://ada:‹password›@contoso.example/x"
    );
    assert_eq!(
        redacted("<wsse:Password>hunter2</wsse:Password>"),
        "<wsse:Password>‹password›</wsse:Password>"
    );
}

#[test]
fn client_secrets_are_found_by_name_and_by_looks() {
    let secret = "abC8Q~fictional_secret-of.contoso1234567";
    let mark = Redactor::new(KEY).secret(&Secret::new(SecretKind::ClientSecret, secret));
    for text in [
        format!(
            "client_id=x&client_secret={}&scope=y",
            secret.replace('~', "%7E")
        ),
        format!("AZURE_CLIENT_SECRET={secret}"),
        format!("tool --client-secret {secret} --verbose"),
        format!("it was {secret}!"),
        format!("$secret = '{secret}'"),
    ] {
        let clean = redacted(&text);
        assert!(clean.contains(&mark), "{text} -> {clean}");
        assert!(!clean.contains("fictional_secret"), "{clean}");
    }
}

#[test]
fn codes_in_addresses_are_hidden_and_error_codes_are_not() {
    let text = "http://localhost:5000/?code=0.AXkA-short-code-9&state=abc#x";
    assert_eq!(
        redacted(text),
        "http://localhost:5000/?code=‹authorization code b89b36e8›&state=abc#x"
            .replace("b89b36e8", &fingerprint("0.AXkA-short-code-9x"))
            .replace(
                &format!(
                    "‹authorization code {}›",
                    fingerprint("0.AXkA-short-code-9x")
                ),
                "‹authorization code›"
            )
    );
    for text in [
        "https://login.contoso.example/error?code=50076",
        r#"{"error":{"code":"InvalidAuthenticationTokenTenant","message":"m"}}"#,
        r#"{"code":"ERR_BAD_REQUEST_SOMEWHERE"}"#,
        "error code: 50076",
        "response_type=code&client_id=11111111-2222-3333-4444-555555555555",
        r#"{"error_codes":[50076],"correlation_id":"11111111-2222-3333-4444-555555555555"}"#,
    ] {
        assert_eq!(redacted(text), text);
    }
}

fn fingerprint(value: &str) -> String {
    let mark = Redactor::new(KEY).secret(&Secret::new(SecretKind::AccessToken, value));
    mark.trim_matches(['‹', '›'])
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// A key set with a certificate in standard base64, of bytes without a pattern.
fn certificate() -> String {
    use base64::Engine as _;
    let mut state = 7_u32;
    let bytes = |length: usize, state: &mut u32| {
        let next = |_| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(next).collect::<Vec<u8>>()
    };
    let chain = base64::engine::general_purpose::STANDARD.encode(bytes(900, &mut state));
    let modulus = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes(256, &mut state));
    format!(
        "{{\"keys\":[{{\"kty\":\"RSA\",\"kid\":\"a1\",\"x5t\":\"b2\",\"n\": \"{modulus}\",\"e\":\"AQAB\",\"x5c\":[\"{chain}\"]}}]}}"
    )
}

#[test]
fn what_is_not_secret_stays() {
    let claims =
        "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzYzODIwMTMxIn19fQ==";
    for text in [
        format!("WWW-Authenticate: Bearer realm=\"\", authorization_uri=\"https://login.contoso.example/common\", error=\"insufficient_claims\", claims=\"{claims}\""),
        r#"{"claims":"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"11111111-2222-3333-4444-555555555555\"]}}}"}"#.to_owned(),
        r#"{"grant_types_supported":["refresh_token","password"],"response_types_supported":["code","id_token"]}"#.to_owned(),
        "AADSTS7000218: The request body must contain 'client_assertion' or 'client_secret'.Trace ID: x".to_owned(),
        "AADSTS50126: Wrong user name or password.".to_owned(),
        format!("{{\"kty\":\"RSA\",\"n\":\"{}\",\"e\":\"AQAB\"}}", "aB3".repeat(110)),
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=x".to_owned(),
        "https://login.contoso.example/authorize?client_id=11111111-2222-3333-4444-555555555555&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A5000&scope=openid+profile&state=pq3-Kd9_w0&code_challenge=Z9wXq2LrT5vB8nM1kJ4hG7fD0sA3pO6iU_yE-cVxNaQ&code_challenge_method=S256&prompt=login&nonce=n1".to_owned(),
        r#"{"token_endpoint":"https://login.contoso.example/token","token_endpoint_auth_methods_supported":["client_secret_post","private_key_jwt"],"code_challenge_methods_supported":["S256"],"id_token_signing_alg_values_supported":["RS256"]}"#.to_owned(),
        certificate(),
    ] {
        assert_eq!(redacted(&text), text);
    }
}

#[test]
fn cut_tokens_are_hidden_too() {
    let token = jwt(r#"{"aud":"api","scp":"User.Read"}"#);
    for text in [
        format!("{{\"access_token\":\"{}", &token[..40]),
        format!("token eyJ0eXAiOiJKV1QiLCJhbGciOi{}", ""),
        format!("…{}\",\"token_type\":\"Bearer\"}}", &token[20..]),
        format!("\"refresh_token\":\"{}", &REFRESH[..33]),
    ] {
        let clean = redacted(&text);
        assert!(
            clean.contains('‹') && !clean.contains("eyJ") && !clean.contains("0.AX"),
            "{clean}"
        );
    }
}

#[test]
fn headers_keep_their_schemes_and_cookies_their_names() {
    use base64::Engine as _;
    let basic = base64::engine::general_purpose::STANDARD.encode("client:the secret of the app");
    let mark = Redactor::new(KEY).secret(&Secret::new(
        SecretKind::ClientSecret,
        "the secret of the app",
    ));
    assert_eq!(
        redacted(&format!("Authorization: Basic {basic}\r\nAccept: */*")),
        format!("Authorization: Basic {mark}\r\nAccept: */*")
    );
    assert_eq!(
        redacted("Cookie: a=b; fpc=c"),
        "Cookie: a=‹cookie›; fpc=‹cookie›"
    );
    assert_eq!(
        redacted("Set-Cookie: fpc=short; path=/; secure"),
        "Set-Cookie: fpc=‹cookie›; path=/; secure"
    );
}

#[test]
fn private_keys_are_hidden_to_their_end() {
    let text = "a\n-----BEGIN PRIVATE KEY-----\nMIIB\nAAAA\n-----END PRIVATE KEY-----\nb -----BEGIN CERTIFICATE-----\nMIIC\n";
    let clean = redacted(text);
    assert!(
        !clean.contains("MIIB") && clean.contains("MIIC") && clean.ends_with("MIIC\n"),
        "{clean}"
    );
}

fn exchange() -> Exchange {
    let form = vec![
        Field::new("client_id", "11111111-2222-3333-4444-555555555555"),
        Field::new(
            "client_secret",
            Secret::new(SecretKind::ClientSecret, "hush-hush"),
        ),
        Field::new("refresh_token", REFRESH),
    ];
    let mut request = Request::post(
        "https://login.contoso.example/token?code=abc",
        form,
        Purpose::Token,
    );
    request.headers.push(Header::new(
        "Authorization",
        Secret::new(SecretKind::AccessToken, format!("Bearer {REFRESH}")),
    ));
    let reply = Reply {
        status: 400,
        headers: vec![
            (
                "set-cookie".into(),
                "fpc=AAAAAAAAAAAAAAAAAAAAAAAAAAAA; path=/".into(),
            ),
            ("server".into(), "lab".into()),
        ],
        body: [
            format!("{{\"error\":\"invalid_client\",\"said\":\"hush-hush\",\"rt\":\"{REFRESH}\"")
                .as_bytes(),
            b"\xff\xfe}",
        ]
        .concat(),
        cut: None,
    };
    Exchange {
        started: Moment::default(),
        request,
        reply: Some(reply),
        fault: Some(Fault::new(
            FaultKind::CutOff,
            format!("while sending {REFRESH}"),
        )),
        phases: Phases {
            wait: Some(Duration::from_millis(5)),
            ..Phases::default()
        },
    }
}

#[test]
fn an_exchange_loses_its_secrets_and_nothing_else() {
    let original = exchange();
    let clean = Redactor::new(KEY).exchange(&original).into_inner();
    let shown = format!(
        "{clean:?}{}",
        String::from_utf8_lossy(&clean.reply.as_ref().unwrap().body)
    );
    assert!(
        !shown.contains("hush") && !shown.contains("0.AX"),
        "{shown}"
    );
    assert_eq!(clean.request.form[0], original.request.form[0]);
    assert_eq!(
        clean.request.url,
        "https://login.contoso.example/token?code=‹authorization code›"
    );
    let body = clean.reply.as_ref().unwrap().body.clone();
    assert!(
        body.ends_with(b"\xff\xfe}")
            && body.starts_with(b"{\"error\":\"invalid_client\",\"said\":\"\xe2\x80\xb9secret ")
    );
    let again = Redactor::new(KEY).exchange(&clean).into_inner();
    assert_eq!(again, clean);
}

/// Places in which a token may stand.
fn context() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("{\"access_token\":\"", "\",\"expires_in\":3599}"),
        ("{\"a\":1,\"refresh_token\" : \"", "\"}"),
        ("{\"device_code\":\"", ""),
        ("{\"log\":\"{\\\"id_token\\\":\\\"", "\\\",\\\"x\\\":1}\"}"),
        ("{\\\"client_assertion\\\":\\\"", "\\\"}"),
        ("\\\\\\\"code_verifier\\\\\\\":\\\\\\\"", "\\\\\\\"}"),
        ("http://localhost/?code=", "&state=1"),
        ("http://localhost/cb#id_token=", "&state=1"),
        ("/x?to=https%3A%2F%2Fapp%2F%3Fcode%3D", "%26state%3D1"),
        ("grant_type=refresh_token&refresh_token=", "&scope=x"),
        ("client_secret=", ""),
        ("Authorization: Bearer ", "\r\nAccept: */*"),
        ("-H \"Authorization: Bearer ", "\""),
        ("Cookie: ESTSAUTH=", "; x=y"),
        ("refresh_token: ", "\nnext"),
        ("{ 'client_secret': '", "', 'x': 1 }"),
        ("<input type=\"hidden\" name=\"code\" value=\"", "\"/>"),
        ("{\"name\":\"client_secret\",\"value\":\"", "\"}"),
        ("--refresh-token ", " --x"),
        ("&quot;access_token&quot;:&quot;", "&quot;"),
    ])
}

proptest! {
    #[test]
    fn an_inserted_token_never_survives(
        token in "[A-Za-z0-9][A-Za-z0-9_-]{38,60}[0-9][A-Z]",
        (before, after) in context(),
        prefix in "[a-z{}\" :=]{0,12}",
        repeated in any::<bool>(),
    ) {
        let mut text = format!("{prefix}\n{before}{token}{after}");
        if repeated {
            text = format!("{text} and then {token}.");
        }
        let clean = redacted(&text);
        prop_assert!(!clean.contains(&token), "{}", clean);
        prop_assert_eq!(redacted(&clean), clean);
    }

    #[test]
    fn redacting_twice_changes_nothing(text in "((access_token|code|password|Cookie|Authorization|client_secret|the code )[\":= ]{0,3}|[A-Za-z0-9.]{1,30}|[‹›\"\\\\{}&=;:,\\n ]|‹password›|eyJ0eXAiOiJKV1Qi|0\\.A){0,14}") {
        let once = redacted(&text);
        prop_assert_eq!(redacted(&once), once, "{}", text);
    }

    #[test]
    fn json_stays_json(name in "[a-z_]{1,8}|access_token|password|code|secret|user_code", value in "\\PC{0,40}", number in any::<i64>()) {
        let json = serde_json::json!({ name.clone(): value, "x": { name.clone(): number }, "inner": serde_json::json!({ name: value }).to_string() });
        let clean = redacted(&json.to_string());
        prop_assert!(serde_json::from_str::<serde_json::Value>(&clean).is_ok(), "{}", clean);
        let pretty = redacted(&serde_json::to_string_pretty(&json).unwrap());
        prop_assert!(serde_json::from_str::<serde_json::Value>(&pretty).is_ok(), "{}", pretty);
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,80}", bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = redacted(&text);
        let mut exchange = exchange();
        if let Some(reply) = &mut exchange.reply {
            reply.body = bytes;
        }
        let clean = Redactor::new(KEY).exchange(&exchange).into_inner();
        prop_assert_eq!(Redactor::new(KEY).exchange(&clean).into_inner(), clean);
    }
}

/// Quadratic work would take minutes here.
#[test]
fn long_texts_of_any_pattern_are_redacted_in_a_few_walks() {
    let patterns = [
        "password=",
        "password:'",
        "client_secret:\"",
        "-----BEGIN ",
        "://a:",
        "Cookie: a=b;",
        "Authorization: ",
        "eyJ.",
        "eyJhbGciOiJ9.",
        "Bearer ",
        "code=a&",
        "\"name\":\"code\",",
        "<password>",
        "&quot;code&quot;:&quot;",
        "the code ABC123 ",
        "‹",
        "‹password›",
        "‹code› ",
        "\\\"code\\\":\\\"",
        "access_token:[\"",
        "https://a:b@c ",
        "refresh_token=0.AXkA-12345678901234567890 ",
        "A1b",
        "- ",
    ];
    for pattern in patterns {
        let text = pattern.repeat((64 << 10) / pattern.len());
        let once = redacted(&text);
        assert_eq!(redacted(&once), once, "{pattern}");
    }
}
