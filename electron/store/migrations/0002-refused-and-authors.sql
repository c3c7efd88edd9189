-- When the operator dealt with what central had refused: took it back among her drafts, or dismissed it.
ALTER TABLE outbox ADD COLUMN dealt_at INTEGER;

-- Who was signed in when the newest fact of the call came: an end that nobody lived to see is hers.
ALTER TABLE calls ADD COLUMN author TEXT;
-- 1 where the end is only the last thing known; the real one takes its place when it comes.
ALTER TABLE calls ADD COLUMN end_estimated INTEGER NOT NULL DEFAULT 0;

-- The form as it was last saved as a case; with the same words in `form` there is nothing left to save.
ALTER TABLE drafts ADD COLUMN saved_form TEXT;
