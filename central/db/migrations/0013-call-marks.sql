-- How often the citizen was warned in a call, less what was taken back; and the name of the exchange's recording.
alter table calls add column warnings integer not null default 0;
alter table calls add column recording text;
