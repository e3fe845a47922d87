// SquallDynamics
