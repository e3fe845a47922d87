// SquallLabels
