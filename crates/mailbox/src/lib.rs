//! Inbox and outbox tables: accept once, lease, retry, give up
