INSERT INTO notice (id, occurrence_id, person_id, account_id, occasion, status, reason, process_query_key, due_at, created_at, updated_at, accepted_at, channel, sent_at, flow_controlled_at, read_at, proof_at, climb_at) VALUES
  (uuid '01a00000-0012-7000-8000-000000000003', NULL, uuid '01a00000-0005-7000-8000-000000000001', 'zhang', 'aid.received/01a00000000d70008000000000000001', 'read', NULL, 'q2', '2026-11-15T01:00:00+00:00', '2026-11-15T01:00:00+00:00', '2026-11-15T02:00:00+00:00', '2026-11-15T01:00:02+00:00', 'robot', '2026-11-15T01:00:02+00:00', NULL, '2026-11-15T02:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0012-7000-8000-000000000004', NULL, uuid '01a00000-0005-7000-8000-000000000002', NULL, 'aid.returned/01a00000000d70008000000000000002', 'queued', NULL, NULL, '2026-11-15T01:00:00+00:00', '2026-11-15T01:00:00+00:00', '2026-11-15T01:00:00+00:00', NULL, 'call', NULL, NULL, NULL, NULL, NULL);
INSERT INTO notice_choice (account_id, topic, choice, chosen_at) VALUES
  ('zhang', 'meeting', 'stopped', '2026-11-15T03:00:00+00:00'),
  ('zhang', 'digest', 'asked', '2026-11-15T03:00:00+00:00');
INSERT INTO call_task (id, notice_id, person_id, region_code, opened_at, closed_at, closed_by, outcome, version) VALUES
  (uuid '01a00000-0014-7000-8000-000000000001', uuid '01a00000-0012-7000-8000-000000000004', uuid '01a00000-0005-7000-8000-000000000002', '330106', '2026-11-15T01:00:00+00:00', NULL, NULL, NULL, 1);
