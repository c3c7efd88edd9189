-- What an operator is writing about an article that she finds wrong, until it is sent.
CREATE TABLE article_words (
  article_id TEXT NOT NULL,
  author TEXT NOT NULL,
  words TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (article_id, author)
) STRICT, WITHOUT ROWID;

-- What was looked for in vain and is counted: `during` is the call, or the day where there was none.
CREATE TABLE gaps_counted (
  during TEXT NOT NULL,
  words TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (during, words)
) STRICT, WITHOUT ROWID;
CREATE INDEX gaps_counted_at ON gaps_counted (at);
