//! What DingTalk sends in: signature, encryption, one typed event
