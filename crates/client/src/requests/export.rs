//! All that proves a request, in one file.
