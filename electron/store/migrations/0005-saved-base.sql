-- The last mutation of what stands in saved_form: what its author had seen of the case, and nothing later.
ALTER TABLE drafts ADD COLUMN saved_base TEXT;
