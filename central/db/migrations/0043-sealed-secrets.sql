-- A second factor's secret stands sealed under a key that is kept outside of the database (central/people/seal.ts).
-- What stood in clear before is sealed when a node starts; nothing in clear is written from now on.
alter table staff add constraint totp_secret_sealed check (totp_secret is null or totp_secret like 'v1.%') not valid;
