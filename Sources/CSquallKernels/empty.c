#include "CSquallKernels.h"
