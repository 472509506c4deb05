-- Sealed archives in which devices move; see spec/archive.md.

CREATE TABLE archive (
    id      INTEGER NOT NULL PRIMARY KEY, -- Order of beginning.
    archive BLOB NOT NULL UNIQUE,         -- The archive's name. A row stays when its parts go: its name is used.
    device  BLOB NOT NULL,                -- Whose.
    parts   INTEGER NOT NULL,             -- How many parts it has.
    claim   BLOB                          -- Who took it first; none while nobody has.
) STRICT;

CREATE INDEX archive_by_device ON archive (device, id);

CREATE TABLE archive_part (
    archive INTEGER NOT NULL REFERENCES archive (id) ON DELETE CASCADE, -- Which archive.
    part    INTEGER NOT NULL,                                           -- Which part, from 0.
    body    BLOB NOT NULL,                                              -- Its bytes.
    PRIMARY KEY (archive, part)
) STRICT;
