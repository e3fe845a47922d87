// SquallSensors
