-- People are changed by `central/ops/staff.ts`; nobody is ever deleted, because what they did names them.
grant update (active, password_hash) on staff to sanxin_people;
