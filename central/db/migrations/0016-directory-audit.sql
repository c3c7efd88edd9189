-- Who imported the directory stands in the audit.
grant execute on function audit_append(bigint, text, text, text, text, text, text) to sanxin_kb;
