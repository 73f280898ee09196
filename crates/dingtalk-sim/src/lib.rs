//! A DingTalk tenant in a process
