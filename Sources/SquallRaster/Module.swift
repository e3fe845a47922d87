// SquallRaster
