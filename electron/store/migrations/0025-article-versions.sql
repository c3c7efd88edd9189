-- What an article said before another version came in its place, or before it was withdrawn: somebody may quote it still.
-- `until` is when this desk heard of that, in ms of central's clock.
CREATE TABLE article_versions (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  article TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_versions_until ON article_versions (until);
