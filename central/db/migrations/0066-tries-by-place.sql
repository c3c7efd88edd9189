-- Wrong tries are counted apart for where they come from: a stranger's, at a page, must not lock out who signs in at a desk.
alter table sign_in_tries add column whence text not null default 'desk';
alter table sign_in_tries drop constraint sign_in_tries_pkey;
alter table sign_in_tries add primary key (staff_no, whence);
