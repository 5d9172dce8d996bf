"""How a `Report` looks: one module a format. They read results and decide nothing."""
