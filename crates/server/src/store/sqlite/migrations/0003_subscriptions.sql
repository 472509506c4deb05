-- How devices are woken that are not connected.
CREATE TABLE subscription (
    device BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    endpoint TEXT NOT NULL,
    key BLOB NOT NULL,
    auth BLOB NOT NULL,
    silent BLOB NOT NULL           -- room ids, 16 bytes each
) STRICT, WITHOUT ROWID;
