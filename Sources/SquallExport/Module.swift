// SquallExport
