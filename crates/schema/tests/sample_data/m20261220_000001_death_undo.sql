INSERT INTO death_undo (id, person_id, died_on, reason, evidence, state, asked_by, asked_at, decided_by, decided_at, answer) VALUES
  (uuid '01a00000-0090-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', '2026-11-20', '同名的人', '示例证明', 'agreed', 'li', '2026-11-25T08:00:00+00:00', 'chen', '2026-11-25T09:00:00+00:00', NULL),
  (uuid '01a00000-0090-7000-8000-000000000002', uuid '01a00000-0005-7000-8000-000000000002', '2025-02-03', '示例', '示例证明', 'asked', 'li', '2026-11-25T08:00:00+00:00', NULL, NULL, NULL);
INSERT INTO death_stop (id, person_id, place, row_key, to_on, ended_why, valid_to, stopped_at, undo_id) VALUES
  (uuid '01a00000-0091-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'record', '01a00000-0005-7000-8000-000000000001', NULL, NULL, NULL, '2026-11-21T08:00:00+00:00', uuid '01a00000-0090-7000-8000-000000000001');
INSERT INTO death_undo_left (id, undo_id, what, about, opened_at, done_at, done_by, note) VALUES
  (uuid '01a00000-0092-7000-8000-000000000001', uuid '01a00000-0090-7000-8000-000000000001', 'tell', NULL, '2026-11-25T09:00:00+00:00', NULL, NULL, NULL);
UPDATE death_task SET undone_at = '2026-11-25T09:00:00+00:00' WHERE id = uuid '01a00000-0044-7000-8000-000000000001';
