-- Who reads for one person sees no mutation, of any case: what is unproved is looked up beside it.
revoke select (id, session_checked) on mutations from sanxin_reader;
