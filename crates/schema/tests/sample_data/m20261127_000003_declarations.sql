INSERT INTO declared_relation (id, account_id, person_id, kind, from_on, to_on, declared_at) VALUES
  (uuid '01a00000-004c-7000-8000-000000000001', 'li', uuid '01a00000-0005-7000-8000-000000000002', 'kin', '2026-01-01', NULL, '2026-11-05T08:00:00+00:00');
INSERT INTO declaration_campaign (year, due_on, opened_by, opened_at) VALUES (2026, '2026-12-31', 'sun', '2026-11-20T08:00:00+00:00');
INSERT INTO declaration (account_id, year, relations, declared_at) VALUES ('li', 2026, 1, '2026-11-21T08:00:00+00:00');
