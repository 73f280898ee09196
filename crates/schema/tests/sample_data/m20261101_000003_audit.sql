INSERT INTO audit_row (seq, at, actor, role, action, subject, result, detail, hash) VALUES
  (1, '2026-11-01T08:00:00+00:00', 'account/li', 'worker', 'aid.accept', 'case/1', 'ok', '{"round":1}', bytea '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
UPDATE audit_head SET seq = 1, hash = bytea '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', seal = bytea '\xff';
