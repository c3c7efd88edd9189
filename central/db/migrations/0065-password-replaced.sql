-- The hash of the password that this sign-in replaced: who asks for the same once more, because the answer was lost, is
-- known by the one that she had and not only by the one that she wants.
alter table sessions add column replaced_hash text;
grant update (replaced_hash) on sessions to sanxin_people;
