//! An authority that certifies everybody who asks: the terminal trusts it, and whoever stands in between has a certificate of it.

use crate::stage::Folder;
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, KeyPair};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// The authority.
pub struct Authority {
    certificate: Certificate,
    key: KeyPair,
    folder: PathBuf,
}

/// A certificate for localhost and its key, in files.
pub struct Names {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Authority {
    /// Makes one in a folder.
    pub fn new(folder: &Folder) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        let authority = Self {
            certificate,
            key,
            folder: folder.path().to_owned(),
        };
        fs::write(authority.file(), authority.certificate.pem()).unwrap();
        authority
    }

    /// Returns the file by which it is known.
    pub fn file(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    /// Certifies localhost anew, into files of that name.
    pub fn certify(&self, name: &str) -> Names {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = params
            .signed_by(&key, &self.certificate, &self.key)
            .unwrap();
        let at = |ending: &str| self.folder.join(format!("{name}.{ending}"));
        let names = Names {
            certificate: at("pem"),
            key: at("key"),
        };
        fs::write(&names.certificate, certificate.pem()).unwrap();
        fs::write(&names.key, key.serialize_pem()).unwrap();
        fs::set_permissions(&names.key, Permissions::from_mode(0o600)).unwrap();
        names
    }
}
