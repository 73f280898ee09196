INSERT INTO consent (id, person_id, purpose, given, at, said_by, how) VALUES
  (uuid '01a00000-004b-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'family', TRUE, '2026-11-20T08:00:00+00:00', 'zhang', 'page'),
  (uuid '01a00000-004b-7000-8000-000000000002', uuid '01a00000-0005-7000-8000-000000000001', 'family', FALSE, '2026-11-21T08:00:00+00:00', 'zhang', 'page');
INSERT INTO person_wish (id, person_id, kind, said, asked_by, asked_at, answer, answered_by, answered_at) VALUES
  (uuid '01a00000-004c-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'correct', 'v1|k1|n|e', 'zhang', '2026-11-20T08:00:00+00:00', NULL, NULL, NULL);
