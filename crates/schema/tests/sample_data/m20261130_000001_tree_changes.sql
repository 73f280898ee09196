INSERT INTO tree_name (id, node_id, name, valid_from, valid_to) VALUES
  (uuid '01a00000-0055-7000-8000-000000000001', uuid '01a00000-004d-7000-8000-000000000002', '示例委', '2018-11-01', NULL);
INSERT INTO tree_change (id, about, what, state, asked_by, asked_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0056-7000-8000-000000000001', 'node/01a00000-004d-7000-8000-000000000002', '{}', 'refused', 'li', '2026-11-20T08:00:00+00:00', 'sun', '2026-11-21T08:00:00+00:00'),
  (uuid '01a00000-0056-7000-8000-000000000002', 'node/01a00000-004d-7000-8000-000000000002', '{}', 'asked', 'li', '2026-11-22T08:00:00+00:00', NULL, NULL);
UPDATE region SET changed_here = TRUE WHERE code = '330102';
