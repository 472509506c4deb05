-- Sealed things that accounts keep under names that nobody can guess; see spec/backup.md.

CREATE TABLE locker_part (
    locker  BLOB NOT NULL,    -- The locker's name.
    part    INTEGER NOT NULL, -- Which part.
    account BLOB NOT NULL,    -- Whose.
    digest  BLOB NOT NULL,    -- SHA-256 of the body.
    length  INTEGER NOT NULL, -- Bytes in it.
    body    BLOB NOT NULL,    -- Its bytes.
    PRIMARY KEY (locker, part)
) STRICT;

CREATE INDEX locker_part_by_account ON locker_part (account, length);

-- Words by which a person may come back when all devices are lost.
CREATE TABLE coming_back (
    account BLOB NOT NULL, -- Whose.
    device  BLOB NOT NULL, -- Which of the account's devices said so.
    digest  BLOB NOT NULL, -- SHA-256 of the word.
    PRIMARY KEY (account, device, digest)
) STRICT, WITHOUT ROWID;
