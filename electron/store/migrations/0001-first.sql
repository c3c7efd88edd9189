CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is being typed; at most 0.3 s behind the keys.
CREATE TABLE drafts (
  case_id TEXT PRIMARY KEY,
  call_id TEXT,
  form TEXT NOT NULL,
  author TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  case_no TEXT
) STRICT, WITHOUT ROWID;

-- Everything this desk did, in order; kept after central's answer, because central may be restored to before it.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT,
  mutation TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'applied', 'refused', 'quarantined')),
  code TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_state ON outbox (state, seq);
CREATE INDEX outbox_case ON outbox (case_id, seq) WHERE case_id IS NOT NULL;

-- `events` are central's; `record` is what they and the pending commands fold to.
CREATE TABLE cases (
  case_id TEXT PRIMARY KEY,
  events TEXT NOT NULL,
  record TEXT NOT NULL,
  phone_key TEXT,
  opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_phone ON cases (phone_key, opened_at);

CREATE TABLE callers (
  caller_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE calls (
  call_id TEXT PRIMARY KEY,
  offered_at INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  outcome TEXT,
  settled TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_offered ON calls (offered_at);

CREATE TABLE articles (
  rowid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article TEXT NOT NULL,
  initials TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE article_titles USING fts5 (
  tokens, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE article_bodies USING fts5 (
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0"
);
