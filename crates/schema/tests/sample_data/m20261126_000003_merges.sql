INSERT INTO person_double (id, one_id, other_id, score, reasons, state, found_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0046-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', 60, '[]', 'two_people', '2026-11-21T08:00:00+00:00', 'li', '2026-11-21T09:00:00+00:00');
INSERT INTO person_merge (id, kept_id, merged_id, state, proposed_by, proposed_at, decided_by, decided_at, undone_by, undone_at) VALUES
  (uuid '01a00000-0047-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', 'undone', 'li', '2026-11-21T08:00:00+00:00', 'chen', '2026-11-21T09:00:00+00:00', 'li', '2026-11-22T09:00:00+00:00');
INSERT INTO person_merge_move (merge_id, place, row_key) VALUES
  (uuid '01a00000-0047-7000-8000-000000000001', 'attendance.person_id', '01a00000000e70008000000000000001');
