-- Of whoever's second factor no node has sealed yet nothing at all can be changed under that check, also by the
-- migrations that fill columns in (0064). So it comes back after these, in 0069.
alter table staff drop constraint totp_secret_sealed;
