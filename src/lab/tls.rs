//! The lab's certificate authority. It can vouch for this machine's names alone (name constraints), lives a month,
//! is renewed a week before its end, and is never installed anywhere by us: clients are pointed at `ca.pem`.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

use super::store::Store;
use super::{LabError, OwnCertificate};
use crate::model::Moment;
use crate::model::demand::TlsFault;
use crate::strings::lab as say;

/// What clients trust.
pub const CA_FILE: &str = "ca.pem";

/// Key and certificate of the authority in one private file, so that they always belong together.
const BUNDLE: &str = "ca-private.pem";

/// The line of the bundle that says until when the authority is good.
const UNTIL: &str = "good-until: ";

/// The names that a good certificate is for.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

const DAY: Duration = Duration::from_hours(24);
const LIFE: Duration = Duration::from_hours(30 * 24);
const RENEW_BEFORE: Duration = Duration::from_hours(7 * 24);

/// An authority: its PEM key and certificate, and its end.
struct Authority {
    key: KeyPair,
    certificate: String,
    until: Moment,
}

/// The certificates the lab can show: the good one, and those that are wrong on purpose, made when first wanted.
pub struct Certificates {
    good: TlsAcceptor,
    authority: Authority,
    now: Moment,
    wrong: [OnceLock<Option<TlsAcceptor>>; TlsFault::ALL.len()],
}

impl Certificates {
    /// The good certificate is for `localhost`, `127.0.0.1` and `::1`, signed by the authority of the store, which
    /// is made or renewed as needed; or the person's own.
    ///
    /// # Errors
    /// Files that cannot be read or written; an own certificate that cannot be used; a fault of the TLS library.
    pub fn open(
        store: &Store,
        now: Moment,
        own: Option<&OwnCertificate>,
    ) -> Result<Self, LabError> {
        let authority = match load(store, now)? {
            Some(authority) => authority,
            None => make(store, now)?,
        };
        store.write(CA_FILE, authority.certificate.as_bytes(), false)?;
        let good = match own {
            Some(own) => of_a_person(own)?,
            None => signed(&authority, &NAMES, now.minus(DAY), authority.until)?,
        };
        Ok(Self {
            good,
            authority,
            now,
            wrong: std::array::from_fn(|_| OnceLock::new()),
        })
    }

    /// What a connection is greeted with while this is wrong.
    pub fn acceptor(&self, fault: Option<TlsFault>) -> TlsAcceptor {
        let Some(fault) = fault else {
            return self.good.clone();
        };
        let made = self.wrong[fault as usize].get_or_init(|| self.make_wrong(fault).ok());
        // A certificate that cannot be made wrong is the good one; a test makes every one of them.
        made.clone().unwrap_or_else(|| self.good.clone())
    }

    fn make_wrong(&self, fault: TlsFault) -> Result<TlsAcceptor, LabError> {
        let (authority, now) = (&self.authority, self.now);
        let (from, until) = (now.minus(DAY), authority.until);
        match fault {
            TlsFault::Expired => signed(authority, &NAMES, now.minus(DAY * 30), now.minus(DAY)),
            // Below localhost, so that the authority may vouch for it and the name alone is wrong.
            TlsFault::WrongName => signed(authority, &["other.localhost"], from, until),
            TlsFault::Untrusted => {
                let (stranger, _) = new_authority(now, say::demand::STRANGER_CA)?;
                signed(&stranger, &NAMES, from, until)
            }
        }
    }
}

fn of_a_person(own: &OwnCertificate) -> Result<TlsAcceptor, LabError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&own.chain).collect();
    let chain = chain.map_err(failed)?;
    if chain.is_empty() {
        return Err(failed(say::demand::NO_CERTIFICATE));
    }
    let key = PrivateKeyDer::from_pem_slice(&own.key)
        .map_err(|_| failed(say::demand::NO_CERTIFICATE_KEY))?;
    acceptor(chain, key)
}

fn signed(
    authority: &Authority,
    names: &[&str],
    from: Moment,
    until: Moment,
) -> Result<TlsAcceptor, LabError> {
    let key = KeyPair::generate().map_err(failed)?;
    let leaf = leaf(authority, &key, names, (from, until))?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    acceptor(vec![leaf], key)
}

fn acceptor(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<TlsAcceptor, LabError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(failed)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn load(store: &Store, now: Moment) -> Result<Option<Authority>, LabError> {
    let text = store
        .read(BUNDLE)?
        .and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(text.and_then(|text| parse(&text, now)))
}

/// Reads a bundle; `None` if it is damaged, ends soon or has not begun. Then a new one is made.
fn parse(text: &str, now: Moment) -> Option<Authority> {
    let (line, rest) = text.split_once('\n')?;
    let until = Moment::parse(line.strip_prefix(UNTIL)?)?;
    let begun = until.minus(LIFE + DAY) <= now;
    if !begun || until.minus(RENEW_BEFORE) <= now {
        return None;
    }
    let (key, certificate) = rest.split_at_checked(rest.find("-----BEGIN CERTIFICATE-----")?)?;
    let key = KeyPair::from_pem(key).ok()?;
    Some(Authority {
        key,
        certificate: certificate.to_owned(),
        until,
    })
}

/// A new authority, kept in the store.
fn make(store: &Store, now: Moment) -> Result<Authority, LabError> {
    let (authority, bundle) = new_authority(now, say::CA_NAME)?;
    store.write(BUNDLE, bundle.as_bytes(), true)?;
    Ok(authority)
}

/// A new authority, and the bundle that keeps it.
fn new_authority(now: Moment, name: &str) -> Result<(Authority, String), LabError> {
    let key = KeyPair::generate().map_err(failed)?;
    let until = now.plus(LIFE);
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".into()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 1], [255; 4])),
            GeneralSubtree::IpAddress(CidrSubnet::V6(
                std::net::Ipv6Addr::LOCALHOST.octets(),
                [255; 16],
            )),
        ],
        excluded_subtrees: Vec::new(),
    });
    set_times(&mut params, now.minus(DAY), until);
    let certificate = params.self_signed(&key).map_err(failed)?.pem();
    let bundle = format!(
        "{UNTIL}{}\n{}{certificate}",
        until.iso(),
        key.serialize_pem()
    );
    let authority = Authority {
        key,
        certificate,
        until,
    };
    Ok((authority, bundle))
}

fn leaf(
    authority: &Authority,
    key: &KeyPair,
    names: &[&str],
    (from, until): (Moment, Moment),
) -> Result<CertificateDer<'static>, LabError> {
    let issuer =
        Issuer::from_ca_cert_pem(&authority.certificate, &authority.key).map_err(failed)?;
    let names: Vec<String> = names.iter().copied().map(str::to_owned).collect();
    let mut params = CertificateParams::new(names).map_err(failed)?;
    params
        .distinguished_name
        .push(DnType::CommonName, "localhost");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    set_times(&mut params, from, until);
    Ok(params
        .signed_by(key, &issuer)
        .map_err(failed)?
        .der()
        .clone())
}

fn set_times(params: &mut CertificateParams, from: Moment, until: Moment) {
    let at = |moment: Moment| {
        let seconds = u64::try_from(moment.seconds()).unwrap_or_default();
        rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds)
    };
    params.not_before = at(from);
    params.not_after = at(until);
}

fn failed(error: impl std::fmt::Display) -> LabError {
    LabError::Tls {
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_kept_and_renewed_before_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("lab")).unwrap();
        let now = Moment::from_seconds(1_795_356_131);
        let read = || store.read(CA_FILE).unwrap().unwrap();
        Certificates::open(&store, now, None).unwrap();
        let first = read();
        Certificates::open(&store, now.plus(DAY), None).unwrap();
        assert_eq!(read(), first);
        Certificates::open(&store, now.plus(DAY * 24), None).unwrap();
        assert_ne!(read(), first);
        store.write(BUNDLE, b"damaged", true).unwrap();
        Certificates::open(&store, now, None).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_keys() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("lab")).unwrap();
        Certificates::open(&store, Moment::from_seconds(1_795_356_131), None).unwrap();
        let mode = |name: &str| {
            std::fs::metadata(store.path(name))
                .unwrap()
                .permissions()
                .mode()
                & 0o777
        };
        assert_eq!((mode(BUNDLE), mode("")), (0o600, 0o700));
    }
}
