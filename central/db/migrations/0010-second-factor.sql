-- A second factor (RFC 6238) for who leads a shift or administers. The secret must be read to be checked, so it is
-- no hash: only the role that signs in reads it, as it alone reads the hash of the password.
alter table staff add column totp_secret text;       -- base32; null: none yet
alter table staff add column totp_last_step bigint;  -- the last 30 s whose code was taken: each code opens once
grant update (totp_secret, totp_last_step) on staff to sanxin_people;
