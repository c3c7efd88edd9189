-- Who had a desk and got a role without one before central asked for it (0064): since when, the audit says. Where it
-- begins with such a change, what she was before is not known, and she may have had one. All others never had.
update staff set desk_until = moved.at from (
  select object, max(at) as at from (
    select object, at, action, detail ->> 'role' as role,
      lag(detail ->> 'role') over (partition by object order by seq) as earlier
    from audit where action in ('staff.added', 'staff.changed') and detail ->> 'role' is not null
  ) as said
  where action = 'staff.changed' and role not in ('operator', 'monitor')
    and coalesce(earlier, 'operator') in ('operator', 'monitor')
  group by object
) as moved
where staff_no = moved.object and desk_until is null and role not in ('operator', 'monitor');

alter table staff add constraint totp_secret_sealed check (totp_secret is null or totp_secret like 'v1.%') not valid;
