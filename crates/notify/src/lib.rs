//! Every sentence we say, the bot, the reminder plans, the dispatcher
