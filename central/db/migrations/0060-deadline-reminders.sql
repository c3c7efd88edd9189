-- Which step of its deadline (phase, time, amber or red) systems outside were reminded of last (rule W7).
alter table cases add column reminded text;
