//! Certificates: from files, or from an ACME authority.
