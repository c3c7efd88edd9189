-- An article stands as soon as its row does; its index follows in small turns. What stands here is not indexed yet,
-- and a row goes from here in the commit that brings it into the index.
CREATE TABLE articles_unindexed (rowid INTEGER PRIMARY KEY) STRICT;
INSERT INTO articles_unindexed SELECT rowid FROM articles;

-- Apart from the texts, so that looking through all of them reads little.
CREATE TABLE article_initials (rowid INTEGER PRIMARY KEY, initials TEXT NOT NULL) STRICT;
ALTER TABLE articles DROP COLUMN initials;

-- The tokens are cut and folded before they come here: SQLite's own Unicode tables would only cost time.
DROP TABLE article_titles;
DROP TABLE article_bodies;
CREATE VIRTUAL TABLE article_titles USING fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE article_bodies USING fts5 (
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
-- Segments are merged in turns of their own, sixteen at once, never inside the commit that took an article; only
-- where that does not come about for long does a commit merge by itself.
INSERT INTO article_titles (article_titles, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);
INSERT INTO article_bodies (article_bodies, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);
