-- Identities that were written down at this desk stay here; of what central brought, those of reports do not.
ALTER TABLE callers ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
UPDATE callers SET own = 1;
