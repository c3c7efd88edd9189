-- The index of a knowledge base that folds traditional characters, has other names, whose it is and how heads sound:
-- made anew from the articles, in turns, as after a pull.
DROP TABLE article_titles;
DROP TABLE article_bodies;
-- `tokens` are of title and other names, `asked` of the citizens' questions.
CREATE VIRTUAL TABLE article_titles USING fts5 (tokens, asked, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE article_bodies USING fts5 (
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
-- Pairs of sounds in titles, other names and questions: asked only where the characters find too little.
CREATE VIRTUAL TABLE article_sounds USING fts5 (
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
INSERT INTO article_titles (article_titles, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);
INSERT INTO article_bodies (article_bodies, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);
INSERT INTO article_sounds (article_sounds, rank) VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);
DELETE FROM article_initials;
INSERT OR IGNORE INTO articles_unindexed SELECT rowid FROM articles;
