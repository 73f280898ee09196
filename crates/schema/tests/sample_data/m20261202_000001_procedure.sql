INSERT INTO aid_procedure (id, region, limit_of, valid_from, value, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0061-7000-8000-000000000001', '33', 'accept', '2020-01-01', 5, '示例办法', 'agreed', NULL, '2026-11-21T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0061-7000-8000-000000000002', '330106', 'accept', '2027-01-01', 3, '示例〔2026〕7号', 'proposed', 'li', '2026-11-21T08:00:00+00:00', NULL, NULL);
INSERT INTO aid_clock (id, case_id, region, limit_of, since, began_on, ended_on, used, paused, days, due_on) VALUES
  (uuid '01a00000-0062-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', '330106', 'accept', 1, '2026-11-01', '2026-11-02', 1, 0, 5, '2026-11-06');
