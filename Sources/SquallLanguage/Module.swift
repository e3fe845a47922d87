// SquallLanguage
