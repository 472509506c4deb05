-- How often somebody tried to come by a guest's pass with a wrong code: see spec/guests.md.

CREATE TABLE guest_tries (
    pass  BLOB NOT NULL PRIMARY KEY, -- By which.
    tries INTEGER NOT NULL           -- How often.
) STRICT, WITHOUT ROWID;
