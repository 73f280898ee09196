INSERT INTO leader (id, number, person_id, since, until) VALUES
  (uuid '01a00000-0050-7000-8000-000000000001', 1, uuid '01a00000-0005-7000-8000-000000000002', '2026-11-20T08:00:00+00:00', NULL);
INSERT INTO leader_read (id, person_id, account_id, purpose, read_at, until) VALUES
  (uuid '01a00000-0051-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', 'li', '示例走访', '2026-11-21T08:00:00+00:00', '2026-11-21T08:30:00+00:00');
