//! Encrypted files: resumable uploads (tus 1.0), ranges down, quotas.
