-- The citizen was answered at another desk, in this call or in a later one: so central says.
ALTER TABLE calls ADD COLUMN answered_elsewhere INTEGER NOT NULL DEFAULT 0;
