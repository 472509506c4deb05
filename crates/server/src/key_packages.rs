//! Key packages: handed over by a device, taken once by who adds it.
