// SquallRun
