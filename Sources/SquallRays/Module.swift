// SquallRays
