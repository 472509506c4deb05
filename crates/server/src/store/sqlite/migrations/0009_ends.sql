-- When a request ends by itself, as it stands beside the message: see spec/evidence.md.

ALTER TABLE receipt ADD COLUMN ends INTEGER; -- None where it does not, and of everything that is no request.
