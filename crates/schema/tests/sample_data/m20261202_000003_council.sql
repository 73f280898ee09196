INSERT INTO aid_council (id, case_id, held_on, quorum, supported, recorded_by, recorded_at) VALUES
  (uuid '01a00000-0066-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', '2026-11-04', 1, TRUE, 'li', '2026-11-04T08:00:00+00:00');
INSERT INTO aid_council_vote (id, council_id, account_id, vote) VALUES
  (uuid '01a00000-0067-7000-8000-000000000001', uuid '01a00000-0066-7000-8000-000000000001', 'li', 'for'),
  (uuid '01a00000-0067-7000-8000-000000000002', uuid '01a00000-0066-7000-8000-000000000001', 'left', 'recused');
