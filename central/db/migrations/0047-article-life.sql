-- The life of articles: what is published stands in `articles` as before, version by version; here the draft beside it,
-- whose it is, and all that ever happened to it. A unit writes drafts of its own articles and nothing else.
create sequence kb_ids start 10001;

create table kb_lives (
  article_id text primary key,
  owner text,                        -- the member unit's id in the directory; null for the centre's own
  version int not null default 0,    -- the newest that was published; 0: none
  withdrawn boolean not null default false,
  edition int not null default 0,    -- counts what happened: who acts upon an older one is told
  draft json,
  draft_state text check (draft_state in ('draft', 'review')),
  draft_base int,
  draft_by text,
  made uuid unique,                  -- by which a beginning that is sent again is known
  valid_until text,                  -- of what is published
  title text not null,               -- this and what follows: of the draft where there is one, for the list
  unit_name text not null,
  district text,
  find_text text not null,
  changed_at bigint not null,
  state text not null generated always as (
    case when draft_state is not null then draft_state when withdrawn or version = 0 then 'withdrawn' else 'published' end
  ) stored,
  check ((draft is null) = (draft_state is null))
);
create index kb_lives_by_change on kb_lives (changed_at desc, article_id desc);

-- Nothing here is ever changed or taken out.
create table kb_events (
  article_id text not null,
  edition int not null,
  step text not null check (step in ('edit', 'submit', 'sendBack', 'discard', 'publish', 'withdraw', 'rollBack', 'import')),
  staff_no text,                     -- null: the program itself
  party text check (party in ('editor', 'unit')),
  at bigint not null,
  why text not null,
  version int not null,              -- as it stood after the step
  state text not null,
  content json,                      -- what was written by an edit
  said text,                         -- the step as it was sent, so that the same once more is known
  primary key (article_id, edition)
);

insert into kb_lives (article_id, owner, version, withdrawn, edition, valid_until, title, unit_name, district, find_text, changed_at)
select id, (select min(directory.id) from directory
    where not directory.withdrawn and entry->>'kind' = 'unit' and entry->>'name' = content->>'unit'),
  version, exists (select from articles_withdrawn where articles_withdrawn.id = newest.id), 1,
  content->>'validUntil', content->>'title', content->>'unit', content->>'district',
  lower(concat_ws(' ', id, content->>'title', content->>'questions', content->>'body')), 0
from (select distinct on (id) id, version, content from articles order by id, version desc) as newest;
insert into kb_events (article_id, edition, step, at, why, version, state)
select article_id, 1, 'import', 0, '', version, state from kb_lives;

grant select, insert, update on kb_lives to sanxin_kb;
grant select, insert on kb_events to sanxin_kb;
grant usage on sequence kb_ids to sanxin_kb, sanxin_unit;
grant select on kb_lives, kb_events, articles to sanxin_reader;
-- Neither version nor withdrawal are the unit's to write, nor whose an article is once it stands.
grant select on kb_lives, kb_events, articles, directory to sanxin_unit;
grant insert (article_id, owner, edition, draft, draft_state, draft_base, draft_by, made, title, unit_name, district,
  find_text, changed_at) on kb_lives to sanxin_unit;
grant update (edition, draft, draft_state, draft_base, draft_by, title, unit_name, district, find_text, changed_at)
  on kb_lives to sanxin_unit;
grant insert on kb_events to sanxin_unit;

-- Who publishes is an editor in her own name, or the program with the articles that come with it.
alter table kb_lives enable row level security;
create policy publishing on kb_lives to sanxin_kb using (true)
  with check (coalesce((select sanxin_actor('staff_role')), 'editor') = 'editor');
create policy readers on kb_lives for select to sanxin_reader using (
  (select sanxin_actor('staff_role')) in ('editor', 'administrator')
  or ((select sanxin_actor('staff_role')) = 'unitMember' and owner = (select sanxin_actor('unit')))
);
create policy of_unit on kb_lives to sanxin_unit
  using ((select sanxin_actor('staff_role')) = 'unitMember' and owner = (select sanxin_actor('unit')))
  with check ((select sanxin_actor('staff_role')) = 'unitMember' and owner = (select sanxin_actor('unit')));

alter table kb_events enable row level security;
create policy publishing on kb_events for insert to sanxin_kb with check (
  coalesce((select sanxin_actor('staff_role')), 'editor') = 'editor'
  and staff_no is not distinct from (select sanxin_actor('staff_no'))
);
create policy looking on kb_events for select to sanxin_kb using (true);
create policy readers on kb_events for select to sanxin_reader, sanxin_unit using (
  exists (select from kb_lives where kb_lives.article_id = kb_events.article_id)
);
create policy of_unit on kb_events for insert to sanxin_unit with check (
  staff_no = (select sanxin_actor('staff_no')) and party = 'unit'
  and exists (select from kb_lives where kb_lives.article_id = kb_events.article_id)
);

alter table articles enable row level security;
create policy desks on articles for select to sanxin_desk using (true);
create policy publishing on articles to sanxin_kb using (true)
  with check (coalesce((select sanxin_actor('staff_role')), 'editor') = 'editor');
create policy readers on articles for select to sanxin_reader, sanxin_unit using (
  exists (select from kb_lives where kb_lives.article_id = articles.id)
);
alter table articles_withdrawn enable row level security;
create policy desks on articles_withdrawn for select to sanxin_desk using (true);
create policy publishing on articles_withdrawn to sanxin_kb using (true)
  with check (coalesce((select sanxin_actor('staff_role')), 'editor') = 'editor');

create policy of_unit on directory for select to sanxin_unit using (entry->>'kind' = 'unit');
