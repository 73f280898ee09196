UPDATE aid_approval SET read_at = '2026-11-05T09:01:00+00:00' WHERE round = 2;
INSERT INTO aid_approval_entry (id, case_id, round, mark, place, who, did, said, at, kept_at) VALUES
  (uuid '01a00000-0111-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 2, '2026-11-05T08:00Z|START_PROCESS_INSTANCE|li|#1', 0, 'li', 'started', NULL, '2026-11-05T08:00:59+00:00', '2026-11-05T09:01:00+00:00'),
  (uuid '01a00000-0111-7000-8000-000000000002', uuid '01a00000-0022-7000-8000-000000000001', 2, '2026-11-05T09:00Z|EXECUTE_TASK_NORMAL|left|#1', 1, 'left', 'agreed', 'v1|k1|n|j', '2026-11-05T09:00:59+00:00', '2026-11-05T09:01:00+00:00');
INSERT INTO aid_approval_file (id, case_id, entry_id, file_id, name, kind, bytes) VALUES
  (uuid '01a00000-0112-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', uuid '01a00000-0111-7000-8000-000000000002', 'file-1', 'v1|k1|n|k', 'pdf', 2048);
INSERT INTO aid_approval_task (id, case_id, round, instance_id, task, holder, state, since, wish, remark, pressed_at, not_taken, card_at, outcome, over_by, over_at) VALUES
  (uuid '01a00000-0113-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 2, 'inst-1', 67580001, 'left', 'over', '2026-11-05T08:00:59+00:00', 'agree', 'v1|k1|n|l', '2026-11-05T08:59:00+00:00', NULL, '2026-11-05T08:01:00+00:00', 'agreed', 'left', '2026-11-05T09:00:59+00:00');
