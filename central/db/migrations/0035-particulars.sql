-- What a form asks of a matter beyond the fixed fields (rules K7): the values that lie with the case, and those that
-- are personal or tell who reports, with the identity of the caller.
alter table callers add column papers json not null default '{}';
alter table callers_before add column papers json not null default '{}';
alter table cases add column particulars json not null default '{}';

-- How complete a case is, 0 to 100, and the version of the form by which that was reckoned; null for what was written
-- before there was a form, until it is written again.
alter table cases add column score smallint check (score between 0 and 100);
alter table cases add column form_version integer;
